"""Quick add: one line a person, from anywhere, each shown before it is added."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from crmdesk.services import boards, dossiers, events, searches, undo
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


# Several lines at once

LIST = "Nina New, New GmbH, nina@new.example\nOtto Old, Old KG, call fri\n\nPia Plum, Plum AG, 0171 7654321\n"
SIGNATURE = "Quirin Quast\nQuast Maschinenbau GmbH\nTel. 0171 555666\nquirin@quast.example"
CTRL = Qt.KeyboardModifier.ControlModifier


def paste(fair, line, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    line.setFocus()
    fair.driver.key(line, Qt.Key.Key_V, CTRL)


def found(fair, word: str) -> list:
    return [hit.name for hit in searches.find(fair.db, word)]


def test_pasted_lines_are_somebody_each_added_in_one_step(fair) -> None:
    sheet = open_sheet(fair)
    paste(fair, sheet.line, LIST)
    assert sheet.lines.how.value == "each"
    shown = [row.text() for row in sheet.lines.rows if row.isVisible()]
    assert shown[0] == "Nina New, New GmbH, nina@new.example"
    assert shown[1] == "Otto Old, Old KG, call, on Friday, 8 May 2026"
    assert sheet.primary.text() == "Add 3 people"
    fair.driver.key(sheet.line, Qt.Key.Key_Return)
    fair.wait_for_no_sheet()
    assert all(found(fair, name) for name in ("Nina New", "Otto Old", "Pia Plum"))
    assert fair.window.context.notify.toast.text == "3 people are added."
    fair.driver.key(fair.window, Qt.Key.Key_Z, CTRL)
    assert not any(found(fair, name) for name in ("Nina New", "Otto Old", "Pia Plum"))
    assert sheet.line is not None


def test_a_pasted_signature_is_one_person_until_somebody_says_otherwise(fair) -> None:
    sheet = open_sheet(fair)
    paste(fair, sheet.line, SIGNATURE)
    assert sheet.lines.how.value == "one"
    assert sheet.shown.values["person"].text() == "Quirin Quast"
    fair.driver.click(sheet.lines.how.segment("each"))
    assert sheet.primary.text() == "Add 4 people"
    fair.driver.click(sheet.lines.how.segment("one"))
    fair.driver.key(sheet.line, Qt.Key.Key_Return)
    dossier = dossiers.read(fair.db, next(hit.card_id for hit in searches.find(fair.db, "Quirin Quast")))
    assert dossier.organisation.name == "Quast Maschinenbau GmbH"
    assert {point.kind for point in dossier.points} == {"email", "phone"}


def test_lines_pasted_at_the_foot_of_a_column_are_asked_about_and_start_there(fair) -> None:
    line = fair.column("prospect").quick_add.line
    paste(fair, line, LIST)
    fair.driver.key(line, Qt.Key.Key_Return)
    sheet = fair.wait_for_sheet(QuickAddSheet)
    assert line.text() == ""
    assert "Prospect" in sheet.place.text()
    fair.driver.key(sheet.line, Qt.Key.Key_Return)
    fair.wait_for_no_sheet()
    names = [card.name for card in boards.page(fair.db, "prospect")]
    assert {"Nina New", "Otto Old", "Pia Plum"} <= set(names)
    undo.undo(fair.db)
    assert not {"Nina New", "Otto Old", "Pia Plum"} & {card.name for card in boards.page(fair.db, "prospect")}


def test_a_line_that_names_nobody_stays_and_the_others_are_added(fair) -> None:
    sheet = open_sheet(fair)
    paste(fair, sheet.line, LIST + ";;")
    fair.driver.key(sheet.line, Qt.Key.Key_Return)
    fair.driver.until(lambda: sheet.line.text() == ";;", "the line stays")
    assert sheet.error.isVisible()
    assert found(fair, "Pia Plum")


def test_too_many_lines_are_refused_and_stay(fair) -> None:
    sheet = open_sheet(fair)
    paste(fair, sheet.line, "\n".join(f"Nina New{number}, New GmbH" for number in range(201)))
    fair.driver.key(sheet.line, Qt.Key.Key_Return)
    fair.driver.until(sheet.error.isVisible, "it says why")
    assert "201" in sheet.error.text
    assert sheet.line.text().count("\n") == 200
    assert not found(fair, "Nina New7")


def test_a_page_that_is_pasted_is_kept_whole(fair) -> None:
    page = "\n".join(f"Nina New{number}, New GmbH, {'long ' * 40}" for number in range(190))
    assert len(page) > 32_767
    sheet = open_sheet(fair)
    paste(fair, sheet.line, page)
    assert sheet.line.text() == page
    assert sheet.primary.text() == "Add 190 people"
    line = fair.column("lead").quick_add.line
    assert line.maxLength() > len(page)


# A draft in the line


def left_in_line(fair, text: str) -> QuickAddSheet:
    """A line was typed and left by Esc; the sheet is opened again."""
    sheet = open_sheet(fair)
    fair.driver.write(sheet.line, text)
    fair.driver.key(sheet, Qt.Key.Key_Escape)
    fair.wait_for_no_sheet()
    again = open_sheet(fair)
    assert again.line.text() == text
    return again


def test_what_is_typed_at_once_does_not_go_on_from_an_old_draft_and_the_draft_comes_back(fair) -> None:
    sheet = left_in_line(fair, "Emil Ott, call mon")
    fair.driver.write(sheet.line, "Klaus Nachzug, Nachzug KG")
    assert sheet.line.text() == "Klaus Nachzug, Nachzug KG"
    fair.driver.key(sheet, Qt.Key.Key_Escape)
    fair.wait_for_no_sheet()
    sheet = open_sheet(fair)
    fair.driver.key(sheet.line, Qt.Key.Key_Return)
    assert found(fair, "Klaus Nachzug")
    assert not found(fair, "Emil Ott")
    assert sheet.line.text() == "Emil Ott, call mon", "also when both waited"
    assert sheet.line.selectedText() == sheet.line.text()


def test_a_draft_can_be_gone_on_with_and_thrown_away(fair) -> None:
    sheet = left_in_line(fair, "Emil Ott")
    fair.driver.key(sheet.line, Qt.Key.Key_End)
    fair.driver.write(sheet.line, ", Ott KG")
    fair.driver.key(sheet.line, Qt.Key.Key_Return)
    assert found(fair, "Ott KG")
    assert sheet.line.text() == ""
    fair.driver.key(sheet, Qt.Key.Key_Escape)
    fair.wait_for_no_sheet()
    sheet = left_in_line(fair, "Berta Blau")
    fair.driver.key(sheet.line, Qt.Key.Key_Backspace)
    fair.driver.write(sheet.line, "Cora Chrom")
    fair.driver.key(sheet.line, Qt.Key.Key_Return)
    assert sheet.line.text() == "", "what was emptied is not wanted"


def test_two_drafts_that_wait_both_come_back_also_under_the_same_first_letter(fair) -> None:
    sheet = left_in_line(fair, "Emil Ott, Ott KG")
    fair.driver.write(sheet.line, "Eva Neu, Neu KG")
    fair.driver.key(sheet, Qt.Key.Key_Escape)
    fair.wait_for_no_sheet()
    sheet = open_sheet(fair)
    assert sheet.line.text() == "Eva Neu, Neu KG"
    fair.driver.write(sheet.line, "Egon Alt, Alt KG")
    fair.driver.key(sheet.line, Qt.Key.Key_Return)
    assert found(fair, "Egon Alt")
    assert sheet.line.text().splitlines() == ["Eva Neu, Neu KG", "Emil Ott, Ott KG"]


def test_a_draft_whose_successor_was_emptied_comes_back_once(fair) -> None:
    sheet = left_in_line(fair, "Emil Ott")
    fair.driver.write(sheet.line, "Klaus")
    sheet.line.selectAll()
    fair.driver.key(sheet.line, Qt.Key.Key_Backspace)
    fair.driver.key(sheet, Qt.Key.Key_Escape)
    fair.wait_for_no_sheet()
    sheet = open_sheet(fair)
    fair.driver.key(sheet.line, Qt.Key.Key_Return)
    assert found(fair, "Emil Ott")
    assert sheet.line.text() == ""
