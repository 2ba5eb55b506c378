"""Stopping a running read from another thread: the next key cancels the last search."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from crmdesk.domain.errors import Cancelled
from crmdesk.words import _


class Interrupt:
    """Handed to one `Database.read`; whoever holds it too may stop that read, which then raises Cancelled."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._driver: Any = None
        self._asked = False

    def interrupt(self) -> None:
        """Stop the read, or keep it from starting; does nothing once it is over."""
        with self._lock:
            self._asked = True
            if self._driver is not None:
                self._driver.interrupt()

    @contextmanager
    def watching(self, connection: Connection) -> Iterator[None]:
        """Within the block `interrupt` stops statements of `connection`; Cancelled when it was asked for before."""
        with self._lock:
            if self._asked:
                raise Cancelled(_("The search was stopped."))
            self._driver = connection.connection.dbapi_connection
        try:
            yield
        finally:
            with self._lock:
                self._driver = None
