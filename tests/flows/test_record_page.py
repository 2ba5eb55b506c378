"""The page of a record by mouse and key on the real window: what is seen, and what the file then holds."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crmdesk.domain.records import ContactPoint, Lead, Organisation, Person
from crmdesk.services import (
    leads,
    people,
    timelines,
    trash,
    undo,
    workspace,
)
from crmdesk.storage import records
from crmdesk.ui.dialogs.trash import TrashSheet
from crmdesk.ui.record_screen import RecordScreen
from tests.flows.conftest import Fair
from tests.support.record_desk import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(fair: Fair) -> Desk:
    return Desk(fair)


def test_a_value_is_edited_in_its_place_by_click_and_enter_and_undone(desk: Desk) -> None:
    desk.open(desk.person.id)
    before = desk.contents()
    desk.driver.click(desk.value("job_title"))
    desk.type("job_title", "Head of purchasing")
    desk.driver.key(desk.editor("job_title"), Qt.Key.Key_Return)
    assert desk.stored(Person, desk.person.id).job_title == "Head of purchasing"
    assert desk.value("job_title").laid.words == "Head of purchasing"
    assert desk.value("job_title").hasFocus()
    assert timelines.history(desk.db)[0].label.text() == "Change “Job title” of Birgit Hansen"
    desk.driver.key(desk.fair.window, Qt.Key.Key_Z, CONTROL)
    assert desk.contents() == before
    assert desk.value("job_title").laid.words == "–"


def test_e_opens_the_first_field_and_tab_saves_and_goes_to_the_next(desk: Desk) -> None:
    desk.open(desk.person.id)
    desk.driver.key(desk.fair.window, Qt.Key.Key_E)
    assert desk.details.editing is not None
    assert desk.details.editing[0] == "given"
    desk.type("given", "Brigitte")
    desk.driver.key(desk.editor("given"), Qt.Key.Key_Tab)
    assert desk.stored(Person, desk.person.id).given == "Brigitte"
    assert desk.details.editing[0] == "family"
    desk.driver.key(desk.editor("family"), Qt.Key.Key_Backtab)
    assert desk.details.editing[0] == "given"
    assert len([each for each in timelines.history(desk.db) if "Given name" in each.label.text()]) == 1


def test_esc_gives_the_value_back_and_keeps_what_was_typed(desk: Desk) -> None:
    desk.open(desk.person.id)
    before = desk.contents()
    desk.driver.click(desk.value("job_title"))
    desk.driver.write(desk.editor("job_title"), "Half a ti")
    desk.driver.key(desk.editor("job_title"), Qt.Key.Key_Escape)
    assert desk.value("job_title").laid.words == "–"
    assert desk.value("job_title").hasFocus()
    assert desk.contents() == before
    desk.driver.key(desk.value("job_title"), Qt.Key.Key_Return)
    assert desk.editor("job_title").text() == "Half a ti"


def test_a_field_left_half_typed_is_a_draft_that_survives_another_page_and_the_end(desk: Desk) -> None:
    desk.open(desk.person.id)
    desk.driver.click(desk.value("job_title"))
    desk.driver.write(desk.editor("job_title"), "Half a ti")
    desk.fair.window.go("board")
    desk.driver.settle()
    desk.open(desk.firm.id)
    desk.open(desk.person.id)
    desk.driver.click(desk.value("job_title"))
    assert desk.editor("job_title").text() == "Half a ti"
    desk.fair.program.leave()
    desk.driver.settle()
    desk.fair.program.open(desk.fair.path)
    desk.driver.settle()
    again = Desk(desk.fair)
    again.open(desk.person.id)
    again.driver.click(again.value("job_title"))
    assert again.editor("job_title").text() == "Half a ti"
    assert again.stored(Person, desk.person.id).job_title == ""


def test_what_cannot_be_is_refused_in_its_place_and_stays_typed(desk: Desk) -> None:
    desk.open(desk.person.id)
    key = next(
        each for each in desk.details.rows if each.startswith("point:") and "@" in desk.details.rows[each].item.text
    )
    desk.driver.click(desk.value(key))
    desk.type(key, "nobody")
    desk.driver.key(desk.editor(key), Qt.Key.Key_Return)
    sentence = desk.details.rows[key].editor.sentence
    assert "is not an e-mail address" in sentence.label.text()
    assert desk.editor(key).text() == "nobody"
    desk.type(key, "birgit@hansen.example")
    desk.driver.key(desk.editor(key), Qt.Key.Key_Return)
    with desk.db.read() as connection:
        points = [each.value for each in records.where(connection, ContactPoint, person_id=desk.person.id)]
    assert "birgit@hansen.example" in points


def test_an_open_field_survives_a_change_elsewhere(desk: Desk) -> None:
    desk.open(desk.person.id)
    desk.driver.click(desk.value("job_title"))
    desk.driver.write(desk.editor("job_title"), "Half")
    people.edit(desk.db, desk.person.id, department="Sales")
    desk.driver.settle()
    assert desk.editor("job_title").text() == "Half"
    assert desk.value("department").laid.words == "Sales"


def test_amount_source_and_owner_of_a_lead_are_read_as_they_are_typed(desk: Desk) -> None:
    desk.open(desk.lead.id)
    desk.driver.click(desk.value("amount"))
    desk.type("amount", "48k chf")
    desk.driver.key(desk.editor("amount"), Qt.Key.Key_Return)
    lead = desk.stored(Lead, desk.lead.id)
    assert (lead.amount_cents, lead.currency) == (4_800_000, "CHF")
    thomas = workspace.add_member(desk.db, "Thomas Koch")
    desk.driver.settle()
    desk.driver.click(desk.value("owner"))
    choice = desk.editor("owner")
    choice.setCurrentIndex(choice.findText("Thomas Koch"))
    choice.activated.emit(choice.currentIndex())
    desk.driver.settle()
    assert desk.stored(Lead, desk.lead.id).owner_id == thomas
    assert desk.value("owner").laid.words == "Thomas Koch"


def test_the_owner_of_a_person_is_the_one_that_the_list_names(desk: Desk) -> None:
    assert desk.stored(Person, desk.person.id).owner_id is None, "it is their card's"
    desk.fair.window.go("people")
    desk.driver.settle()
    rows = desk.fair.window.page.pane.table.rows  # type: ignore[attr-defined]
    assert (
        next(row.owner for row in map(rows.row, range(rows.rowCount())) if row.id == desk.person.id) == "Jana Lindner"
    )
    desk.open(desk.person.id)
    assert desk.value("owner").laid.words == "Jana Lindner"
    desk.driver.click(desk.value("owner"))
    choice = desk.editor("owner")
    choice.setCurrentIndex(choice.findText("Nobody"))
    choice.activated.emit(choice.currentIndex())
    desk.driver.settle()
    assert desk.value("owner").laid.words != "Jana Lindner"
    assert desk.stored(Lead, desk.lead.id).owner_id is None, "else the list would go on naming the card's"


def test_a_note_of_several_lines_is_saved_by_ctrl_enter(desk: Desk) -> None:
    desk.open(desk.firm.id)
    notes = desk.page.parts.notes
    desk.driver.click(notes.rows["note"].value)
    area = notes.rows["note"].editor.control
    area.setPlainText("One\nTwo")
    desk.driver.key(area, Qt.Key.Key_Return, CONTROL)
    assert desk.stored(Organisation, desk.firm.id).note == "One\nTwo"


def test_one_value_comes_back_from_the_history_of_the_record(desk: Desk) -> None:
    leads.edit(desk.db, desk.lead.id, supplier="Röchl")
    leads.edit(desk.db, desk.lead.id, supplier="Other", amount_cents=100, currency="EUR")
    desk.open(desk.lead.id)
    changes = desk.page.parts.changes
    changes.all.click()
    desk.driver.settle()
    row = next(each for each in changes.rows if each._changed.field == "Present supplier")
    desk.driver.click(row.back)
    lead = desk.stored(Lead, desk.lead.id)
    assert (lead.supplier, lead.amount_cents) == ("Röchl", 100)
    assert timelines.history(desk.db)[0].label.text() == "Bring back “Present supplier” of Birgit Hansen"
    undo.undo(desk.db)
    assert desk.stored(Lead, desk.lead.id).supplier == "Other"


def test_the_focus_stays_in_the_history_of_the_record(desk: Desk) -> None:
    for supplier, cents in (("Röchl", 50), ("Other", 100)):
        leads.edit(desk.db, desk.lead.id, supplier=supplier, amount_cents=cents, currency="EUR")
    desk.open(desk.lead.id)
    changes = desk.page.parts.changes
    changes.all.setFocus()
    desk.driver.key(changes.all, Qt.Key.Key_Space)
    here = desk.fair.window.focusWidget()
    assert here is not None
    assert changes.isAncestorOf(here), here


@pytest.mark.parametrize("by_key", [True, False], ids=["key", "mouse"])
def test_the_focus_stays_in_the_history_when_a_value_comes_back(desk: Desk, by_key: bool) -> None:
    for supplier in ("Old Ltd", "New Ltd"):
        leads.edit(desk.db, desk.lead.id, supplier=supplier)
    desk.open(desk.lead.id)
    desk.driver.click(desk.page.parts.changes.all)
    row = next(each for each in desk.page.parts.changes.rows if not each.back.isHidden())
    if by_key:
        row.back.setFocus()
        desk.driver.key(row.back, Qt.Key.Key_Space)
    else:
        desk.driver.click(row.back)
    assert desk.stored(Lead, desk.lead.id).supplier == "Old Ltd"
    desk.driver.settle()
    here = QApplication.focusWidget()
    assert here is not None
    assert desk.page.parts.changes.isAncestorOf(here), here.accessibleName()


def test_del_removes_the_record_the_toast_undoes_and_the_trash_gives_it_back(desk: Desk) -> None:
    desk.open(desk.person.id)
    before = desk.contents()
    desk.driver.key(desk.fair.window, Qt.Key.Key_Delete)
    assert desk.fair.window.context.notify.toast is not None
    assert not isinstance(desk.fair.window.page, RecordScreen)
    with desk.db.read() as connection:
        assert records.find(connection, Person, desk.person.id) is None
    desk.driver.key(desk.fair.window, Qt.Key.Key_Z, CONTROL)
    assert desk.contents() == before
    trash.remove(desk.db, [desk.person.id])
    desk.fair.window.actions_.get("trash").trigger()
    sheet = desk.fair.wait_for_sheet(TrashSheet)
    assert [row.name for row in sheet.view.model().rows] == ["Birgit Hansen"]
    desk.driver.key(sheet.view, Qt.Key.Key_Return, CONTROL)
    desk.fair.wait_for_no_sheet()
    assert desk.contents() == before
