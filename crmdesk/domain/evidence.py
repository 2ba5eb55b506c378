"""What is known about a fact of one record, and what shows it: computed for derived facts, answered for asked ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crmdesk.domain import derived
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.facts import ANSWERS, BUYING_ROLES, FACTS, label
from crmdesk.domain.records import Answer
from crmdesk.domain.schedule import day_of
from crmdesk.words import N_, _, money, number, pgettext, short_day

_WORDS = {"yes": N_("met"), "no": N_("not met"), "unknown": N_("unknown"), "not_applicable": N_("n/a")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A fact's state (yes, no, unknown, not_applicable) with what shows it, worded."""

    fact: str
    state: str
    text: str

    @property
    def met(self) -> bool:
        """Whether it counts as met: yes, or not applicable."""
        return self.state in ("yes", "not_applicable")

    @property
    def word(self) -> str:
        """The state in a word, as it stands at the right of a row: "met", "not met", "unknown", "n/a"."""
        return _(_WORDS[self.state])

    @property
    def label(self) -> str:
        """The fact, as it heads the row."""
        return label(self.fact)


def evidence(dossier: Dossier, fact: str, *, today: date, extra_answers: Iterable[Answer] = ()) -> Evidence:
    """What is known about `fact`; `extra_answers` are not saved yet and go before those that are."""
    if fact == "scored":
        return _scored(dossier, answer_to(dossier, fact, extra_answers=extra_answers), today=today)
    if FACTS[fact].asked:
        return _asked(dossier, fact, answer_to(dossier, fact, extra_answers=extra_answers), today=today)
    holds, text = derived.find(dossier, fact, today=today)
    return Evidence(fact=fact, state="yes" if holds else "no", text=text)


def answer_to(dossier: Dossier, fact: str, *, extra_answers: Iterable[Answer] = ()) -> Answer | None:
    """The answer in force: the last of those not saved yet, else the one that was given last; None when never asked."""
    unsaved = [answer for answer in extra_answers if answer.fact == fact]
    if unsaved:
        return unsaved[-1]
    return max((answer for answer in reversed(dossier.answers) if answer.fact == fact), key=_given_at, default=None)


def _given_at(answer: Answer) -> str:
    return answer.at or answer.created_at


def _scored(dossier: Dossier, answer: Answer | None, *, today: date) -> Evidence:
    """Passed by hand counts only with its reason."""
    if answer is None or answer.value != "yes" or not answer.note.strip():
        return Evidence(fact="scored", state="unknown", text=_("Not scored yet"))
    text = _("Passed by hand: “{reason}”").format(reason=answer.note)
    return Evidence(fact="scored", state="yes", text=_signed(dossier, answer, text, today=today))


def _signed(dossier: Dossier, answer: Answer, text: str, *, today: date) -> str:
    who = next(
        (member.name for member in (*dossier.members, dossier.owner) if member and member.id == answer.member_id), ""
    )
    given = day_of(answer.at)
    when = short_day(given, today=today) if given else ""
    if who and when:
        return _("{evidence}, {member}, {day}").format(evidence=text, member=who, day=when)
    if who or when:
        return _("{evidence}, {detail}").format(evidence=text, detail=who or when)
    return text


def _asked(dossier: Dossier, fact: str, answer: Answer | None, *, today: date) -> Evidence:
    if answer is None:
        return Evidence(fact=fact, state="unknown", text=_("Not asked yet"))
    state = answer.value if answer.value in ANSWERS else "unknown"
    return Evidence(fact=fact, state=state, text=_answer_text(dossier, answer, state, today=today))


def _answer_text(dossier: Dossier, answer: Answer, state: str, *, today: date) -> str:
    details = _details(dossier, answer, today=today)
    if state == "not_applicable":
        return _("Not applicable: {details}").format(details=details) if details else _("Not applicable")
    if state == "unknown":
        return details or _("Asked, not known yet")
    if answer.fact == "fit":
        return _signed(dossier, answer, details or _("Judged by a person"), today=today)
    return _said(answer, details, today=today)


def _said(answer: Answer, details: str, *, today: date) -> str:
    given = day_of(answer.at)
    when = short_day(given, today=today) if given else ""
    guessed = answer.basis == "guessed"
    if details and when:
        pattern = _("{details}, guessed {day}") if guessed else _("{details}, said {day}")
    elif details:
        pattern = _("{details}, guessed") if guessed else _("{details}, said")
    elif when:
        pattern = _("Guessed {day}") if guessed else _("Said {day}")
    else:
        pattern = _("Guessed") if guessed else _("Said")
    return pattern.format(details=details, day=when)


def _details(dossier: Dossier, answer: Answer, *, today: date) -> str:
    note = _("“{note}”").format(note=answer.note.strip()) if answer.note.strip() else ""
    extra = _extra(dossier, answer, today=today)
    return pgettext("between the items of a list", ", ").join(filter(None, (extra, note)))


def _extra(dossier: Dossier, answer: Answer, *, today: date) -> str:
    """What was asked besides the note: the amount, the day, the part in buying, the supplier, the terms; or ""."""
    kind = FACTS[answer.fact].extra
    if kind == "amount" and answer.amount_cents is not None:
        return money(answer.amount_cents, answer.currency) if answer.currency else number(answer.amount_cents // 100)
    if kind == "date" and (by := day_of(answer.by_date)):
        return _("by {day}").format(day=short_day(by, today=today))
    if kind == "role" and answer.buying_role:
        return _(BUYING_ROLES.get(answer.buying_role, answer.buying_role))
    if kind == "supplier":
        return dossier.subject.supplier
    return dossier.opportunity.terms if kind == "terms" and dossier.opportunity else ""
