"""What comes next: steps with a day, and promises."""

from __future__ import annotations

from dataclasses import replace

from crmdesk.domain import clock_times
from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import Id, Lead, Opportunity, Task
from crmdesk.services import about as abouts
from crmdesk.services.subjects import one_of, required_day, wake_day
from crmdesk.services.verbs import verb
from crmdesk.storage import records
from crmdesk.storage.database import Database
from crmdesk.storage.transaction import Transaction
from crmdesk.words import N_, Label, _

KINDS = ("call", "mail", "meeting", "visit", "")


@verb
def plan(
    db: Database,
    about: Id,
    *,
    title: str,
    due_on: str,
    kind: str = "",
    due_time: str = "",
    promise: bool = False,
) -> Id:
    """Plans a next step for a lead, an opportunity, a person or an organisation; the new task's id.

    `due_on` is an ISO day, `due_time` "09:00" or "". A promise is a word given to them and is shown as one.
    """
    with db.read() as connection:
        target = abouts.resolve(connection, about)
    label = Label(N_("Plan “{title}” for {name}"), args={"title": title, "name": target.name})
    with db.write(label) as tx:
        target = abouts.resolve(tx.connection, about)
        return add(tx, target, title=title, due_on=due_on, kind=kind, due_time=due_time, promise=promise).id


@verb
def done(db: Database, task: Id) -> None:
    """Ticks a step off. One that is done already stays as it is. Raises NotFound."""
    _change(db, task, Label(N_("Tick off “{title}”"), args={"title": _stored(db, task).title}), done=True)


@verb
def reopen(db: Database, task: Id) -> None:
    """Takes the tick back. Raises NotFound."""
    _change(db, task, Label(N_("Take back the tick on “{title}”"), args={"title": _stored(db, task).title}), done=False)


@verb
def postpone(db: Database, task: Id, *, due_on: str, due_time: str = "") -> None:
    """Puts a step off until a day from today on (ISO text); its time of day goes unless one is given.

    Raises NotFound, BadInput.
    """
    day = wake_day(due_on, today=db.clock.today())
    with db.write(Label(N_("Put off “{title}”"), args={"title": _stored(db, task).title})) as tx:
        tx.put(replace(records.get(tx.connection, Task, task), due_on=day, due_time=clock_times.parse(due_time)))


@verb
def change(db: Database, task: Id, *, title: str | None = None, due_on: str | None = None, due_time: str | None = None,
           kind: str | None = None, promise: bool | None = None) -> None:  # fmt: skip
    """Changes a step's words or day; what is not given stays. Raises NotFound, BadInput."""
    stored = _stored(db, task)
    with db.write(Label(N_("Change “{title}”"), args={"title": stored.title})) as tx:
        current = records.get(tx.connection, Task, task)
        new = replace(
            current,
            title=current.title if title is None else _title(title),
            due_on=current.due_on if due_on is None else required_day(due_on),
            due_time=current.due_time if due_time is None else clock_times.parse(due_time),
            kind=current.kind if kind is None else one_of(kind, KINDS, "kind"),
            promise=current.promise if promise is None else int(promise),
        )
        tx.put(new)


def add(
    tx: Transaction,
    about: abouts.About,
    *,
    title: str,
    due_on: str,
    kind: str = "",
    due_time: str = "",
    promise: bool = False,
) -> Task:
    """Plans a next step inside a step that is open already: from now on nobody is without one on purpose."""
    mark_no_step(tx, about, on_purpose=False)
    return tx.add(
        Task(
            person_id=about.person_id,
            organisation_id=None if about.person_id else about.organisation_id,
            lead_id=about.lead_id,
            opportunity_id=about.opportunity_id,
            title=_title(title),
            kind=one_of(kind, KINDS, "kind"),
            due_on=required_day(due_on),
            due_time=clock_times.parse(due_time),
            promise=int(promise),
            member_id=tx.member_id,
        )
    )


def tick(tx: Transaction, task: Id) -> None:
    """Ticks a step off inside a step that is open already. Raises NotFound."""
    current = records.get(tx.connection, Task, task)
    if not current.done_at:
        tx.put(replace(current, done_at=tx.now))


def mark_no_step(tx: Transaction, about: abouts.About, *, on_purpose: bool) -> None:
    """Notes whether somebody's lead and opportunity are without a next step on purpose.

    For a person or an organisation, of all their cards the mark is only taken away.
    """
    cards: list[Lead | Opportunity | None] = []
    if about.lead_id is not None:
        cards.append(records.find(tx.connection, Lead, about.lead_id))
    if about.opportunity_id is not None:
        cards.append(records.find(tx.connection, Opportunity, about.opportunity_id))
    if not cards and not on_purpose:
        owner = {"person_id": about.person_id} if about.person_id else {"organisation_id": about.organisation_id}
        cards += records.where(tx.connection, Lead, no_step=1, **owner)
        cards += records.where(tx.connection, Opportunity, no_step=1, **owner)
    for card in cards:
        if card is not None and bool(card.no_step) != on_purpose:
            tx.put(replace(card, no_step=int(on_purpose)))


def _change(db: Database, task: Id, label: Label, *, done: bool) -> None:
    with db.write(label) as tx:
        if done:
            tick(tx, task)
        else:
            tx.put(replace(records.get(tx.connection, Task, task), done_at=""))


def _stored(db: Database, task: Id) -> Task:
    with db.read() as connection:
        return records.get(connection, Task, task)


def _title(text: str) -> str:
    title = text.strip()
    if not title:
        raise BadInput(_("The next step has no words yet."), _("Say what is to be done, in a few words."))
    return title
