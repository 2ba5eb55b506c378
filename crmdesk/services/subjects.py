"""What several services need: the lead or opportunity of an id, how it is named in a sentence, checked values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from crmdesk.domain import names, points
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.errors import BadInput
from crmdesk.domain.money import MOST_CENTS
from crmdesk.domain.records import ContactPoint, Organisation, Person
from crmdesk.words import _

FIRST_YEAR, LAST_YEAR = 2000, 2100

_CURRENCY = re.compile("[A-Z]{3}")


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
    """`text` as an ISO day from 2000 to 2100, checked; "" stays "". Raises BadInput for anything else."""
    if not text:
        return ""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise BadInput(_("“{text}” is not a day.").format(text=text), _("Days look like 2026-05-08.")) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadInput(_("“{text}” is too far away.").format(text=text), _("Take a day between 2000 and 2100."))
    return found.isoformat()


def required_day(text: str) -> str:
    """Like `day`, and an empty one is refused too."""
    checked = day(text)
    if not checked:
        raise BadInput(_("A day is missing."), _("Days look like 2026-05-08."))
    return checked


def wake_day(text: str, *, today: date) -> str:
    """A day from today on to wake somebody parked, ten years at the most. Raises BadInput."""
    checked = required_day(text)
    if checked < today.isoformat():
        raise BadInput(_("“{text}” is in the past.").format(text=text), _("Choose a day to come."))
    if checked > f"{today.year + 10}{today.isoformat()[4:]}":
        raise BadInput(_("“{text}” is too far away.").format(text=text), _("Choose a day within ten years."))
    return checked


def checked_amount(cents: int | None, currency: str) -> tuple[int | None, str]:
    """An amount in whole cents and its currency, checked; without an amount the currency may be "". Raises BadInput."""
    if cents is not None and not 0 <= cents <= MOST_CENTS:
        raise BadInput(
            _("{cents} is not an amount in cents.").format(cents=cents),
            _("Amounts go from 0 to 1,000,000,000,000,000 cents."),
        )
    if (cents is not None or currency) and not _CURRENCY.fullmatch(currency):
        raise BadInput(_("“{value}” is not a currency.").format(value=currency), _("Write it as in EUR or USD."))
    return cents, currency


def visible_reason(text: str) -> str:
    """A reason as it is kept: in one line, and "" when there is nothing in it that anybody could see."""
    cleaned = points.one_line(text)
    return cleaned if any(letter.isprintable() for letter in cleaned.replace(" ", "")) else ""


def one_of(value: str, allowed: Sequence[str], what: str) -> str:
    """`value` when it is one of `allowed`; else BadInput naming them. `what` is the argument's name."""
    if value not in allowed:
        raise BadInput(
            _("“{value}” does not fit “{what}”.").format(value=value, what=what),
            _("It takes: {names}.").format(names=", ".join(each for each in allowed if each)),
        )
    return value
