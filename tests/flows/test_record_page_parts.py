"""The blocks of a record's page: links, deals, tags, timeline, attempts, channels, and what a page says of itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crmdesk.domain.errors import Damaged
from crmdesk.domain.records import Activity, ContactPoint, Id, Opportunity
from crmdesk.services import (
    activities,
    capture,
    deals,
    moves,
    organisations,
    people,
    tasks,
    timelines,
    trash,
    undo,
)
from crmdesk.storage import records
from crmdesk.ui import panel_reader, record_saving
from crmdesk.ui.chips import Chip
from crmdesk.ui.dialogs.next_step import NextStepSheet
from crmdesk.ui.draft_line import DraftLine
from crmdesk.ui.record_screen import RecordScreen
from crmdesk.ui.views.record_blocks import Link
from tests.flows.conftest import Fair
from tests.support.record_desk import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier
SEEN = 32_767  # px: no widget is painted further down


@pytest.fixture
def desk(fair: Fair) -> Desk:
    return Desk(fair)


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
    assert desk.value("given").laid.words == "Birgit"


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
    assert desk.value("probability").laid.words == "55 %, by hand"
    desk.driver.click(desk.value("probability"))
    desk.type("probability", "many")
    desk.driver.key(desk.editor("probability"), Qt.Key.Key_Return)
    assert "is not a percentage" in desk.details.rows["probability"].editor.sentence.label.text()
    desk.details.saved.emit("deal_stage", "terms", 0)
    desk.driver.settle()
    assert desk.stored(Opportunity, deal).deal_stage == "terms"
    assert desk.value("deal_stage").laid.words == "Terms"


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


def test_somebody_without_an_address_has_no_consent_on_the_page_of_the_firm_as_in_the_lists(desk: Desk) -> None:
    capture.add(desk.db, name="Karl Ohnepost", organisation="Hansen Antriebstechnik GmbH")
    desk.open(desk.firm.id)
    assert desk.page.view is not None
    assert {each.name: each.chip for each in desk.page.view.people} == {
        "Birgit Hansen": "Not asked", "Karl Ohnepost": ""
    }  # fmt: skip
    assert [chip.accessibleName() for chip in desk.page.findChildren(Chip) if chip.isVisible()].count("Not asked") == 1


@pytest.mark.parametrize("percent", [100, 200])
def test_a_long_note_is_begun_and_shown_in_whole_when_asked_for(desk: Desk, percent: int) -> None:
    note = "\n".join(f"Line {number} of what was said at the stand" for number in range(40)) + "\n" + "W" * 100_000
    people.edit(desk.db, desk.person.id, note=note)
    desk.fair.window.context.theme.set_percent(percent)
    desk.open(desk.person.id)
    row = desk.page.parts.notes.rows["note"]
    assert row.value.laid.words.endswith("Line 11 of what was said at the stand…")
    row._more.setFocus()
    desk.driver.key(row._more, Qt.Key.Key_Return)
    assert row.value.laid.words == note
    assert row._more is None
    assert desk.fair.window.focusWidget() is row.value
    assert desk.page.body.main.height() < SEEN
    assert desk.page.body.side.height() < SEEN


def test_damage_met_by_a_sheet_or_a_field_is_left_to_who_shows_the_ways_on(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_args: object, **_given: object) -> None:
        raise Damaged("The file is damaged.")

    monkeypatch.setattr(tasks, "plan", damaged)
    monkeypatch.setattr(record_saving, "save", damaged)
    desk.open(desk.person.id)
    desk.driver.click(desk.value("given"))
    desk.type("given", "Brigitte")
    with qtbot.captureExceptions() as caught:
        desk.driver.key(desk.editor("given"), Qt.Key.Key_Return)
    assert [kind for kind, _error, _where in caught] == [Damaged]
    desk.driver.key(desk.editor("given"), Qt.Key.Key_Escape)
    desk.driver.key(desk.page, Qt.Key.Key_N)
    sheet = desk.fair.wait_for_sheet(NextStepSheet)
    desk.driver.write(sheet.step, "Call back")
    desk.driver.write(sheet.day.line, "fri")
    with qtbot.captureExceptions() as caught:
        desk.driver.key(sheet.first_field(), Qt.Key.Key_Return, CONTROL)
    assert [kind for kind, _error, _where in caught] == [Damaged]
    assert sheet.error.isHidden()
