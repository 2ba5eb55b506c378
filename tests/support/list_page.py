"""The page of people as a test uses it: mouse and keys on its rows, and what they say."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from crmdesk.ui.list_screen import ListScreen
from tests.flows.conftest import Fair


class People:
    """The page of people, and what its rows say."""

    def __init__(self, fair: Fair) -> None:
        self.fair = fair
        fair.window.go("people")

    @property
    def page(self) -> ListScreen:
        page = self.fair.window.page
        assert isinstance(page, ListScreen)
        return page

    @property
    def table(self):
        return self.page.pane.table

    def names(self) -> list[str]:
        rows = self.table.rows
        return [rows.row(number).name for number in range(rows.rowCount())]

    def press(self, *keys: str) -> None:
        for key in keys:
            stroke = QKeySequence(key)[0]
            self.fair.driver.key(self.focus, stroke.key(), stroke.keyboardModifiers())

    def type(self, text: str) -> None:
        self.fair.driver.write(self.focus, text)

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def click_row(self, row: int, *, x: int = 200) -> None:
        place = QPoint(x, self.table.row_rect(row).center().y())
        self.fair.driver.click(self.table.viewport(), place)

    def click_label(self, key: str) -> None:
        section = 1 + [column.key for column in self.table.rows.columns].index(key)
        x = self.table.head.sectionViewportPosition(section) + 24
        self.fair.driver.click(self.table.head.viewport(), QPoint(x, 16))
