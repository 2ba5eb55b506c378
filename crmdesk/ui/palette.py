"""The palette under the search field: records as they are found, and the actions that can be done now, with keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, Signal

from crmdesk.domain.fold import fold
from crmdesk.domain.records import NO_ID
from crmdesk.services import searches
from crmdesk.ui import panel_reader
from crmdesk.ui.actions import Act, Actions, key_of
from crmdesk.ui.context import Context
from crmdesk.ui.views.search import MOST, Found, HitList, Search
from crmdesk.ui.views.search_field import SearchField
from crmdesk.words import _

ACTIONS_BESIDE = 4  # rows that actions may take while people and deals were found as well
ALL = "all_found"


class Palette(QObject):
    """Looks up what is typed, and does what is chosen.

    Signals: opened(Found) a record was chosen; all_wanted(str) everybody found by these words is to be listed; left()
    the field gives the focus back.
    """

    opened = Signal(object)
    all_wanted = Signal(str)
    left = Signal()

    def __init__(self, context: Context, field: SearchField, hits: HitList, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._field, self._actions = context, field, actions
        self._text = ""  # what was looked up last
        self._search = Search(field, hits, self._find)
        self._search.opened.connect(self._on_opened)
        self._search.left.connect(self.left)

    def open(self) -> None:
        """The field takes the keys; without a text it offers what can be done with what is selected."""
        self._field.setFocus()
        self._field.selectAll()
        self._search.look_up()

    def go_on(self) -> None:
        """The field takes the keys after what is typed in it by now, which is looked up."""
        self._field.setFocus()
        self._field.end(False)
        self._search.look_up()

    def _find(self, text: str) -> Sequence[Found]:
        acts = list(self._acts(text))
        if not text:
            return acts[:MOST]
        records = panel_reader.found(self._context, searches.find(self._context.db, text, MOST + 1))
        beside = min(len(acts), max(ACTIONS_BESIDE, MOST - len(records)))
        room, self._text = MOST - beside, text
        more = [self._all(text)] if len(records) > room else []
        kept = sorted(records[: room - len(more)], key=_deals_last)
        return [*kept, *more, *acts[:beside]]

    def _all(self, text: str) -> Found:
        return Found(NO_ID, "action", _("List all people found"), f"“{text}”", "", _("Actions"), ALL, "people")

    def _acts(self, text: str) -> Iterator[Found]:
        """Actions with all the words typed, those that begin with them first; without any, those about the record."""
        wanted = fold(text).split()
        found: list[tuple[bool, Act]] = []
        for act, action in self._actions.can_be_done():
            said = fold(action.text().replace("&", "").rstrip("…"))
            known = f"{said} {said.replace(' ', '')}"  # "backup" is found in "Back up now", too
            if act.id != "search" and all(word in known for word in wanted) and (wanted or act.menu == "record"):
                found.append((not said.startswith(" ".join(wanted)), act))
        for _later, act in sorted(found, key=_first):
            words = _(act.text).replace("&", "").rstrip("…")
            yield Found(NO_ID, "action", words, "", key_of(act.id), _("Actions"), act.id, act.icon or "echo")

    def _on_opened(self, found: Found) -> None:
        if found.act == ALL:
            self.all_wanted.emit(self._text)
        elif found.act:
            self._actions.get(found.act).trigger()
        else:
            self.opened.emit(found)


def _first(pair: tuple[bool, Act]) -> bool:
    return pair[0]


def _deals_last(found: Found) -> bool:
    return found.kind == "opportunity"
