"""Drafts that wait since last time: told of in turn when a workspace opens, the newest first, with the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from crmdesk import words
from crmdesk.domain.errors import CrmError
from crmdesk.domain.records import Id
from crmdesk.services import drafts, profiles
from crmdesk.ui.actions import text_of
from crmdesk.ui.context import Context
from crmdesk.ui.dealing import Dealing
from crmdesk.ui.importer import Importer
from crmdesk.ui.mover import Mover
from crmdesk.ui.notify import ErrorBar
from crmdesk.ui.recorder import Recorder
from crmdesk.ui.views.frame import Frame
from crmdesk.words import _, ngettext

# The beginning of a sheet's key → the action it belongs to, about the record that follows in the key.
_ABOUT = {
    "log": "log",
    "next": "next_step",
    "point": "add_channel",
    "consent": "consent",
    "fact": "why",
    "name": "edit",
    "deal": "edit",
    "gate": "move_to",
    "convert": "convert",
    "not_now": "not_now",
    "not_a_fit": "not_a_fit",
    "lost": "lost",
}


Found = tuple[str, Callable[[], object]]
"""What a draft is of, in words, and what opens it."""


class Waiting(QObject):
    """Looks once, when the window is there; drafts of other sheets come back when their sheet is opened."""

    def __init__(
        self,
        context: Context,
        frame: Frame,
        recorder: Recorder,
        mover: Mover,
        dealing: Dealing,
        importer: Importer,
        open_record: Callable[[Id], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._recorder, self._mover, self._open_record = recorder, mover, open_record
        self._context, self._frame, self._importer = context, frame, importer
        self._new: Mapping[str, Callable[[], None]] = {
            "new_contact": recorder.new_contact,
            "quick_add": recorder.quick,
        }
        self._about: Mapping[str, Callable[[Sequence[Id]], None]] = {
            "log": recorder.log,
            "next": recorder.next_step,
            "point": recorder.add_channel,
            "name": recorder.rename,
            "deal": dealing.edit,
            "convert": mover.convert,
        }
        self._waiting: list[tuple[str, datetime]] = []  # keys, the next to tell of first
        self._told = ""  # the key of the one that the bar tells of
        self._open: Callable[[], object] | None = None
        self.bar: ErrorBar | None = None
        context.sheets.opened.connect(self._on_opened)

    def look(self) -> None:
        """Tells of the newest of them, and how many more wait; not of what was put aside a moment ago."""
        seen = set(self._context.sheets.put_aside)
        for key, at in drafts.waiting(self._context.db):
            if (place := _place(key)) not in seen and self._found(key) is not None:
                seen.add(place)
                self._waiting.append((key, at))
        self._tell()

    def _tell(self) -> None:
        while self._waiting:
            key, at = self._waiting.pop(0)
            if (found := self._found(key)) is not None:
                self._told, (what, self._open) = key, found
                self._say(key, what, at)
                return

    def _found(self, key: str) -> Found | None:
        """None for a draft that is not opened from here."""
        place, _colon, rest = key.partition(":")
        kind, _colon, about = rest.partition(":")
        if place == "record":
            return self._on_page(kind)
        if place != "sheet":
            return None
        if kind in self._new:
            return _named(kind), self._new[kind]
        if kind == "import":
            path = Path(about)
            found = words.side_by_side(_named(kind), path.name), partial(self._importer.import_file, about)
            return found if path.is_file() else None
        number, _colon, more = about.partition(":")
        if kind not in _ABOUT or not number.isdigit():
            return None
        record = Id(int(number))
        try:
            name = profiles.name(self._context.db, record)
        except CrmError:
            return None
        return words.side_by_side(_named(_ABOUT[kind]), name), self._way_to(kind, record, more)

    def _way_to(self, kind: str, record: Id, more: str) -> Callable[[], object]:
        """What opens the sheet; before a gate the page of who stands there: nobody is moved on the way to a draft."""
        if kind in self._about:
            return partial(self._about[kind], [record])
        if kind == "consent":
            return partial(self._recorder.consent, record, int(more) if more.isdigit() else None)
        if kind == "fact":
            return partial(self._recorder.fact, record, more)
        if kind == "gate":
            return partial(self._open_record, record)
        return partial(self._mover.leave, [record], kind)

    def _on_page(self, ref: str) -> Found | None:
        try:
            record = profiles.referred_to(self._context.db, ref)
            return profiles.name(self._context.db, record), partial(self._open_record, record)
        except CrmError:
            return None

    def _say(self, key: str, what: str, at: datetime) -> None:
        if self.bar is None:
            self.bar = ErrorBar(self._context.theme)
            self.bar.acted.connect(self._on_acted)
            self._frame.add_line(self.bar)
        if self._stopped(key):
            text = f"{what}: {_('The import was stopped.')} {_('Everything it had written was taken back.')}"
        else:
            day = words.day_in_sentence(at.astimezone().date(), today=self._context.clock.today())
            text = _("A draft of {day} waits: {what}.").format(day=day, what=what)
        more = len(self._waiting)
        rest = ngettext("{count} more waits.", "{count} more wait.", more).format(count=words.number(more))
        self.bar.say(text, rest if more else "", action=_("Open"), warning=True)

    def _stopped(self, key: str) -> bool:
        """Whether it is of a list that was coming in when the program ended: that was taken back."""
        if not key.startswith("sheet:import:"):
            return False
        draft = self._context.sheets.draft(key.removeprefix("sheet:"))
        return bool(draft.get("working"))

    def _on_acted(self) -> None:
        assert self.bar is not None
        assert self._open is not None
        self.bar.hide()
        self._open()
        self._tell()

    def _on_opened(self) -> None:
        """What the bar tells of was opened by another way: it waits no longer."""
        if self.bar is not None and self.bar.isVisible() and self._context.sheets.gives_back(self._told):
            self.bar.hide()
            self._tell()


def _place(key: str) -> str:
    """What a draft is opened by: all fields of one page by that page."""
    return ":".join(key.split(":")[:2]) if key.startswith("record:") else key


def _named(action: str) -> str:
    return text_of(action).rstrip("…")
