"""The 21 facts that the definitions of stages are made of, with the words for them; no evidence is weighed here.

A fact is yes, no, unknown or not applicable. Asked facts are answered by a person; derived ones are computed from what
is stored and cannot be ticked.
"""

from __future__ import annotations

from dataclasses import dataclass

from crmdesk.words import N_, _, pgettext


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSpec:
    """One fact. `label` heads a row, `word` stands inside a sentence, `question` is what the form asks.

    `extra` is what the form asks besides the note: amount, date, role, supplier, terms, or "". `remedy` is what gives a
    derived fact its evidence: name, point, activity, consent, owner, score, purchase; "" for asked facts. `exit_reason`
    is the reason for *Not a fit* that an answer *no* suggests.
    """

    key: str
    label: str
    word: str
    question: str
    asked: bool = False
    extra: str = ""
    remedy: str = ""
    exit_reason: str = ""


ANSWERS: dict[str, str] = {
    "yes": N_("Yes"),
    "no": N_("No"),
    "unknown": N_("Unknown"),
    "not_applicable": N_("Not applicable"),
}

BASES: dict[str, str] = {"said": N_("Said"), "guessed": N_("Guessed")}

BUYING_ROLES: dict[str, str] = {
    "decider": N_("Decider"),
    "adviser": N_("Adviser"),
    "employee": N_("Employee"),
    "influencer": N_("Influencer"),
    "user": N_("User"),
    "gatekeeper": N_("Gatekeeper"),
}

_DERIVED = (
    FactSpec(
        key="known",
        label=N_("Name"),
        word=N_("name"),
        question=N_("Is the name of a person or an organisation stored?"),
        remedy="name",
    ),
    FactSpec(
        key="reachable",
        label=N_("Reachable"),
        word=N_("reachable"),
        question=N_("Is there a working e-mail, phone, postal address or social handle?"),
        remedy="point",
    ),
    FactSpec(
        key="interest",
        label=N_("Interest"),
        word=N_("interest"),
        question=N_("Did they do something that shows first interest?"),
        remedy="activity",
    ),
    FactSpec(
        key="engaged",
        label=N_("Deeper interest"),
        word=N_("deeper interest"),
        question=N_("Did they show interest again on another day, reply, or ask for a quote, a demo or a visit?"),
        remedy="activity",
    ),
    FactSpec(
        key="details_given",
        label=N_("Details given"),
        word=N_("details given"),
        question=N_("Did they hand over their contact details themselves?"),
        remedy="activity",
    ),
    FactSpec(
        key="permission",
        label=N_("Permission"),
        word=N_("permission"),
        question=N_("Is permission to contact on file and not withdrawn?"),
        remedy="consent",
    ),
    FactSpec(
        key="dialogue",
        label=N_("Dialogue"),
        word=N_("dialogue"),
        question=N_("Did communication go both ways?"),
        remedy="activity",
    ),
    FactSpec(
        key="pursued",
        label=N_("Pursued"),
        word=N_("pursued"),
        question=N_("Does somebody own this record, and was contact made at least once?"),
        remedy="owner",
    ),
    FactSpec(
        key="scored",
        label=N_("Score"),
        word=N_("score"),
        question=N_("Is the score over the threshold, or was it passed by hand?"),
        remedy="score",
    ),
    FactSpec(
        key="purchase",
        label=N_("Purchase"),
        word=N_("purchase"),
        question=N_("Was an opportunity won, or an earlier purchase recorded?"),
        remedy="purchase",
    ),
)

_ASKED = (
    FactSpec(
        key="need",
        label=N_("Need"),
        word=N_("need"),
        question=N_("Do they have a problem or a demand that the product solves?"),
        asked=True,
        exit_reason="no_problem",
    ),
    FactSpec(
        key="requirements",
        label=N_("Requirements"),
        word=N_("requirements"),
        question=N_("Is it written down, and agreed, what exactly they need?"),
        asked=True,
    ),
    FactSpec(
        key="means",
        label=N_("Budget"),
        word=N_("budget"),
        question=N_("Can they pay for it?"),
        asked=True,
        extra="amount",
    ),
    FactSpec(
        key="in_market",
        label=N_("In the market"),
        word=N_("in the market"),
        question=N_("Are they present in the market and looking now?"),
        asked=True,
    ),
    FactSpec(
        key="timeframe",
        label=N_("Timeframe"),
        word=N_("timeframe"),
        question=N_("Would they buy within a reasonable time?"),
        asked=True,
        extra="date",
    ),
    FactSpec(
        key="authority",
        label=N_("Authority"),
        word=N_("authority"),
        question=N_("Do they decide, or sway who does?"),
        asked=True,
        extra="role",
    ),
    FactSpec(
        key="fit",
        label=N_("Fit"),
        word=N_("fit"),
        question=N_("Do they match the ideal customer profile?"),
        asked=True,
    ),
    FactSpec(
        key="value",
        label=N_("Value"),
        word=N_("value"),
        question=N_("Can we create value for them that they would notice?"),
        asked=True,
        exit_reason="no_value",
    ),
    FactSpec(
        key="supplier_dropped",
        label=N_("Supplier dropped"),
        word=N_("supplier dropped"),
        question=N_("Have they left, or are they leaving, their present supplier?"),
        asked=True,
        extra="supplier",
    ),
    FactSpec(
        key="terms",
        label=N_("Payment terms"),
        word=N_("payment terms"),
        question=N_("Are payment terms being discussed?"),
        asked=True,
        extra="terms",
    ),
    FactSpec(
        key="contract",
        label=N_("Contract"),
        word=N_("contract"),
        question=N_("Is a contract being drawn up or signed?"),
        asked=True,
    ),
)

FACTS: dict[str, FactSpec] = {spec.key: spec for spec in (*_DERIVED, *_ASKED)}


def label(fact: str) -> str:
    """The fact as it heads a row: "Budget"."""
    return _(FACTS[fact].label)


def listed(facts: tuple[str, ...]) -> str:
    """The facts as they stand inside a sentence: "budget, need"; "" for none."""
    between = pgettext("between the items of a list", ", ")
    return between.join(_(FACTS[fact].word) for fact in facts)
