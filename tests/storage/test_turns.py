"""Whose turn it is to write."""

from __future__ import annotations

import threading

import pytest

from crmdesk.storage.turns import Turns


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
