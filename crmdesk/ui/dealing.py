"""Deals by any door: moved between their stages, started, edited; their people; the list of stages. A step each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMenu

from crmdesk.domain.errors import CrmError
from crmdesk.domain.records import Id, Opportunity
from crmdesk.services import deals, dossiers
from crmdesk.services.deal_stages import StageInput
from crmdesk.services.subjects import name_of
from crmdesk.ui.context import Context
from crmdesk.ui.dialogs.deal import DealEdit, DealSheet
from crmdesk.ui.dialogs.list_sheet import Edited, Entry, ListSheet, percent_of
from crmdesk.ui.dialogs.part import AddPartSheet, NewPart, PartSheet
from crmdesk.ui.models.source import Drop
from crmdesk.ui.mover import MoveAction
from crmdesk.ui.typed import Typed
from crmdesk.words import _, ngettext


class Dealing(QObject):
    """Writes what is done to deals, and opens the sheet where something is asked."""

    def __init__(self, context: Context, typed: Typed, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._typed = context, typed
        self._deal, self._part = Id(0), Id(0)

    def is_deal(self, card: Id) -> bool:
        """Whether this is an opportunity."""
        try:
            return isinstance(dossiers.read(self._context.db, card).subject, Opportunity)
        except CrmError:
            return False

    # Moving

    def drop(self, drop: Drop) -> None:
        """Deals were let go on a stage, by mouse or key."""
        self.move(drop.ids, drop.stage, before=drop.before, door=drop.door)

    def move(self, ids: Sequence[Id], stage: str, *, before: Id | None = None, door: str = "menu") -> None:
        """Moves deals to a deal stage."""
        moved: list[Id] = []

        def act() -> None:
            moved.extend(deals.move(self._context.db, list(ids), stage, before=before, door=door))

        if self._context.attempt(act) and moved:
            self._context.notify.done(self._moved_text(moved, stage))

    def step(self, ids: Sequence[Id], direction: int) -> None:
        """Moves to the deal stage before (-1) or after (+1)."""
        keys = [each.key for each in deals.stages(self._context.db)]
        here = dossiers.read(self._context.db, ids[0]).opportunity if ids else None
        if here is None or here.deal_stage not in keys:
            return
        place = keys.index(here.deal_stage) + direction
        if 0 <= place < len(keys):
            self.move(ids, keys[place], door="key")

    def move_menu(self, parent: QMenu, ids: Sequence[Id]) -> QMenu:
        """Fills a menu with the deal stages, each with its digit; the one they are in cannot be chosen."""
        read = [each.opportunity for each in dossiers.read_many(self._context.db, list(ids))]
        here = {deal.deal_stage for deal in read if deal is not None}
        for number, stage in enumerate(deals.stages(self._context.db), start=1):
            text = _("&{number} {stage}").format(number=number, stage=stage.label.replace("&", "&&"))
            action = MoveAction(parent, text, partial(self.move, tuple(ids), stage.key, door="menu"))
            action.setEnabled(here != {stage.key})
            parent.addAction(action)
        return parent

    def quick_start(self, stage: str, text: str, event: Id | None) -> Id | None:
        """Starts a deal with whom one line names; None when it was refused, with the reason said."""
        made: list[Id] = []

        def act() -> None:
            made.append(deals.quick_start(self._context.db, text, deal_stage=stage, event=event))

        if not self._context.attempt(act):
            return None
        name = name_of(dossiers.read(self._context.db, made[0]))
        self._context.notify.done(_("{name} is added.").format(name=name))
        return made[0]

    # Editing

    def edit(self, ids: Sequence[Id], at: str = "") -> None:
        """Opens the sheet of the first deal, at a field."""
        if not ids:
            return
        self._deal = ids[0]
        deal = dossiers.read(self._context.db, self._deal).opportunity
        if deal is not None:
            sheet = DealSheet(self._context.theme, deal, deals.stages(self._context.db), self._typed, at=at)
            self._context.ask(sheet, self._on_edited, f"deal:{self._deal}")

    def edit_part(self, deal: Id, part: object) -> None:
        """Asks which part somebody has."""
        found = next((each for each in deals.parts(self._context.db, deal) if each.id == part), None)
        if found is not None:
            self._part = found.id
            sheet = PartSheet(self._context.theme, name=found.name, role=found.role)
            sheet.removal_wanted.connect(self._on_taken_out)
            self._context.ask(sheet, self._on_part, f"part:{found.id}")

    def add_part(self, deal: Id) -> None:
        """Asks who else has a part in a deal."""
        self._deal = deal
        dossier = dossiers.read(self._context.db, deal)
        name = dossier.opportunity.name if dossier.opportunity else name_of(dossier)
        sheet = AddPartSheet(self._context.theme, deals.candidates(self._context.db, deal), deal=name)
        self._context.ask(sheet, self._on_new_part, f"add_part:{deal}")

    def edit_stages(self) -> None:
        """Opens the list of deal stages, once the menu it came from is gone."""
        QTimer.singleShot(0, self, self._open_stages)

    # Own parts

    def _open_stages(self) -> None:
        entries = [
            Entry(key=each.key, text=each.label, percent="" if each.probability is None else f"{each.probability} %")
            for each in deals.stages(self._context.db)
        ]
        sheet = ListSheet(
            self._context.theme,
            entries,
            title=_("Deal stages"),
            hint=_("In the order of the board. Each gives its deals a probability in percent, unless set by hand."),
            entry_name=_("Stage"),
            add=_("Add a stage"),
            with_percent=True,
            held=deals.in_stages(self._context.db),
        )
        self._context.ask(sheet, self._on_stages, "deal_stages")

    def _moved_text(self, ids: Sequence[Id], stage: str) -> str:
        word = next((each.label for each in deals.stages(self._context.db) if each.key == stage), stage)
        if len(ids) == 1:
            return _("{name} moved to {stage}.").format(
                name=name_of(dossiers.read(self._context.db, ids[0])), stage=word
            )
        return ngettext("{count} card moved to {stage}.", "{count} cards moved to {stage}.", len(ids)).format(
            count=len(ids), stage=word
        )

    # Slots

    def _on_edited(self, edit: DealEdit) -> None:
        empty = {"amount": edit.amount_cents, "probability": edit.probability}
        self._context.attempt(
            partial(
                deals.edit,
                self._context.db,
                self._deal,
                name=edit.name,
                amount_cents=edit.amount_cents,
                currency=edit.currency or None,
                expected_close=edit.expected_close,
                probability=edit.probability,
                supplier=edit.supplier,
                terms=edit.terms,
                contract=edit.contract,
                deal_stage=edit.deal_stage or None,
                clear=[key for key, number in empty.items() if number is None],
            ),
            _("Saved: {name}.").format(name=edit.name),
        )

    def _on_part(self, role: str) -> None:
        self._context.attempt(partial(deals.change_part, self._context.db, self._part, role), _("The part is changed."))

    def _on_taken_out(self) -> None:
        self._context.attempt(
            partial(deals.remove_part, self._context.db, self._part), _("Taken out of the opportunity.")
        )

    def _on_new_part(self, new: NewPart) -> None:
        db = self._context.db
        if new.person is not None:
            act = partial(deals.add_person, db, self._deal, new.person, new.role)
        else:
            act = partial(deals.add_new_person, db, self._deal, new.name, new.role)
        self._context.attempt(act, _("Added to the opportunity."))

    def _on_stages(self, edited: Edited) -> None:
        stages = [
            StageInput(key=entry.key, text=entry.text, probability=percent_of(entry.percent))
            for entry in edited.entries
        ]
        act = partial(deals.change_stages, self._context.db, stages, into=edited.into)
        self._context.attempt(act, _("The deal stages are changed."))
