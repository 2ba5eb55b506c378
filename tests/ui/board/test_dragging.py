"""Cards on their way, by real mouse and keys at the window: pictures, words, drops and ways back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crmdesk.domain.changes import ALL, Change
from crmdesk.ui.drag_image import DragImage
from crmdesk.ui.models.source import Drop
from crmdesk.ui.views.board import Board
from crmdesk.words import Label

LEFT, NOTHING, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def source(card, list_source):
    made = list_source(
        {
            "lead": [card(number) for number in range(1, 41)],
            "prospect": [card(number, "prospect") for number in (2005, 3005, 4005)],
            "opportunity": [card(5005, "opportunity", kind="opportunity")],
            "customer": [card(6005, "customer", kind="opportunity")],
        }
    )
    made.facts_asked = {3, 4}
    return made


@pytest.fixture
def board(source, shown_board):
    made = shown_board(source, 1200, 760)
    made.activateWindow()
    yield made
    made.drag.cancel()
    assert QGuiApplication.overrideCursor() is None


class Hand:
    """The mouse at the window, with positions in its px."""

    def __init__(self, board: Board) -> None:
        self.board, self.window = board, board.window().windowHandle()
        self.at = QPoint()

    def spot(self, stage: str, row: int) -> QPoint:
        cards = self.board.strip.column_of(stage).list
        return cards.viewport().mapTo(self.board, cards.card_rect(row).center())

    def over(self, stage: str, y: int = 300) -> QPoint:
        column = self.board.strip.column_of(stage)
        return column.mapTo(self.board, QPoint(column.width() // 2, y))

    def press(self, at: QPoint, modifier=NOTHING) -> None:
        self.at = at
        QTest.mousePress(self.window, LEFT, modifier, at)

    def go(self, at: QPoint) -> None:
        for step in (1, 2, 3, 4):
            QTest.mouseMove(self.window, self.at + (at - self.at) * step / 4)
        self.at = at

    def let_go(self, modifier=NOTHING) -> None:
        QTest.mouseRelease(self.window, LEFT, modifier, self.at)

    def click(self, at: QPoint, modifier=NOTHING) -> None:
        QTest.mouseClick(self.window, LEFT, modifier, at)

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window, key)


@pytest.fixture
def hand(board):
    return Hand(board)


def looks_like(seen, meant):
    return max(abs(a - b) for a, b in zip(seen.getRgb(), meant.getRgb(), strict=True)) < 12


def head(board, stage):
    return board.strip.column_of(stage).head._hint.text


def slot(board, stage):
    return board.strip.column_of(stage).slot.place


def away(board, stage="lead"):
    return board.strip.column_of(stage).list.delegate.away


def test_one_card_dropped_on_another_column(board, hand, qtbot):
    hand.press(hand.spot("lead", 1))
    hand.go(hand.over("prospect"))
    with qtbot.waitSignal(board.dropped) as dropped:
        hand.let_go()
    assert dropped.args == [Drop((2,), "prospect", None, "drag")]
    assert not board.drag.active


def test_several_cards_go_together_and_the_one_in_hand_goes_first(board, hand, qtbot):
    hand.click(hand.spot("lead", 0))
    hand.click(hand.spot("lead", 2), SHIFT)
    hand.press(hand.spot("lead", 1))
    hand.go(hand.over("prospect"))
    assert away(board) == {1, 2, 3}
    with qtbot.waitSignal(board.dropped) as dropped:
        hand.let_go()
    assert dropped.args == [Drop((2, 1, 3), "prospect", None, "drag")]


def test_a_card_that_is_not_selected_goes_alone(board, hand, qtbot):
    hand.click(hand.spot("lead", 0))
    hand.press(hand.spot("lead", 3))
    hand.go(hand.over("prospect"))
    with qtbot.waitSignal(board.dropped) as dropped:
        hand.let_go()
    assert dropped.args[0].ids == (4,)


def test_a_drop_is_told_after_the_event_it_comes_from(board, hand):
    told = []
    board.dropped.connect(told.append)
    hand.press(hand.spot("lead", 1))
    hand.go(hand.over("prospect"))
    board.drag._release()
    assert told == []
    QApplication.processEvents()
    assert len(told) == 1


def test_each_head_says_what_a_drop_will_do(board, hand):
    hand.click(hand.spot("lead", 1))
    hand.click(hand.spot("lead", 3), SHIFT)
    hand.press(hand.spot("lead", 2))
    hand.go(hand.over("prospect"))
    assert head(board, "lead") == "They are here now"
    assert head(board, "prospect") == "1 moves at once · 2 will ask for facts"
    assert head(board, "opportunity") == "Opens the conversion sheet"
    assert head(board, "customer") == "Needs a won deal"
    hand.key(Qt.Key.Key_Escape)
    assert board.strip.column_of("prospect").head._hint is None


def test_the_slot_is_where_the_order_will_put_the_card(board, hand, source, card):
    source.cards["lead"][0] = card(1, due_key="00003000")
    board.reload()
    hand.press(hand.spot("lead", 0))
    hand.go(hand.over("prospect", 120))
    assert slot(board, "prospect") == 1
    pitch = board.cards.pitch()
    cards = board.strip.column_of("prospect").list
    assert cards.rowHeight(1) == 2 * pitch
    assert cards.delegate.slot_rect(cards.visualRect(cards.cards_model.index(1, 0))).height() == board.cards.height
    hand.go(hand.over("opportunity"))
    assert slot(board, "prospect") is None
    assert cards.rowHeight(1) == pitch


def test_held_shift_places_by_hand(board, hand, qtbot):
    hand.press(hand.spot("lead", 0))
    hand.go(hand.over("prospect", 340))
    QTest.keyPress(hand.window, Qt.Key.Key_Shift)
    assert slot(board, "prospect") == 2
    with qtbot.waitSignal(board.dropped) as dropped:
        hand.let_go(SHIFT)
    assert dropped.args == [Drop((1,), "prospect", 4005, "drag")]


def test_by_hand_a_card_also_moves_within_its_column(board, hand, qtbot):
    hand.press(hand.spot("lead", 0))
    hand.go(hand.spot("lead", 3) + QPoint(0, 30))
    with qtbot.waitSignal(board.dropped) as dropped:
        hand.let_go(SHIFT)
    assert dropped.args == [Drop((1,), "lead", 5, "drag")]


def test_a_drop_on_the_same_column_does_nothing(board, hand, qtbot):
    hand.press(hand.spot("lead", 0))
    hand.go(hand.spot("lead", 3))
    assert slot(board, "lead") is None
    with qtbot.assertNotEmitted(board.dropped, wait=20):
        hand.let_go()
    assert away(board) == frozenset()


def test_a_drop_where_it_cannot_go_puts_back(board, hand, qtbot):
    hand.press(hand.spot("lead", 0))
    hand.go(hand.over("customer"))
    with qtbot.assertNotEmitted(board.dropped, wait=20):
        hand.let_go()
    assert not board.drag.active


def test_escape_puts_back(board, hand, qtbot):
    hand.press(hand.spot("lead", 0))
    hand.go(hand.over("prospect"))
    with qtbot.assertNotEmitted(board.dropped, wait=20):
        hand.key(Qt.Key.Key_Escape)
        hand.let_go()
    assert away(board) == frozenset()
    assert slot(board, "prospect") is None
    assert not board.tray.isVisible()
    assert board.strip.column_of("lead").quick_add.isVisible()


def test_with_motion_the_card_glides_home_before_it_is_a_card_again(board, hand, theme, qtbot):
    theme.reduced_motion = False
    hand.press(hand.spot("lead", 0))
    hand.go(hand.over("prospect"))
    image = board.findChild(DragImage)
    hand.key(Qt.Key.Key_Escape)
    assert away(board) == {1}
    with qtbot.waitSignal(image.settled):
        pass
    assert away(board) == frozenset()
    theme.reduced_motion = True


@pytest.mark.parametrize(("key", "kind"), [(Qt.Key.Key_1, "not_now"), (Qt.Key.Key_2, "not_a_fit")])
def test_a_digit_sends_leads_off_the_path(board, hand, qtbot, key, kind):
    hand.press(hand.spot("lead", 0))
    hand.go(hand.over("prospect"))
    with qtbot.waitSignal(board.exit_requested) as asked:
        hand.key(key)
    assert asked.args == [[1], kind]
    assert not board.drag.active


def test_the_tray_takes_a_drop(board, hand, qtbot):
    hand.press(hand.spot("lead", 0))
    hand.go(hand.over("prospect"))
    hand.go(board.tray.mapTo(board, board.tray.places["not_a_fit"].center()))
    assert board.drag._drag.target is None
    with qtbot.waitSignal(board.exit_requested) as asked:
        hand.let_go()
    assert asked.args == [[1], "not_a_fit"]


@pytest.mark.parametrize(("key", "kind"), [(Qt.Key.Key_2, "won"), (Qt.Key.Key_3, "lost")])
def test_a_deal_is_won_or_lost_by_the_tray(board, hand, qtbot, key, kind):
    hand.press(hand.spot("opportunity", 0))
    hand.go(hand.over("prospect"))
    with qtbot.waitSignal(board.exit_requested) as asked:
        hand.key(key)
    assert asked.args == [[5005], kind]


def test_a_folded_column_is_wider_while_dragging_and_opens_after_a_while(board, hand, theme, source, qtbot):
    board.fold(board.strip.column_of("prospect"), folded=True)
    prospect = board.strip.column_of("prospect")
    hand.press(hand.spot("lead", 0))
    hand.go(hand.over("prospect"))
    assert prospect.folded
    assert prospect.width() == 56
    qtbot.waitUntil(lambda: not prospect.folded, timeout=2000)
    assert prospect.width() >= 220
    with qtbot.waitSignal(board.dropped) as dropped:
        hand.let_go()
    assert dropped.args[0].stage == "prospect"
    assert not prospect.folded


def test_a_folded_column_takes_a_drop_at_once(board, hand, qtbot):
    board.fold(board.strip.column_of("prospect"), folded=True)
    hand.press(hand.spot("lead", 0))
    hand.go(hand.over("prospect"))
    with qtbot.waitSignal(board.dropped) as dropped:
        hand.let_go()
    assert dropped.args[0].stage == "prospect"
    assert board.strip.column_of("prospect").folded


def test_a_column_that_opened_by_itself_folds_again_when_the_card_goes_elsewhere(board, hand, qtbot):
    board.fold(board.strip.column_of("prospect"), folded=True)
    prospect = board.strip.column_of("prospect")
    hand.press(hand.spot("lead", 0))
    hand.go(hand.over("prospect"))
    qtbot.waitUntil(lambda: not prospect.folded, timeout=2000)
    hand.key(Qt.Key.Key_Escape)
    assert prospect.folded


def test_near_the_edge_the_column_scrolls(board, hand, qtbot):
    cards = board.strip.column_of("lead").list
    hand.press(hand.spot("lead", 0))
    hand.go(hand.over("lead"))
    hand.go(hand.over("lead", cards.geometry().bottom() - 3))
    qtbot.waitUntil(lambda: cards.verticalScrollBar().value() > 100, timeout=2000)


def test_the_status_bar_hears_what_goes_on(board, hand):
    heard = []
    board.status_changed.connect(heard.append)
    hand.press(hand.spot("lead", 0))
    hand.go(hand.over("prospect"))
    assert heard[-1].text == "Moving Person 1 to Prospect"
    assert ("Esc", "puts it back") in heard[-1].keys
    hand.key(Qt.Key.Key_Escape)
    assert heard[-1].text == ""


def test_a_screen_reader_hears_each_column(board, hand):
    said = []
    board.drag.said.connect(said.append)
    hand.press(hand.spot("lead", 0))
    hand.go(hand.over("opportunity"))
    assert said[0] == "Moving Person 1"
    assert said[-1] == "Opportunity: Opens the conversion sheet"


def test_other_keys_do_nothing_while_cards_are_on_their_way(board, hand, qtbot):
    pressed = []
    action = QAction(board)
    action.setShortcut("N")
    action.setCheckable(True)
    action.toggled.connect(pressed.append)
    board.addAction(action)
    hand.press(hand.spot("lead", 0))
    hand.go(hand.over("prospect"))
    with qtbot.assertNotEmitted(board.opened, wait=20):
        hand.key(Qt.Key.Key_Return)
        hand.key(Qt.Key.Key_N)
    assert board.drag.active
    assert pressed == []
    hand.key(Qt.Key.Key_Escape)
    hand.key(Qt.Key.Key_N)
    assert len(pressed) == 1


def test_a_change_during_a_drag_is_read_after_it(board, hand, source, card):
    hand.press(hand.spot("lead", 0))
    hand.go(hand.over("prospect"))
    source.cards["prospect"].append(card(7005, "prospect"))
    board.refresh(Change(1, Label("A change"), {"lead": ALL}))
    assert board.strip.column_of("prospect").model.rowCount() == 3
    hand.key(Qt.Key.Key_Escape)
    assert board.strip.column_of("prospect").model.rowCount() == 4


def test_a_small_tremble_of_the_hand_is_no_drag(board, hand):
    hand.press(hand.spot("lead", 0))
    hand.go(hand.spot("lead", 0) + QPoint(2, 1))
    assert not board.drag.active
    hand.let_go()
    assert board.selected_ids() == [1]


def test_the_board_paints_placeholder_slot_and_frame(board, hand, theme):
    hand.press(hand.spot("lead", 0))
    hand.go(hand.over("prospect"))
    picture = board.grab().toImage()
    prospect = board.strip.column_of("prospect")
    frame = prospect.mapTo(board, QPoint(1, prospect.height() // 2))
    assert looks_like(picture.pixelColor(frame), theme.colour("accent"))
    source = hand.spot("lead", 0)
    assert looks_like(picture.pixelColor(source), theme.colour("sunken"))
    place = prospect.list.viewport().mapTo(board, prospect.slot.rect().topLeft() + QPoint(60, 1))
    assert looks_like(picture.pixelColor(place), theme.colour("accent"))
