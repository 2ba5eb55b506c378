"""The tour: the main job from list to deal, driven through the real window, checked on disk, one picture a screen.

It stands on a fixed day with fixed ids, so that two tours write the same pictures.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from crmdesk import app, paths, words
from crmdesk.domain.ids import FixedClock, IdSource
from crmdesk.domain.records import Id
from crmdesk.driver import Driver, NothingFollowed
from crmdesk.services import boards, dossiers, samples, searches, workspace
from crmdesk.storage.database import Database
from crmdesk.ui.application import application, has_screen
from crmdesk.ui.dialogs.asked_block import AskedBlock
from crmdesk.ui.dialogs.conversion import ConversionSheet
from crmdesk.ui.dialogs.importing import ImportSheet
from crmdesk.ui.dialogs.qualification import QualificationSheet
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.settings import Settings
from crmdesk.ui.start_window import StartWindow
from crmdesk.ui.views.column import ColumnView
from crmdesk.ui.views.first_start import FirstStart

DAY = datetime(2026, 5, 5, 12, 2, tzinfo=UTC)
SEED = 2026
CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the windows of a tour look: language, colours, text size in percent, window size in px."""

    language: str = "en"
    theme: str = "light"
    percent: int = 100
    size: tuple[int, int] = (1440, 900)


def run(out: Path, look: Look) -> list[Path]:
    """Does the tour and gives the pictures it wrote. Raises NothingFollowed when something did not work."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="crmdesk-tour-") as folder:
        tour = Tour(Path(folder), out, look)
        try:
            for act in tour.acts:
                act()
        finally:
            tour.end()
        return tour.driver.pictures


class Tour:
    """One tour through one workspace; `acts` in their order."""

    def __init__(self, folder: Path, out: Path, look: Look) -> None:
        self._folder, self._look = folder, look
        qapp = application(look.language)
        self.driver = Driver(qapp, out)
        self._clock = FixedClock(DAY, timedelta(milliseconds=1))
        self._ids = IdSource(self._clock, random.Random(SEED))
        settings = Settings(folder / "window.ini")
        settings.mode, settings.percent, settings.reduced_motion = look.theme, look.percent, True
        self._program = app.Program(qapp, settings=settings, clock=self._clock, ids=self._ids)
        self._file = folder / f"Lindner Spanntechnik{paths.SUFFIX}"
        self._card: Id | None = None
        self.acts: tuple[Callable[[], None], ...] = (
            self.start_page,
            self.board,
            self.import_list,
            self.drag,
            self.gate,
            self.convert,
            self.why,
            self.record,
            self.search,
            self.undo,
            self.again,
        )

    @property
    def window(self) -> MainWindow:
        """The window as it is now."""
        window = self._program.window
        if not isinstance(window, MainWindow):
            raise NothingFollowed("no workspace is open")
        return window

    def end(self) -> None:
        """Closes the window."""
        self._program.leave()
        self.driver.settle()

    # The acts

    def start_page(self) -> None:
        """Nothing is open yet: what do you call them, and the whole of one definition."""
        self._program.open_last()
        start = self._program.window
        if not isinstance(start, StartWindow):
            raise NothingFollowed("the start page does not show")
        start.resize(*self._look.size)
        first = start.sheets.current
        if not isinstance(first, FirstStart):
            raise NothingFollowed("the first start does not show")
        self.driver.key(first.cards.current, Qt.Key.Key_4)
        self._holds(first.draft()["vocabulary"] == "dialogue", "a digit does not choose")
        self.driver.picture(start, "start")
        self.driver.key(first.cards.current, Qt.Key.Key_Space)
        self.driver.picture(start, "definition")
        self.driver.key(QApplication.focusWidget() or first, Qt.Key.Key_Escape)
        self.driver.key(first, Qt.Key.Key_Escape)

    def board(self) -> None:
        """A workspace with sample people opens on its board."""
        db = workspace.create(
            self._file, vocabulary="dialogue", me="Jana Lindner", country="DE", clock=self._clock, ids=self._ids
        )
        samples.fill(db)
        db.close()
        self._program.open(self._file)
        self.window.resize(*self._look.size)
        self.window.go("board")
        self.driver.picture(self.window, "board")
        self.window.board.show_card(self._found("katrin bauer"))
        self.window.board.take_focus()
        self.driver.key(self._column("prospect").list, Qt.Key.Key_Return)
        self.driver.picture(self.window, "record")
        self.driver.key(self.window, Qt.Key.Key_P)

    def import_list(self) -> None:
        """The organiser's list comes in."""
        before = self._cards_on_disk()
        self.driver.key(self.window, Qt.Key.Key_I, CTRL)
        dialog = self.window.findChild(QFileDialog)
        name = dialog.findChild(QLineEdit) if dialog is not None else None
        if dialog is None or name is None:
            raise NothingFollowed("no dialog asks for the file")
        name.setText(str(paths.resources() / "sample" / "fair_list.csv"))
        self.driver.key(name, Qt.Key.Key_Return)
        self.window.activateWindow()  # without a screen nobody gives the focus back to it
        self.driver.until(lambda: self.window.sheets.current, "the import sheet does not open")
        sheet = self.window.sheets.current
        assert sheet is not None
        self.driver.until(lambda: sheet.primary and sheet.primary.isEnabled(), "nothing can be imported")
        assert isinstance(sheet, ImportSheet)
        self.driver.click(sheet.side.suggestion)
        self._holds(sheet.side.event_name.text == "Spring Fair 2026", "the list does not suggest its event")
        self.driver.picture(self.window, "import")
        self.driver.key(sheet, Qt.Key.Key_Return, CTRL)
        self.driver.until(lambda: self.window.sheets.current is None, "the import does not end")
        self._holds(self._cards_on_disk() > before, "the list is not on the board")
        self.driver.picture(self.window, "imported")

    def drag(self) -> None:
        """A promising one is dragged on; the column heads say beforehand what a drop will do."""
        self._card = self._found("hansen")
        self.window.board.show_card(self._card)
        lead, prospect = self._column("lead"), self._column("prospect")
        cards = lead.list
        row = cards.currentIndex().row()
        grip = cards.viewport().mapTo(self.window, cards.card_rect(row).center())
        middle = prospect.mapTo(self.window, QPoint(prospect.width() // 2, prospect.height() // 3))
        self.driver.press(self.window, grip)
        self.driver.move(self.window, middle)
        self._holds(self.window.board.drag.active, "no card is on its way")
        self.driver.picture(self.window, "drag")
        self.driver.release(self.window)
        self.driver.until(lambda: self.window.sheets.current, "no sheet asks what is missing")

    def gate(self) -> None:
        """The sheet asks just what is not known yet; filled, the card moves."""
        sheet = self._qualification()
        asked = list(sheet.blocks)
        self._holds(asked == ["need", "fit"], f"the sheet asks {asked}")
        self.driver.picture(self.window, "gate")
        self._answer(sheet, "need", words._("Replaces two clamping fixtures"))
        self._answer(sheet, "fit", words._("Machine building, 80 staff"))
        self.driver.picture(self.window, "gate-filled")
        self.driver.key(sheet, Qt.Key.Key_Return, CTRL)
        self.driver.until(lambda: self.window.sheets.current is None, "the sheet does not close")
        self._holds(self._stage_on_disk() == "prospect", "the card did not move")
        self.driver.picture(self.window, "moved")

    def convert(self) -> None:
        """Dragged further, two more facts and one conversion sheet: account, contact and opportunity exist."""
        self.window.board.take_focus()
        self.driver.key(self._column("prospect").list, Qt.Key.Key_Right, CTRL)
        self.driver.until(lambda: self.window.sheets.current, "no sheet asks what is missing")
        sheet = self._qualification()
        self._answer(sheet, "means", words._("This year’s budget"))
        self._answer(sheet, "timeframe", words._("Before the autumn"))
        self.driver.picture(self.window, "gate-deal")
        self.driver.key(sheet, Qt.Key.Key_Return, CTRL)
        self.driver.until(lambda: isinstance(self.window.sheets.current, ConversionSheet), "no sheet converts")
        conversion = self.window.sheets.current
        assert isinstance(conversion, ConversionSheet)
        self.driver.picture(self.window, "convert")
        self.driver.key(conversion, Qt.Key.Key_Return, CTRL)
        self.driver.until(lambda: self.window.sheets.current is None, "the sheet does not close")
        self._card = self._found("hansen")
        self._holds(self._stage_on_disk() == "opportunity", "there is no opportunity")
        self.driver.picture(self.window, "converted")

    def why(self) -> None:
        """A card is asked why it is here."""
        self.window.board.take_focus()
        self.driver.key(self._column("opportunity").list, Qt.Key.Key_W)
        self._holds(self.window.shown_record == self._card, f"the panel shows {self.window.shown_record}")

        self.driver.picture(self.window, "why")

    def record(self) -> None:
        """What can be recorded by key: a next step, what happened, a date to wake, a reason to leave."""
        lead = self._column("lead").list
        for key, name in (
            (Qt.Key.Key_N, "next-step"),
            (Qt.Key.Key_L, "log"),
            (Qt.Key.Key_K, "consent"),
        ):
            self.window.board.show_card(self._found("bruggemann"))
            self.window.board.take_focus()
            self.driver.key(lead, key)
            self.driver.until(lambda: self.window.sheets.current, f"no sheet for {name}")
            self.driver.picture(self.window, name)
            self.driver.key(self.window.sheets.current or lead, Qt.Key.Key_Escape)
        for kind in ("not_now", "not_a_fit"):
            self.window.mover.leave([self._found("bruggemann")], kind)
            self.driver.until(lambda: self.window.sheets.current, f"no sheet for {kind}")
            self.driver.picture(self.window, kind.replace("_", "-"))
            self.driver.key(self.window.sheets.current or lead, Qt.Key.Key_Escape)

    def search(self) -> None:
        """Nguyễn is found without the marks."""
        self.driver.key(self.window, Qt.Key.Key_K, CTRL)
        self.driver.write(self.window.toolbar.search, "nguyen")
        self._holds(self.window.hits.isVisible() and len(self.window.hits.model.hits) >= 2, "nobody is found")
        self.driver.picture(self.window, "search")
        self.driver.key(self.window.toolbar.search, Qt.Key.Key_Return)
        self.driver.picture(self.window, "found")

    def undo(self) -> None:
        """The last three things are undone, and the history lists them."""
        for _each in range(3):
            self.driver.key(self.window, Qt.Key.Key_Z, CTRL)
        self._card = self._found("hansen")
        self._holds(self._stage_on_disk() == "lead", "three steps back the card is not where it was")
        self.driver.picture(self.window, "undone")
        self.driver.key(self.window, Qt.Key.Key_H, CTRL)
        self.driver.picture(self.window, "history")
        self.driver.key(self.window.sheets.current or self.window, Qt.Key.Key_Escape)
        self.driver.key(self.window, Qt.Key.Key_F1)
        self.driver.picture(self.window, "keys")
        self.driver.key(self.window.sheets.current or self.window, Qt.Key.Key_Escape)

    def again(self) -> None:
        """Closed and opened again, everything is there."""
        before = self._cards_on_disk()
        self.window.close()
        self._program.open(self._file)
        self.window.resize(*self._look.size)
        self.window.go("board")
        self._holds(self._cards_on_disk() == before, "cards are missing after opening again")
        self.driver.picture(self.window, "opened-again")

    # Looking

    def _holds(self, held: object, what: str) -> None:
        if not held:
            raise NothingFollowed(what)

    def _column(self, stage: str) -> ColumnView:
        column = self.window.board.strip.column_of(stage)
        if column is None:
            raise NothingFollowed(stage)
        return column

    def _qualification(self) -> QualificationSheet:
        sheet = self.window.sheets.current
        if not isinstance(sheet, QualificationSheet):
            raise NothingFollowed("no sheet asks for facts")
        return sheet

    def _answer(self, sheet: QualificationSheet, fact: str, note: str) -> None:
        block = sheet.blocks[fact]
        assert isinstance(block, AskedBlock)
        self.driver.click(block.control.segment("yes"))
        block.note.setFocus()
        self.driver.write(block.note, note)

    def _found(self, text: str) -> Id:
        """The card of somebody, as another reader of the file finds it."""
        with self._reader() as db:
            return next(hit.card_id for hit in searches.find(db, text) if hit.card_id is not None)

    def _stage_on_disk(self) -> str:
        with self._reader() as db:
            return dossiers.read(db, self._card or Id(0)).stage

    def _cards_on_disk(self) -> int:
        with self._reader() as db:
            return sum(column.count for column in boards.columns(db))

    @contextmanager
    def _reader(self) -> Iterator[Database]:
        db = workspace.open(self._file, clock=self._clock, ids=self._ids, read_only=True)
        try:
            yield db
        finally:
            db.close()
