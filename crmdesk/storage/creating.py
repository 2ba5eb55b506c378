"""Making a workspace: under a name that is not its own yet, which it gets when it is whole.

A program that ends meanwhile leaves nothing under the workspace's name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from crmdesk.domain.ids import Clock, IdSource
from crmdesk.domain.records import Setting
from crmdesk.storage import copying, existing, failures, opening
from crmdesk.storage.database import Database
from crmdesk.storage.lock import WorkspaceLock
from crmdesk.storage.transaction import Transaction
from crmdesk.words import N_, Label


def create(
    path: Path,
    *,
    clock: Clock,
    ids: IdSource,
    settings: Mapping[str, str],
    fill: Callable[[Transaction], None] | None = None,
) -> Database:
    """A new workspace with these settings and what `fill` adds, all in one step that cannot be taken back.

    It has its name only when it is whole. BadFile when something is there; what cannot be made is removed.
    """
    if os.path.lexists(path):
        raise failures.taken(path)
    path = path.absolute().parent.resolve() / path.name
    lock = WorkspaceLock(path)
    making = path.with_name(path.name + copying.UNFINISHED)
    try:
        copying.sweep(path)
        _make(making, clock=clock, ids=ids, settings=settings, fill=fill)
        with failures.worded(path):
            copying.take_name(making, path)
            return existing.attach(path, clock=clock, ids=ids, lock=lock)
    except BaseException:
        copying.sweep(path)
        lock.release()
        raise


def _make(
    path: Path,
    *,
    clock: Clock,
    ids: IdSource,
    settings: Mapping[str, str],
    fill: Callable[[Transaction], None] | None,
) -> None:
    """The whole of a new workspace, under a name that is not its own yet."""
    _make_file(path)
    with failures.worded(path):
        opening.lay_out(path)
        made = existing.attach(path, clock=clock, ids=ids, lock=None)
        try:
            with made.step(Label(N_("Create the workspace")), kind="act", quiet=True) as tx:
                tx.add_many(Setting(key=key, value=value) for key, value in settings.items())
                if fill is not None:
                    fill(tx)
                tx.connection.exec_driver_sql("UPDATE meta SET undo_floor = ?", (tx.step,))
        finally:
            made.close()


def _make_file(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, opening.PRIVATE))
    except OSError as error:
        raise failures.of_system(error, path) from error
