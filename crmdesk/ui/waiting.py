"""Drafts that wait since last time: the newest is told of when a workspace opens, with the way back to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QObject

from crmdesk import words
from crmdesk.domain.errors import CrmError
from crmdesk.domain.records import Id
from crmdesk.services import drafts, profiles
from crmdesk.ui.actions import text_of
from crmdesk.ui.context import Context
from crmdesk.ui.notify import ErrorBar
from crmdesk.ui.recorder import Recorder
from crmdesk.ui.views.frame import Frame
from crmdesk.words import _

# The beginning of a sheet's key → the action it is opened by, about the record that follows in the key.
_ABOUT = {"log": "log", "next": "next_step", "point": "add_channel"}
_NEW = ("new_contact", "quick_add")


class Waiting(QObject):
    """Looks once, when the window is there; drafts of other sheets come back when their sheet is opened."""

    def __init__(self, context: Context, frame: Frame, recorder: Recorder, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._frame = context, frame
        self._new: Mapping[str, Callable[[], None]] = {
            "new_contact": recorder.new_contact,
            "quick_add": recorder.quick,
        }
        self._about: Mapping[str, Callable[[Sequence[Id]], None]] = {
            "log": recorder.log,
            "next_step": recorder.next_step,
            "add_channel": recorder.add_channel,
        }
        self._action, self._record = "", Id(0)
        self.bar: ErrorBar | None = None

    def look(self) -> None:
        """Tells of the newest of them."""
        for key, at in drafts.waiting(self._context.db):
            if what := self._told(key):
                self._say(what, at)
                return

    def _told(self, key: str) -> str:
        """What a draft is of, in words; "" for one that is not opened from here."""
        place, _colon, rest = key.partition(":")
        kind, _colon, record = rest.partition(":")
        if place != "sheet":
            return ""
        if kind in _NEW:
            self._action = kind
            return text_of(self._action).rstrip("…")
        if kind not in _ABOUT or not record.isdigit():
            return ""
        self._action, self._record = _ABOUT[kind], Id(int(record))
        try:
            name = profiles.name(self._context.db, self._record)
        except CrmError:
            return ""
        return words.side_by_side(text_of(self._action).rstrip("…"), name)

    def _say(self, what: str, at: datetime) -> None:
        day = words.day_in_sentence(at.astimezone().date(), today=self._context.clock.today())
        self.bar = ErrorBar(self._context.theme)
        self.bar.acted.connect(self._on_acted)
        self._frame.add_line(self.bar)
        self.bar.say(_("A draft of {day} waits: {what}.").format(day=day, what=what), action=_("Open"), warning=True)

    def _on_acted(self) -> None:
        assert self.bar is not None
        self.bar.hide()
        if self._action in self._new:
            self._new[self._action]()
        else:
            self._about[self._action]([self._record])
