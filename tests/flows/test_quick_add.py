"""Quick add: one line a person, from anywhere, each shown before it is added."""

from __future__ import annotations

from PySide6.QtCore import Qt

from crmdesk.services import dossiers, events, searches
from crmdesk.ui.dialogs.new_contact import NewContactSheet
from crmdesk.ui.dialogs.next_step import NextStepSheet
from crmdesk.ui.dialogs.quick_add import QuickAddSheet

LINE = "Anna Müller, Müller GmbH, anna@mueller.example, 0171 234567, wants a quote fri"


def open_sheet(fair) -> QuickAddSheet:
    fair.window.board.take_focus()
    fair.driver.key(fair.window, Qt.Key.Key_Q)
    return fair.wait_for_sheet(QuickAddSheet)


def test_a_line_is_shown_as_what_it_will_become_and_enter_adds_it(fair) -> None:
    sheet = open_sheet(fair)
    fair.driver.write(sheet.line, LINE)
    shown = {part: label.text() for part, label in sheet.shown.values.items()}
    assert shown["person"] == "Anna Müller"
    assert shown["organisation"] == "Müller GmbH"
    assert shown["step"] == "wants a quote, on Friday, 8 May 2026"
    fair.driver.key(sheet.line, Qt.Key.Key_Return)
    assert fair.window.sheets.current is sheet
    assert sheet.line.text() == ""
    assert "Anna Müller" in sheet.names.text()
    card = next(hit.card_id for hit in searches.find(fair.db, "mueller") if hit.card_id)
    dossier = dossiers.read(fair.db, card)
    assert [(task.title, task.due_on) for task in dossier.tasks] == [("wants a quote", "2026-05-08")]
    assert {point.kind for point in dossier.points} == {"email", "phone"}


def test_source_stays_until_it_is_changed_also_for_the_next_time(fair) -> None:
    sheet = open_sheet(fair)
    sheet.source.set_value("referral")
    for name in ("Berta Eins", "Cäsar Zwei"):
        fair.driver.write(sheet.line, name)
        fair.driver.key(sheet.line, Qt.Key.Key_Return)
    fair.driver.key(sheet, Qt.Key.Key_Escape)
    fair.wait_for_no_sheet()
    assert open_sheet(fair).source.value == "referral"
    sources = {dossiers.read(fair.db, hit.card_id).subject.source
               for word in ("berta", "cäsar") for hit in searches.find(fair.db, word) if hit.card_id}  # fmt: skip
    assert sources == {"referral"}


def test_one_undo_takes_record_and_next_step_back_together(fair) -> None:
    before = len(searches.find(fair.db, "mueller"))
    sheet = open_sheet(fair)
    fair.driver.write(sheet.line, LINE)
    fair.driver.key(sheet.line, Qt.Key.Key_Return)
    fair.driver.key(sheet, Qt.Key.Key_Escape)
    fair.wait_for_no_sheet()
    fair.driver.key(fair.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(searches.find(fair.db, "mueller")) == before


def test_a_line_that_names_nobody_cannot_be_added(fair) -> None:
    sheet = open_sheet(fair)
    assert not sheet.primary.isEnabled()
    fair.driver.write(sheet.line, " , ")
    assert not sheet.primary.isEnabled()
    fair.driver.key(sheet.line, Qt.Key.Key_Return)
    assert sheet.names.isHidden()


def test_what_was_typed_and_not_added_is_there_again(fair) -> None:
    sheet = open_sheet(fair)
    fair.driver.write(sheet.line, "Half a li")
    fair.driver.key(sheet, Qt.Key.Key_Escape)
    fair.wait_for_no_sheet()
    assert open_sheet(fair).line.text() == "Half a li"


def test_who_is_added_while_the_board_shows_one_event_belongs_to_that_event(fair) -> None:
    event = events.add(fair.db, name="Hannover 2026", starts_on="2026-04-20", ends_on="2026-04-24")
    fair.driver.settle()
    fair.window.journey.show_event(event)
    sheet = open_sheet(fair)
    assert sheet.event_field.value == str(event)
    fair.driver.write(sheet.line, "Berta Eins")
    fair.driver.key(sheet.line, Qt.Key.Key_Return)
    fair.driver.key(sheet, Qt.Key.Key_Escape)
    fair.wait_for_no_sheet()
    assert "Berta Eins" in [name for column in fair.window.board.strip.columns for name in fair.names(column.stage)]
    fair.driver.key(fair.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert fair.wait_for_sheet(NewContactSheet).event_field.value == str(event)


def test_words_that_end_in_a_day_that_is_past_are_a_note_and_no_firm(fair) -> None:
    sheet = open_sheet(fair)
    fair.driver.write(sheet.line, "Karl Ost, karl@ost.example, called yesterday")
    shown = {part: label.text() for part, label in sheet.shown.values.items()}
    assert shown["person"] == "Karl Ost"
    fair.driver.key(sheet.line, Qt.Key.Key_Return)
    card = next(hit.card_id for hit in searches.find(fair.db, "karl ost") if hit.card_id)
    dossier = dossiers.read(fair.db, card)
    assert (dossier.organisation, dossier.tasks) == (None, ())
    assert dossier.person.note == "called yesterday"


def test_a_next_step_on_a_day_that_is_past_is_told_so_and_not_planned_for_next_year(fair) -> None:
    fair.window.show_card(fair.column("lead").model.card(0).id)
    fair.window.board.take_focus()
    fair.driver.key(fair.column("lead").list, Qt.Key.Key_N)
    sheet = fair.wait_for_sheet(NextStepSheet)
    fair.driver.write(sheet.step, "send offer 2.5.")
    fair.driver.key(sheet.step, Qt.Key.Key_Return)
    assert fair.window.sheets.current is sheet
    said = "“2.5.” lies in the past: Saturday, 2 May 2026. Write today or a day after it."
    assert sheet.words.sentence.label.text() == said
