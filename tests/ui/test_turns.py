"""Work in pieces leaves the windows their turn."""

from __future__ import annotations

from functools import partial
from time import sleep

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from crmdesk.ui.turns import Pieces, Turns, soon


def test_one_piece_is_done_in_a_pass_of_the_loop_whatever_else_is_due(qapp, qtbot: QtBot) -> None:
    parent, done = QObject(), []

    def work() -> Pieces[None]:
        for piece in range(20):
            done.append(piece)
            yield

    # Qt counts what is due before it begins: in the place of timers that are stopped meanwhile others come twice.
    due = [QTimer(parent, interval=1) for _each in range(3)]
    at_once = QTimer(parent, interval=0)
    at_once.timeout.connect(partial(stop, due))
    at_once.start()
    Turns(work(), parent)
    passes = []
    while len(done) < 20:
        before = len(done)
        for each in due:
            each.start()
        sleep(0.003)
        qapp.processEvents()
        passes.append(len(done) - before)
    assert set(passes) <= {0, 1}


def stop(timers: list[QTimer]) -> None:
    for each in timers:
        each.stop()


def test_what_comes_soon_does_not_come_once_its_parent_is_gone(qapp, qtbot: QtBot) -> None:
    stays, goes, done = QObject(), QObject(), []
    soon(lambda: done.append("stays"), stays)
    soon(lambda: done.append("goes"), goes)
    assert not done
    goes.deleteLater()
    qtbot.waitUntil(lambda: bool(done) and not stays.children())
    assert done == ["stays"]
