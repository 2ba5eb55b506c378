"""What happens when the program itself makes a mistake: a report is stored, the person is told, the program goes on."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from crmdesk import paths
from crmdesk.domain.errors import Cancelled, CrmError
from crmdesk.services import crashes

MOST_TOLD = 5  # different mistakes of one run that are shown; the others are only stored

log = logging.getLogger(__name__)

Facts = Callable[[], Mapping[str, object]]

_GRAVE = {QtMsgType.QtWarningMsg: logging.WARNING, QtMsgType.QtCriticalMsg: logging.ERROR}


class Crashes(QObject):
    """Catches what nobody else has caught, in every thread, once `install` was called. `facts` gives sizes and counts.

    Signals: happened(report) a mistake that was not seen before in this run; again() one that was; refused(CrmError) no
    mistake of the program, but of the file or its disk.
    """

    happened = Signal(str)
    again = Signal()
    refused = Signal(object)

    def __init__(self, facts: Facts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facts = facts
        self._seen: dict[str, int] = {}
        self._noting = threading.local()
        self._dump: TextIO | None = None

    @property
    def _dump_path(self) -> Path:
        return paths.state_folder() / "fault.txt"

    def install(self) -> str:
        """Takes the hooks. The report of a hard crash that ended the run before; "" when there was none."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable
        qInstallMessageHandler(_on_qt_message)
        try:
            before = self._left_behind()
            self._dump = open(  # noqa: SIM115  # faulthandler writes to it until `uninstall`
                self._dump_path, "w", encoding="utf-8", opener=_private
            )
        except OSError:
            return ""
        faulthandler.enable(self._dump)
        return before

    def uninstall(self) -> None:
        """Gives the hooks back; the run has ended well."""
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        qInstallMessageHandler(None)
        if self._dump is not None:
            faulthandler.disable()
            self._dump.close()
            self._dump = None
            with contextlib.suppress(OSError):
                self._dump_path.unlink()

    def note(self, error: BaseException, where: str) -> None:
        """Stores a report and tells of it; never raises, and does not hear itself."""
        if getattr(self._noting, "now", False):
            return
        self._noting.now = True
        try:
            self._note(error, where)
        except Exception as other:
            with contextlib.suppress(Exception):
                log.error("a report could not be made: %s", type(other).__name__)
        finally:
            self._noting.now = False

    def _note(self, error: BaseException, where: str) -> None:
        if os.environ.get("CRMDESK_DEBUG") and sys.stderr is not None:
            traceback.print_exception(error)
        if isinstance(error, CrmError):
            log.warning("refused, heard by %s: %s", where, type(error).__name__)
            if not isinstance(error, Cancelled):
                self.refused.emit(error)
            return
        mark = crashes.signature(error)
        self._seen[mark] = self._seen.get(mark, 0) + 1
        if self._seen[mark] > 1:
            self.again.emit()
            return
        report = crashes.described(error, where=where, facts=self._sizes())
        log.error("caught by %s\n%s", where, crashes.traced(error))
        with contextlib.suppress(OSError):
            crashes.write(report)
        if len(self._seen) <= MOST_TOLD:
            self.happened.emit(report)

    def _sizes(self) -> Mapping[str, object]:
        try:
            return self._facts() if threading.current_thread() is threading.main_thread() else {}
        except Exception as error:
            return {"Sizes": type(error).__name__}

    def _left_behind(self) -> str:
        """The report of what the run before this one wrote when it was ended by a hard crash."""
        if not self._dump_path.exists() or not (dump := self._dump_path.read_text("utf-8", "replace").strip()):
            return ""
        report = crashes.described_dump(dump, facts={})
        crashes.write(report)
        return report

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.note(error, "the window")

    def _on_thread_exception(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None and not isinstance(told.exc_value, SystemExit):
            self.note(told.exc_value, "a thread")

    def _on_unraisable(self, told: sys.UnraisableHookArgs) -> None:
        if told.exc_value is not None:
            self.note(told.exc_value, "the interpreter")


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """The kind of the message goes to the log; its words, which may quote anything, to who started us in a terminal."""
    if kind in _GRAVE:
        log.log(_GRAVE[kind], "Qt said something, category %s", context.category or "?")
    if sys.stderr is not None and kind is not QtMsgType.QtDebugMsg:
        with contextlib.suppress(Exception):
            sys.stderr.write(message + "\n")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
