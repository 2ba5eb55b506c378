"""The whole window by keys alone: every action, every control of every page and sheet, the way back, and the ring."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.logging import _QtMessageCapture as QtLog

from crmdesk.ui.actions import HERE, TABLE
from crmdesk.ui.controls import Button
from crmdesk.ui.record_screen import RecordScreen
from crmdesk.ui.themed import PlainLabel
from crmdesk.ui.views.column import ColumnView
from crmdesk.ui.views.record_value import Value
from tests.flows.conftest import Fair
from tests.support import openers, tabbing

K = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def entries(menu: QMenu) -> Iterator[QAction]:
    """The actions of a menu and of those within it."""
    for action in menu.actions():
        within = action.menu()
        if isinstance(within, QMenu):
            yield from entries(within)
        elif not action.isSeparator():
            yield action


def keys(fair: Fair, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    here = QApplication.focusWidget()
    assert here is not None, f"nobody has the keys for {key}"
    fair.driver.key(here, key, modifiers)


def test_every_action_stands_in_a_menu_that_a_letter_opens(sampled: Fair) -> None:
    menus = [action for action in sampled.window.menuBar().actions() if action.menu() is not None]
    letters = [action.text().partition("&")[2][:1].casefold() for action in menus]
    assert "" not in letters
    assert len(set(letters)) == len(letters)
    found = {action.objectName() for menu in menus for action in entries(menu.menu())}  # type: ignore[arg-type]
    assert {act.id for act in TABLE} - found == set()


def test_every_action_of_a_page_is_offered_by_one_of_its_pages(sampled: Fair) -> None:
    offered: set[str] = set()
    for key in openers.PAGES:
        page = openers.show_page(sampled.window, key)
        page.take_focus()
        sampled.driver.settle()
        if key in ("board", "deals"):
            keys(sampled, K.Key_Down)
        offered |= set(page.acts())
    sampled.window.open_record(openers.person(sampled.window).id)
    offered |= set(sampled.window.page.acts())
    assert {act.id for act in TABLE if act.rule == HERE} - offered == set()


@pytest.mark.parametrize("page", openers.PAGES)
def test_tab_reaches_every_control_of_a_page_and_its_focus_is_seen(sampled: Fair, page: str) -> None:
    shown = openers.show_page(sampled.window, page)
    shown.take_focus()
    sampled.driver.settle()
    walk = tabbing.go_round(sampled.driver, sampled.window)
    assert not walk.lost
    assert walk.closed, "Tab does not come back to where it began"
    assert [tabbing.named(each) for each in tabbing.unreached(sampled.window, walk) if not _says_only(each)] == []
    assert [tabbing.named(each) for each in walk.unseen] == []
    back = tabbing.go_round(sampled.driver, sampled.window, K.Key_Backtab)
    assert set(back.stops) == set(walk.stops)


def test_tab_brings_what_it_reaches_into_sight_when_it_comes_round(sampled: Fair) -> None:
    sampled.window.resize(1024, 700)
    sampled.window.open_record(openers.person(sampled.window).id)
    sampled.driver.settle()
    for _stop in tabbing.go_round(sampled.driver, sampled.window).stops:
        keys(sampled, K.Key_Tab)
        reached = QApplication.focusWidget()
        assert reached is not None
        assert not reached.visibleRegion().isEmpty(), tabbing.named(reached)


def _says_only(part: QWidget) -> bool:
    """A value that cannot be changed, as a reference."""
    return isinstance(part, Value) and part.focusPolicy() == Qt.FocusPolicy.NoFocus


def own_windows(log: QtLog) -> int:
    """How many windows were shown so far: the platform without a screen says a word on each."""
    return sum("propagateSizeHints" in record.message for record in log.records)


def test_tab_reaches_every_control_of_a_sheet_and_esc_leads_back(sampled: Fair, qtlog: QtLog) -> None:
    window, found = sampled.window, []
    window.go("board")
    shown = own_windows(qtlog)
    for kind, open_it in openers.SHEETS.items():
        open_it(window)
        sampled.driver.until(lambda kind=kind: isinstance(window.sheets.current, kind), f"no {kind.__name__}")
        sampled.driver.settle()
        sheet = window.sheets.current
        assert sheet is not None
        walk = tabbing.go_round(sampled.driver, window)
        missing = list(tabbing.unreached(sheet, walk))
        outside = [each for each in walk.stops if not sheet.isAncestorOf(each)]
        found += [f"{kind.__name__}: Tab does not go round"] * (walk.lost or not walk.closed)
        found += [f"{kind.__name__}: {tabbing.named(each)} is not reached" for each in missing]
        found += [f"{kind.__name__}: {tabbing.named(each)} lies behind it" for each in outside]
        found += [f"{kind.__name__}: {tabbing.named(each)} does not show its focus" for each in walk.unseen]
        keys(sampled, K.Key_Escape)
        sampled.driver.until(lambda: window.sheets.current is None, f"Esc does not close {kind.__name__}")
        here = QApplication.focusWidget()
        if here is None or not window.page.isAncestorOf(here):
            found.append(f"{kind.__name__}: after Esc the keys are on {type(here).__name__}")
        if own_windows(qtlog) > shown:
            found.append(f"{kind.__name__}: a part of it shows as a window of its own")
            shown = own_windows(qtlog)
    assert "\n".join(found) == ""


def test_esc_leads_back_from_record_panel_and_search(sampled: Fair) -> None:
    window = sampled.window
    window.go("people")
    keys(sampled, K.Key_Return)
    assert isinstance(window.page, RecordScreen)
    keys(sampled, K.Key_Escape)
    assert window.switching.key == "people"
    window.go("board")
    before = QApplication.focusWidget()
    keys(sampled, K.Key_W)
    keys(sampled, K.Key_Escape)
    assert QApplication.focusWidget() is before
    keys(sampled, K.Key_K, CTRL)
    assert window.toolbar.search.hasFocus()
    keys(sampled, K.Key_Escape)
    assert QApplication.focusWidget() is before
    window.go("today")
    keys(sampled, K.Key_N)
    assert window.page.panel.isAncestorOf(QApplication.focusWidget())  # type: ignore[attr-defined]
    keys(sampled, K.Key_Escape)
    assert window.page.list.hasFocus()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("screen", "stage"), [("board", "prospect"), ("deals", "needs")])
def test_cards_are_put_in_order_by_keys_as_by_the_mouse(sampled: Fair, screen: str, stage: str) -> None:
    sampled.window.go(screen)
    sampled.driver.settle()
    column = sampled.window.page.board.strip.column_of(stage)  # type: ignore[attr-defined]
    before = _ids(column)
    column.list.setFocus()
    column.list.go_to(0)
    sampled.driver.settle()
    keys(sampled, K.Key_Down, CTRL | SHIFT)
    if len(before) == 2:
        assert _ids(column) == before, "at the end the order is the cards' own"
        column.list.go_to(1)
        keys(sampled, K.Key_Up, CTRL | SHIFT)
    assert _ids(column) == [before[1], before[0], *before[2:]]
    assert column.list.hasFocus()
    keys(sampled, K.Key_Z, CTRL)
    assert _ids(column) == before


def _ids(column: ColumnView) -> list[int]:
    return [column.model.card(row).id for row in range(column.model.rowCount())]


def test_a_control_that_tab_misses_and_one_without_a_ring_are_found(sampled: Fair) -> None:
    window = sampled.window
    missed = Button(window.context.theme, "Missed", parent=window)
    missed.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plain = PlainLabel(window.context.theme, "No ring", parent=window)
    plain.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for part in (missed, plain):
        part.setGeometry(300, 300, 80, 24)
        part.show()
    plain.setFocus()
    walk = tabbing.go_round(sampled.driver, window)
    assert missed in list(tabbing.unreached(window, walk))
    assert plain in walk.unseen


def test_menus_that_were_opened_are_gone_once_they_are_closed(sampled: Fair) -> None:
    openers.show_page(sampled.window, "board").take_focus()
    sampled.driver.settle()
    keys(sampled, K.Key_Down)
    sampled.driver.settle()
    here = QApplication.focusWidget()
    assert here is not None
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), here.mapToGlobal(QPoint(5, 5)))
    before = len(sampled.window.findChildren(QMenu))
    for way in (partial(QApplication.sendEvent, here, asked), partial(keys, sampled, K.Key_M)) * 3:
        way()
        sampled.driver.settle()
        opened = QApplication.activePopupWidget()
        assert isinstance(opened, QMenu)
        sampled.driver.key(opened, K.Key_Escape)
        sampled.driver.settle()
    assert len(sampled.window.findChildren(QMenu)) == before
