"""What comes next: steps with a day, and promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import Id, Task
from crmdesk.services import about as abouts
from crmdesk.services.subjects import one_of, required_day
from crmdesk.services.verbs import verb
from crmdesk.storage import records
from crmdesk.storage.database import Database
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
        task = Task(
            person_id=target.person_id,
            organisation_id=None if target.person_id else target.organisation_id,
            lead_id=target.lead_id,
            opportunity_id=target.opportunity_id,
            title=_title(title),
            kind=one_of(kind, KINDS, "kind"),
            due_on=required_day(due_on),
            due_time=_clock(due_time),
            promise=int(promise),
            member_id=tx.member_id,
        )
        return tx.add(task).id


@verb
def done(db: Database, task: Id) -> None:
    """Ticks a step off. One that is done already stays as it is. Raises NotFound."""
    _change(db, task, Label(N_("Tick off “{title}”"), args={"title": _stored(db, task).title}), done=True)


@verb
def reopen(db: Database, task: Id) -> None:
    """Takes the tick back. Raises NotFound."""
    _change(db, task, Label(N_("Take back the tick on “{title}”"), args={"title": _stored(db, task).title}), done=False)


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
            due_time=current.due_time if due_time is None else _clock(due_time),
            kind=current.kind if kind is None else one_of(kind, KINDS, "kind"),
            promise=current.promise if promise is None else int(promise),
        )
        tx.put(new)


def _change(db: Database, task: Id, label: Label, *, done: bool) -> None:
    with db.write(label) as tx:
        current = records.get(tx.connection, Task, task)
        if bool(current.done_at) != done:
            tx.put(replace(current, done_at=tx.now if done else ""))


def _stored(db: Database, task: Id) -> Task:
    with db.read() as connection:
        return records.get(connection, Task, task)


def _title(text: str) -> str:
    title = text.strip()
    if not title:
        raise BadInput(_("The next step has no words yet."), _("Say what is to be done, in a few words."))
    return title


def _clock(text: str) -> str:
    if not text:
        return ""
    try:
        return time.fromisoformat(text).strftime("%H:%M")
    except ValueError:
        raise BadInput(_("“{text}” is not a time of day.").format(text=text), _("Times look like 09:30.")) from None
