"""A screen reader walks through every page and sheet: nothing is nameless, and each control says what it is and how."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from crmdesk.driver import Driver
from crmdesk.ui.controls import Button
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.start_window import StartWindow
from tests.flows.conftest import Fair
from tests.support import openers, read_aloud


def list_of(window: MainWindow, driver: Driver, page: str) -> object:
    """The list of a page, as it is heard, with the keys."""
    openers.show_page(window, page)
    window.page.take_focus()
    driver.settle()
    return next(part for part in read_aloud.parts(window.page) if part.role() in read_aloud.ROWS)


def test_every_page_says_all_it_holds(sampled: Fair) -> None:
    found = []
    for key in openers.PAGES:
        openers.show_page(sampled.window, key)
        sampled.driver.settle()
        found += [f"page {key}: {fault}" for fault in read_aloud.faults(sampled.window)]
    assert "\n".join(sorted(set(found))) == ""


def test_every_sheet_says_all_it_holds(sampled: Fair) -> None:
    window, found = sampled.window, []
    window.go("board")
    for kind, open_it in openers.SHEETS.items():
        open_it(window)
        sampled.driver.until(lambda kind=kind: isinstance(window.sheets.current, kind), f"no {kind.__name__}")
        sampled.driver.settle()
        sheet = window.sheets.current
        assert sheet is not None
        found += [f"{kind.__name__}: {fault}" for fault in read_aloud.faults(sheet)]
        here = QApplication.focusWidget()
        if here is None or not sheet.isAncestorOf(here):
            found.append(f"{kind.__name__}: {type(here).__name__} has the keys when it opens")
        sheet.dismiss()
        sampled.driver.until(lambda: window.sheets.current is None, "the sheet stays")
    assert "\n".join(sorted(set(found))) == ""


def test_what_comes_and_goes_says_all_it_holds(sampled: Fair) -> None:
    window = sampled.window
    window.context.notify.done("Done: Call back")
    window.context.notify.failed("There is no address or number yet.", "Add one.")
    sampled.driver.settle()
    assert window.frame.bar.isVisible()
    assert window.context.notify.toast is not None
    assert read_aloud.faults(window) == []
    sampled.driver.key(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    sampled.driver.write(window.toolbar.search, "hansen")
    sampled.driver.until(window.hits.isVisible, "nobody is found")
    assert read_aloud.faults(window) == []
    sampled.window.go("people")
    sampled.window.page.pane.table.rows.tick_all(on=True)  # type: ignore[attr-defined]
    sampled.driver.settle()
    assert read_aloud.faults(window) == []


def test_the_start_page_says_all_it_holds(sampled: Fair) -> None:
    start = StartWindow(sampled.program.theme, [Path("/home/somebody/fair.crmdesk")])
    start.show()
    sampled.driver.settle()
    assert list(read_aloud.controls(start)) != []
    assert read_aloud.faults(start) == []
    start.close()
    start.deleteLater()
    sampled.driver.settle()


def test_lists_name_their_rows_and_say_which_is_chosen(sampled: Fair) -> None:
    for page in ("today", "board", "deals", "people", "organisations"):
        rows = list_of(sampled.window, sampled.driver, page)
        cells = [part for part in _cells(rows) if not part.state().invisible]
        assert cells != []
        lines = {cell.rect().top(): cell for cell in sorted(cells, key=_from_the_right)}
        assert [cell for cell in lines.values() if not cell.text(QAccessible.Text.Name)] == [], page
        every = [cell for part in read_aloud.parts(sampled.window.page) if part.role() in read_aloud.ROWS
                 for cell in _cells(part)]  # fmt: skip
        assert [cell for cell in every if cell.state().selected or cell.state().focused] != [], page


def _cells(rows: object) -> list[object]:
    children = (rows.child(number) for number in range(rows.childCount()))  # type: ignore[attr-defined]
    return [child for child in children if child is not None and child.role() in read_aloud.CELLS]


def _from_the_right(cell: object) -> int:
    return -int(cell.rect().left())  # type: ignore[attr-defined]


def test_a_tick_is_heard(sampled: Fair) -> None:
    rows = list_of(sampled.window, sampled.driver, "people")
    sampled.driver.key(QApplication.focusWidget(), Qt.Key.Key_Space)  # type: ignore[arg-type]
    ticked = [cell for cell in _cells(rows) if cell.state().checked]  # type: ignore[attr-defined]
    assert len(ticked) == 1


def test_the_entry_of_the_page_that_is_seen_is_heard_as_the_chosen_one(sampled: Fair) -> None:
    for key, entry in sampled.window.navigation.entries.items():
        if not key.startswith("view:"):
            sampled.window.go(key)
            assert QAccessible.queryAccessibleInterface(entry).state().checked, key


def test_what_has_no_name_or_no_role_is_found(sampled: Fair) -> None:
    window = sampled.window
    nameless, keyed = Button(sampled.program.theme, "", parent=window), QWidget(window)
    keyed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    keyed.setAccessibleName("A row")
    for part in (nameless, keyed):
        part.show()
    assert sorted(line.split(": ", 1)[1] for line in read_aloud.faults(window)) == [
        "has no name",
        "is a Client but takes the keys",
    ]
