"""Moving cards by any door: what passes moves at once, what lacks something is asked about, one card after the other.

Every door (drag, Ctrl+arrows, M, menu, panel) ends in `move`. Sheets open by queued calls, never inside a handler.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.domain.errors import CrmError, NeedsConversion, NeedsTakingBack, RuleBroken
from crmdesk.domain.records import Id
from crmdesk.services import dossiers, moves, profiles, workspace
from crmdesk.services.moves import Asked
from crmdesk.services.subjects import name_of
from crmdesk.services.transitions import ASKS, BLOCKED, CONVERTS, TAKES_BACK
from crmdesk.services.workspace import ReasonInput
from crmdesk.ui.actions import CARD, CLOSED, DEAL, LEAD, OPEN, RECORD
from crmdesk.ui.context import Context
from crmdesk.ui.dialogs.exits import Exit, ParkSheet, lost_sheet, not_a_fit_sheet
from crmdesk.ui.dialogs.list_sheet import Edited, Entry, ListSheet
from crmdesk.ui.models.source import Drop
from crmdesk.ui.questions import Question, Questions
from crmdesk.ui.sheet import Sheet
from crmdesk.ui.typed import Typed
from crmdesk.words import N_, NN_, _, ngettext

_LEFT = {
    "not_now": N_("{name} is parked. Search finds the card."),
    "not_a_fit": N_("{name} left the board as not a fit. Search finds the card."),
    "won": N_("{name}: the opportunity is won."),
    "lost": N_("{name}: the opportunity is lost. Search finds the card."),
}
_LEFT_TOGETHER = {
    "not_now": NN_("{count} card is parked.", "{count} cards are parked."),
    "not_a_fit": NN_("{count} card left the board as not a fit.", "{count} cards left the board as not a fit."),
    "won": NN_("{count} opportunity is won.", "{count} opportunities are won."),
    "lost": NN_("{count} opportunity is lost.", "{count} opportunities are lost."),
}
_REASON_TITLES = {"not_a_fit": N_("Reasons for “Not a fit”"), "lost": N_("Reasons for “Lost”")}


class Mover(QObject):
    """Moves, converts, parks and closes cards.

    Signals: came_back(object) the id of a card that is on the board again.
    """

    came_back = Signal(object)

    def __init__(self, context: Context, typed: Typed, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._typed = context, typed
        self.questions = Questions(context, self._typed, self)
        self._leaving: tuple[list[Id], str] = ([], "")
        self._listed = ""

    def rules(self, ids: Sequence[Id]) -> set[str]:
        """Which rules of the action table hold for these cards."""
        if not ids or self._context.db.read_only:
            return set()
        try:
            states = dossiers.states(self._context.db, list(ids))
        except CrmError:
            return self._rules_on_file(ids)
        holds = {CARD, RECORD}
        if states == {("lead", "")}:
            holds.add(LEAD)
        if states == {("opportunity", "")}:
            holds.add(DEAL)
        if not any(left for _kind, left in states):
            holds.add(OPEN)
        if all(left in ("not_now", "not_a_fit", "won", "lost") for _kind, left in states):
            holds.add(CLOSED)
        return holds

    def _rules_on_file(self, ids: Sequence[Id]) -> set[str]:
        """What holds for people and organisations."""
        try:
            return {RECORD} if all(profiles.kind(self._context.db, each) for each in ids) else set()
        except CrmError:
            return set()

    # Moving

    def drop(self, drop: Drop) -> None:
        """Cards were let go on a stage, by mouse or key."""
        self.move(list(drop.ids), drop.stage, before=drop.before, door=drop.door)

    def move(self, ids: Sequence[Id], stage: str, *, before: Id | None = None, door: str = "menu") -> None:
        """Moves what may move; the rest is asked about, one sheet after the other."""
        try:
            done = moves.move(self._context.db, list(ids), stage, before=before, door=door)
        except RuleBroken as refused:
            self._refused(refused, ids[0], stage)
            return
        except CrmError as error:
            self._context.refuse(error)
            return
        if done.moved:
            self.questions.say_moved(done, stage)
        self.questions.ask([Question(asked, stage) for asked in done.asked], moved=len(done.moved))

    def step(self, ids: Sequence[Id], direction: int) -> None:
        """Moves to the stage before (-1) or after (+1)."""
        if not ids:
            return
        path = self._context.vocabulary.path
        here = dossiers.stage(self._context.db, ids[0])
        place = (path.index(here) if here in path else -1) + direction
        if 0 <= place < len(path):
            self.move(ids, path[place], door="key")

    def convert(self, ids: Sequence[Id]) -> None:
        """Opens the conversion sheet of a lead; facts its stage still requires are asked first."""
        deal = self._context.vocabulary.by_role("in_deal")
        if ids and deal is not None:
            self.move(ids[:1], deal.key, door="sheet")

    def move_menu(self, parent: QMenu, ids: Sequence[Id]) -> QMenu:
        """Fills a menu with the stages, each with its digit; those the cards are in cannot be chosen."""
        here = {each.stage for each in dossiers.read_many(self._context.db, list(ids))}
        for number, stage in enumerate(self._context.vocabulary.path, start=1):
            word = self._context.vocabulary.word(stage).replace("&", "&&")
            text = _("&{number} {stage}").format(number=number, stage=word)
            action = MoveAction(parent, text, partial(self.move, tuple(ids), stage, door="menu"))
            action.setEnabled(here != {stage})
            parent.addAction(action)
        return parent

    # Leaving the path, and coming back

    def leave(self, ids: Sequence[Id], kind: str) -> None:
        """Asks for the date of *Not now*, the reason of *Not a fit* and *Lost*; *Won* needs nothing."""
        if not ids:
            return
        if kind == "won":
            self._let_go(partial(moves.won, self._context.db, list(ids), door="menu"), ids, kind)
            return
        self._leaving = (list(ids), kind)
        QTimer.singleShot(0, self, self._open_exit)

    def reopen(self, ids: Sequence[Id]) -> None:
        """Brings parked and closed cards back to where they left; what was closed as a new attempt."""
        if not ids:
            return
        back: list[Id] = []

        def act() -> None:
            back.extend(moves.reopen(self._context.db, list(ids), door="menu"))

        text = ngettext("{count} card is back.", "{count} cards are back.", len(ids)).format(count=len(ids))
        if self._context.attempt(act, text) and back:
            self.came_back.emit(back[0])

    def edit_reasons(self, kind: str) -> None:
        """Opens the workspace's list of reasons for *Not a fit* or *Lost*; the exit goes on when it closes."""
        self._listed = kind
        entries = [Entry(key=each.key, text=each.text) for each in workspace.reasons(self._context.db, kind)]
        sheet = ListSheet(
            self._context.theme,
            entries,
            title=_(_REASON_TITLES[kind]),
            hint=_("The first nine have a digit. What was closed before keeps its words."),
            entry_name=_("Reason"),
            add=_("Add a reason"),
        )
        sheet.closed.connect(self._on_reasons_closed)
        self._context.ask(sheet, self._on_reasons, f"reasons:{kind}")

    # Own parts

    def _refused(self, refused: RuleBroken, card: Id, stage: str) -> None:
        kind = BLOCKED
        if isinstance(refused, NeedsConversion):
            kind = CONVERTS
        elif isinstance(refused, NeedsTakingBack):
            kind = TAKES_BACK
        elif refused.missing:
            kind = ASKS
        if kind == BLOCKED:
            self._context.notify.failed(refused.what, refused.remedy)
            return
        self.questions.ask([Question(Asked(id=card, kind=kind, missing=refused.missing), stage)])

    def _open_exit(self) -> None:
        ids, kind = self._leaving
        theme, db = self._context.theme, self._context.db
        name = name_of(dossiers.read(db, ids[0]))
        sheet: Sheet
        if kind == "not_now":
            sheet = ParkSheet(theme, self._typed, name=name, count=len(ids))
        else:
            reasons = [(each.key, each.text) for each in workspace.reasons(db, kind)]
            make = lost_sheet if kind == "lost" else not_a_fit_sheet
            sheet = make(theme, reasons, name=name, count=len(ids))
            sheet.list_wanted.connect(self._on_list_wanted)
        self._context.ask(sheet, self._on_exit, f"{kind}:{ids[0]}")

    def _on_exit(self, chosen: str | Exit) -> None:
        ids, kind = self._leaving
        db = self._context.db

        def act() -> None:
            if isinstance(chosen, str):
                moves.park(db, ids, wake_on=chosen, door="sheet")
            elif kind == "lost":
                moves.lost(db, ids, reason=chosen.reason, note=chosen.note, door="sheet")
            else:
                moves.not_a_fit(db, ids, reason=chosen.reason, note=chosen.note, door="sheet")

        self._let_go(act, ids, kind)

    def _on_list_wanted(self) -> None:
        QTimer.singleShot(0, self, self._open_reasons)

    def _open_reasons(self) -> None:
        self.edit_reasons(self._leaving[1])

    def _on_reasons(self, edited: Edited) -> None:
        reasons = [ReasonInput(key=entry.key, text=entry.text) for entry in edited.entries]
        act = partial(workspace.change_reasons, self._context.db, self._listed, reasons)
        self._context.attempt(act, _("The list of reasons is changed."))

    def _on_reasons_closed(self) -> None:
        QTimer.singleShot(0, self, self._go_on_with_exit)

    def _go_on_with_exit(self) -> None:
        """Asks for the reason again, from the new list; not when the window is on its way out."""
        window = self.parent()
        if isinstance(window, QWidget) and window.isVisible():
            self._open_exit()

    def _let_go(self, act: Callable[[], object], ids: Sequence[Id], kind: str) -> None:
        if self._context.attempt(act):
            self._context.notify.done(self._left_text(ids, kind))

    def _left_text(self, ids: Sequence[Id], kind: str) -> str:
        if len(ids) == 1:
            name = name_of(dossiers.read(self._context.db, ids[0]))
            return _(_LEFT[kind]).format(name=name)
        one, many = _LEFT_TOGETHER[kind]
        return ngettext(one, many, len(ids)).format(count=len(ids))


class MoveAction(QAction):
    """One stage in the menu *Move to*."""

    def __init__(self, parent: QMenu, text: str, act: Callable[[], object]) -> None:
        super().__init__(text, parent)
        self._act = act
        self.triggered.connect(self._on_triggered)

    def _on_triggered(self) -> None:
        self._act()
