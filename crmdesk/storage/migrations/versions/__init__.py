"""The steps from one shape of the workspace file to the next; never imported, alembic loads them."""
