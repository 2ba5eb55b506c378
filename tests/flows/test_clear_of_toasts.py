"""What a toast floats over is not out of reach while it is there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt

from crmdesk.services import capture, tasks
from crmdesk.ui.views.row_table import RowTable
from tests.flows.conftest import Fair


def long_list(fair: Fair, screen: str) -> RowTable:
    """The leads of the board, or the day, longer than is seen, with the keys."""
    for number in range(30):
        lead = capture.add(fair.db, name=f"Person {number:02}", source="business_card").lead_id
        tasks.plan(fair.db, lead, title="Call", due_on="2026-05-05")
    fair.window.go(screen)
    fair.driver.settle()
    found = fair.window.board.strip.columns[0].list if screen == "board" else fair.window.page.list
    found.setFocus()
    return found


def current_row(found: RowTable) -> QRect:
    """Where the current row is, in px of the window."""
    row = found.visualRect(found.currentIndex())
    return QRect(found.viewport().mapTo(found.window(), row.topLeft()), row.size())


def toast_place(fair: Fair) -> QRect:
    toast = fair.window.context.notify.toast
    assert toast is not None
    return QRect(toast.mapTo(fair.window, QPoint()), toast.size())


@pytest.mark.parametrize("screen", ["board", "today"])
def test_the_current_row_comes_out_from_under_a_toast(fair: Fair, screen: str) -> None:
    found = long_list(fair, screen)
    bar = found.verticalScrollBar()
    fair.window.context.notify.done("Imported. " * 12)
    fair.driver.settle()
    fair.window.context.notify.toast.leave()
    fair.driver.settle()
    end = bar.maximum()
    fair.driver.key(found, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    fair.window.context.notify.done("Imported. " * 12)
    fair.driver.settle()
    assert toast_place(fair).intersects(QRect(found.mapTo(fair.window, QPoint()), found.size()))
    assert not toast_place(fair).intersects(current_row(found))
    assert bar.value() > end
    fair.window.resize(fair.window.width() - 40, fair.window.height())
    fair.driver.settle()
    assert not toast_place(fair).intersects(current_row(found)), "nor in a window that became smaller meanwhile"
    fair.window.context.notify.toast.leave()
    fair.driver.settle()
    assert (bar.value(), bar.maximum()) == (end, end)


@pytest.mark.parametrize("screen", ["board", "today"])
def test_arrows_do_not_go_under_a_toast_that_was_there_before_the_page(fair: Fair, screen: str) -> None:
    fair.window.go("definitions")
    fair.window.context.notify.done("Imported. " * 12)
    found = long_list(fair, screen)
    for _press in range(29):
        fair.driver.key(found, Qt.Key.Key_Down)
    assert not toast_place(fair).intersects(current_row(found))


@pytest.mark.parametrize("screen", ["board", "today"])
def test_a_page_that_comes_back_after_the_toast_has_its_whole_foot_again(fair: Fair, screen: str) -> None:
    found = long_list(fair, screen)
    end = found.verticalScrollBar().maximum()
    fair.window.context.notify.done("Imported. " * 12)
    fair.driver.settle()
    assert found.verticalScrollBar().maximum() > end
    fair.window.go("definitions")
    fair.window.context.notify.toast.leave()
    fair.driver.settle()
    fair.window.go(screen)
    fair.driver.settle()
    assert found.verticalScrollBar().maximum() == end
