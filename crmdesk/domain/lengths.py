"""How long a text may be: one rule for every record, where a step takes it in."""

from __future__ import annotations

import dataclasses

from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import RECORD_TYPES, Record
from crmdesk.words import _

LONGEST_LINE = 10_000
LONGEST_TEXT = 1_000_000
"""In letters: of what is written on one line, and of what may be pages."""

_PAGES = frozenset({"note", "exit_note", "wording", "evidence", "terms"})
_OUR_OWN = frozenset({"body", "changes", "facts", "missing", "before"})  # JSON: as long as what it is about
_SHOWN = 40


def _texts(kind: type[Record]) -> tuple[tuple[str, int], ...]:
    texts = (each.name for each in dataclasses.fields(kind) if each.type == "str" and each.name not in _OUR_OWN)
    return tuple((name, LONGEST_TEXT if name in _PAGES else LONGEST_LINE) for name in texts)


_TEXTS = {kind: _texts(kind) for kind in RECORD_TYPES}


def check(record: Record, stored: Record | None = None) -> None:
    """Raises BadInput for a record with a text that is too long to be shown, searched and copied.

    What it held as it was `stored`, by an import, may stay.
    """
    for name, longest in _TEXTS[type(record)]:
        text = getattr(record, name)
        if len(text) > longest and (stored is None or text != getattr(stored, name)):
            raise BadInput(
                _("“{text}…” is too long.").format(text=" ".join(text[:_SHOWN].split())),
                _("Use at most {count} letters.").format(count=longest),
            )
