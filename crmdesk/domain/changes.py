"""What changed: the one message that is sent after each commit, and from which views decide what to read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crmdesk.domain.ids import Id
from crmdesk.words import Label


class _All:
    """Stands for "any number of rows of that table"; contains every id."""

    def __contains__(self, _id: object) -> bool:
        return True

    def __repr__(self) -> str:
        return "ALL"


ALL = _All()
Ids = frozenset[Id] | _All


@dataclass(frozen=True, slots=True)
class Change:
    """One committed step: its number, its label, and the ids touched per table (ALL when they are too many to name)."""

    step: int
    label: Label
    tables: Mapping[str, Ids]

    def touches(self, *tables: str) -> bool:
        """Whether any of `tables` changed."""
        return any(table in self.tables for table in tables)

    def ids(self, *tables: str) -> frozenset[Id] | None:
        """The rows of `tables` that changed; None when they are too many to name."""
        found: set[Id] = set()
        for table in tables:
            ids = self.tables.get(table, frozenset())
            if isinstance(ids, _All):
                return None
            found |= ids
        return frozenset(found)
