"""The board by keys and clicks, over plain lists: what is selected, what is asked, what stays after a change."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crmdesk.domain.cards import BoardFilter
from crmdesk.domain.changes import ALL, Change
from crmdesk.ui.models.source import Drop
from crmdesk.ui.views.filter_row import Choice
from crmdesk.words import Label

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def source(card, list_source):
    return list_source(
        {
            "lead": [card(number) for number in range(1, 101)],
            "prospect": [card(number, "prospect") for number in range(201, 204)],
            "opportunity": [card(301, "opportunity", kind="opportunity", amount_cents=1_420_000, currency="EUR")],
        }
    )


@pytest.fixture
def board(source, shown_board):
    return shown_board(source, 1100, 700)


def cards_of(board, stage):
    return board.strip.column_of(stage).list


def click(board, stage, row, modifier=Qt.KeyboardModifier.NoModifier):
    cards = cards_of(board, stage)
    QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, modifier, cards.card_rect(row).center())


def change(*tables):
    return Change(1, Label("A change"), dict.fromkeys(tables, ALL))


def test_a_click_selects_and_says_so(board, qtbot):
    with qtbot.waitSignal(board.selection_changed, check_params_cb=lambda ids: ids == [2]):
        click(board, "lead", 1)


def test_shift_and_control_select_across_a_column(board):
    click(board, "lead", 1)
    click(board, "lead", 3, SHIFT)
    click(board, "lead", 6, CONTROL)
    assert board.selected_ids() == [2, 3, 4, 7]


def test_one_column_has_the_selection_at_a_time(board):
    click(board, "lead", 1)
    click(board, "prospect", 0)
    assert board.selected_ids() == [201]
    assert not cards_of(board, "lead").selectionModel().hasSelection()


def test_a_click_on_one_of_several_leaves_that_one(board):
    click(board, "lead", 0)
    click(board, "lead", 3, SHIFT)
    click(board, "lead", 2)
    assert board.selected_ids() == [3]


def test_control_a_selects_the_column(board):
    click(board, "lead", 1)
    QTest.keyClick(cards_of(board, "lead"), Qt.Key.Key_A, CONTROL)
    assert len(board.selected_ids()) == 100


def test_arrows_go_up_and_down_and_to_the_column_beside(board):
    click(board, "lead", 0)
    QTest.keyClick(cards_of(board, "lead"), Qt.Key.Key_Down)
    assert board.selected_ids() == [2]
    QTest.keyClick(cards_of(board, "lead"), Qt.Key.Key_Right)
    assert board.selected_ids() == [202]
    assert cards_of(board, "prospect").hasFocus()
    QTest.keyClick(cards_of(board, "prospect"), Qt.Key.Key_Left)
    assert board.selected_ids() == [2]


def test_the_arrow_goes_to_the_last_card_of_a_shorter_column(board):
    click(board, "lead", 5)
    QTest.keyClick(cards_of(board, "lead"), Qt.Key.Key_Right)
    assert board.selected_ids() == [203]


def test_home_and_end_go_to_the_ends_of_the_column(board):
    click(board, "lead", 5)
    QTest.keyClick(cards_of(board, "lead"), Qt.Key.Key_End)
    assert board.selected_ids() == [100]
    last = cards_of(board, "lead").card_rect(99)
    assert cards_of(board, "lead").viewport().rect().contains(last)
    QTest.keyClick(cards_of(board, "lead"), Qt.Key.Key_Home)
    assert board.selected_ids() == [1]


def test_a_column_reached_by_tab_shows_which_card_has_the_keys(board):
    cards = cards_of(board, "prospect")
    cards.setFocus(Qt.FocusReason.TabFocusReason)
    assert cards.current_card().id == 201
    assert board.selected_ids() == []
    QTest.keyClick(cards, Qt.Key.Key_Down)
    assert board.selected_ids() == [202]


def test_enter_and_double_click_open(board, qtbot):
    click(board, "lead", 1)
    with qtbot.waitSignal(board.opened, check_params_cb=lambda card: card == 2):
        QTest.keyClick(cards_of(board, "lead"), Qt.Key.Key_Return)
    cards = cards_of(board, "lead")
    with qtbot.waitSignal(board.opened, check_params_cb=lambda card: card == 3):
        QTest.mouseDClick(
            cards.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, cards.card_rect(2).center()
        )


def test_control_and_an_arrow_move_the_selected_cards(board, qtbot):
    click(board, "lead", 0)
    click(board, "lead", 1, SHIFT)
    with qtbot.waitSignal(board.dropped) as dropped:
        QTest.keyClick(cards_of(board, "lead"), Qt.Key.Key_Right, CONTROL)
    assert dropped.args == [Drop((1, 2), "prospect", None, "key")]


def test_there_is_no_way_left_of_the_first_column(board, qtbot):
    click(board, "lead", 0)
    with qtbot.assertNotEmitted(board.dropped, wait=20):
        QTest.keyClick(cards_of(board, "lead"), Qt.Key.Key_Left, CONTROL)


def test_letters_do_not_jump_to_names(board):
    click(board, "lead", 0)
    QTest.keyClicks(cards_of(board, "lead"), "Person 9")
    assert board.selected_ids() == [1]


def test_ids_of_sixty_three_bits_survive_selecting(board, source, card, qtbot):
    far = (1 << 62) + 5
    source.cards["prospect"][0] = card(far, "prospect", due_key="0")
    board.reload()
    with qtbot.waitSignal(board.opened) as opened:
        click(board, "prospect", 0)
        QTest.keyClick(cards_of(board, "prospect"), Qt.Key.Key_Return)
    assert opened.args == [far]


def test_a_change_keeps_scroll_and_selection_with_their_cards(board, source, card):
    click(board, "lead", 1)
    cards = cards_of(board, "lead")
    cards.scrollTo(cards.cards_model.index(50, 0))
    top = cards.cards_model.card(cards.rowAt(0)).id
    offset = cards.rowViewportPosition(cards.rowAt(0))
    source.cards["lead"][:0] = [card(number, due_key=f"0{number}") for number in range(901, 905)]
    board.refresh(change("lead"))
    assert cards.cards_model.rowCount() == 104
    assert cards.cards_model.card(cards.rowAt(0)).id == top
    assert cards.rowViewportPosition(cards.rowAt(0)) == offset
    assert board.selected_ids() == [2]
    assert cards.current_card().id == 2


def test_at_the_very_top_a_new_first_card_is_seen(board, source, card):
    source.cards["lead"].insert(0, card(900, due_key="0"))
    board.refresh(change("lead"))
    assert cards_of(board, "lead").cards_model.card(cards_of(board, "lead").rowAt(0)).id == 900


def test_a_moved_card_keeps_selection_and_keys_in_its_new_column(board, source, qtbot):
    click(board, "lead", 1)
    source.move([2], "prospect")
    board.refresh(change("lead"))
    assert board.selected_ids() == [2]
    assert cards_of(board, "prospect").hasFocus()
    assert not cards_of(board, "lead").selectionModel().hasSelection()


def test_after_a_card_left_the_board_the_next_one_is_selected(board, source):
    click(board, "lead", 1)
    del source.cards["lead"][1]
    board.refresh(change("lead"))
    assert board.selected_ids() == [3]


def test_what_the_board_does_not_show_reads_nothing(board, source):
    before = source.heads_read
    board.refresh(change("buying_part"))
    assert source.heads_read == before


def test_a_hidden_board_reads_when_it_is_shown(board, source, card):
    board.hide()
    source.cards["prospect"].append(card(250, "prospect"))
    board.refresh(change("lead"))
    assert cards_of(board, "prospect").cards_model.rowCount() == 3
    board.show()
    assert cards_of(board, "prospect").cards_model.rowCount() == 4


def test_customers_are_folded_at_first_and_unfold_at_a_click(board, qtbot):
    customers = board.strip.column_of("customer")
    assert customers.folded
    assert customers.width() == 44
    with qtbot.waitSignal(board.folds_changed, check_params_cb=lambda stages: stages == []):
        QTest.mouseClick(customers.strip, Qt.MouseButton.LeftButton)
    assert not customers.folded
    assert customers.width() >= 220


def test_by_key_a_column_folds_and_opens_again(board):
    click(board, "prospect", 0)
    prospect = board.strip.column_of("prospect")
    board.fold_here()
    assert prospect.folded
    assert prospect.strip.hasFocus()
    board.fold_here()
    assert not prospect.folded
    assert cards_of(board, "prospect").hasFocus()


@pytest.mark.parametrize(("key", "beside"), [(Qt.Key.Key_Left, "lead"), (Qt.Key.Key_Right, "opportunity")])
def test_arrows_leave_a_column_that_was_folded(board, key, beside):
    click(board, "prospect", 1)
    board.fold_here()
    QTest.keyClick(QApplication.focusWidget(), key)
    assert cards_of(board, beside).hasFocus()
    assert board.selected_ids() == [cards_of(board, beside).current_card().id]


def test_columns_share_the_room_and_scroll_when_it_is_narrow(board):
    widths = {column.width() for column in board.strip.columns if not column.folded}
    assert widths == {(1100 - 32 - 24 - 44) // 3}
    board.resize(620, 700)
    assert {column.width() for column in board.strip.columns if not column.folded} == {264}
    assert board.strip.horizontalScrollBar().maximum() > 0
    board.resize(2400, 700)
    assert {column.width() for column in board.strip.columns if not column.folded} == {400}


def test_quick_add_adds_on_enter_and_stays_for_the_next(board, qtbot):
    line = board.strip.column_of("lead").quick_add.line
    line.setFocus()
    QTest.keyClicks(line, "Anna Beispiel, 0171 39200")
    with qtbot.waitSignal(board.quick_add) as added:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert added.args == ["lead", "Anna Beispiel, 0171 39200"]
    assert line.text() == ""
    assert line.hasFocus()


def test_escape_leaves_quick_add_and_keeps_the_text(board):
    line = board.strip.column_of("lead").quick_add.line
    line.setFocus()
    QTest.keyClicks(line, "half a na")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "half a na"
    assert cards_of(board, "lead").hasFocus()


def test_a_text_that_could_not_be_added_comes_back(board):
    board.put_back_text("lead", "Anna Beispiel")
    assert board.strip.column_of("lead").quick_add.line.text() == "Anna Beispiel"


def test_the_filter_row_filters_and_clears(board, qtbot):
    event, owner = (1 << 60) + 7, 9
    board.filter_row.set_choices(events=[Choice(event, "Hannover Messe")], owners=[Choice(owner, "Jana Lindner")])
    chip = board.filter_row.event_chip
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    QTest.keyClick(menu, Qt.Key.Key_Down)
    with qtbot.waitSignal(board.filter_changed) as filtered:
        QTest.keyClick(menu, Qt.Key.Key_Return)
    assert filtered.args == [BoardFilter(event_id=event)]
    assert chip.text() == "Hannover Messe"
    with qtbot.waitSignal(board.filter_changed):
        QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert board.shown == BoardFilter()


def test_the_menu_is_asked_for_with_the_selected_cards(board, qtbot):
    click(board, "lead", 0)
    click(board, "lead", 1, SHIFT)
    cards = cards_of(board, "lead")
    at = cards.card_rect(1).center()
    on_screen = cards.viewport().mapToGlobal(at)
    with qtbot.waitSignal(board.menu_requested) as asked:
        QApplication.sendEvent(cards.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, on_screen))
    assert asked.args == [[1, 2], on_screen]
    with qtbot.waitSignal(board.menu_requested) as asked:
        QApplication.sendEvent(
            cards.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
        )
    assert asked.args[0] == [1, 2]


def test_a_card_is_shown_wherever_it_lies(board):
    assert board.show_card(90)
    assert board.selected_ids() == [90]
    cards = cards_of(board, "lead")
    assert cards.viewport().rect().contains(cards.card_rect(89))
    assert not board.show_card(5000)


def test_larger_text_makes_rows_columns_and_heads_larger_at_once(board, theme):
    theme.set_percent(150)
    cards = cards_of(board, "lead")
    assert cards.rowHeight(0) == board.cards.pitch() == 128
    assert cards.card_rect(0).height() == 120
    assert board.strip.column_of("lead").head.height() == 78
    assert cards.geometry().top() == 78
    assert board.strip.column_of("customer").width() == 66
    theme.set_percent(100)
    assert cards.rowHeight(0) == 92


def test_a_column_is_selected_as_a_whole_without_being_read(card, list_source, shown_board):
    source = list_source({"lead": [card(number) for number in range(1, 5001)]})
    board = shown_board(source, 1100, 700)
    read, page = [], source.page

    def reading(*asked, **limits):
        read.extend(found := page(*asked, **limits))
        return found

    source.page = reading
    cards_of(board, "lead").select_everything()
    QApplication.processEvents()
    assert len(read) < 200
    assert len(board.selected_ids()) == 5000
