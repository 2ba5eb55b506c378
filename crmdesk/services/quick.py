"""Quick add: one typed line becomes a record, with its next step, in one step of the history."""

from __future__ import annotations

from dataclasses import dataclass

from crmdesk.domain import step_kinds
from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import Id
from crmdesk.services import capture, quick_line, tasks
from crmdesk.services.capture import Captured
from crmdesk.services.quick_line import QuickLine
from crmdesk.services.verbs import question, verb
from crmdesk.storage.database import Database
from crmdesk.words import N_, NN_, Label, _, number

MOST_LINES = 200
"""How many lines are taken at once; more are a list, which an import brings in."""


@question
def read(db: Database, text: str) -> QuickLine:
    """What one line says on this day, to be shown before it is added; nothing is stored."""
    return quick_line.read(text, today=db.clock.today())


@question
def lines(db: Database, text: str) -> list[str]:
    """The lines of a text with somebody on each; empty where it is about one person (`quick_line.is_list`)."""
    return quick_line.lines(text) if quick_line.is_list(text, today=db.clock.today()) else []


@verb
def add(
    db: Database,
    text: str,
    *,
    source: str = "address_book",
    event: Id | None = None,
    stage: str | None = None,
    door: str = "capture",
) -> Captured:
    """Adds what one line says: "Anna Müller, Müller GmbH, anna@mueller.example, 0171 2345678, wants a quote fri".

    What is to be done and its day become the next step. `source` places the lead by the entry table, `stage` elsewhere.
    Raises BadInput for a line that names nobody.
    """
    line = read(db, text)
    if line.empty:
        raise BadInput(_("There is nothing to add yet."), _("Any one fact is enough: a name, a number, a firm."))
    called = line.person or line.organisation or line.email or line.phone
    with db.write(Label(N_("Add {name}"), args={"name": called})):
        captured = capture.add(
            db,
            name=line.person,
            organisation=line.organisation,
            email=line.email,
            phone=line.phone,
            note=line.note,
            source=source,
            event=event,
            stage=stage,
            door=door,
        )
        plan_step(db, line, captured.lead_id)
    return captured


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Who was added, in the order of their lines, and the lines that name nobody."""

    leads: tuple[Id, ...]
    left: tuple[str, ...] = ()


@verb
def add_many(
    db: Database,
    text: str,
    *,
    source: str = "address_book",
    event: Id | None = None,
    stage: str | None = None,
    door: str = "capture",
) -> Added:
    """Adds somebody for each line of a text, as `add` does, all in one step.

    Raises BadInput when no line names anybody, and for more than `MOST_LINES` of them.
    """
    found = quick_line.lines(text)
    if len(found) > MOST_LINES:
        raise BadInput(
            _("{count} lines are too many for quick add.").format(count=number(len(found))),
            _("Save them as a file and import it: the list is looked at line by line there."),
        )
    named = [line for line in found if not read(db, line).empty]
    if not named:
        raise BadInput(_("There is nothing to add yet."), _("Any one fact is enough: a name, a number, a firm."))
    label = Label(*NN_("Add {count} person", "Add {count} people"), count=len(named))
    with db.write(label):
        leads = [add(db, line, source=source, event=event, stage=stage, door=door).lead_id for line in named]
    return Added(leads=tuple(leads), left=tuple(line for line in found if line not in named))


def plan_step(db: Database, line: QuickLine, about: Id) -> None:
    """Plans the next step that a line speaks of, if it does, inside a step that is open already."""
    if line.due_on is not None:
        tasks.plan(
            db,
            about,
            title=line.step,
            due_on=line.due_on.isoformat(),
            due_time=line.due_time,
            kind=step_kinds.kind_of(line.step),
        )
