"""The window of the fair with one record's page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crmdesk.domain.records import Id, Lead, Organisation, Person
from crmdesk.storage import records
from crmdesk.ui.record_screen import RecordScreen
from tests.flows.conftest import Fair
from tests.support.dump import dump

CONTROL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """The window of the fair with one record's page."""

    def __init__(self, fair: Fair) -> None:
        self.fair, self.driver, self.db = fair, fair.driver, fair.db
        with self.db.read() as connection:
            self.person = next(each for each in records.where(connection, Person) if each.family == "Hansen")
            self.firm = records.get(connection, Organisation, self.person.organisation_id)
            self.lead = records.where(connection, Lead, person_id=self.person.id)[0]

    @property
    def page(self) -> RecordScreen:
        page = self.fair.window.page
        assert isinstance(page, RecordScreen)
        return page

    @property
    def details(self):
        assert self.page.parts is not None
        return self.page.parts.details

    def open(self, record: Id) -> None:
        self.fair.window.open_record(record)
        self.driver.settle()

    def value(self, key: str) -> QWidget:
        return self.details.rows[key].value

    def editor(self, key: str) -> QWidget:
        return self.details.rows[key].editor.control

    def contents(self):
        with self.db.read() as connection:
            return dump(connection)

    def stored(self, kind: type, record: Id):
        with self.db.read() as connection:
            return records.get(connection, kind, record)

    def type(self, key: str, text: str) -> None:
        field = self.editor(key)
        field.selectAll()
        self.driver.write(field, text)
