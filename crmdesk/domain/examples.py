"""Examples for choosing a vocabulary: somebody comes in, and each vocabulary says what that makes of them.

What it makes of them is never written here: the entry table places the case, and the gates say how far it goes on by
itself and what is still open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crmdesk.domain.dossier import Dossier
from crmdesk.domain.entry import placing
from crmdesk.domain.facts import listed
from crmdesk.domain.gate import Gate, weigh
from crmdesk.domain.records import Activity, Answer, ContactPoint, Id, Lead, Member, Person
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.words import N_, _, ngettext

FEW = 2
"""Up to so many open facts are named one by one; of more, how many they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One case: what is told of it, its source, and what is known.

    `happened` are activities as (kind, direction, depth). `owned`: a salesperson has taken it on.
    """

    key: str
    text: str
    icon: str
    source: str
    registered: bool = False
    named: bool = True
    email: bool = True
    owned: bool = False
    happened: tuple[tuple[str, str, str], ...] = ()
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a vocabulary makes of an example: a stage's key ("" is the list Names), its name, and what is still open."""

    stage: str
    word: str
    remark: str


_DEEP = (("stand_talk", "both", "deep"),)

EXAMPLES: tuple[Example, ...] = (
    Example(
        key="card_talk",
        text=N_("A card from the fair, after a long talk about what they need, would be:"),
        icon="card",
        source="business_card_talk",
        owned=True,
        happened=_DEEP,
        answers=("need",),
    ),
    Example(
        key="card",
        text=N_("A card from the fair, handed over with hardly a word, would be:"),
        icon="card",
        source="business_card",
        happened=(("stand_talk", "both", "card"),),
    ),
    Example(
        key="bought",
        text=N_("A name from a list that was bought would be:"),
        icon="document",
        source="bought_list",
    ),
    Example(
        key="download",
        text=N_("Somebody who left an address to read a paper would be:"),
        icon="download",
        source="gated_content",
        happened=(("form", "in", ""),),
    ),
    Example(
        key="visitor",
        text=N_("A visitor of the web site who left no name would be:"),
        icon="web",
        source="site_visit",
        named=False,
        email=False,
    ),
    Example(
        key="sourced",
        text=N_("A firm that sales found by itself, and that fits exactly, would be:"),
        icon="fit",
        source="sourced",
        owned=True,
        answers=("fit",),
    ),
    Example(
        key="call",
        text=N_("Somebody who calls, needs it soon and asks for a quote would be:"),
        icon="call_in",
        source="inbound_call",
        owned=True,
        happened=(("call", "both", ""), ("quote_request", "in", "")),
        answers=("need", "timeframe"),
    ),
    Example(
        key="webinar",
        text=N_("Somebody who registered for a webinar would be:"),
        icon="webinar",
        source="webinar",
        registered=True,
        happened=(("form", "in", ""), ("webinar", "in", "")),
    ),
    Example(
        key="bought_before",
        text=N_("A firm that bought from you last year would be:"),
        icon="purchase",
        source="existing_customer",
    ),
)


def outcome(vocabulary: Vocabulary, example: Example, *, today: date) -> Outcome:
    """Where the example starts by the entry table, how far its facts carry it before a deal, and what is still open."""
    dossier = _dossier(vocabulary, example, today=today)
    at = placing(vocabulary, example.source, registered=example.registered).stage
    if not at:
        return Outcome(stage="", word=vocabulary.word(""), remark=_("off the board"))
    while (later := vocabulary.next(at)) is not None and not vocabulary.is_deal(later.key):
        if not weigh(later, dossier, today=today).met:
            break
        at = later.key
    return Outcome(stage=at, word=vocabulary.word(at), remark=_remark(vocabulary, at, dossier, today=today))


def _remark(vocabulary: Vocabulary, at: str, dossier: Dossier, *, today: date) -> str:
    """What its own stage leaves open, else what the next one asks for: "if they fit", "Lead needs: budget"."""
    stage = vocabulary.stage(at)
    own = weigh(stage, dossier, today=today)
    if not own.met:
        if own.missing == ("fit",):
            return _("if they fit")
        return _("to be found out: {facts}").format(facts=_facts(own))
    later = vocabulary.next(at)
    if later is None or vocabulary.is_deal(later.key) or vocabulary.is_customer(later.key):
        return ""
    lacks = weigh(later, dossier, today=today)
    if lacks.missing == ("fit",):
        return _("{stage}, if they fit").format(stage=later.label)
    return _("{stage} needs: {facts}").format(stage=later.label, facts=_facts(lacks))


def _facts(found: Gate) -> str:
    count = len(found.missing)
    if count <= FEW:
        return listed(found.missing)
    return ngettext("{count} more fact", "{count} more facts", count).format(count=count)


def _dossier(vocabulary: Vocabulary, example: Example, *, today: date) -> Dossier:
    moment, lead = today.isoformat(), Id(1)
    stage = placing(vocabulary, example.source, registered=example.registered).stage
    member = Member(id=Id(2), name="–")
    return Dossier(
        lead=Lead(id=lead, created_at=moment, stage=stage, source=example.source),
        person=Person(id=Id(3), given="–" if example.named else ""),
        owner=member if example.owned else None,
        points=(ContactPoint(id=Id(4), kind="email", value="name@example.com"),) if example.email else (),
        activities=tuple(
            Activity(id=Id(10 + place), kind=kind, direction=direction, depth=depth, at=moment)
            for place, (kind, direction, depth) in enumerate(example.happened)
        ),
        answers=tuple(
            Answer(id=Id(20 + place), lead_id=lead, fact=fact, value="yes", at=moment)
            for place, fact in enumerate(example.answers)
        ),
    )
