"""The name by which other rooms call an open connection: they hand it on and never speak SQL over it."""

from __future__ import annotations

from sqlalchemy import Connection

__all__ = ["Connection"]
