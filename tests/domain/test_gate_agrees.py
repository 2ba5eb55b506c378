"""For every vocabulary, pair of stages and combination of facts, gate, why and the definition's text agree.

The definition's truth is worked out here once more, from the `requires` that stand in the TOML, by an evaluator of a
few lines that shares nothing with the program.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmdesk.domain import vocabulary
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.qualify import gate, why
from crmdesk.domain.records import (
    Activity,
    Answer,
    Consent,
    ContactPoint,
    Id,
    Lead,
    Member,
    Opportunity,
    Person,
    StageMove,
)
from crmdesk.domain.vocabulary import Vocabulary

TODAY = date(2026, 5, 5)
MOMENT = "2026-05-03T12:00:00.000Z"
ANSWERS = ("yes", "no", "unknown", "not_applicable")
# fmt: off
ASKED = (
    "need", "requirements", "means", "in_market", "timeframe", "authority", "fit", "value", "supplier_dropped",
    "terms", "contract",
)
DERIVED = (
    "known", "reachable", "interest", "engaged", "details_given", "permission", "dialogue", "pursued", "scored",
    "purchase",
)
# fmt: on
CASES = [(key, stage) for key in vocabulary.shipped() for stage in range(4)]


@cache
def shipped(key: str) -> Vocabulary:
    return vocabulary.load(vocabulary.shipped_text(key), key)


@cache
def written(key: str) -> list[dict[str, object]]:
    return tomllib.loads(vocabulary.shipped_text(key))["stage"]


def holds(stage: Mapping[str, object], met: Iterable[str], refused: Iterable[str]) -> bool:
    """The definition: everything listed; of an inner list any; of a list in that all; no block answered no."""
    met = set(met)

    def together(part: object) -> bool:
        return part in met if isinstance(part, str) else all(fact in met for fact in part)

    def any_of(part: object) -> bool:
        return part in met if isinstance(part, str) else any(together(way) for way in part)

    return all(any_of(part) for part in stage["requires"]) and not set(stage["blocks"]) & set(refused)


def flat(part: object) -> set[str]:
    return {part} if isinstance(part, str) else {fact for each in part for fact in flat(each)}


def dossier_of(states: Mapping[str, str], stage: str) -> Dossier:
    """A record with real evidence for the derived facts that are "yes", and the answers to asked ones."""
    on = {fact for fact in DERIVED if states.get(fact) == "yes"}
    acts = {
        "interest": [Activity(kind="download", direction="in", at="2026-04-20")],
        "engaged": [
            Activity(kind="download", direction="in", at="2026-04-20"),
            Activity(kind="webinar", direction="in", at="2026-04-25"),
        ],
        "details_given": [Activity(kind="form", direction="in", at="2026-04-20")],
        "dialogue": [Activity(kind="meeting", direction="both", at="2026-04-27")],
        "pursued": [Activity(kind="call", direction="out", at="2026-04-26")],
        "purchase": [Activity(kind="purchase", at="2026-04-01")],
    }
    answers = [Answer(fact=fact, value=states[fact], at=MOMENT) for fact in ASKED if fact in states]
    if "scored" in on:
        answers.append(Answer(fact="scored", value="yes", note="Knows the plant"))
    return Dossier(
        lead=Lead(id=Id(1), stage=stage, source="address_book", stage_since=MOMENT, created_at=MOMENT),
        person=Person(family="Beispiel") if "known" in on else None,
        points=(ContactPoint(id=Id(5), kind="phone", value="0511 1", broken="reachable" not in on),),
        consents=(Consent(contact_point_id=Id(5), state="given", purpose="offers"),) if "permission" in on else (),
        owner=Member(name="Jana Lindner") if "pursued" in on else None,
        activities=tuple(activity for fact in sorted(on) for activity in acts.get(fact, ())),
        answers=tuple(answers),
        moves=(StageMove(kind="moved", to_stage=stage, at=MOMENT),),
    )


def met_facts(states: Mapping[str, str]) -> set[str]:
    """Which facts hold: a second sign and handing over details are signs of interest as well."""
    met = {fact for fact, state in states.items() if state in ("yes", "not_applicable")}
    return met | ({"interest"} if met & {"engaged", "details_given"} else set())


def refused_facts(states: Mapping[str, str]) -> set[str]:
    return {fact for fact, state in states.items() if fact in ASKED and state == "no"}


def combinations(facts: Iterable[str]) -> Iterable[dict[str, str]]:
    facts = sorted(facts)
    choices = [ANSWERS if fact in ASKED else ("yes", "no") for fact in facts]
    return (dict(zip(facts, states, strict=True)) for states in itertools.product(*choices))


def check_gate(key: str, here: str, there: int, states: Mapping[str, str]) -> None:
    words, stage = shipped(key), written(key)[there]
    dossier = dossier_of(states, here)
    found = gate(words, stage["key"], dossier, today=TODAY)
    met, refused = met_facts(states), refused_facts(states)
    forward = there > 0 and (here == "" or words.path.index(here) < there)
    assert found.met == (not forward or holds(stage, met, refused))
    assert found.met == (found.missing == ())
    assert set(found.satisfied) == flat(stage["requires"]) & met
    if forward:
        assert set(found.blocked) == set(stage["blocks"]) & refused
        assert not set(found.missing) & met
        check_filling(stage, found.missing, met, refused)
        assert all(found.alternatives)


def check_filling(stage: Mapping[str, object], missing: tuple[str, ...], met: set[str], refused: set[str]) -> None:
    """Filling what is missing is enough, and no part of it would be."""
    assert holds(stage, met | set(missing), refused - set(missing))
    for left_out in missing:
        filled = set(missing) - {left_out}
        assert not holds(stage, met | filled, refused - filled)


def check_why(key: str, here: int, states: Mapping[str, str]) -> None:
    words, stage = shipped(key), written(key)[here]
    met, refused = met_facts(states), refused_facts(states)
    dossier = dossier_of(states, stage["key"])
    found = why(words, dossier, today=TODAY)
    assert ("Everything required is met" in found.sentence) == holds(stage, met, refused) == (found.lacking == ())
    for row in found.rows:
        assert row.met == (row.fact in met)
    rows = {row.fact for row in found.rows}
    plain = {part for part in stage["requires"] if isinstance(part, str)}
    assert (
        plain | set(stage["signs"]) | set(found.lacking)
        <= rows
        <= flat(stage["requires"]) | {*stage["signs"], *stage["blocks"]}
    )
    if here == 3:
        assert (found.also_needed_stage, found.also_needed) == ("", ())
        return
    following = gate(words, written(key)[here + 1]["key"], dossier, today=TODAY)
    assert found.also_needed_stage == following.stage
    assert [row.fact for row in found.also_needed] == [fact for fact in following.missing if fact not in rows]


@pytest.mark.parametrize(("key", "there"), CASES)
def test_every_combination_of_a_stages_own_facts_passes_the_gate_if_and_only_if_the_definition_holds(key, there):
    stage = written(key)[there]
    own = flat(stage["requires"]) | set(stage["blocks"])
    from_stages = ("", *shipped(key).path) if len(own) <= 5 else ("",)
    for states, here in itertools.product(combinations(own), from_stages):
        check_gate(key, here, there, states)


@pytest.mark.parametrize(("key", "here"), CASES)
def test_every_combination_of_a_stages_own_facts_is_explained_as_the_definition_says(key, here):
    stage = written(key)[here]
    own = flat(stage["requires"]) | set(stage["blocks"])
    wide = len(own) > 5
    for states in combinations(own):
        if not wide or list(states.values()).count("yes") >= len(own) - 2:
            check_why(key, here, states)


@pytest.mark.parametrize("key", vocabulary.shipped())
def test_every_pair_of_stages_with_all_and_with_nothing_known(key):
    for here, there in itertools.product(("", *shipped(key).path), range(4)):
        check_gate(key, here, there, {})
        check_gate(key, here, there, dict.fromkeys((*ASKED, *DERIVED), "yes"))
        check_gate(key, here, there, dict.fromkeys((*ASKED, *DERIVED), "no"))


states_of_all_facts = st.fixed_dictionaries(
    {fact: st.sampled_from(ANSWERS) for fact in ASKED}
    | {fact: st.sampled_from(("yes", "no")) for fact in DERIVED if fact not in ("dialogue", "pursued")},
    optional={},
).flatmap(
    lambda states: st.sampled_from(("yes", "no")).flatmap(
        # a meeting with somebody who has an owner is a contact by that owner: the two go together
        lambda both: st.just({**states, "dialogue": both, "pursued": both})
    )
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    key=st.sampled_from(vocabulary.shipped()),
    here=st.integers(-1, 3),
    there=st.integers(0, 3),
    states=states_of_all_facts,
)
def test_any_facts_and_any_pair_of_stages_agree(key, here, there, states):
    check_gate(key, shipped(key).path[here] if here >= 0 else "", there, states)
    check_why(key, max(here, 0), states)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(key=st.sampled_from(vocabulary.shipped()), there=st.integers(1, 3), states=states_of_all_facts)
def test_answers_not_saved_yet_weigh_as_if_they_were(key, there, states):
    stage = shipped(key).path[there]
    asked = {fact: state for fact, state in states.items() if fact in ASKED}
    rest = {fact: state for fact, state in states.items() if fact in DERIVED}
    unsaved = [Answer(fact=fact, value=state) for fact, state in asked.items()]
    saved = dossier_of(states, "")
    bare = dossier_of(rest, "")
    assert gate(shipped(key), stage, bare, today=TODAY, extra_answers=unsaved) == gate(
        shipped(key), stage, saved, today=TODAY
    )


def test_of_several_ways_the_nearest_is_asked_for_and_the_others_are_kept():
    words = shipped("contact-lead")
    both_open = gate(words, "lead", dossier_of({}, "contact"), today=TODAY)
    assert both_open.missing == ("dialogue", "details_given")
    assert both_open.alternatives == (("need", "means", "in_market", "timeframe"),)
    three = {"need": "yes", "means": "yes", "timeframe": "not_applicable"}
    nearly = gate(words, "lead", dossier_of(three, "contact"), today=TODAY)
    assert nearly.missing == ("in_market",)
    assert nearly.alternatives == (("dialogue", "details_given"),)
    assert nearly.groups[0].nearest == ("need", "means", "in_market", "timeframe")


def test_of_two_ways_alike_the_one_without_an_answer_no_is_nearer():
    states = {"reachable": "yes", "engaged": "yes", "fit": "no"}
    found = gate(shipped("lead-first"), "prospect", dossier_of(states, "lead"), today=TODAY)
    assert found.missing == ("pursued",)
    assert found.alternatives == (("fit",),)
    open_fit = gate(shipped("lead-first"), "prospect", dossier_of({**states, "fit": "unknown"}, "lead"), today=TODAY)
    assert open_fit.missing == ("fit",)


def test_one_fact_short_is_nearer_than_two_even_if_it_was_answered_no():
    states = {"need": "no", "means": "yes", "in_market": "yes", "timeframe": "yes"}
    found = gate(shipped("contact-lead"), "lead", dossier_of(states, "contact"), today=TODAY)
    assert (found.missing, found.alternatives) == (("need",), (("dialogue", "details_given"),))


def test_no_value_is_asked_about_although_all_that_is_required_is_met():
    required = dict.fromkeys(("dialogue", "interest", "need", "fit"), "yes")
    words = shipped("dialogue")
    assert gate(words, "prospect", dossier_of({**required, "value": "unknown"}, "lead"), today=TODAY).met
    found = gate(words, "prospect", dossier_of({**required, "value": "no"}, "lead"), today=TODAY)
    assert (found.missing, found.blocked) == (("value",), ("value",))


def test_the_first_stage_takes_a_badge_id_alone():
    bare = Dossier(lead=Lead(source="badge_scan"))
    for key in vocabulary.shipped():
        assert gate(shipped(key), shipped(key).path[0], bare, today=TODAY).met


def test_a_deal_moves_through_the_same_gate_as_a_lead():
    deal = Dossier(opportunity=Opportunity(stage="opportunity"))
    assert gate(shipped("dialogue"), "customer", deal, today=TODAY).missing == ("purchase",)
    won = replace(deal, opportunity=Opportunity(stage="opportunity", exit="won"))
    assert gate(shipped("dialogue"), "customer", won, today=TODAY).met
    assert gate(shipped("dialogue"), "prospect", deal, today=TODAY).met


def test_a_stage_of_an_earlier_vocabulary_lies_before_the_path():
    stranger = Dossier(lead=Lead(stage="suspect"))
    assert not gate(shipped("dialogue"), "prospect", stranger, today=TODAY).met
