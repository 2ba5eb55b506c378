"""The language is changed while the program runs: the window comes again in it, with a person where they were."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from crmdesk import words
from crmdesk.app import application, speak
from crmdesk.domain.cards import BoardFilter
from crmdesk.services import events, searches, workspace
from crmdesk.ui.dialogs.log import LogSheet
from crmdesk.ui.dialogs.quick_add import QuickAddSheet
from crmdesk.ui.list_screens import PeopleScreen
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.settings import Settings
from crmdesk.ui.views.first_start import FirstStart

LANGUAGES = list(words.LANGUAGES.values())


@pytest.fixture(autouse=True)
def english_again(qapp):
    speak(qapp, "en")
    yield
    speak(qapp, "en")


def entries(window):
    """The entries of the language menu, below View."""
    view = window.menuBar().actions()[2].menu()
    below = [action.menu() for action in view.actions() if action.menu() is not None]
    return next(menu.actions() for menu in below if menu.actions()[1].text() == "English")


def choose(fair, name):
    """Chooses a language in the View menu, and waits for the new window."""
    window, program = fair.window, fair.program
    next(action for action in entries(window) if action.text() == name).trigger()
    fair.driver.until(lambda: program.window is not window and program.window is not None, "no new window")
    fair.driver.settle()
    return fair.window


def titles(window):
    return [action.text().replace("&", "") for action in window.menuBar().actions()]


def ticked(window):
    return [action.text() for action in entries(window) if action.isChecked()]


def test_each_language_is_offered_in_its_own_name_and_the_one_in_use_is_ticked(fair):
    assert [action.text() for action in entries(fair.window)] == ["As the system", *LANGUAGES]
    assert ticked(fair.window) == ["As the system"]
    window = choose(fair, "Deutsch")
    assert [action.text() for action in entries(window)][1:] == LANGUAGES
    assert ticked(window) == ["Deutsch"]


def test_window_stages_dates_and_qt_s_own_words_are_at_once_in_the_language(fair):
    window = choose(fair, "繁體中文")
    assert titles(window)[:3] == ["檔案(F)", "編輯(E)", "檢視(V)"]
    assert fair.column("lead").list.accessibleName() == "銷售線索"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert titles(choose(fair, "English"))[:3] == ["File", "Edit", "View"]
    assert QCoreApplication.translate("QLineEdit", "&Undo") == "&Undo"


def test_filter_panel_selection_and_keys_are_where_they_were(fair):
    card = next(hit.card_id for hit in searches.find(fair.db, "Birgit Hansen"))
    owner = workspace.members(fair.db)[0].id
    fair.window.board.filter_row.set_filter(BoardFilter(owner_id=owner))
    fair.window.show_card(card)
    fair.window.board.take_focus()
    fair.driver.settle()
    window = choose(fair, "Deutsch")
    assert window.board.shown == BoardFilter(owner_id=owner)
    assert window.shown_record == card
    assert window.selected == [card]
    assert window.board.current_id() == card


def open_last_lead(fair):
    """The lowest lead in the panel, by keys; gives its id."""
    fair.window.board.take_focus()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Return):
        fair.driver.key(fair.column("lead").list, key)
    assert fair.column("lead").list.currentIndex().row() == 2
    return fair.window.shown_record


def assert_is_in_hand(fair, card):
    """In the panel, selected, with the frame and the keys."""
    board = fair.window.board
    assert (fair.window.shown_record, board.selected_ids(), board.current_id()) == (card, [card], card)
    assert fair.column("lead").list.hasFocus()


def test_the_card_in_the_panel_has_the_frame_again(fair):
    card = open_last_lead(fair)
    choose(fair, "Deutsch")
    assert_is_in_hand(fair, card)


def test_the_card_in_the_panel_of_a_board_that_was_not_seen_has_the_frame_again(fair):
    card = open_last_lead(fair)
    fair.window.go("people")
    choose(fair, "Deutsch").go("board")
    fair.driver.settle()
    assert_is_in_hand(fair, card)


def test_the_workspace_stays_open_and_undo_goes_on(fair):
    db = fair.db
    events.add(db, name="Spring Fair")
    window = choose(fair, "Deutsch")
    assert window.context.db is db
    window.undoing.undo()
    assert events.listed(db) == []


def test_what_was_typed_into_an_open_sheet_is_given_back(fair):
    fair.window.show_card(next(hit.card_id for hit in searches.find(fair.db, "Birgit Hansen")))
    fair.window.actions_.get("log").trigger()
    sheet = fair.wait_for_sheet(LogSheet)
    fair.driver.write(sheet.subject, "Asked for the price list")
    choose(fair, "Deutsch")
    assert fair.window.sheets.current is None
    fair.window.actions_.get("log").trigger()
    assert fair.wait_for_sheet(LogSheet).subject.text() == "Asked for the price list"


def test_a_sheet_that_was_put_aside_before_is_not_told_of_again_one_that_was_open_is(fair):
    fair.window.show_card(next(hit.card_id for hit in searches.find(fair.db, "Birgit Hansen")))
    fair.window.actions_.get("log").trigger()
    sheet = fair.wait_for_sheet(LogSheet)
    fair.driver.write(sheet.subject, "Asked for the price list")
    fair.driver.key(sheet, Qt.Key.Key_Escape)
    fair.wait_for_no_sheet()
    assert bar_of(choose(fair, "Deutsch")) is None
    fair.window.actions_.get("quick_add").trigger()
    fair.driver.write(fair.wait_for_sheet(QuickAddSheet).line, "Nina New")
    bar = bar_of(choose(fair, "English"))
    assert "Quick add" in bar.text
    assert "1 more" not in bar.text


def test_what_still_rolls_back_in_the_window_before_is_not_waited_for(fair):
    before, begun, go_on = fair.window, Event(), Event()

    def roll_back(_job):
        begun.set()
        assert go_on.wait(10)

    before.context.work.start("slow", roll_back, finished=before.close, failed=before.close)
    fair.driver.until(begun.is_set, "it does not begin")
    try:
        assert choose(fair, "Deutsch") is not before
        assert shiboken6.isValid(before), "it is taken apart when its work is over"
        assert not before.context.work.at_rest
    finally:
        go_on.set()
    fair.driver.until(lambda: not shiboken6.isValid(before), "it stays")


def bar_of(window):
    """The line that tells of drafts, if it is there."""
    return window._waiting.bar


def test_the_choice_is_remembered_and_the_system_s_language_comes_back(fair, qapp, tmp_path):
    choose(fair, "Deutsch")
    assert Settings(tmp_path / "window.ini").language == "de"
    application(Settings(tmp_path / "window.ini").language)
    assert words.language() == "de"
    choose(fair, entries(fair.window)[0].text())
    assert Settings(tmp_path / "window.ini").language == ""
    assert words.language() == words.system_language()


def test_while_a_list_comes_in_the_window_stays(fair):
    window, going = fair.window, Event()
    work = window.context.work
    work.start("import apply", lambda job: going.wait(20), finished=window.update, failed=window.refuse)
    next(action for action in entries(window) if action.text() == "Deutsch").trigger()
    fair.driver.settle()
    assert fair.window is window
    assert ticked(window) == ["As the system"]
    assert window.frame.bar.isVisible()
    going.set()


def test_a_list_keeps_its_order_and_its_ticks(fair):
    fair.window.go("organisations")
    fair.driver.settle()
    page = fair.window.page
    query = replace(page.pane.query, descending=not page.pane.query.descending)
    page.show_query(query)
    fair.driver.settle()
    rows = page.pane.table.rows
    ticked_ids = [rows.row(1).id]
    rows.tick(1, on=True)
    again = choose(fair, "Deutsch").page
    assert again.pane.query == query
    assert again.pane.table.rows.chosen_ids() == ticked_ids


def test_a_page_that_is_not_seen_is_made_when_it_is_gone_to_and_is_where_it_was(fair):
    fair.window.go("people")
    fair.driver.settle()
    rows = fair.window.page.pane.table.rows
    rows.tick(1, on=True)
    kept = rows.chosen_ids()
    fair.window.go("today")
    fair.driver.settle()
    window = choose(fair, "Deutsch")
    assert window.switching.key == "today"
    assert not window.findChildren(PeopleScreen)
    again = choose(fair, "English")
    people = again.switching.page("people")
    assert people.pane.table.rows.chosen_ids() == kept
    again.switching.back()
    assert again.switching.key == "people"


def test_the_window_before_is_seen_until_the_new_one_is_there_and_can_be_closed_meanwhile(fair):
    window = fair.window
    fair.program.relanguage("de", then=fair.driver.settle)
    for _each in range(3):
        QCoreApplication.processEvents()
        assert fair.window is window
        assert window.isVisible()
    window.close()
    fair.driver.settle()
    assert fair.program.window is None
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()]


def test_a_second_language_before_the_first_one_is_there_is_the_one_that_comes(fair):
    window = fair.window
    window.language_chosen.emit("de")
    window.language_chosen.emit("vi")
    fair.driver.until(lambda: fair.program.window is not window, "no new window")
    fair.driver.settle()
    assert words.language() == "vi"
    assert titles(fair.window)[0] == "Tệp"
    assert len([each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]) == 1


def test_the_page_of_a_new_workspace_comes_again_in_the_other_language(fair):
    window = fair.window
    window.actions_.get("new_workspace").trigger()
    page = fair.wait_for_sheet(FirstStart)
    page.language_chosen.emit("de")
    fair.driver.until(lambda: fair.program.window is not window, "no new window")
    assert fair.wait_for_sheet(FirstStart).foot.languages.value == "de"


def test_a_page_that_was_made_and_never_seen_goes_with_its_window(fair):
    """Python alone would hold it else; its collector takes a page apart from the inside out, which ends the program."""
    unseen = fair.window.switching.page("people")
    choose(fair, "Deutsch")
    assert not shiboken6.isValid(unseen)
