"""The palette: records and actions from one field, by key alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt

from crmdesk.services import capture
from crmdesk.ui.dialogs.next_step import NextStepSheet

CTRL = Qt.KeyboardModifier.ControlModifier


class Paints(QObject):
    """How often a widget is painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.count += event.type() == QEvent.Type.Paint
        return False


def open_palette(fair) -> None:
    fair.driver.key(fair.window, Qt.Key.Key_K, CTRL)


def shown(fair) -> list[tuple[str, str]]:
    return [(hit.section, hit.name) for hit in fair.window.hits.model.hits]


def test_without_a_word_it_offers_what_can_be_done_with_the_selected_card(fair) -> None:
    fair.column("lead").list.go_to(0)
    fair.window.board.take_focus()
    open_palette(fair)
    assert fair.window.hits.isVisible()
    assert ("Actions", "Next step") in shown(fair)


def test_people_come_before_actions_under_their_own_heads(fair) -> None:
    open_palette(fair)
    fair.driver.write(fair.window.toolbar.search, "a")
    sections = [section for section, _name in shown(fair)]
    assert set(sections) == {"People", "Actions"}
    assert sections == sorted(sections, key=["People", "Deals", "Actions"].index)
    assert len(sections) <= 10


def test_when_more_are_found_than_there_is_room_for_all_of_them_can_be_listed(fair) -> None:
    for each in range(12):
        capture.add(fair.db, name=f"Anna Arnold{each}")
    open_palette(fair)
    field = fair.window.toolbar.search
    fair.driver.write(field, "arnold3")
    assert ("Actions", "List all people found") not in shown(fair)
    field.selectAll()
    fair.driver.write(field, "arnold")
    row = shown(fair).index(("Actions", "List all people found"))
    for _each in range(row):
        fair.driver.key(field, Qt.Key.Key_Down)
    fair.driver.key(field, Qt.Key.Key_Return)
    pane = fair.window.page.pane
    fair.driver.until(lambda: pane.table.rows.rowCount() == 12, "the people were not listed")
    assert pane.filters.filter.text == "arnold"
    assert pane.table.hasFocus()
    assert not fair.window.hits.isVisible()


def test_where_room_is_short_the_last_row_is_scrolled_to(fair) -> None:
    for each in range(12):
        capture.add(fair.db, name=f"Anna Arnold{each}")
    fair.window.context.theme.set_percent(175)
    open_palette(fair)
    fair.driver.write(fair.window.toolbar.search, "a")
    view = fair.window.hits.view
    assert view.mapTo(fair.window, view.rect().bottomLeft()).y() < fair.window.height()
    fair.driver.key(fair.window.toolbar.search, Qt.Key.Key_Up)
    assert view.currentIndex().row() == fair.window.hits.model.rowCount() - 1
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_an_action_is_found_by_the_beginnings_of_its_words_and_done_by_enter(fair) -> None:
    fair.column("lead").list.go_to(0)
    fair.window.board.take_focus()
    open_palette(fair)
    fair.driver.write(fair.window.toolbar.search, "next step")
    assert shown(fair)[0] == ("Actions", "Next step")
    fair.driver.key(fair.window.toolbar.search, Qt.Key.Key_Return)
    assert fair.wait_for_sheet(NextStepSheet)


def test_what_cannot_be_done_now_is_not_offered(fair) -> None:
    open_palette(fair)
    fair.driver.write(fair.window.toolbar.search, "won")
    assert ("Actions", "Won") not in shown(fair)  # the card with the ring is a lead


def test_a_key_does_not_paint_the_page_below_again(fair) -> None:
    open_palette(fair)
    field = fair.window.toolbar.search
    fair.driver.write(field, "l")
    hits = fair.window.hits.view
    at = hits.mapTo(fair.window, hits.rect().center())
    below = [each.list.viewport() for each in fair.window.board.strip.columns]
    below = [each for each in below if each.rect().contains(each.mapFrom(fair.window, at))]
    assert len(below) == 1
    paints = Paints()
    below[0].installEventFilter(paints)
    fair.driver.write(field, " ")  # another key, as many hits
    assert shown(fair)
    assert paints.count == 0
