"""Which SQLite this is."""

from __future__ import annotations

from sqlcipher3 import dbapi2


def sqlite() -> str:
    """The version of the SQLite library in use."""
    return str(dbapi2.sqlite_version)
