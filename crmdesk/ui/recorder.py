"""Recording by hand: new people, what happened, next steps, channels, consent, answers. A sheet and a step each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from crmdesk.domain.errors import CrmError
from crmdesk.domain.records import Id, Person
from crmdesk.services import (
    activities,
    capture,
    consents,
    dossiers,
    events,
    evidence,
    people,
    profiles,
    quick,
    tasks,
)
from crmdesk.services.quick import Added
from crmdesk.services.quick_line import QuickLine
from crmdesk.services.subjects import name_of
from crmdesk.storage.database import Database
from crmdesk.ui.context import Context
from crmdesk.ui.dialogs.answer import AnswerSheet
from crmdesk.ui.dialogs.asking import Filled, asking
from crmdesk.ui.dialogs.consent import Agreed, ConsentSheet
from crmdesk.ui.dialogs.log import Logged, LogSheet
from crmdesk.ui.dialogs.new_contact import NewContact, NewContactSheet
from crmdesk.ui.dialogs.next_step import NextStepSheet, Planned
from crmdesk.ui.dialogs.point import NewPoint, PointSheet
from crmdesk.ui.dialogs.quick_add import Quick, QuickAddSheet
from crmdesk.ui.dialogs.rename import RenameSheet
from crmdesk.ui.dialogs.start_lead import StartLeadSheet
from crmdesk.ui.typed import Typed
from crmdesk.ui.work import Job
from crmdesk.words import N_, _, ngettext, number

FIRST_SOURCE = "business_card"


class Recorder(QObject):
    """Opens the sheet for what is to be recorded and writes what was filled in.

    Signals: added(object) the id of a lead made in a sheet.
    """

    added = Signal(object)

    def __init__(self, context: Context, typed: Typed, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._typed = context, typed
        self._source = FIRST_SOURCE
        self._event: Id | None = None
        self.shown_event: Id | None = None  # that of the board's filter: somebody new shall be seen there
        self._card = Id(0)

    # Somebody new

    def new_contact(self) -> None:
        """Asks for somebody new; source and event stay as they were chosen last, but for the event filtered by."""
        sheet = NewContactSheet(
            self._context.theme,
            self._context.vocabulary,
            events.listed(self._context.db),
            source=self._source,
            event=self.shown_event or self._event,
        )
        self._context.ask(sheet, self._on_new_contact, "new_contact")

    def quick(self) -> None:
        """Asks for one line about somebody new, and for the next, until the sheet is closed."""
        sheet = QuickAddSheet(
            self._context.theme,
            self._context.vocabulary,
            events.listed(self._context.db),
            read=self._read_line,
            listed=self._listed_lines,
            source=self._source,
            event=self.shown_event or self._event,
        )
        self._context.ask(sheet, self._on_quick, "quick_add")

    def quick_lines(self, stage: str, text: str) -> bool:
        """Asks about a pasted text with somebody on each line, in a column; False when it is no such text."""
        if not self._listed_lines(text):
            return False
        self.quick()
        sheet = self._context.sheets.current
        assert isinstance(sheet, QuickAddSheet)
        sheet.take(text, stage)
        return True

    def start_lead(self, about: Id) -> None:
        """Asks from which source a person or an organisation is to become a lead."""
        if name := self._take([about]):
            sheet = StartLeadSheet(self._context.theme, self._context.vocabulary, name, source=self._source)
            self._context.ask(sheet, self._on_start, f"start:{about}")

    def quick_add(self, stage: str, text: str, event: Id | None) -> Id | None:
        """Adds what one line says, in a column; None when it was refused, with the reason said."""
        try:
            made = quick.add(self._context.db, text, stage=stage, event=event)
        except CrmError as error:
            self._context.refuse(error)
            return None
        name = name_of(dossiers.read(self._context.db, made.lead_id))
        self._context.notify.done(_("{name} is added.").format(name=name))
        return made.lead_id

    def _read_line(self, text: str) -> QuickLine:
        return quick.read(self._context.db, text)

    def _listed_lines(self, text: str) -> list[str]:
        return quick.lines(self._context.db, text)

    def _on_quick(self, new: Quick) -> None:
        self._source, self._event = new.source, new.event
        sheet = self._context.sheets.current
        assert isinstance(sheet, QuickAddSheet)
        if new.each:
            assert sheet.primary is not None
            sheet.primary.setEnabled(False)
            add = partial(_add_many, self._context.db, new)
            self._context.work.start("quick_lines", add, finished=self._on_many, failed=self._on_many_failed)
            return
        try:
            made = quick.add(self._context.db, new.text, source=new.source, event=new.event, stage=new.stage or None)
        except CrmError as error:
            self._context.refuse(error)
            return
        sheet.added(name_of(dossiers.read(self._context.db, made.lead_id)))

    def _on_many(self, added: Added) -> None:
        """They are in; the sheet stays for lines that name nobody, and for what waited in it."""
        sheet = self._context.sheets.current
        if isinstance(sheet, QuickAddSheet):
            if sheet.free("\n".join(added.left)):
                self._context.sheets.done()
            elif added.left:
                text = ngettext("{count} line names nobody.", "{count} lines name nobody.", len(added.left))
                sheet.refuse(
                    text.format(count=number(len(added.left))), _("The others are added. Add a name, or close.")
                )
        text = ngettext("{count} person is added.", "{count} people are added.", len(added.leads))
        self._context.notify.done(text.format(count=number(len(added.leads))))
        self.added.emit(added.leads[0])

    def _on_many_failed(self, error: Exception) -> None:
        if not isinstance(error, CrmError):
            raise error
        self._context.refuse(error)
        sheet = self._context.sheets.current
        if isinstance(sheet, QuickAddSheet) and sheet.primary is not None:
            sheet.primary.setEnabled(True)

    def _on_new_contact(self, new: NewContact) -> None:
        self._source, self._event = new.source, new.event

        def add() -> None:
            captured = capture.add(
                self._context.db,
                name=new.name,
                organisation=new.organisation,
                email=new.email,
                phone=new.phone,
                job_title=new.job_title,
                note=new.note,
                source=new.source,
                event=new.event,
            )
            self._card = captured.lead_id

        if self._write(add, N_("Added: {name}.")):
            self.added.emit(self._card)

    # About the cards chosen

    def log(self, ids: Sequence[Id]) -> None:
        """Asks what happened."""
        if name := self._take(ids):
            sheet = LogSheet(self._context.theme, self._typed, name=name)
            self._context.ask(sheet, self._on_logged, f"log:{self._card}")

    def next_step(self, ids: Sequence[Id]) -> None:
        """Asks what comes next."""
        if name := self._take(ids):
            sheet = NextStepSheet(self._context.theme, self._typed, name=name)
            self._context.ask(sheet, self._on_planned, f"next:{self._card}")

    def add_channel(self, ids: Sequence[Id]) -> None:
        """Asks for a channel."""
        if name := self._take(ids):
            sheet = PointSheet(self._context.theme, name=name)
            self._context.ask(sheet, self._on_point, f"point:{self._card}")

    def rename(self, ids: Sequence[Id]) -> None:
        """Asks for the parts of the name; a firm without a person has none."""
        if not self._take(ids):
            return
        person = profiles.read(self._context.db, self._card).person
        if person is not None:
            self._context.ask(RenameSheet(self._context.theme, person), self._on_renamed, f"name:{self._card}")
        else:
            what = _("There is no person here to name.")
            self._context.notify.failed(what, _("Add somebody of this firm as a new contact."))

    def consent_of(self, ids: Sequence[Id]) -> None:
        """Asks what was agreed for the first channel."""
        if self._take(ids):
            self._ask_consent(None)

    def consent(self, card: Id, point: object) -> None:
        """Asks what was agreed for one channel."""
        if self._take([card]):
            self._ask_consent(point)

    def fact(self, card: Id, fact: str) -> None:
        """Asks one fact: its answer, or evidence for it."""
        if self._take([card]):
            dossier = dossiers.read(self._context.db, card)
            vocabulary = self._context.vocabulary
            stage = dossier.stage if dossier.stage in vocabulary.path else vocabulary.path[0]
            asked = asking(vocabulary, dossier, stage, today=self._typed.today, me=self._context.me, also=(fact,))
            sheet = AnswerSheet(self._context.theme, fact, asked, self._typed)
            self._context.ask(sheet, self._on_fact, f"fact:{card}:{fact}")

    def task_done(self, task: object) -> None:
        """Marks a step as done."""
        assert isinstance(task, int)
        self._write(lambda: tasks.done(self._context.db, Id(task)), N_("Done."))

    # Own parts

    def _name(self) -> str:
        """Whom it was about."""
        try:
            return profiles.name(self._context.db, self._card)
        except CrmError:
            return ""

    def _take(self, ids: Sequence[Id]) -> str:
        """Notes whom it is about; how they are called, "" for nobody."""
        if not ids:
            return ""
        self._card = ids[0]
        return self._name()

    def _ask_consent(self, point: object) -> None:
        known = profiles.read(self._context.db, self._card).points
        if not known:
            what = _("There is no address or number yet.")
            self._context.notify.failed(what, _("Add a channel first, then record what was agreed."))
            return
        points = [(each.id, each.value) for each in known]
        chosen = next((each.id for each in known if each.id == point), None)
        sheet = ConsentSheet(self._context.theme, points, name=self._name(), point=chosen)
        self._context.ask(sheet, self._on_agreed, f"consent:{self._card}:{chosen}")

    def _write(self, act: Callable[[], object], said: str) -> bool:
        if not self._context.attempt(act):
            return False
        self._context.notify.done(_(said).format(name=self._name()))
        return True

    def _on_start(self, source: str) -> None:
        def start() -> None:
            self._card = capture.start(self._context.db, self._card, source=source).lead_id

        if self._write(start, N_("Added: {name}.")):
            self.added.emit(self._card)

    def _on_logged(self, logged: Logged) -> None:
        self._write(
            lambda: activities.log(
                self._context.db,
                self._card,
                kind=logged.kind,
                direction=logged.direction,
                subject=logged.subject,
                note=logged.note,
                at=logged.at,
                depth=logged.depth,
            ),
            N_("Logged: {name}."),
        )

    def _on_planned(self, planned: Planned) -> None:
        self._write(
            lambda: tasks.plan(
                self._context.db,
                self._card,
                title=planned.title,
                due_on=planned.due_on,
                due_time=planned.due_time,
                kind=planned.kind,
                promise=planned.promise,
            ),
            N_("Planned with {name}."),
        )

    def _on_point(self, point: NewPoint) -> None:
        self._write(
            lambda: people.add_point(self._context.db, self._card, point.kind, point.value, point.label),
            N_("Added: {name}."),
        )

    def _on_renamed(self, person: Person) -> None:
        self._write(
            lambda: people.edit(
                self._context.db,
                person.id,
                prefix=person.prefix,
                given=person.given,
                middle=person.middle,
                family=person.family,
                suffix=person.suffix,
                nickname=person.nickname,
                family_first=bool(person.family_first),
            ),
            N_("The name is changed: {name}."),
        )

    def _on_agreed(self, agreed: Agreed) -> None:
        self._write(
            lambda: consents.record(
                self._context.db,
                agreed.point,
                purpose=agreed.purpose,
                state=agreed.state,
                wording=agreed.wording,
                evidence=agreed.evidence,
            ),
            N_("Recorded: {name}."),
        )

    def _on_fact(self, filled: Filled) -> None:
        self._write(
            lambda: evidence.record(
                self._context.db, self._card, answers=list(filled.answers), evidence=list(filled.evidence)
            ),
            N_("Recorded: {name}."),
        )


def _add_many(db: Database, new: Quick, _job: Job) -> Added:
    """Off the thread of the windows: each line takes some milliseconds."""
    return quick.add_many(db, new.text, source=new.source, event=new.event, stage=new.stage or None)
