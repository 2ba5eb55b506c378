"""Who is likely the same: people compared by what is stored of them, ranked, each with its reasons.

How alike two names are is told by a function that is handed in, since a good one needs a library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from crmdesk.domain import names, points
from crmdesk.domain.fold import tokens
from crmdesk.domain.records import ContactPoint, Id, Organisation, Person
from crmdesk.words import N_, _

REASONS: dict[str, str] = {
    "same_email": N_("Same e-mail {value}"),
    "same_phone": N_("Same phone {value}"),
    "same_web": N_("Same web site {value}"),
    "same_domain": N_("Same domain {value}"),
    "same_name": N_("Same name"),
    "name_alike": N_("Name alike: {value}"),
    "same_firm": N_("Same organisation"),
    "same_postcode": N_("Same postcode {value}"),
}
FREE_MAIL: frozenset[str] = frozenset(
    (
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "aol.com",
        "gmx.de", "gmx.net", "gmx.at", "web.de", "t-online.de", "freenet.de", "mail.com", "proton.me", "protonmail.com",
        "163.com", "qq.com", "yahoo.com.tw", "yahoo.com.vn", "hinet.net", "msa.hinet.net",
    )
)  # fmt: skip
"""Domains that many firms' people use: having one in common says nothing."""

LIKELY = 6
"""From this weight on two are offered as likely the same."""
ALIKE = 0.85
"""From this likeness on (0 to 1) two names count as alike."""

_WEIGHTS = {"same_email": 10, "same_phone": 8, "same_web": 8, "same_domain": 6, "same_name": 5, "name_alike": 4}
_WEIGHTS |= {"same_firm": 2, "same_postcode": 2}

Likeness = Callable[[str, str], float]
"""How alike two folded names are, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why two are likely the same: a key of REASONS with its arguments."""

    key: str
    args: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The reason in the language in use."""
        return _(REASONS[self.key]).format(**self.args)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What somebody is compared by; all but the name as match keys."""

    id: Id
    name: str
    firm: str = ""
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    webs: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """One that is likely the same, how much speaks for it, and what."""

    id: Id
    weight: int
    reasons: tuple[Reason, ...]


def person_profile(person: Person, firm: Organisation | None, stored: Iterable[ContactPoint]) -> Profile:
    """What a person is compared by."""
    kept = list(stored)
    emails = _keys(kept, "email")
    own = {points.email_domain(each) for each in emails} | {each.partition("/")[0] for each in _keys(kept, "web")}
    return Profile(
        id=person.id,
        name=plain_name(person),
        firm=firm.match_key if firm else "",
        emails=emails,
        phones=_keys(kept, "phone"),
        webs=_keys(kept, "web"),
        domains=frozenset(own - FREE_MAIL - {""}),
        postcodes=frozenset(point.postcode for point in kept if point.postcode),
    )


def plain_name(name: Person | names.Name) -> str:
    """The words of a name in one order, by which two are compared."""
    return " ".join(sorted(tokens(names.plain(name))))


def rank(wanted: Profile, others: Iterable[Profile], likeness: Likeness, *, limit: int = 5) -> tuple[Likely, ...]:
    """The likeliest of `others`, best first, of two alike the older one; `wanted` itself is left out."""
    found = []
    for other in others:
        reasons = tuple(_reasons(wanted, other, likeness)) if other.id != wanted.id or not wanted.id else ()
        weight = sum(_WEIGHTS[reason.key] for reason in reasons)
        if weight >= LIKELY:
            found.append(Likely(id=other.id, weight=weight, reasons=reasons))
    return tuple(sorted(found, key=_best_first)[:limit])


def _keys(stored: Iterable[ContactPoint], kind: str) -> frozenset[str]:
    return frozenset(point.match_key for point in stored if point.kind == kind and point.match_key)


def _reasons(wanted: Profile, other: Profile, likeness: Likeness) -> Iterable[Reason]:
    for key, ours, theirs in (
        ("same_email", wanted.emails, other.emails),
        ("same_phone", wanted.phones, other.phones),
        ("same_web", wanted.webs, other.webs),
        ("same_domain", wanted.domains, other.domains),
        ("same_postcode", wanted.postcodes, other.postcodes),
    ):
        if shared := sorted(ours & theirs):
            yield Reason(key=key, args={"value": shared[0]})
    if wanted.firm and wanted.firm == other.firm:
        yield Reason(key="same_firm")
    if wanted.name and wanted.name == other.name:
        yield Reason(key="same_name")
    elif wanted.name and other.name and likeness(wanted.name, other.name) >= ALIKE:
        yield Reason(key="name_alike", args={"value": other.name})


def _best_first(likely: Likely) -> tuple[int, Id]:
    return -likely.weight, likely.id
