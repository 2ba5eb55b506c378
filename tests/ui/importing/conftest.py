"""A window without pages into which lists come, and a list of a fair."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crmdesk import words
from crmdesk.ui.bus import Bus
from crmdesk.ui.context import Context
from crmdesk.ui.importer import Importer
from crmdesk.ui.notify import ErrorBar, Notify
from crmdesk.ui.settings import Settings
from crmdesk.ui.sheets import Sheets
from crmdesk.ui.theme import Theme
from crmdesk.ui.work import Work
from tests.support.import_desk import Desk, make_workspace

LIST = """\
Spring Fair 2026;;;;;
;;;;;
Teilnehmer;Firma;E-Mail geschäftlich;Tel.;Gesprächstiefe;Halle_intern
Grün, Änne;Grün Werkzeuge GmbH;aenne@gruen.example;0461 5550 100;3;
Okafor, Daniel;Okafor Tooling Ltd;daniel@okafor.example;;2;
Trần Văn Đức;Sao Mai Fixtures JSC;duc@saomai.example;0084 28 5550 101;1;
Okafor, Daniel;Okafor Tooling Ltd;daniel@okafor.example;;2;
;;;;2;
"""


@pytest.fixture
def desk(window: QMainWindow, theme: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    words.use("en")
    db = make_workspace(tmp_path / "desk.crmdesk")
    page = QWidget()
    bar = ErrorBar(theme, parent=page)
    bar.hide()
    QVBoxLayout(page).addWidget(bar)
    window.setCentralWidget(page)
    bus, work = Bus(db, window), Work(window)
    context = Context(
        db=db,
        clock=db.clock,
        settings=Settings(tmp_path / "window.ini"),
        theme=theme,
        notify=Notify(theme, page, bar),
        sheets=Sheets(window),
        bus=bus,
        work=work,
    )
    yield Desk(context, Importer(context, window), window, qtbot)
    work.close()
    bus.close()
    db.close()


@pytest.fixture
def fair(tmp_path: Path) -> Path:
    path = tmp_path / "fair.csv"
    path.write_text(LIST, encoding="utf-8")
    return path
