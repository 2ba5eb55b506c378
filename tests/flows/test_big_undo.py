"""Undo of a step with thousands of rows: off the thread of the windows, which go on."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt

from crmdesk.domain.errors import RuleBroken
from crmdesk.domain.records import Person
from crmdesk.services import undo
from crmdesk.storage import undo as storage_undo
from crmdesk.storage.undo import BIG
from crmdesk.words import Label
from tests.flows.conftest import Fair
from tests.support.dump import dump

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def bring_in_many(fair: Fair) -> None:
    with fair.db.write(Label("Import {file}", args={"file": "many.csv"})) as tx:
        tx.add_many(Person(given=f"Given{number}") for number in range(BIG))


def contents(fair: Fair):
    with fair.db.read() as connection:
        return dump(connection)


def said(fair: Fair) -> str:
    toast = fair.window.context.notify.toast
    return toast.text if toast is not None else ""


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch):
    """Undo and redo wait until they are let go; where they run is noted."""
    go, threads = threading.Event(), []

    def wait(act):
        def waiting(*given, **named):
            threads.append(threading.current_thread())
            assert threads[-1] is threading.main_thread() or go.wait(20)
            return act(*given, **named)

        return waiting

    for name in ("undo", "redo", "undo_step"):
        monkeypatch.setattr(undo, name, wait(getattr(undo, name)))
    yield go, threads
    go.set()


def test_a_big_step_is_undone_and_done_again_while_the_window_is_used(fair: Fair, held) -> None:
    go, threads = held
    before = contents(fair)
    bring_in_many(fair)
    after = contents(fair)
    fair.driver.key(fair.window, Qt.Key.Key_Z, CONTROL)
    fair.driver.until(lambda: bool(threads), "undo does not begin")
    assert said(fair) == "Undoing: Import many.csv …"
    fair.driver.key(fair.window, Qt.Key.Key_4, CONTROL)
    assert fair.window.switching.key == "people"
    go.set()
    fair.driver.until(lambda: said(fair) == "Undone: Import many.csv.", "undo does not end")
    assert contents(fair) == before
    fair.driver.key(fair.window, Qt.Key.Key_Z, CONTROL | SHIFT)
    fair.driver.until(lambda: said(fair) == "Done again: Import many.csv.", "redo does not end")
    assert contents(fair) == after
    assert threading.main_thread() not in threads


def test_what_is_pressed_while_a_big_step_is_undone_is_done_after_it(fair: Fair, held) -> None:
    go, threads = held
    with fair.db.write(Label("Add")) as tx:
        tx.add(Person(given="Anna"))
    bring_in_many(fair)
    after = contents(fair)
    for _each in range(2):
        fair.driver.key(fair.window, Qt.Key.Key_Z, CONTROL)
    fair.driver.until(lambda: bool(threads), "undo does not begin")
    assert len(threads) == 1
    go.set()
    fair.driver.until(lambda: said(fair) == "Undone: Add.", "the second one is forgotten")
    go.clear()
    for _each in range(2):
        fair.driver.key(fair.window, Qt.Key.Key_Z, CONTROL | SHIFT)
    go.set()
    fair.driver.until(lambda: said(fair) == "Done again: Import many.csv.", "the import does not come again")
    assert contents(fair) == after


def test_a_small_step_is_undone_at_once(fair: Fair, held) -> None:
    _go, threads = held
    with fair.db.write(Label("Add")) as tx:
        tx.add(Person(given="Anna"))
    fair.driver.key(fair.window, Qt.Key.Key_Z, CONTROL)
    assert threads == [threading.main_thread()]
    assert said(fair) == "Undone: Add."


def test_a_big_undo_that_is_refused_says_why_and_no_toast_stays(fair: Fair, held, monkeypatch) -> None:
    def refuse(_db):
        raise RuleBroken("This step is undone already.")

    monkeypatch.setattr(undo, "undo", refuse)
    bring_in_many(fair)
    fair.driver.key(fair.window, Qt.Key.Key_Z, CONTROL)
    fair.driver.until(fair.window.context.notify.bar.isVisible, "nothing is said")
    assert fair.window.context.notify.bar.text == "This step is undone already."
    fair.driver.until(lambda: said(fair) == "", "the toast stays")


def test_who_edits_while_a_big_step_is_taken_back_is_told_at_once_and_keeps_what_was_typed(fair: Fair, monkeypatch):
    begun, go = threading.Event(), threading.Event()
    bring_in_many(fair)
    revert = storage_undo.revert

    def slowly(connection, steps):
        begun.set()
        assert go.wait(20)
        return revert(connection, steps)

    monkeypatch.setattr(storage_undo, "revert", slowly)
    fair.driver.key(fair.window, Qt.Key.Key_Z, CONTROL)
    fair.driver.until(begun.is_set, "undo does not begin")
    field = fair.column("lead").quick_add.line
    fair.driver.write(field, "Uwe Klein")
    fair.driver.key(field, Qt.Key.Key_Return)
    fair.driver.until(fair.window.context.notify.bar.isVisible, "nothing is said")
    assert fair.window.context.notify.bar.text.startswith("A long step is being taken back")
    assert field.text() == "Uwe Klein"
    go.set()
    fair.driver.until(lambda: said(fair) == "Undone: Import many.csv.", "undo does not end")
    fair.driver.key(field, Qt.Key.Key_Return)
    assert "Uwe Klein" in fair.names("lead")
