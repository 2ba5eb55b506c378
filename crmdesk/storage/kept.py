"""Answers that hold until a step touches what they were read from: small ones that every screen asks for again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from crmdesk.domain.changes import Change

T = TypeVar("T")


class Kept:
    """The answers of one open workspace, by question; used from any thread."""

    def __init__(self) -> None:
        self._answers: dict[object, tuple[tuple[str, ...], Any]] = {}
        self._changing = threading.Lock()
        self._age = 0

    def answer(self, question: object, ask: Callable[[], T], tables: tuple[str, ...]) -> T:
        """What is kept, else what `ask` reads now; that is kept too unless a step was committed meanwhile."""
        held = self._answers.get(question)
        if held is not None:
            answer: T = held[1]
            return answer
        age = self._age
        answer = ask()
        with self._changing:
            if age == self._age:
                self._answers[question] = (tables, answer)
        return answer

    def forget(self, change: Change | None) -> None:
        """Drops what a committed step made old; everything when it did not say what it touched."""
        with self._changing:
            self._age += 1
            self._answers = {
                question: (tables, answer)
                for question, (tables, answer) in self._answers.items()
                if change is not None and not change.touches(*tables)
            }
