"""The shape of a workspace file as one checksum, which tells an up-to-date one. `formats` tells all the others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache

from crmdesk import paths

Thing = tuple[str, str, str, str]
"""What it is (table, index), its name, the table it belongs to, its text."""

THINGS = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"

# Made by SQLite itself under names nobody else can use, and by alembic.
_OF_OTHERS = (
    "CREATE TABLE sqlite_sequence(name,seq)",
    "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
    "CREATE TABLE alembic_version ( version_num VARCHAR(32) NOT NULL,"
    " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num) )",
)
_AUTOMATIC = "sqlite_autoindex_"


def fingerprint(things: Iterable[Thing]) -> str:
    """One checksum of all that is not SQLite's own or alembic's."""
    kept = sorted((kind, name, table, plain(text)) for kind, name, table, text in things if not is_others(name, text))
    return hashlib.sha256(repr(kept).encode()).hexdigest()


def is_others(name: str, text: str) -> bool:
    """Whether it is SQLite's own or alembic's."""
    return plain(text) in _of_others() or (name.startswith(_AUTOMATIC) and not text)


@cache
def known() -> str:
    """The fingerprint of an up-to-date file as it was shipped; "" when it is missing."""
    try:
        return (paths.resources() / "schema.txt").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def plain(text: str) -> str:
    """Without the differences that spaces make."""
    return " ".join(text.split())


@cache
def _of_others() -> frozenset[str]:
    return frozenset(plain(text) for text in _OF_OTHERS)
