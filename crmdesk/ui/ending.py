"""What the system says when it ends the program."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal


class Terminator(QObject):
    """SIGTERM and SIGINT as a Qt signal.

    WORKAROUND(Qt 6): a Python signal handler is never called while the Qt loop is idle, so the wake-up descriptor is
    watched by a notifier.

    Signals: terminated() once a signal to end has come in.
    """

    terminated = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        signal.set_wakeup_fd(self._write.fileno())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _noted)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)

    def _on_woken(self) -> None:
        try:
            self._read.recv(64)
        except BlockingIOError:
            return
        self.terminated.emit()


def _noted(_number: int, _frame: object) -> None:
    """The wake-up descriptor does the work; this only keeps the default action from ending the process."""
