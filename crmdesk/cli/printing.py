"""What the commands print for people: plain text, in the person's language, columns under one another."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from crmdesk.cli.columns import one_line, table
from crmdesk.domain import consent, facts
from crmdesk.domain.exits import OUTCOMES
from crmdesk.domain.schedule import due_text, quiet_days, quiet_level, quiet_text
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services.timelines import Past, worded
from crmdesk.words import N_, _, clock, money, ngettext, short_day

Told = Mapping[str, Any]

_MARKS = {"yes": "✓", "no": "✗", "unknown": "?", "not_applicable": "–"}
_POINTS = {
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "address": N_("Address"),
    "handle": N_("Handle"),
    "web": N_("Web site"),
}
_KINDS = {"person": N_("Person"), "organisation": N_("Organisation"), "opportunity": N_("Opportunity")}


def line(text: str = "") -> None:
    """One line of output."""
    sys.stdout.write(text.encode("utf-8", "replace").decode("utf-8") + "\n")


def imported(told: Told) -> None:
    """What became of the records of a list."""
    sentence = _("{read} records: {imported} new, {merged} added to, {skipped} unchanged, {reported} not taken.")
    line(sentence.format(**{each: told[each] for each in ("read", "imported", "merged", "skipped", "reported")}))
    rows = [
        (_("{file}, line {line}").format(file=each["file"], line=each["line"]), each["what"], each["remedy"])
        for each in told["problems"]
    ]
    _lines(table(rows, indent="  ", widest=70))


def cards(told: Sequence[Told], vocabulary: Vocabulary, *, today: date) -> None:
    """The cards under their stages."""
    if not told:
        line(_("No cards yet."))
    stages = dict.fromkeys(card["stage"] for card in told)
    for place, stage in enumerate(stages):
        here = [card for card in told if card["stage"] == stage]
        if place:
            line()
        line(_("{stage} ({count})").format(stage=vocabulary.word(stage), count=len(here)))
        role = vocabulary.stage(stage).role
        _lines(table([_card(card, today, role) for card in here], indent="  "))


def hits(told: Sequence[Told], vocabulary: Vocabulary) -> None:
    """What a search found."""
    if not told:
        line(_("Nothing found."))
    rows = [
        (
            hit["card"] or hit["ref"],
            hit["name"],
            hit["organisation"],
            _state(hit, vocabulary) if hit["stage"] else _(_KINDS[hit["kind"]]),
            hit["matched"],
        )
        for hit in told
    ]
    _lines(table(rows))


def shown(told: Told, vocabulary: Vocabulary, *, today: date) -> None:
    """One card with everything around it."""
    firm = told["organisation"]["name"] if told["organisation"] else ""
    line(one_line(_("{name}, {organisation}").format(name=told["name"], organisation=firm) if firm else told["name"]))
    line("  ".join(filter(None, (told["ref"], _state(told, vocabulary), _amount(told), told["title"]))))
    if told["job_title"]:
        line(one_line(told["job_title"]))
    why = told["why"]
    _section(_("Why here?"), [why["sentence"]])
    _lines(table([_fact(row) for row in why["facts"]], indent="  ", widest=60))
    if why["next_stage_needs"]:
        _section(_("Also needed for {stage}").format(stage=vocabulary.word(why["next_stage"])), [])
        _lines(table([_fact(row) for row in why["next_stage_needs"]], indent="  ", widest=60))
    if told["tasks"]:
        _section(_("Next step"), [_due(task, today) for task in told["tasks"]])
    if told["channels"]:
        _section(_("Channels"), table([_channel(each) for each in told["channels"]]))
    if told["note"]:
        _section(_("Note"), told["note"].split("\n"))
    if told["timeline"]:
        _section(_("Timeline"), table([(_day(each["at"], today), each["text"]) for each in told["timeline"]]))


def undone(sentence: str, result: Told) -> None:
    """What was taken back or done again, and how much of it had to stay."""
    line(one_line(sentence.format(what=result["label"])))
    if result["kept"]:
        kept = ngettext(
            "{count} value was changed since and stays.",
            "{count} values were changed since and stay.",
            len(result["kept"]),
        )
        line(kept.format(count=len(result["kept"])))


def history(steps: Sequence[Past], vocabulary: Vocabulary) -> None:
    """Steps, and for one record what each changed."""
    rows = [(str(each.step), _local(each.at), each.member, worded(each, vocabulary.word)) for each in steps]
    for each, text in zip(steps, table(rows, widest=30), strict=True):
        line(text)
        changes = [(change.column, _value(change.before), "→", _value(change.after)) for change in each.changes]
        _lines(table(changes, indent="      "))


def _card(card: Told, today: date, role: str) -> tuple[str, ...]:
    return card["ref"], card["name"], card["organisation"], _amount(card), _standing(card, today, role)


def _standing(card: Told, today: date, role: str) -> str:
    """What the board says on the card: the next step, else how long it has been quiet, and what it was moved without.

    `role` is that of its stage.
    """
    without = _("without: {facts}").format(facts=facts.listed(card["without"])) if card["without"] else ""
    said = _step(card, today) or _quiet(card, today, role)
    return ", ".join(filter(None, (said, without))) or _("No next step")


def _step(card: Told, today: date) -> str:
    step = card["next_step"]
    if step is None:
        return ""
    return due_text(step["title"], step["due_on"], step["due_time"], promise=step["promise"], today=today)


def _quiet(card: Told, today: date, role: str) -> str:
    days = quiet_days(card["quiet_since"], today=today)
    return quiet_text(days) if quiet_level(days, card["source"], role=role) else ""


def _state(told: Told, vocabulary: Vocabulary) -> str:
    """The stage, or how the path was left; who has won is at their stage."""
    left = told["exit"]
    return _(OUTCOMES[left]) if left in OUTCOMES and left != "won" else vocabulary.word(told["stage"])


def _amount(told: Told) -> str:
    return (
        money(told["amount_cents"], told["currency"]) if told["amount_cents"] is not None and told["currency"] else ""
    )


def _fact(row: Told) -> tuple[str, str, str]:
    return _MARKS[row["state"]], row["label"], row["evidence"]


def _due(task: Told, today: date) -> str:
    return due_text(task["title"], task["due_on"], task["due_time"], promise=bool(task["promise"]), today=today)


def _channel(channel: Told) -> tuple[str, str, str]:
    states = [
        _("{purpose}: {state}").format(
            purpose=_(consent.PURPOSES.get(purpose, purpose)), state=_(consent.STATES.get(state, state))
        )
        for purpose, state in channel["consent"].items()
    ]
    return _(_POINTS[channel["kind"]]), channel["value"], ", ".join(states) or _("Not asked")


def _day(text: str, today: date) -> str:
    return short_day(date.fromisoformat(text[:10]), today=today)


def _local(at: str) -> str:
    moment = datetime.fromisoformat(at).astimezone()
    return f"{moment.date().isoformat()} {clock(moment)}"


def _value(value: object) -> str:
    return "" if value is None else str(value)


def _section(title: str, rows: Iterator[str] | Sequence[str]) -> None:
    line()
    line(title)
    for row in rows:
        line(f"  {row}")


def _lines(rows: Iterator[str]) -> None:
    for row in rows:
        line(row)
