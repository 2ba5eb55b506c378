"""The one table of actions: what can be done, its words, its key, its menu, and when it can be done.

Menus, key help and the README's list of keys are made from it. Keys are plain letters (free while no text field has the
focus), Ctrl with a key, Shift with a letter, or function keys: Alt belongs to the menus, Ctrl+Alt to other alphabets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from crmdesk.ui import menus
from crmdesk.ui.keys import printed
from crmdesk.ui.theme import Theme
from crmdesk.words import LANGUAGES, N_, _

# When an action can be done: what must hold. `Actions.enable` is told which hold.
ALWAYS, WRITABLE, CARD, LEAD, DEAL, CLOSED = "always", "writable", "card", "lead", "deal", "closed"
OPEN = "open"  # leads and opportunities that are still on the path
RECORD = "record"  # a card, a person or an organisation
CAN_UNDO, CAN_REDO = "can_undo", "can_redo"
HERE = "here"  # the page that is seen offers it (`Page.acts`)

MENUS: dict[str, str] = {
    "file": N_("&File"),
    "edit": N_("&Edit"),
    "view": N_("&View"),
    "record": N_("&Record"),
    "go": N_("&Go"),
    "help": N_("&Help"),
}

SUBMENUS: dict[str, tuple[str, str]] = {"language": (N_("Language"), "web")}  # words and icon


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One action. `group` separates it in its menu from others; `choice` names the set of which one is ticked.

    With `within` it stands in that one of SUBMENUS, at the place of the first one there.

    `pages` are the keys of the screens that act on it, when it is one of rule HERE: two of them may share a key of the
    keyboard as long as no screen has both.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    menu: str = ""
    group: int = 0
    icon: str = ""
    rule: str = ALWAYS
    choice: str = ""
    within: str = ""
    pages: tuple[str, ...] = ()
    role: QAction.MenuRole = QAction.MenuRole.NoRole


BOARDS = ("board", "deals")
PAGES = ("record",)
LISTS = ("people", "organisations")
# The screens of the Go menu, by key, in the order of their digits.
PLACES: dict[str, str] = {
    "today": N_("Today"),
    "board": N_("Board"),
    "deals": N_("Deals"),
    "people": N_("People"),
    "organisations": N_("Organisations"),
    "definitions": N_("Definitions"),
}

TABLE: tuple[Act, ...] = (
    Act(id="new_contact", text=N_("New contact…"), keys=("Ctrl+N",), menu="file", icon="plus", rule=WRITABLE),
    Act(id="quick_add", text=N_("Quick add…"), keys=("Q", "Ctrl+Shift+A"), menu="file", icon="plus", rule=WRITABLE),
    Act(id="import", text=N_("Import…"), keys=("Ctrl+I",), menu="file", icon="import", rule=WRITABLE),
    Act(id="new_workspace", text=N_("New workspace…"), keys=("Ctrl+Shift+N",), menu="file", group=1),
    Act(id="open", text=N_("Open workspace…"), keys=("Ctrl+O",), menu="file", group=1),
    Act(id="workspace", text=N_("Workspace…"), menu="file", group=1, icon="edit", rule=WRITABLE),
    Act(id="save_copy", text=N_("Save a copy…"), menu="file", group=2),
    Act(id="backup", text=N_("Back up now"), menu="file", group=2),
    Act(id="restore", text=N_("Restore…"), menu="file", group=2, icon="history", rule=WRITABLE),
    Act(
        id="print_page",
        text=N_("Print one page…"),
        keys=("Ctrl+P",),
        menu="file",
        group=2,
        icon="document",
        rule=HERE,
        pages=("definitions",),
    ),
    Act(id="close", text=N_("Close window"), keys=("Ctrl+W",), menu="file", group=3),
    Act(id="quit", text=N_("Quit"), keys=("Ctrl+Q",), menu="file", group=3, role=QAction.MenuRole.QuitRole),
    Act(id="undo", text=N_("Undo"), keys=("Ctrl+Z",), menu="edit", icon="undo", rule=CAN_UNDO),
    Act(id="redo", text=N_("Redo"), keys=("Ctrl+Shift+Z", "Ctrl+Y"), menu="edit", icon="redo", rule=CAN_REDO),
    Act(id="history", text=N_("History…"), keys=("Ctrl+H",), menu="edit", group=1, icon="history"),
    Act(id="trash", text=N_("Trash…"), menu="edit", group=1, icon="trash"),
    Act(id="search", text=N_("Search"), keys=("Ctrl+K", "/"), menu="edit", group=1, icon="search"),
    Act(id="panel", text=N_("Record panel"), keys=("P",), menu="view", rule=HERE, pages=BOARDS),
    Act(id="fold", text=N_("Fold or open the column"), keys=("F",), menu="view", icon="fold", rule=HERE, pages=BOARDS),
    Act(id="deal_stages", text=N_("Deal stages…"), menu="view", icon="edit", rule=HERE, pages=("deals",)),
    Act(id="theme_system", text=N_("Colours as the system"), menu="view", group=1, choice="theme"),
    Act(id="theme_light", text=N_("Light colours"), menu="view", group=1, choice="theme"),
    Act(id="theme_dark", text=N_("Dark colours"), menu="view", group=1, choice="theme"),
    *(
        Act(id=f"language_{key}", text=name, menu="view", group=1, choice="language", within="language")
        for key, name in (("system", N_("As the system")), *LANGUAGES.items())
    ),
    Act(id="text_larger", text=N_("Larger text"), keys=("Ctrl++", "Ctrl+="), menu="view", group=2),
    Act(id="text_smaller", text=N_("Smaller text"), keys=("Ctrl+-",), menu="view", group=2),
    Act(id="text_normal", text=N_("Usual text size"), keys=("Ctrl+0",), menu="view", group=2),
    Act(id="next_step", text=N_("Next step…"), keys=("N",), menu="record", icon="next_step", rule=RECORD),
    Act(id="later", text=N_("Later…"), keys=("S",), menu="record", icon="timeline", rule=HERE, pages=("today",)),
    Act(
        id="on_board",
        text=N_("Show on the board"),
        keys=("B",),
        menu="record",
        icon="board",
        rule=HERE,
        pages=("today",),
    ),
    Act(id="start_lead", text=N_("Start a lead…"), menu="record", icon="plus", rule=RECORD),
    Act(id="log", text=N_("Log…"), keys=("L",), menu="record", icon="note", rule=RECORD),
    Act(id="consent", text=N_("Record consent…"), keys=("K",), menu="record", icon="given", rule=RECORD),
    Act(id="add_channel", text=N_("Add a channel…"), keys=("A",), menu="record", icon="channels", rule=RECORD),
    Act(id="edit", text=N_("Edit…"), keys=("E",), menu="record", icon="edit", rule=RECORD),
    Act(id="why", text=N_("Why here?"), keys=("W",), menu="record", group=1, icon="why", rule=CARD),
    Act(id="move_to", text=N_("Move to"), keys=("M",), menu="record", group=1, icon="moved", rule=CARD),
    Act(id="move_left", text=N_("Move to the stage before"), keys=("Ctrl+Left",), menu="record", group=1, rule=CARD),
    Act(id="move_right", text=N_("Move to the next stage"), keys=("Ctrl+Right",), menu="record", group=1, rule=CARD),
    *(
        Act(id=f"place_{way}", text=text, keys=(key,), menu="record", group=1, rule=HERE, pages=BOARDS)
        for way, text, key in (("up", N_("Move up"), "Ctrl+Shift+Up"), ("down", N_("Move down"), "Ctrl+Shift+Down"))
    ),
    Act(id="convert", text=N_("Convert…"), keys=("C",), menu="record", group=1, icon="deal", rule=LEAD),
    Act(id="not_now", text=N_("Not now…"), keys=("Shift+N",), menu="record", group=2, icon="not_now", rule=OPEN),
    Act(id="not_a_fit", text=N_("Not a fit…"), keys=("Shift+F",), menu="record", group=2, icon="not_a_fit", rule=LEAD),
    Act(id="won", text=N_("Won"), keys=("Shift+W",), menu="record", group=2, icon="won", rule=DEAL),
    Act(id="lost", text=N_("Lost…"), keys=("Shift+L",), menu="record", group=2, icon="lost", rule=DEAL),
    Act(id="reopen", text=N_("Bring back"), keys=("Shift+B",), menu="record", group=2, icon="undo", rule=CLOSED),
    Act(id="new_deal", text=N_("New deal"), keys=("D",), menu="record", group=3, icon="deal", rule=HERE, pages=PAGES),
    Act(id="open_page", text=N_("Open the page"), keys=("O",), menu="record", group=3, icon="card", rule=CARD),
    Act(id="list_tag", text=N_("Tag…"), keys=("T",), menu="record", group=3, icon="tag", rule=HERE, pages=LISTS),
    Act(
        id="list_owner",
        text=N_("Owner…"),
        keys=("Shift+O",),
        menu="record",
        group=3,
        icon="person",
        rule=HERE,
        pages=LISTS,
    ),
    Act(
        id="remove",
        text=N_("Remove"),
        keys=("Del",),
        menu="record",
        group=3,
        icon="trash",
        rule=HERE,
        pages=PAGES + LISTS,
    ),
    Act(id="keys", text=N_("Keys"), keys=("F1",), menu="help", icon="info"),
    Act(id="back", text=N_("Back"), keys=("Ctrl+[",), menu="go"),
    *(
        Act(id=f"go_{key}", text=name, keys=(f"Ctrl+{number}",), menu="go", group=1)
        for number, (key, name) in enumerate(PLACES.items(), start=1)
    ),
)


_ICON = "icon_name"
_KEY_MARK = re.compile(r"\(&\w\)|&")  # "&File", and "檔案(&F)" where the letter is not of the word


class Actions(QObject):
    """The actions of one window. Only what has a handler (`on`) appears in menus and answers to keys."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._theme = window, theme
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        theme.changed.connect(self._on_theme_changed)

    def on(self, action: str, slot: Callable[[], object]) -> QAction:
        """Makes the action of that id and connects it to a bound method; KeyError for an id nobody knows."""
        act = _BY_ID[action]
        made = self._actions.get(action) or self._make(act)
        made.triggered.connect(slot)
        return made

    def get(self, action: str) -> QAction:
        """The action of that id; KeyError when it has no handler."""
        return self._actions[action]

    def can_be_done(self) -> Iterator[tuple[Act, QAction]]:
        """All that can be done now, in the order of the table."""
        for act in TABLE:
            action = self._actions.get(act.id)
            if action is not None and action.isEnabled() and not action.isChecked():
                yield act, action

    def enable(self, holds: Iterable[str], here: Iterable[str] = ()) -> None:
        """Which rules hold now, and which actions of its own the page that is seen offers; ALWAYS holds always."""
        now, offered = {ALWAYS, *holds}, set(here)
        for name, action in self._actions.items():
            action.setEnabled(name in offered or _BY_ID[name].rule in now)

    def tick(self, action: str) -> None:
        """Ticks one of a set of choices."""
        if action in self._actions:
            self._actions[action].setChecked(True)

    def fill(self, bar: QMenuBar) -> None:
        """Builds the menus of a window from the table."""
        for name, title in MENUS.items():
            if acts := self._present(act for act in TABLE if act.menu == name):
                self.fill_menu(bar.addMenu(_(title)), acts)

    def fill_menu(self, menu: QMenu, acts: Iterable[Act]) -> None:
        """Adds actions to a menu, a line between groups."""
        group = None
        within: dict[str, QMenu] = {}
        for act in self._present(acts):
            if group is not None and act.group != group:
                menu.addSeparator()
            group = act.group
            if act.within and act.within not in within:
                title, icon = SUBMENUS[act.within]
                within[act.within] = menu.addMenu(self._theme.icon(icon), _(title))
                within[act.within].setProperty(_ICON, icon)
            within.get(act.within, menu).addAction(self._actions[act.id])

    def context_menu(self, parent: QWidget) -> QMenu:
        """The Record menu, for a right click on a card."""
        menu = menus.passing(parent)
        self.fill_menu(menu, (act for act in TABLE if act.menu == "record"))
        return menu

    def _present(self, acts: Iterable[Act]) -> list[Act]:
        return [act for act in acts if act.id in self._actions]

    def _make(self, act: Act) -> QAction:
        action = QAction(_(act.text), self._window)
        action.setObjectName(act.id)
        action.setShortcuts([QKeySequence(key) for key in act.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setMenuRole(act.role)
        if act.icon:
            action.setIcon(self._theme.icon(act.icon))
        if act.choice:
            action.setCheckable(True)
            self._group(act.choice).addAction(action)
        self._window.addAction(action)
        self._actions[act.id] = action
        return action

    def _group(self, name: str) -> QActionGroup:
        if name not in self._groups:
            self._groups[name] = QActionGroup(self)
        return self._groups[name]

    def _on_theme_changed(self) -> None:
        for name, action in self._actions.items():
            if icon := _BY_ID[name].icon:
                action.setIcon(self._theme.icon(icon))
        for menu in self._window.findChildren(QMenu):  # asked for now: one that is kept may have gone meanwhile
            if icon := menu.property(_ICON):
                menu.setIcon(self._theme.icon(icon))


_BY_ID = {act.id: act for act in TABLE}


def key_of(action: str) -> str:
    """The first key of an action as it is printed; "" when it has none."""
    keys = _BY_ID[action].keys
    return printed(keys[0]) if keys else ""


def text_of(action: str) -> str:
    """The words of an action in the language in use."""
    return _(_BY_ID[action].text)


def key_table() -> list[tuple[str, str, str]]:
    """All keys for help and README: menu, action, keys as printed; actions without a key are left out."""
    rows: list[tuple[str, str, str]] = []
    for act in TABLE:
        if act.keys:
            menu = _KEY_MARK.sub("", _(MENUS[act.menu])) if act.menu else ""
            rows.append((menu, _(act.text).rstrip("…"), ", ".join(printed(key) for key in act.keys)))
    return rows
