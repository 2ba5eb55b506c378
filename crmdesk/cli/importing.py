"""What is seen of `crmdesk import` while it runs: a bar for who watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def watched() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error while somebody watches; None when it goes to a file."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("")

        def show(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        yield show
