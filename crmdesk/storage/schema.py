"""The tables: one for each record type, made from its fields, and those of the journal.

What a workspace file holds is what the migrations made; a test compares the two. The derived tables (cards, tallies,
search) stand in `derived`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple, get_args, get_type_hints

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, Table, Text, text

from crmdesk.domain.records import RECORD_TYPES, Record

APPLICATION_ID = 0x43524D44  # "CRMD"

metadata = MetaData()


class Link(NamedTuple):
    """A column of `table` that points at rows of `to`; `owned` when its row is a part of what it points at."""

    table: str
    column: str
    to: str
    owned: bool


def _columns(record_type: type[Record]) -> Iterator[Column[object]]:
    hints = get_type_hints(record_type)
    for field in dataclasses.fields(record_type):
        kinds = get_args(hints[field.name]) or (hints[field.name],)
        kind = Text() if str in kinds else Integer()
        if field.name == "id":
            yield Column("id", Integer(), primary_key=True, nullable=False)
        elif to := field.metadata.get("to"):
            key = ForeignKey(f"{to}.id", deferrable=True, initially="DEFERRED")
            yield Column(field.name, kind, key, nullable=True)
        else:
            yield Column(field.name, kind, nullable=type(None) in kinds)


def _links(record_type: type[Record]) -> Iterator[Link]:
    for field in dataclasses.fields(record_type):
        if to := field.metadata.get("to"):
            yield Link(record_type.table, field.name, to, field.metadata["owned"])


def _make(record_type: type[Record]) -> Table:
    table = Table(record_type.table, metadata, *_columns(record_type), sqlite_strict=True)
    Index(f"ix_{table.name}_ref", table.c.ref, unique=True)
    for link in _links(record_type):
        # Most links of most rows are empty: a partial index keeps imports fast and still serves the foreign key.
        column = table.c[link.column]
        Index(f"ix_{table.name}_{link.column}", column, sqlite_where=column.is_not(None))
    return table


tables: Mapping[str, Table] = MappingProxyType({kind.table: _make(kind) for kind in RECORD_TYPES})
types: Mapping[str, type[Record]] = MappingProxyType({kind.table: kind for kind in RECORD_TYPES})
column_names: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {kind.table: tuple(field.name for field in dataclasses.fields(kind)) for kind in RECORD_TYPES}
)
links: tuple[Link, ...] = tuple(link for kind in RECORD_TYPES for link in _links(kind))

Index("ix_setting_key", tables["setting"].c.key)
Index("ix_organisation_match_key", tables["organisation"].c.match_key)
Index("ix_contact_point_match_key", tables["contact_point"].c.match_key)
Index("ix_lead_stage", tables["lead"].c.stage)
Index("ix_opportunity_stage", tables["opportunity"].c.stage)
Index("ix_stage_move_to_stage", tables["stage_move"].c.to_stage)
_task, _lead, _deal = tables["task"].c, tables["lead"].c, tables["opportunity"].c
Index("ix_task_due_on", _task.due_on, _task.due_time, _task.id, sqlite_where=_task.done_at == text("''"))
_kept = text("done_at = '' AND promise = 1")
Index("ix_task_promised", _task.due_on, _task.due_time, _task.id, sqlite_where=_kept)
Index("ix_task_done_at", _task.done_at, sqlite_where=_task.done_at != text("''"))
Index("ix_lead_wake_on", _lead.wake_on, sqlite_where=_lead.exit == text("'not_now'"))
Index("ix_opportunity_deal_stage", _deal.deal_stage)
Index("ix_opportunity_wake_on", _deal.wake_on, sqlite_where=_deal.exit == text("'not_now'"))

# A step is a named change. `part_of` is set on the slices of a long step, which follow their first one.
step = Table(
    "step",
    metadata,
    Column("id", Integer(), primary_key=True, nullable=False),
    Column("label", Text(), nullable=False),  # Label.dump()
    Column("at", Text(), nullable=False),
    Column("member_id", Integer()),
    Column("device", Text(), nullable=False),
    Column("kind", Text(), nullable=False),  # act, long, slice, undo, redo, final
    Column("state", Text(), nullable=False),  # open (a long step that goes on), done, cancelled
    Column("part_of", Integer()),
    Column("undoes", Integer()),
    Column("undone_by", Integer()),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)
Index("ix_step_part_of", step.c.part_of, sqlite_where=step.c.part_of.is_not(None))
Index("ix_step_state", step.c.state, sqlite_where=step.c.state == text("'open'"))

# What a row was before the step first touched it: JSON of all its columns, NULL when it was not there.
journal = Table(
    "journal",
    metadata,
    Column("step", Integer(), primary_key=True, nullable=False),
    Column("tbl", Text(), primary_key=True, nullable=False),
    Column("row_id", Integer(), primary_key=True, nullable=False),
    Column("before", Text()),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
Index("ix_journal_row", journal.c.tbl, journal.c.row_id, journal.c.step)

# One row. `current_step` is set only inside a write; nothing up to `undo_floor` can be undone.
meta = Table(
    "meta",
    metadata,
    Column("one", Integer(), CheckConstraint("one = 1"), primary_key=True, nullable=False),
    Column("current_step", Integer()),
    Column("undo_floor", Integer(), nullable=False),
    sqlite_strict=True,
)

# What was typed and not yet saved; not journalled.
draft = Table(
    "draft",
    metadata,
    Column("key", Text(), primary_key=True, nullable=False),
    Column("text", Text(), nullable=False),
    Column("at", Text(), nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
