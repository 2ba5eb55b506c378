"""The page of a record by mouse and key on the real window: what is seen, and what the file then holds."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crmdesk.domain.records import Activity, ContactPoint, Id, Lead, Opportunity, Organisation, Person
from crmdesk.services import (
    activities,
    capture,
    deals,
    leads,
    moves,
    organisations,
    people,
    timelines,
    trash,
    undo,
    workspace,
)
from crmdesk.storage import records
from crmdesk.ui import panel_reader
from crmdesk.ui.dialogs.trash import TrashSheet
from crmdesk.ui.draft_line import DraftLine
from crmdesk.ui.record_screen import RecordScreen
from crmdesk.ui.views.record_blocks import Link
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
    assert desk.value("job_title").label.text() == "Head of purchasing"
    assert desk.value("job_title").hasFocus()
    assert timelines.history(desk.db)[0].label.text() == "Change “Job title” of Birgit Hansen"
    desk.driver.key(desk.fair.window, Qt.Key.Key_Z, CONTROL)
    assert desk.contents() == before
    assert desk.value("job_title").label.text() == "–"


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
    assert desk.value("job_title").label.text() == "–"
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
    assert desk.value("department").label.text() == "Sales"


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
    assert desk.value("owner").label.text() == "Thomas Koch"


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
    assert here is not None and changes.isAncestorOf(here), here


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


def test_names_lead_to_other_pages_and_esc_and_the_key_lead_back(desk: Desk) -> None:
    desk.open(desk.firm.id)
    link = next(each for each in desk.page.findChildren(Link) if each.text() == "Birgit Hansen")
    desk.driver.click(link)
    assert desk.page.record == desk.person.id
    assert (desk.page.title, desk.page.trail) == ("People", "Birgit Hansen")
    desk.driver.key(desk.fair.window, Qt.Key.Key_BracketLeft, CONTROL)
    assert desk.page.record == desk.firm.id
    desk.driver.key(desk.page, Qt.Key.Key_Escape)
    assert not isinstance(desk.fair.window.page, RecordScreen)


def test_a_firm_without_a_card_takes_a_log_and_a_new_deal(desk: Desk) -> None:
    firm = _firm(desk)
    desk.open(firm)
    desk.driver.key(desk.fair.window, Qt.Key.Key_L)
    sheet = desk.fair.window.sheets.current
    sheet.submit()
    desk.fair.wait_for_no_sheet()
    with desk.db.read() as connection:
        assert len(records.where(connection, Activity, organisation_id=firm)) == 1
    desk.driver.key(desk.fair.window, Qt.Key.Key_D)
    assert desk.page.view.kind == "opportunity"
    assert desk.details.editing[0] == "name"
    desk.type("name", "Retrofit")
    desk.driver.key(desk.editor("name"), Qt.Key.Key_Return)
    assert desk.page.trail == "Retrofit"


def _firm(desk: Desk) -> Id:
    """A firm on file without anybody or anything."""
    made = capture.add(desk.db, organisation="Solo GmbH")
    trash.remove(desk.db, [made.lead_id])
    assert made.organisation_id is not None
    return made.organisation_id


def test_a_tag_is_typed_and_taken_off(desk: Desk) -> None:
    desk.open(desk.person.id)
    desk.driver.write(desk.page.parts.tags.line, "Gold")
    desk.driver.key(desk.page.parts.tags.line, Qt.Key.Key_Return)
    chip = desk.page.parts.tags.chips["Gold"]
    desk.driver.key(chip, Qt.Key.Key_Delete)
    assert desk.page.parts.tags.chips == {}
    assert [each.label.text() for each in timelines.history(desk.db)[:2]] == [
        "Take “Gold” off Birgit Hansen", "Tag Birgit Hansen with “Gold”"
    ]  # fmt: skip


def test_the_timeline_shows_fifty_and_then_more_and_one_deal_alone(desk: Desk) -> None:
    for number in range(60):
        activities.log(desk.db, desk.firm.id, kind="note", subject=f"Note {number}", at="2026-04-01")
    for name in ("Hall 3", "Line 2"):
        deals.start(desk.db, organisation=desk.firm.id, name=name)
    desk.open(desk.firm.id)
    timeline = desk.page.parts.timeline
    assert timeline.count == 50
    timeline.more.click()
    desk.driver.settle()
    assert timeline.count > 60
    assert timeline.more.isHidden()
    ref = next(each.ref for each in desk.page.view.profile.deals if each.name == "Hall 3")
    desk.driver.click(timeline.filters.segment(ref))
    assert 0 < timeline.count < 5


def test_old_attempts_stay_in_sight_with_how_they_ended(desk: Desk) -> None:
    moves.not_a_fit(desk.db, [desk.lead.id], reason="no_value")
    desk.open(desk.person.id)
    attempt = desk.page.view.attempts[-1]
    assert attempt.state.startswith("Not a fit")
    assert attempt.detail.startswith("No value they would notice")


def test_who_has_undone_the_making_of_a_record_reads_that_it_is_gone(desk: Desk) -> None:
    desk.open(desk.person.id)
    trash.remove(desk.db, [desk.person.id])
    desk.driver.settle()
    assert desk.page.view is None
    assert desk.page.findChildren(Link) == [] or not desk.page.body.isVisible()
    organisations.edit(desk.db, desk.firm.id, industry="Tools")
    undo.undo(desk.db)
    undo.undo(desk.db)
    desk.driver.settle()
    assert desk.page.trail == "Birgit Hansen"


def test_a_draft_that_is_not_wanted_is_discarded_and_the_field_goes_on(desk: Desk) -> None:
    desk.open(desk.person.id)
    desk.driver.click(desk.value("given"))
    desk.type("given", "Bi")
    desk.driver.key(desk.editor("given"), Qt.Key.Key_Escape)
    desk.driver.click(desk.value("given"))
    line = desk.details.rows["given"].findChild(DraftLine)
    desk.driver.click(line.discard)
    assert desk.editor("given").text() == "Birgit"
    desk.driver.key(desk.editor("given"), Qt.Key.Key_Return)
    assert desk.value("given").label.text() == "Birgit"


def test_the_entry_of_its_list_is_marked_in_the_navigation(desk: Desk) -> None:
    desk.open(desk.firm.id)
    marked = [key for key, entry in desk.fair.window.navigation.entries.items() if entry.isChecked()]
    assert marked == [desk.page.place]
    link = next(each for each in desk.page.findChildren(Link) if each.text() == "Birgit Hansen")
    desk.driver.click(link)
    marked = [key for key, entry in desk.fair.window.navigation.entries.items() if entry.isChecked()]
    assert marked == ["people"]


def test_a_channel_is_marked_preferred_and_removed_by_its_menu(desk: Desk) -> None:
    desk.open(desk.person.id)
    item = next(each for each in desk.page.view.items if "@" in each.text)
    desk.details.point_asked.emit("preferred", item.point)
    desk.driver.settle()
    assert desk.stored(ContactPoint, item.point).preferred == 1
    desk.value(item.key).setFocus()
    desk.driver.key(desk.value(item.key), Qt.Key.Key_Delete)
    desk.driver.settle()
    assert item.key not in desk.details.rows
    desk.driver.key(desk.fair.window, Qt.Key.Key_Z, CONTROL)
    assert item.key in desk.details.rows


def test_delete_on_a_value_never_removes_the_record(desk: Desk) -> None:
    desk.open(desk.person.id)
    before = desk.contents()
    desk.value("given").setFocus()
    desk.driver.key(desk.value("given"), Qt.Key.Key_Delete)
    assert desk.contents() == before


def test_a_deal_reads_days_percentages_and_stages_as_they_are_typed_or_chosen(desk: Desk) -> None:
    deal = deals.start(desk.db, organisation=desk.firm.id, name="Hall 3")
    desk.open(deal)
    for key, text in (("probability", "55 %"), ("expected_close", "3.12."), ("amount", "12.500,50 €")):
        desk.driver.click(desk.value(key))
        desk.type(key, text)
        desk.driver.key(desk.editor(key), Qt.Key.Key_Return)
    found = desk.stored(Opportunity, deal)
    assert (found.probability, found.expected_close, found.amount_cents) == (55, "2026-12-03", 1_250_050)
    assert desk.value("probability").label.text() == "55 %, by hand"
    desk.driver.click(desk.value("probability"))
    desk.type("probability", "many")
    desk.driver.key(desk.editor("probability"), Qt.Key.Key_Return)
    assert "is not a percentage" in desk.details.rows["probability"].editor.sentence.label.text()
    desk.details.saved.emit("deal_stage", "terms", 0)
    desk.driver.settle()
    assert desk.stored(Opportunity, deal).deal_stage == "terms"
    assert desk.value("deal_stage").label.text() == "Terms"


def test_a_won_deal_shows_its_outcome_and_no_chance(desk: Desk) -> None:
    deal = deals.start(desk.db, organisation=desk.firm.id, name="Hall 3", deal_stage="contract")
    moves.won(desk.db, [deal])
    desk.open(deal)
    assert desk.page.view is not None
    shown = {item.key: item.shown for item in desk.page.view.items}
    assert shown["exit"] == "Won"
    assert "probability" not in shown
    view = panel_reader.deal_view(desk.fair.window.context, desk.stored(Opportunity, deal))
    facts = {fact.key: fact.value for fact in view.facts}
    assert facts["deal_stage"].startswith("Won")
    assert "probability" not in facts


def test_the_page_of_a_lead_says_leads(desk: Desk) -> None:
    desk.open(desk.lead.id)
    assert desk.page.title == "Leads"
