"""`crmdesk do`: one JSON object a line in, one a line out, and an answer only after the commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import IO


def answer_all(lines: Iterable[bytes], out: IO[str], answer: Callable[[bytes], tuple[bool, str]]) -> bool:
    """Answers every line, each flushed at once; whether all were done. Empty lines are passed over."""
    fine = True
    for line in lines:
        if line.strip():
            done, text = answer(line)
            fine = fine and done
            out.write(text + "\n")
            out.flush()
    return fine
