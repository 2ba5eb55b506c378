"""What all edits of records share: the fields given are cleaned, compared and written as one step with a name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from crmdesk.domain import points
from crmdesk.domain.column_words import COLUMNS
from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import Lead, Opportunity, Record
from crmdesk.services import workspace
from crmdesk.services.subjects import checked_amount
from crmdesk.storage import records
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database
from crmdesk.storage.transaction import Transaction
from crmdesk.words import N_, Label, _

Values = Mapping[str, int | str | None]

_YEARLESS = re.compile(r"--(\d\d-\d\d)")


def lines(**given: str | None) -> dict[str, str]:
    """Those of the texts that are given, each in one line."""
    return {name: points.one_line(text) for name, text in given.items() if text is not None}


def differing(record: Record, changed: Values) -> list[str]:
    """Those of the columns that people know and that would hold another value."""
    return [column for column, value in changed.items() if column in COLUMNS and getattr(record, column) != value]


def label(columns: Sequence[str], *, name: str) -> Label:
    """What a step is called that changes these columns of a record: by the field, when it is one."""
    if len(columns) == 1 or set(columns) == {"amount_cents", "currency"}:
        return Label(N_("Change “{field_word}” of {name}"), args={"field_word": COLUMNS[columns[0]], "name": name})
    return Label(N_("Edit {name}"), args={"name": name})


def save(db: Database, record: Record, changed: Values, *, name: str) -> None:
    """Writes columns of a record in one step; nothing is written when they hold these values already."""
    with db.write(label(differing(record, changed), name=name)) as tx:
        put(tx, record, changed)


def put(tx: Transaction, record: Record, changed: Values) -> None:
    """Sets columns of a record as it is stored now, inside a step that is open already. Raises NotFound."""
    current = records.get(tx.connection, type(record), record.id)
    tx.put(replace(current, **changed))  # type: ignore[arg-type]


def amount(
    connection: Connection, card: Lead | Opportunity, cents: int | None, currency: str | None
) -> dict[str, int | str | None]:
    """The columns of an amount of which the cents, the currency or both are given; what is not given stays.

    Without a currency of its own it is the workspace's. Raises BadInput.
    """
    if cents is None and currency is None:
        return {}
    money = currency or card.currency or workspace.currency(connection)
    value, money = checked_amount(card.amount_cents if cents is None else cents, money)
    return {"amount_cents": value, "currency": money if value is not None else ""}


def birthday(text: str) -> str:
    """An ISO day up to today's year, or one without the year ("--03-14"); "" stays "". Raises BadInput."""
    cleaned = points.one_line(text)
    if not cleaned:
        return ""
    yearless = _YEARLESS.fullmatch(cleaned)
    try:
        # 2000 was a leap year: 29 February is somebody's birthday.
        found = date.fromisoformat(f"2000-{yearless[1]}" if yearless else cleaned)
    except ValueError:
        raise BadInput(_("“{text}” is not a day.").format(text=cleaned), _("Days look like 2026-05-08.")) from None
    return cleaned if yearless else found.isoformat()
