"""Where the keys go: after adding, after a sheet, after a card has left, and while something fades."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QWidget

from crmdesk.domain.cards import BoardFilter
from crmdesk.domain.records import Id
from crmdesk.services import moves, quick, searches
from crmdesk.ui.dialogs.answer import AnswerSheet
from crmdesk.ui.dialogs.exits import ReasonSheet
from crmdesk.ui.dialogs.log import LogSheet
from crmdesk.ui.dialogs.new_contact import NewContactSheet
from crmdesk.ui.dialogs.qualification import QualificationSheet
from crmdesk.ui.views.record_panel import RecordPanel

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
BIRGIT = "Birgit Hansen"


def lead_of(fair, name: str = BIRGIT) -> int:
    return next(hit.card_id for hit in searches.find(fair.db, name))


def keys_to(fair, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key for whoever has the keys, as a keyboard sends it."""
    here = QApplication.focusWidget()
    assert here is not None, "nobody has the keys"
    fair.driver.key(here, key, modifiers)


def select(fair, name: str = BIRGIT) -> None:
    fair.window.board.show_card(lead_of(fair, name))
    fair.window.board.take_focus()
    fair.driver.settle()


def add(fair, text: str):
    line = fair.column("lead").quick_add.line
    line.setFocus()
    fair.driver.write(line, text)
    fair.driver.key(line, Qt.Key.Key_Return)
    return line


def test_after_quick_add_undo_and_redo_are_the_workspace_s(fair):
    line = add(fair, "Otto Schnell")
    keys_to(fair, Qt.Key.Key_Z, CTRL)
    assert line.text() == ""
    assert "Otto Schnell" not in fair.names("lead")
    keys_to(fair, Qt.Key.Key_Z, CTRL | SHIFT)
    assert "Otto Schnell" in fair.names("lead")


def test_what_is_being_typed_in_quick_add_is_undone_in_the_field(fair):
    line = add(fair, "Otto Schnell")
    fair.driver.write(line, "Half a na")
    keys_to(fair, Qt.Key.Key_Z, CTRL)
    assert line.text() == ""
    assert "Otto Schnell" in fair.names("lead")


def test_in_an_empty_search_field_undo_is_the_workspace_s(fair):
    add(fair, "Otto Schnell")
    field = fair.window.toolbar.search
    fair.driver.key(fair.window, Qt.Key.Key_K, CTRL)
    fair.driver.write(field, "schnell")
    keys_to(fair, Qt.Key.Key_Escape)
    field.setFocus()
    keys_to(fair, Qt.Key.Key_Z, CTRL)
    assert field.text() == ""
    assert "Otto Schnell" not in fair.names("lead")


def in_panel(fair) -> RecordPanel:
    panel = fair.window.journey.page.panel
    here = QApplication.focusWidget()
    assert here is not None
    assert panel.isAncestorOf(here), here
    return panel


def answer_from_the_panel(fair, fact: str, digit: Qt.Key) -> None:
    """W, Tab to a fact, Enter, a digit, Ctrl+Enter, as hands do it."""
    select(fair)
    keys_to(fair, Qt.Key.Key_W)
    in_panel(fair)
    for _each in range(20):
        if QApplication.focusWidget().accessibleName().startswith(fact):
            break
        keys_to(fair, Qt.Key.Key_Tab)
    keys_to(fair, Qt.Key.Key_Return)
    fair.wait_for_sheet(AnswerSheet)
    keys_to(fair, digit)
    keys_to(fair, Qt.Key.Key_Return, CTRL)
    fair.wait_for_no_sheet()


def test_after_an_answer_from_the_panel_the_focus_is_on_the_same_fact(fair):
    answer_from_the_panel(fair, "Fit:", Qt.Key.Key_2)
    in_panel(fair)
    assert QApplication.focusWidget().accessibleName().startswith("Fit: not met")


def test_when_the_fact_left_the_panel_the_focus_is_on_the_one_in_its_place(fair):
    answer_from_the_panel(fair, "Need:", Qt.Key.Key_1)
    in_panel(fair)
    assert QApplication.focusWidget().accessibleName().startswith("Fit: unknown")


def test_when_the_place_is_gone_after_a_sheet_the_cards_have_the_keys(fair):
    select(fair)
    keys_to(fair, Qt.Key.Key_W)
    fair.driver.key(QApplication.focusWidget(), Qt.Key.Key_L)
    sheet = fair.wait_for_sheet(LogSheet)
    fair.window.journey.page.show_panel(shown=False)
    fair.driver.key(sheet, Qt.Key.Key_Escape)
    fair.wait_for_no_sheet()
    assert fair.column("lead").list.hasFocus()


def test_keys_typed_while_a_sheet_fades_reach_the_window(fair, monkeypatch):
    select(fair)
    monkeypatch.setattr(fair.window.context.theme, "ms", long_motion)
    keys_to(fair, Qt.Key.Key_L)
    sheet = fair.wait_for_sheet(LogSheet)
    keys_to(fair, Qt.Key.Key_Escape)
    assert sheet.isVisible(), "it is still fading"
    keys_to(fair, Qt.Key.Key_K, CTRL)
    here = QApplication.focusWidget()
    fair.driver.write(here, "hansen")
    assert fair.window.toolbar.search.text() == "hansen"
    keys_to(fair, Qt.Key.Key_Escape)
    keys_to(fair, Qt.Key.Key_L)
    assert fair.window.sheets.current is not sheet
    assert isinstance(fair.window.sheets.current, LogSheet)
    monkeypatch.undo()
    keys_to(fair, Qt.Key.Key_Escape)
    QTest.qWait(600)


def test_a_sentence_typed_right_after_l_is_kept_whole(fair):
    select(fair)
    keys_to(fair, Qt.Key.Key_L)
    fair.driver.write(QApplication.focusWidget(), "Note: two lathes")
    assert fair.wait_for_sheet(LogSheet).subject.text() == "Note: two lathes"


def long_motion(_motion: str) -> int:
    return 500


def leave_as_no_fit(fair) -> None:
    keys_to(fair, Qt.Key.Key_F, SHIFT)
    fair.wait_for_sheet(ReasonSheet)
    keys_to(fair, Qt.Key.Key_1)
    keys_to(fair, Qt.Key.Key_Return, CTRL)
    fair.wait_for_no_sheet()


def assert_keys_are_on(fair, name: str, stage: str = "lead") -> None:
    cards = fair.column(stage).list
    assert cards.hasFocus()
    assert cards.current_card().name == name
    assert fair.window.selected == [cards.current_card().id]


def test_after_a_card_has_left_the_next_one_is_selected(fair):
    first, second, _third = fair.names("lead")
    select(fair, first)
    leave_as_no_fit(fair)
    assert_keys_are_on(fair, second)


def test_after_the_last_card_of_a_column_has_left_the_one_above_is_selected(fair):
    _first, second, third = fair.names("lead")
    select(fair, third)
    leave_as_no_fit(fair)
    assert_keys_are_on(fair, second)


def test_the_open_panel_follows_to_the_next_card_and_closes_after_the_last(fair):
    first, second, third = fair.names("lead")
    select(fair, first)
    keys_to(fair, Qt.Key.Key_Return)
    assert fair.window.shown_record == lead_of(fair, first)
    for following in (second, third):
        leave_as_no_fit(fair)
        assert fair.window.shown_record == lead_of(fair, following)
        assert_keys_are_on(fair, following)
    leave_as_no_fit(fair)
    assert fair.window.shown_record is None
    assert fair.window.selected == []


def test_a_card_that_is_filtered_away_selects_no_other(fair):
    first = fair.names("lead")[0]
    select(fair, first)
    fair.window.board.filter_row.set_filter(BoardFilter(event_id=Id(1)))
    fair.driver.settle()
    assert fair.window.board.selected_ids() == []


def test_a_new_contact_is_selected_and_has_the_keys(fair):
    select(fair)
    keys_to(fair, Qt.Key.Key_N, CTRL)
    fair.wait_for_sheet(NewContactSheet)
    fair.driver.write(QApplication.focusWidget(), "Otto Schnell")
    keys_to(fair, Qt.Key.Key_Return, CTRL)
    fair.wait_for_no_sheet()
    assert_keys_are_on(fair, "Otto Schnell")


def test_a_new_contact_made_from_the_search_field_has_the_keys(fair):
    fair.driver.key(fair.window, Qt.Key.Key_K, CTRL)
    keys_to(fair, Qt.Key.Key_N, CTRL)
    fair.wait_for_sheet(NewContactSheet)
    fair.driver.write(QApplication.focusWidget(), "Otto Schnell")
    keys_to(fair, Qt.Key.Key_Return, CTRL)
    fair.wait_for_no_sheet()
    assert_keys_are_on(fair, "Otto Schnell")


def test_quick_add_keeps_the_keys_for_the_next_line(fair):
    line = add(fair, "Otto Schnell")
    assert line.hasFocus()


def test_a_folded_column_opened_by_click_is_seen_and_has_the_keys(fair):
    fair.window.resize(1024, 700)
    select(fair)
    keys_to(fair, Qt.Key.Key_Return)
    board = fair.window.board
    column = next(each for each in board.strip.columns if each.folded)
    column.strip.setFocus()
    fair.driver.click(column.strip)
    assert not column.folded
    assert column.list.hasFocus()
    seen = board.strip.viewport()
    left = column.mapTo(seen, QPoint(0, 0)).x()
    assert left >= 0
    assert left + column.width() <= seen.width()


def test_the_frame_of_quick_add_comes_and_goes_whole(fair):
    select(fair)
    quick = fair.column("lead").quick_add
    before = quick.grab().toImage()
    counted = Painted(quick)
    quick.line.setFocus(Qt.FocusReason.TabFocusReason)
    fair.driver.settle()
    assert quick.grab().toImage() != before
    assert counted.regions[0] == quick.rect(), "all of it is painted again, not the field's part alone"
    counted.regions.clear()
    keys_to(fair, Qt.Key.Key_Escape)
    assert counted.regions[0] == quick.rect()
    assert quick.grab().toImage() == before


class Painted(QObject):
    """What is painted of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.regions: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QPaintEvent):
            self.regions.append(event.region().boundingRect())
        return False


def test_the_error_bar_leaves_when_another_card_is_selected(fair):
    select(fair)
    fair.window.context.notify.failed("There is no address or number yet.")
    keys_to(fair, Qt.Key.Key_Down)
    keys_to(fair, Qt.Key.Key_Up)
    assert not fair.window.frame.bar.isVisible()


def test_the_error_bar_leaves_when_a_sheet_opens(fair):
    select(fair)
    fair.window.context.notify.failed("There is no address or number yet.")
    keys_to(fair, Qt.Key.Key_L)
    fair.wait_for_sheet(LogSheet)
    assert not fair.window.frame.bar.isVisible()
    keys_to(fair, Qt.Key.Key_Escape)


def hovered(fair, stage: str = "lead") -> list[int]:
    """The rows that a card painter would frame as pointed at."""
    cards = fair.column(stage).list
    seen: list[int] = []
    paint = cards.delegate.paint

    def looking(painter, option, index) -> None:
        if option.state & QStyle.StateFlag.State_MouseOver:
            seen.append(index.row())
        paint(painter, option, index)

    cards.delegate.paint = looking
    cards.grab()
    cards.delegate.paint = paint
    return seen


def test_the_pointed_at_frame_goes_when_the_panel_comes_over_the_card(fair):
    fair.window.resize(1024, 700)
    board = fair.window.board
    select(fair)
    board.fold(fair.column("prospect"), folded=True)
    fair.driver.settle()
    cards = fair.column("lead").list
    at = cards.viewport().mapTo(fair.window, cards.card_rect(0).center())
    fair.driver.move(fair.window, at)
    assert hovered(fair) == [0]
    fair.window.journey.page.panel.setMinimumWidth(900)
    keys_to(fair, Qt.Key.Key_Return)
    QTest.qWait(20)
    assert hovered(fair) == []


def open_gate(fair) -> QualificationSheet:
    select(fair)
    keys_to(fair, Qt.Key.Key_Right, CTRL)
    return fair.wait_for_sheet(QualificationSheet)


def test_ctrl_enter_on_an_unanswered_gate_says_what_is_missing_and_goes_there(fair):
    sheet = open_gate(fair)
    need, fit = sheet.blocks["need"], sheet.blocks["fit"]
    keys_to(fair, Qt.Key.Key_1)
    keys_to(fair, Qt.Key.Key_Return, CTRL)
    assert fair.window.sheets.current is sheet
    assert fit.isAncestorOf(QApplication.focusWidget())
    assert fit.sentence.label.text() == "“Fit” has no answer yet. Choose one, or move anyway and say why."
    assert not need.sentence.isVisible()
    keys_to(fair, Qt.Key.Key_1)
    assert not fit.sentence.isVisible(), "once it is answered nothing is missing"
    keys_to(fair, Qt.Key.Key_Return, CTRL)
    fair.wait_for_no_sheet()
    assert BIRGIT in fair.names("prospect")


def test_ctrl_enter_with_an_unknown_goes_to_the_reason(fair):
    sheet = open_gate(fair)
    for block in sheet.blocks.values():
        fair.driver.click(block.control.segment("unknown"))
    keys_to(fair, Qt.Key.Key_Return, CTRL)
    assert sheet.because.hasFocus()
    keys_to(fair, Qt.Key.Key_Escape)


def test_ctrl_enter_says_what_is_to_be_recorded(fair):
    made = quick.add(fair.db, "Otto Schnell", stage="lead")
    fair.driver.settle()
    fair.window.mover.move([made.lead_id], "prospect")
    sheet = fair.wait_for_sheet(QualificationSheet)
    keys_to(fair, Qt.Key.Key_Return, CTRL)
    first = next(iter(sheet.blocks.values()))
    assert first.isAncestorOf(QApplication.focusWidget())
    assert first.sentence.label.text().startswith("Nothing is recorded for")
    fair.driver.write(first.texts["note"], "Met at the stand")
    assert not first.sentence.label.text().startswith("Nothing is recorded for")
    keys_to(fair, Qt.Key.Key_Escape)


def test_the_ringed_card_is_what_the_keys_act_on_when_nothing_is_selected(fair):
    fair.window.go("today")
    fair.window.go("board")
    fair.driver.settle()
    cards = fair.column("lead").list
    assert cards.hasFocus()
    ringed = cards.current_card().id
    assert (fair.window.board.selected_ids(), fair.window.selected) == ([], [ringed])
    assert fair.window.actions_.get("log").isEnabled()
    keys_to(fair, Qt.Key.Key_L)
    assert fair.wait_for_sheet(LogSheet) is not None
    keys_to(fair, Qt.Key.Key_Escape)
    fair.wait_for_no_sheet()
    keys_to(fair, Qt.Key.Key_P)
    assert fair.window.shown_record == ringed


def test_a_lone_card_is_selected_by_an_arrow_and_by_space(fair):
    others = [lead_of(fair, name) for name in ("Nguyễn Thu Hà", "吳佳蓉")]
    moves.park(fair.db, others, wake_on="2027-01-04")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Space):
        fair.window.go("today")
        fair.window.board.deselect()
        fair.window.go("board")
        fair.driver.settle()
        assert (fair.names("lead"), fair.window.board.selected_ids()) == ([BIRGIT], [])
        keys_to(fair, key)
        assert fair.window.board.selected_ids() == [lead_of(fair)], key
