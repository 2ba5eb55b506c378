"""What tables there are and of which columns: one table for each record type, and those of the journal.

The migrations make them; a test compares. The derived tables (cards, tallies, search, lists) stand in `derived`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from crmdesk.domain.records import RECORD_TYPES, Record

APPLICATION_ID = 0x43524D44  # "CRMD"


class Link(NamedTuple):
    """A column of `table` that points at rows of `to`; `owned` when its row is a part of what it points at."""

    table: str
    column: str
    to: str
    owned: bool


def _links(record_type: type[Record]) -> Iterator[Link]:
    for field in dataclasses.fields(record_type):
        if to := field.metadata.get("to"):
            yield Link(record_type.table, field.name, to, field.metadata["owned"])


types: Mapping[str, type[Record]] = MappingProxyType({kind.table: kind for kind in RECORD_TYPES})
column_names: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {kind.table: tuple(field.name for field in dataclasses.fields(kind)) for kind in RECORD_TYPES}
)
links: tuple[Link, ...] = tuple(link for kind in RECORD_TYPES for link in _links(kind))

JOURNAL = ("step", "journal", "meta", "draft")
tables = frozenset((*types, *JOURNAL))
"""All but the derived ones."""
