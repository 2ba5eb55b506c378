"""What happened: calls, mails, meetings, talks, notes, purchases, logged about a lead, a deal, a person or a firm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from crmdesk.domain.activity_kinds import DEPTHS, DIRECTIONS, KINDS
from crmdesk.domain.errors import BadInput
from crmdesk.domain.ids import utc
from crmdesk.domain.records import Activity, Id
from crmdesk.services import about as abouts
from crmdesk.services.subjects import checked_amount, one_of
from crmdesk.services.verbs import verb
from crmdesk.storage.database import Database
from crmdesk.storage.transaction import Transaction
from crmdesk.words import N_, Label, _

ALWAYS_BOTH = ("meeting", "stand_talk")

_LABELS = {
    "call": N_("Log a call with {name}"),
    "mail": N_("Log a mail with {name}"),
    "meeting": N_("Log a meeting with {name}"),
    "note": N_("Add a note about {name}"),
    "stand_talk": N_("Log a talk at the stand with {name}"),
    "purchase": N_("Record a purchase by {name}"),
}
_ANYTHING = N_("Log what happened with {name}")


@verb
def log(
    db: Database,
    about: Id,
    *,
    kind: str,
    direction: str = "",
    subject: str = "",
    note: str = "",
    at: str = "",
    depth: str = "",
    amount_cents: int | None = None,
    currency: str = "",
) -> Id:
    """Logs what happened with a lead, an opportunity, a person or an organisation; the new activity's id.

    `direction` is out (we did it), in (they did) or both; a note has none, and a meeting or a talk is always both.
    `at` is a day or a UTC time, "" is now. `depth` belongs to a stand talk: card, short, deep. A purchase may carry an
    amount in whole cents.
    """
    with db.write(_label(db, about, kind)) as tx:
        activity = checked(
            kind=kind, direction=direction, subject=subject, note=note, at=at, depth=depth,
            amount_cents=amount_cents, currency=currency,
        )  # fmt: skip
        return add(tx, abouts.resolve(tx.connection, about), activity).id


def checked(
    *,
    kind: str,
    direction: str = "",
    subject: str = "",
    note: str = "",
    at: str = "",
    depth: str = "",
    amount_cents: int | None = None,
    currency: str = "",
) -> Activity:
    """An activity made of what a person gave. Raises BadInput for words it does not take."""
    cents, currency = checked_amount(amount_cents, currency)
    return Activity(
        kind=one_of(kind, tuple(KINDS), "kind"),
        direction=one_of(direction, ("", *DIRECTIONS), "direction"),
        subject=subject.strip(),
        note=note.strip(),
        at=_moment(at),
        depth=one_of(depth, ("", *DEPTHS), "depth"),
        amount_cents=cents,
        currency=currency,
    )


def add(tx: Transaction, about: abouts.About, activity: Activity) -> Activity:
    """Adds `activity` about somebody inside a step that is open already; its time is now when it has none.

    Raises BadInput when that is later than tomorrow.
    """
    _check_happened(activity.at, tx.today)
    direction = "both" if activity.kind in ALWAYS_BOTH else activity.direction
    return tx.add(
        replace(
            activity,
            direction="" if activity.kind == "note" else direction,
            at=activity.at or tx.now,
            member_id=tx.member_id,
            event_id=activity.event_id or (about.event_id if activity.kind == "stand_talk" else None),
            person_id=about.person_id,
            organisation_id=None if about.person_id else about.organisation_id,
            lead_id=about.lead_id,
            opportunity_id=about.opportunity_id,
        )
    )


def _label(db: Database, about: Id, kind: str) -> Label:
    with db.read() as connection:
        name = abouts.resolve(connection, about).name
    return Label(_LABELS.get(kind, _ANYTHING), args={"name": name})


def _moment(text: str) -> str:
    """A day or a time, checked; a time is stored as UTC text, a day stays a day."""
    if not text:
        return ""
    try:
        moment = datetime.fromisoformat(text)
        if len(text) <= len("2026-05-08"):
            return moment.date().isoformat()
        return utc(moment if moment.tzinfo else moment.astimezone())
    except (ValueError, OverflowError):
        raise BadInput(
            _("“{text}” is not a day or a time.").format(text=text),
            _("They look like 2026-05-08 or 2026-05-08T14:02Z."),
        ) from None


def _check_happened(at: str, today: date) -> None:
    """Tomorrow is taken: it may be that already where somebody is, or in UTC."""
    tomorrow = (today + timedelta(days=1)).isoformat()
    if at[: len(tomorrow)] > tomorrow:
        raise BadInput(
            _("“{text}” has not come yet.").format(text=at), _("Log what happened, and plan what is to come.")
        )
