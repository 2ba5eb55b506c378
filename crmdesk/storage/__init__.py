"""The only room that speaks SQL: SQLAlchemy Core over one SQLite file per workspace."""
