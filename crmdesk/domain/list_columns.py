"""The columns that lists can show: their words, their width at first, how they sort. Which are shown at first."""

from __future__ import annotations

from dataclasses import dataclass

from crmdesk.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """One column. `label` is worded when shown; `width` in px at 100 %; `sort` is its sort key, "" when it has none."""

    key: str
    label: str
    width: int = 140
    right: bool = False
    sort: str = ""


def _column(key: str, label: str, width: int = 140, *, right: bool = False, sorts: bool = True) -> ListColumn:
    return ListColumn(key=key, label=label, width=width, right=right, sort=key if sorts else "")


_ALL: dict[str, ListColumn] = {
    column.key: column
    for column in (
        _column("name", N_("Name"), 232),
        _column("organisation", N_("Organisation"), 232),
        _column("job", N_("Job title"), 160),
        _column("stage", N_("Stage"), 150),
        _column("step", N_("Next step"), 224),
        _column("consent", N_("E-mail offers"), 144),
        _column("last_contact", N_("Last contact"), 128, right=True),
        _column("owner", N_("Owner"), 120),
        _column("tags", N_("Tags"), 160, sorts=False),
        _column("phone", N_("Phone"), 160, sorts=False),
        _column("email", N_("E-mail"), 216, sorts=False),
        _column("town", N_("Town"), 128, sorts=False),
        _column("source", N_("Source"), 184),
        _column("event", N_("Event"), 160),
        _column("created", N_("Added"), 128, right=True),
        _column("industry", N_("Industry"), 160),
        _column("size", N_("Size"), 104),
        _column("people", N_("People"), 88, right=True),
        _column("deals", N_("Open deals"), 112, right=True),
        _column("won", N_("Won"), 80, right=True),
        _column("since", N_("Since"), 128, right=True),
        _column("amount", N_("Amount"), 128, right=True),
        _column("reason", N_("Reason"), 168, sorts=False),
        _column("left", N_("Left"), 128, right=True),
        _column("attempt", N_("Attempt"), 88, right=True),
        _column("deal_stage", N_("Deal stage"), 112),
        _column("chance", N_("Chance"), 120, right=True),
        _column("close", N_("Expected close"), 128, right=True),
    )
}
"""Every column by its key."""

_SHOWN: dict[str, str] = {
    "people": "name organisation stage step consent owner last_contact",
    "organisations": "name industry town people deals won owner last_contact",
    "leads": "name organisation stage since step source owner amount",
    "opportunities": "name organisation deal_stage amount chance close step owner",
}
_FURTHER: dict[str, str] = {
    "people": "job tags phone email town source event created",
    "organisations": "size stage step tags phone email created",
    "leads": "consent last_contact event tags reason left attempt phone email created",
    "opportunities": "stage source event tags last_contact reason left attempt created",
}

COLUMNS: dict[str, tuple[ListColumn, ...]] = {
    place: tuple(_ALL[key] for key in f"{_SHOWN[place]} {_FURTHER[place]}".split()) for place in _SHOWN
}
"""Place → its columns, those shown at first before the others."""


def shown_first(place: str) -> tuple[str, ...]:
    """The keys of the columns that are shown until somebody chooses otherwise."""
    return tuple(_SHOWN[place].split())
