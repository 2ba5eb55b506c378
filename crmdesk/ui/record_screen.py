"""The page of one record: a person, an organisation, a lead or a deal."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.domain.errors import NotFound
from crmdesk.domain.records import NO_ID, Id
from crmdesk.services import profiles
from crmdesk.ui.desk import Desk
from crmdesk.ui.pages import Page
from crmdesk.ui.themed import PlainLabel


class RecordScreen(Page):
    """Shows one record; links on it lead to others, and back."""

    tables = ("person", "organisation", "lead", "opportunity")

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk.context.theme, parent=parent)
        self.desk = desk
        self.record = NO_ID
        self._way: list[Id] = []
        self._name = PlainLabel(desk.context.theme, token="page")
        column = QVBoxLayout(self)
        column.addWidget(self._name)
        column.addStretch(1)
        self.follow(desk.context.theme)

    def open(self, record: Id, *, further: bool = False) -> None:
        """Shows a record; `further` from the one shown now, to which the way back leads."""
        self._way = [*self._way, self.record] if further else []
        self.record = record
        self.reload()

    def go_back(self) -> bool:
        """To the record before."""
        if not self._way:
            return False
        self.record = self._way.pop()
        self.reload()
        return True

    def selected(self) -> list[Id]:
        """The record."""
        return [self.record] if self.record else []

    def reload(self) -> None:
        """Reads the record again."""
        try:
            self._name.setText(profiles.name(self.desk.context.db, self.record))
        except NotFound:
            self._name.setText("")
        self.title_changed.emit()
        self.selection_changed.emit()
