"""Ways to break what the tortures guard, in a process of its own alone: each has to be found (`test_breaking`)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from crmdesk.domain import search
from crmdesk.services import importing, timelines
from crmdesk.storage import failures, formats, lock, opening, restoring
from crmdesk.storage.formats import Comparison
from crmdesk.storage.long_step import LongStep


def commits_every_statement() -> None:
    """No transaction around an edit."""
    real = opening.create_engine

    def without(*given: Any, **named: Any) -> Any:
        return real(*given, **named, isolation_level="AUTOCOMMIT")

    opening.create_engine = without
    engine = opening._engine
    opening._engine = lambda creator, *, begin, pool: engine(creator, begin="SELECT 1", pool=pool)


def waits_for_no_disk() -> None:
    """A commit is told before it is on the disk."""
    real = opening._for_writing

    def hasty(path: Any) -> Any:
        connection = real(path)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    opening._for_writing = hasty


def replaces_bit_by_bit() -> None:
    """What is restored is written into the file itself."""

    class Os:
        def __getattr__(self, name: str) -> Any:
            return getattr(restoring_os, name)

        def replace(self, source: Any, target: Any) -> None:
            with open(source, "rb") as coming, open(target, "wb", buffering=0) as file:
                shutil.copyfileobj(coming, file, 1 << 16)

    restoring_os = restoring.os
    restoring.os = Os()


def forgets_the_slices() -> None:
    """Each slice of an import counts as done by itself."""
    real = LongStep.slice

    def alone(self: Any) -> Any:
        self.step = 0
        return real(self)

    LongStep.slice = alone
    importing.SLICE_ROWS = 5


def words_no_error() -> None:
    """What the disk reports and what is damaged is a mistake of the program."""
    failures.of_sqlite = lambda _error, _path: None


def thinks_all_can_be_written() -> None:
    """Nobody looks whether a file can be written before it is opened."""
    opening._can_write = lambda _path: True
    opening.reading_mode = lambda _path: "ro"


def goes_by_the_clock() -> None:
    """History is told by the time of the steps."""
    real = timelines.history
    timelines.history = lambda *given, **named: sorted(real(*given, **named), key=lambda step: step.at, reverse=True)


def finds_nothing_odd() -> None:
    """Whatever stands in a file's schema is ours."""
    formats.compare = lambda _things, _number: Comparison(odd=(), missing=(), derived_fit=True)


def searches_raw() -> None:
    """What is typed is given to the full text as it is."""
    real = search._words

    def raw(parts: Iterable[str], *, in_number: bool) -> Iterator[search.Word]:
        for part in parts:
            yield from (replace(word, spellings=((part,),)) for word in real([part], in_number=in_number))

    search._words = raw


def locks_nothing() -> None:
    """A workspace may be opened by whoever comes."""
    lock._try_lock = lambda _handle: None


def keeps_every_sheet() -> None:
    """A sheet that was left is only hidden."""
    from crmdesk.ui.sheet import Sheet

    Sheet._on_gone = Sheet.hide


def lets_go_of_the_form() -> None:
    """A form that was refused closes."""
    from crmdesk.ui.sheet import Sheet

    Sheet.refuse = lambda self, _what, _remedy="": self.finish()


def keeps_no_draft() -> None:
    """What is typed is kept only when there is time."""
    from crmdesk.ui.drafts import Drafts

    Drafts.flush = lambda _self: None


def offers_no_way() -> None:
    """A damaged file has no way on but to choose another."""
    from crmdesk.ui.ways_on import WaysOn

    WaysOn._from_backup = lambda _self, _trouble: []


BROKEN: dict[str, Callable[[], object]] = {
    "": object,
    "early": object,  # told before it is done: `worker`
    "statements": commits_every_statement,
    "disk": waits_for_no_disk,
    "replace": replaces_bit_by_bit,
    "slices": forgets_the_slices,
    "words": words_no_error,
    "writable": thinks_all_can_be_written,
    "time": goes_by_the_clock,
    "planted": finds_nothing_odd,
    "search": searches_raw,
    "lock": locks_nothing,
    "sheets": keeps_every_sheet,
    "form": lets_go_of_the_form,
    "drafts": keeps_no_draft,
    "ways": offers_no_way,
}
