"""Acts: cards leave the board with a date or a reason and come back; deals go on, are lost and won."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from crmdesk.domain.records import Id, Opportunity
from crmdesk.driver import NothingFollowed
from crmdesk.services import workspace
from crmdesk.storage import records
from crmdesk.tour.ground import CTRL, SHIFT, K, Tour
from crmdesk.ui.board_screen import BoardScreen
from crmdesk.ui.dialogs.deal import DealSheet
from crmdesk.ui.dialogs.exits import ParkSheet, ReasonSheet
from crmdesk.ui.dialogs.list_sheet import ListSheet
from crmdesk.ui.views.column import ColumnView

WAKE = "15.6."  # a day that is typed alike in all languages


def exits(tour: Tour) -> None:
    """Not now with a day to wake; not a fit with a reason by its digit, from the workspace's own list; back again."""
    tour.shortcut(K.Key_2, CTRL)
    tour.driver.key(tour.window.board.filter_row.event_chip, K.Key_Delete)  # the list came in as one event
    parked = _choose(tour, "tholberg")
    tour.key(K.Key_N, SHIFT)
    park = tour.sheet(ParkSheet)
    tour.driver.write(park.day.line, WAKE)
    tour.picture("not-now")
    tour.driver.key(park.day.line, K.Key_Return)
    tour.closed()
    tour.holds(tour.exit(parked)[0] == "not_now", "the card is not parked")
    closed = _choose(tour, "prewitt")
    tour.key(K.Key_F, SHIFT)
    asked = tour.sheet(ReasonSheet)
    tour.driver.key(asked.reasons.rows[0], K.Key_2)
    tour.picture("not-a-fit")
    _edit_reasons(tour, asked)
    again = tour.sheet(ReasonSheet)
    tour.driver.key(again.reasons.rows[0], K.Key_2)
    tour.driver.key(again.line, K.Key_Return, CTRL)
    tour.closed()
    tour.holds(tour.exit(closed)[0] == "not_a_fit", "the card is there still")
    tour.picture("left")
    _bring_back(tour, closed)


def deals(tour: Tour) -> None:
    """The deals board: a deal is dragged to another stage, corrected, one is lost with a reason, one is won."""
    tour.shortcut(K.Key_3, CTRL)
    tour.picture("deals")
    moved = _drag(tour)
    tour.driver.key(tour.focus, K.Key_E)
    sheet = tour.sheet(DealSheet)
    sheet.probability.setFocus()
    tour.driver.write(sheet.probability, "45 %")
    tour.picture("deal")
    tour.driver.key(sheet.probability, K.Key_Return, CTRL)
    tour.closed()
    tour.holds(_deal(tour, moved).probability == 45, "the probability is not kept")
    _lose(tour, moved)
    _win(tour)
    _stages(tour)


def _choose(tour: Tour, text: str) -> Id:
    card = tour.found(text)
    tour.window.board.show_card(card)
    tour.window.board.take_focus()
    tour.driver.settle()
    tour.holds(tour.window.selected == [card], f"{text} is not selected")
    return card


def _edit_reasons(tour: Tour, asked: ReasonSheet) -> None:
    """The list of reasons is edited where the reason is asked."""
    tour.driver.click(asked.edit_list)
    sheet = tour.sheet(ListSheet)
    tour.driver.key(sheet.rows[2].up, K.Key_Space)
    tour.picture("reasons")
    wanted = sheet.rows[1].line.text()
    tour.driver.key(sheet.rows[0].line, K.Key_Return, CTRL)
    tour.sheet(ReasonSheet)
    with tour.reader() as db:
        tour.holds(workspace.reasons(db, "not_a_fit")[1].text == wanted, "the list of reasons is not kept")


def _bring_back(tour: Tour, closed: Id) -> None:
    """A closed card comes back as a new attempt."""
    tour.window.show_card(closed)
    tour.driver.settle()
    tour.shortcut(K.Key_B, SHIFT)
    tour.driver.until(lambda: tour.found("prewitt") != closed, "nobody came back")
    tour.holds(tour.exit(tour.found("prewitt"))[0] == "", "the new attempt is closed")
    tour.holds(tour.exit(closed)[0] == "not_a_fit", "the old attempt is open")
    tour.picture("brought-back")
    tour.shortcut(K.Key_P)


def _drag(tour: Tour) -> Id:
    board = tour.page(BoardScreen).board
    source, goal = tour.column("needs", board), tour.column("terms", board)
    moved = _first(source)
    tour.driver.press(tour.window, source.list.viewport().mapTo(tour.window, source.list.card_rect(0).center()))
    tour.driver.move(tour.window, goal.mapTo(tour.window, QPoint(goal.width() // 2, goal.height() // 3)))
    tour.picture("deal-drag")
    tour.driver.release(tour.window)
    tour.holds(_deal(tour, moved).deal_stage == "terms", "the deal did not move")
    board.show_card(moved)
    tour.window.page.take_focus()
    tour.driver.settle()
    return moved


def _lose(tour: Tour, deal: Id) -> None:
    tour.page(BoardScreen).board.show_card(deal)
    tour.window.page.take_focus()
    tour.key(K.Key_L, SHIFT)
    sheet = tour.sheet(ReasonSheet)
    tour.driver.key(sheet.reasons.rows[0], K.Key_2)
    tour.picture("lost")
    tour.driver.key(sheet.line, K.Key_Return, CTRL)
    tour.closed()
    tour.holds(tour.exit(deal) == ("lost", "competitor"), "the deal is not lost")


def _win(tour: Tour) -> None:
    board = tour.page(BoardScreen).board
    column = tour.column("contract", board)
    deal = _first(column)
    board.show_card(deal)
    tour.window.page.take_focus()
    tour.key(K.Key_W, SHIFT)
    tour.driver.until(lambda: tour.exit(deal)[0] == "won", "the deal is not won")
    tour.picture("won")


def _stages(tour: Tour) -> None:
    """The stages of deals are the workspace's own."""
    tour.command("deal_stages")
    sheet = tour.sheet(ListSheet)
    tour.picture("deal-stages")
    tour.driver.key(sheet.rows[0].line, K.Key_Escape)
    tour.closed()


def _first(column: ColumnView) -> Id:
    card = column.model.card(0)
    if card is None:
        raise NothingFollowed(f"nothing is in {column.stage}")
    return card.id


def _deal(tour: Tour, deal: Id) -> Opportunity:
    with tour.reader() as db, db.read() as connection:
        return records.get(connection, Opportunity, deal)
