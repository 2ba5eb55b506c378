"""The shop owner's hands: every act of the week by mouse and keys on the real windows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from crmdesk.ui.dialogs.conversion import ConversionSheet
from crmdesk.ui.dialogs.exits import ParkSheet, ReasonSheet
from crmdesk.ui.dialogs.history import HistorySheet
from crmdesk.ui.dialogs.importing import ImportSheet
from crmdesk.ui.dialogs.later import LaterSheet
from crmdesk.ui.dialogs.list_sheets import ChooseSheet, LineSheet, RemoveSheet, TagSheet
from crmdesk.ui.dialogs.qualification import QualificationSheet
from crmdesk.ui.dialogs.quick_add import QuickAddSheet
from crmdesk.ui.dialogs.trash import TrashSheet
from crmdesk.ui.list_screen import ListScreen
from crmdesk.ui.record_screen import RecordScreen
from crmdesk.ui.today_screen import TodayScreen
from tests.support.week_hands import Hands

MOST_UNDOS = 200


class Owner(Hands):
    """Does what a line of the week says."""

    # Adding

    def quick_add(self, *lines: str, source: str) -> None:
        """Q, the source, one line a person, each with Enter."""
        self.press("Q")
        sheet: QuickAddSheet = self.sheet(QuickAddSheet)
        sheet.source.set_value(source)
        sheet.line.setFocus()
        for line in lines:
            self.type(line)
            self.press("Return")
            assert sheet.line.text() == "", f"not added: {line}"
        self.press("Esc")
        self.no_sheet()

    def import_list(self, path: Path) -> None:
        """Ctrl+I, the file, the event the list suggests, Ctrl+Enter."""
        self.press("Ctrl+I")
        dialog = self.window.findChild(QFileDialog)
        field = dialog.findChild(QLineEdit)
        field.setText(str(path))
        self.driver.key(field, Qt.Key.Key_Return)
        self.window.activateWindow()  # without a screen nobody gives the focus back to it
        sheet: ImportSheet = self.sheet(ImportSheet)
        self.driver.until(lambda: sheet.primary and sheet.primary.isEnabled(), "nothing can be imported")
        self.driver.click(sheet.side.suggestion)
        self.driver.until(lambda: sheet.primary and sheet.primary.isEnabled(), "nothing can be imported")
        self.driver.key(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.no_sheet()

    # Today

    def today(self, name: str) -> TodayScreen:
        """The row of somebody on the page of the day, with the keys."""
        self.press("Ctrl+1")
        page = self.window.page
        assert isinstance(page, TodayScreen)
        rows = page.list.rows
        entries = [rows.entry(row) for row in range(rows.rowCount())]
        names = [entry.name if entry is not None else "" for entry in entries]
        assert name in names, f"{name} is not on today's list: {names}"
        page.list.go_to(names.index(name))
        page.list.setFocus()
        self.driver.settle()
        return page

    def tick(self, name: str) -> None:
        """Space: what was to be done is done."""
        self.today(name)
        self.press("Space")

    def called(self, name: str, then: str) -> None:
        """Reached, and what comes next."""
        page = self.today(name)
        page.panel.outcomes.take_focus()
        self.press("R")
        page.panel.next.line.setFocus()
        self.type(then)
        self.press("Return")

    def put_off(self, name: str, until: str) -> None:
        """S, a day, Enter."""
        self.today(name)
        self.press("S")
        self.sheet(LaterSheet)
        self.type(until)
        self.press("Return")
        self.no_sheet()

    # The boards

    def answer(self, notes: dict[str, str]) -> None:
        """Yes to every fact the sheet asks, each with its note; the sheet asks just these."""
        sheet: QualificationSheet = self.sheet(QualificationSheet)
        assert list(sheet.blocks) == list(notes), f"the sheet asks {list(sheet.blocks)}"
        for fact, note in notes.items():
            block: Any = sheet.blocks[fact]
            self.driver.click(block.control.segment("yes"))
            block.note.setFocus()
            self.type(note)
        self.press("Ctrl+Return")

    def drag(self, name: str, stage: str, key: str = "board") -> None:
        column, row = self.column_of(name, key)
        self.choose_card(name, key)
        goal = self.board(key).strip.column_of(stage)
        self.driver.press(self.window, column.list.viewport().mapTo(self.window, column.list.card_rect(row).center()))
        self.driver.move(self.window, goal.mapTo(self.window, QPoint(goal.width() // 2, goal.height() // 3)))
        self.driver.release(self.window)

    def qualify_by_mouse(self, name: str, notes: dict[str, str]) -> None:
        """A lead is dragged on to the prospects, and what is not known yet is filled in."""
        self.drag(name, "prospect")
        self.answer(notes)
        self.no_sheet()

    def qualify_by_keys(self, name: str, notes: dict[str, str]) -> None:
        """The same with Ctrl+→."""
        self.choose_card(name)
        self.press("Ctrl+Right")
        self.answer(notes)
        self.no_sheet()

    def convert(self, name: str, notes: dict[str, str], *, deal: str, amount: str) -> None:
        """Ctrl+→ on a prospect, what is asked, and the sheet that makes account, contact and deal."""
        self.choose_card(name)
        self.press("Ctrl+Right")
        self.answer(notes)
        sheet: ConversionSheet = self.sheet(ConversionSheet)
        sheet.fields.name.selectAll()
        self.driver.write(sheet.fields.name, deal)
        self.driver.write(sheet.fields.amount.line, amount)
        self.press("Ctrl+Return")
        self.no_sheet()

    def deal_by_mouse(self, name: str, stage: str) -> None:
        """A deal is dragged over the board of the deals."""
        self.drag(name, stage, "deals")

    def deal_by_keys(self, name: str, steps: int) -> None:
        """A deal goes on by Ctrl+→."""
        self.choose_card(name, "deals")
        self.press(*["Ctrl+Right"] * steps)

    def won(self, name: str) -> None:
        self.choose_card(name, "deals")
        self.press("Shift+W")

    def lost(self, name: str, *, digit: int, note: str) -> None:
        self.choose_card(name, "deals")
        self._leave("Shift+L", digit, note)

    def not_a_fit(self, name: str, *, digit: int, note: str) -> None:
        self.choose_card(name)
        self._leave("Shift+F", digit, note)

    def _leave(self, key: str, digit: int, note: str) -> None:
        self.press(key)
        sheet: ReasonSheet = self.sheet(ReasonSheet)
        self.press(str(digit))
        sheet.line.setFocus()
        self.type(note)
        self.press("Ctrl+Return")
        self.no_sheet()

    def park(self, name: str, until: str) -> None:
        """Shift+N, a day, Enter."""
        self.choose_card(name)
        self.press("Shift+N")
        self.sheet(ParkSheet)
        self.type(until)
        self.press("Return")
        self.no_sheet()

    def bring_back(self, name: str) -> None:
        """Found by the search, Shift+B."""
        self.press("Ctrl+K")
        self.type(name)
        self.driver.until(lambda: self.window.hits.model.hits, f"{name} is not found")
        self.press("Return", "Shift+B")

    # Lists and records

    def rows(self, screen: str, *names: str) -> ListScreen:
        """Ticks the rows of a list by Space; their names as the list writes them."""
        self.press(self.window.actions_.get(f"go_{screen}").shortcut().toString())
        page = self.window.page
        assert isinstance(page, ListScreen)
        table = page.pane.table
        table.rows.tick_all(on=False)
        known = [table.rows.row(number).name for number in range(table.rows.rowCount())]
        self.press("Ctrl+Home")
        for name in names:
            assert name in known, f"{name} is not among {known}"
            self.driver.click(table.viewport(), QPoint(18, table.row_rect(known.index(name)).center().y()))
        return page

    def tag(self, *names: str, tag: str) -> None:
        """T on ticked people."""
        self.rows("people", *names)
        self.press("T")
        self.sheet(TagSheet)
        self.type(tag)
        self.press("Return")
        self.no_sheet()

    def own(self, *names: str, digit: int) -> None:
        """Shift+O on ticked people, and the digit of who takes them."""
        self.rows("people", *names)
        self.press("Shift+O")
        self.sheet(ChooseSheet)
        self.press(str(digit), "Ctrl+Return")
        self.no_sheet()

    def save_view(self, words: str, name: str) -> None:
        """The people with a word in them, kept under a name."""
        page = self.rows("people")
        pane = page.pane
        pane.words_wanted.emit()
        self.sheet(LineSheet)
        self.type(words)
        self.press("Return")
        self.no_sheet()
        self.driver.click(pane.filters.save)
        self.sheet(LineSheet)
        self.type(name)
        self.press("Return")
        self.no_sheet()
        self.driver.click(pane.filters.chips["text"])
        self.driver.settle()

    def remove(self, *names: str) -> None:
        """Del on ticked people."""
        self.rows("people", *names)
        self.press("Del")
        self.sheet(RemoveSheet)
        self.press("Ctrl+Return")
        self.no_sheet()

    def take_from_trash(self, name: str) -> None:
        """Edit › Trash…, the row, Ctrl+Enter."""
        self.window.actions_.get("trash").trigger()
        sheet: TrashSheet = self.sheet(TrashSheet)
        names = [row.name for row in sheet.view.model().rows]  # type: ignore[attr-defined]
        sheet.view.setCurrentIndex(sheet.view.model().index(names.index(name), 0))
        self.press("Ctrl+Return")
        self.no_sheet()

    def edit(self, screen: str, row: str, *, key: str, text: str) -> None:
        """Enter on a row opens its page; a value is clicked, typed and kept by Enter."""
        page = self.rows(screen)
        table = page.pane.table
        known = [table.rows.row(number).name for number in range(table.rows.rowCount())]
        self.driver.click(table.viewport(), QPoint(200, table.row_rect(known.index(row)).center().y()))
        self.press("Return")
        record = self.window.page
        assert isinstance(record, RecordScreen)
        assert record.parts is not None
        details = record.parts.details
        self.driver.click(details.rows[key].value)
        field: Any = details.rows[key].editor.control  # type: ignore[union-attr]
        field.selectAll()
        self.driver.write(field, text)
        self.press("Return")
        self.press("Esc")

    # Taking back

    def undo(self) -> None:
        self._page_has_keys()
        self.press("Ctrl+Z")

    def redo(self) -> None:
        self._page_has_keys()
        self.press("Ctrl+Shift+Z")

    def undo_past(self, label: str) -> None:
        """The history, the row that begins so, the button."""
        self.press("Ctrl+H")
        sheet: HistorySheet = self.sheet(HistorySheet)
        steps = sheet.view.model().rows  # type: ignore[attr-defined]
        row = next(number for number, step in enumerate(steps) if step.what == label)
        self.driver.click(sheet.view.viewport(), sheet.view.visualRect(sheet.view.model().index(row, 0)).center())
        self.press("Ctrl+Return")
        self.no_sheet()

    def undo_everything(self) -> None:
        """Ctrl+Z until nothing is left to take back."""
        self._page_has_keys()
        for _each in range(MOST_UNDOS):
            self.press("Ctrl+Z")
            toast = self.window.context.notify.toast
            if toast is not None and toast.text == "There is nothing to undo.":
                return
        raise AssertionError("there is always something left to undo")

    def _page_has_keys(self) -> None:
        self.press("Ctrl+2")
