"""The socket at which this program hears of other starts and of the terminal: who may speak, how much, how fast."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from crmdesk.exchange.running import LONGEST

MOST = 16  # connections at a time
FIRST_LINE_MS = 5_000


class Caller(QObject):
    """One connection: hands over its lines one at a time, each in a turn of the loop of its own.

    Signals: gone(caller) once it has ended.
    """

    gone = Signal(object)

    def __init__(self, socket: QLocalSocket, said: Callable[[Caller, bytes], None], parent: QObject) -> None:
        super().__init__(parent)
        self._socket, self._said = socket, said
        socket.setParent(self)
        socket.setReadBufferSize(LONGEST + 1)
        self._waits = False
        self._busy = False
        self._ended = False
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._on_turn)
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.timeout.connect(self.hang_up)
        self._first.start(FIRST_LINE_MS)
        socket.readyRead.connect(self._turn.start)
        socket.bytesWritten.connect(self._on_bytes_written)
        socket.disconnected.connect(self._on_disconnected)
        self._turn.start()

    @property
    def is_silent(self) -> bool:
        """Whether it has not said a whole line yet."""
        return self._first.isActive()

    def tell(self, message: dict[str, Any] | str) -> None:
        """Sends one line: an answer, or JSON that is worded already."""
        text = message if isinstance(message, str) else json.dumps(message, ensure_ascii=False)
        if not self._ended:
            self._socket.write(text.encode("utf-8", "replace") + b"\n")

    def set_busy(self, busy: bool) -> None:
        """While busy no further line is heard."""
        self._busy = busy
        if not busy:
            self._turn.start()

    def hang_up(self) -> None:
        """Ends it; what was told before still arrives."""
        if not self._ended:
            self._socket.flush()  # the loop may end with this turn
            self._socket.disconnectFromServer()

    def drop(self) -> None:
        """Ends it at once."""
        self._socket.abort()

    def _on_turn(self) -> None:
        socket = self._socket
        if self._ended or self._busy or socket.bytesToWrite() > LONGEST:
            return
        if not socket.canReadLine():
            if socket.bytesAvailable() > LONGEST:
                socket.abort()
            return
        self._first.stop()
        line = bytes(socket.readLine(LONGEST + 1).data())
        if not line.endswith(b"\n"):
            socket.abort()
            return
        if line.strip():
            self._said(self, line)
        self._turn.start()

    def _on_bytes_written(self, _count: int) -> None:
        if self._socket.canReadLine():
            self._turn.start()

    def _on_disconnected(self) -> None:
        if not self._ended:
            self._ended = True
            self._turn.stop()
            self._first.stop()
            self.gone.emit(self)
            self.deleteLater()


class Listening(QObject):
    """Takes connections of this person alone, and no more than sixteen at a time.

    One more takes the place of the first that has said nothing, so that who only holds the line keeps nobody away.
    """

    def __init__(self, said: Callable[[Caller, bytes], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said = said
        self.callers: list[Caller] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_new_connection)

    def begin(self, address: str) -> bool:
        """Listens; a socket that a crash has left there is replaced. False when it cannot."""
        QLocalServer.removeServer(address)
        return self._server.listen(address)

    def end(self) -> None:
        """Hears nobody any more."""
        self._server.close()
        for caller in tuple(self.callers):
            caller.hang_up()

    def _on_new_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self.callers) >= MOST:
                if (silent := next((each for each in self.callers if each.is_silent), None)) is None:
                    socket.abort()
                    socket.deleteLater()
                    continue
                silent.drop()
            caller = Caller(socket, self._said, self)
            caller.gone.connect(self._on_gone)
            self.callers.append(caller)

    def _on_gone(self, caller: Caller) -> None:
        self.callers.remove(caller)
