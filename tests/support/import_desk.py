"""A window with an importer over a workspace, for tests that press what a person would."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from crmdesk.domain.ids import FixedClock, IdSource
from crmdesk.services import workspace
from crmdesk.storage import records
from crmdesk.storage.database import Database
from crmdesk.ui.context import Context
from crmdesk.ui.dialogs.importing import ImportSheet
from crmdesk.ui.importer import Importer
from tests.support.dump import dump


@dataclass
class Desk:
    """A window with an importer over a workspace."""

    context: Context
    importer: Importer
    window: QMainWindow
    qtbot: QtBot

    @property
    def db(self) -> Database:
        return self.context.db

    def open(self, path: Path) -> ImportSheet:
        """Opens the sheet and waits until everything in it is counted."""
        self.importer.import_file(str(path))
        self.qtbot.waitUntil(self._is_counted, timeout=10_000)
        return self.sheet

    @property
    def sheet(self) -> ImportSheet:
        assert isinstance(self.context.sheets.current, ImportSheet)
        return self.context.sheets.current

    def counted(self) -> ImportSheet:
        """Waits for the numbers after a change."""
        self.qtbot.waitUntil(self._is_counted, timeout=10_000)
        return self.sheet

    def run(self, sheet: ImportSheet) -> list[Any]:
        """Presses the primary button and waits for the end; what the signal carried."""
        with self.qtbot.waitSignal(self.importer.imported, timeout=20_000) as caught:
            self.qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
        return list(caught.args or [])

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        with self.db.read() as connection:
            return dump(connection)

    def all(self, kind: type[Any]) -> list[Any]:
        with self.db.read() as connection:
            return records.where(connection, kind)

    def _is_counted(self) -> bool:
        sheet = self.context.sheets.current
        return isinstance(sheet, ImportSheet) and sheet.value() is not None


def make_workspace(path: Path) -> Database:
    clock = FixedClock(datetime(2026, 5, 5, 12, 2, tzinfo=UTC))
    return workspace.create(
        path, vocabulary="dialogue", country="DE", currency="EUR", me="Jana", clock=clock,
        ids=IdSource(clock, random.Random(3)),
    )  # fmt: skip
