"""Whose turn it is to write."""

from __future__ import annotations

import threading
import time

import pytest

from crmdesk.domain.errors import Busy
from crmdesk.storage.database import Database
from crmdesk.storage.existing import open_beside
from crmdesk.storage.turns import Turns
from crmdesk.words import Label


def test_the_patient_come_after_everybody_who_waits():
    turns = Turns()
    order: list[str] = []

    def hurried() -> None:
        with turns.take():
            order.append("hurried")

    for _ in range(50):
        with turns.take():
            thread = threading.Thread(target=hurried)
            thread.start()
            while not turns._waiting:
                pass
        with turns.take(patient=True):
            order.append("patient")
        thread.join()
    assert order == ["hurried", "patient"] * 50


def test_a_turn_is_given_back_when_its_holder_fails():
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns.take():
        raise ZeroDivisionError
    with turns.take(patient=True):
        pass


def test_what_two_processes_read_and_then_change_is_not_lost(db, workspace, clock):
    def count(one: Database) -> None:
        for _each in range(100):
            with one.aside() as connection:
                read = connection.exec_driver_sql("SELECT coalesce(max(CAST(text AS INT)), 0) FROM draft").scalar_one()
                connection.exec_driver_sql("REPLACE INTO draft VALUES ('count', ?, '2026-05-05')", (str(read + 1),))

    with open_beside(workspace, clock=clock, turns=Turns()) as other:  # which takes turns with nobody
        threads = [threading.Thread(target=count, args=(each,)) for each in (db, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with db.read() as connection:
        assert connection.exec_driver_sql("SELECT text FROM draft").scalar() == "200"


def test_a_turn_is_lent_to_another_process_once_nobody_here_waits(db):
    order: list[str] = []
    asked = threading.Event()

    def lend() -> None:
        asked.set()
        with db.lend_turn():
            order.append("lent")

    def edit() -> None:
        with db.write(Label("Edit")):
            order.append("edit")

    threads = [threading.Thread(target=each) for each in (lend, edit)]
    with db._turns.take():
        threads[0].start()
        assert asked.wait(20)
        time.sleep(0.05)  # it waits by now
        threads[1].start()
        while not db._turns._waiting:
            pass
    for each in threads:
        each.join()
    assert order == ["edit", "lent"]


def test_nobody_waits_for_a_long_turn_but_the_patient():
    turns = Turns()
    held, go = threading.Event(), threading.Event()
    order: list[str] = []

    def long() -> None:
        with turns.take(patient=True, long=True):
            held.set()
            assert go.wait(20)
            order.append("long")

    def patient() -> None:
        with turns.take(patient=True):
            order.append("patient")

    threads = [threading.Thread(target=each) for each in (long, patient)]
    threads[0].start()
    assert held.wait(20)
    threads[1].start()
    with pytest.raises(Busy), turns.take():
        raise AssertionError("it waited")
    go.set()
    for each in threads:
        each.join()
    assert order == ["long", "patient"]
    with turns.take():
        pass
