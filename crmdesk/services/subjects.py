"""What several services need: the lead or opportunity of an id, how it is named in a sentence, checked days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crmdesk.domain import names
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import ContactPoint, Organisation, Person
from crmdesk.words import _


def name_of(dossier: Dossier) -> str:
    """How a lead or opportunity is called in a sentence: its person, else its organisation, else a channel."""
    return called(dossier.person, dossier.organisation, dossier.points) or dossier.subject.ref


def called(person: Person | None, organisation: Organisation | None, points: Sequence[ContactPoint] = ()) -> str:
    """The display name of a person, else the organisation's name, else the first channel's value, else ""."""
    name = names.display(person) if person is not None else ""
    if not name and organisation is not None:
        name = organisation.name
    return name or next((point.value for point in points if point.value), "")


def day(text: str) -> str:
    """`text` as an ISO day, checked; "" stays "". Raises BadInput for anything else."""
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadInput(_("“{text}” is not a day.").format(text=text), _("Days look like 2026-05-08.")) from None


def required_day(text: str) -> str:
    """Like `day`, and an empty one is refused too."""
    checked = day(text)
    if not checked:
        raise BadInput(_("A day is missing."), _("Days look like 2026-05-08."))
    return checked


def one_of(value: str, allowed: Sequence[str], what: str) -> str:
    """`value` when it is one of `allowed`; else BadInput naming them. `what` is the argument's name."""
    if value not in allowed:
        raise BadInput(
            _("“{value}” does not fit “{what}”.").format(value=value, what=what),
            _("It takes: {names}.").format(names=", ".join(each for each in allowed if each)),
        )
    return value
