"""A workspace's own words and rules over a shipped vocabulary: what may change, what may not, and the way back."""

from __future__ import annotations

import json

import pytest

from crmdesk import words
from crmdesk.domain import agreement, vocabulary
from crmdesk.domain.agreement import StageChange
from crmdesk.domain.errors import BadInput, NotFound

TEXT = vocabulary.shipped_text("dialogue")
SHIPPED = vocabulary.load(TEXT, "dialogue")


def after(*changes: StageChange) -> vocabulary.Vocabulary:
    own = "{}"
    for each in changes:
        own = agreement.changed(SHIPPED, own, each)
    return agreement.load(TEXT, "dialogue", changes=own, version=1 + len(changes), dated="2026-05-05")


@pytest.fixture(autouse=True)
def _english() -> None:
    words.use("en")


def test_without_changes_it_is_the_shipped_one():
    assert agreement.load(TEXT, "dialogue", changes="{}", version=1, dated="2026-05-01") is SHIPPED


def test_a_name_for_all_languages_stands_in_each_of_them():
    stage = after(StageChange(stage="prospect", labels={"*": " Suspect "})).stage("prospect")
    assert set(stage.texts["label"].values()) == {"Suspect"}
    assert stage.definition == SHIPPED.stage("prospect").definition


def test_a_name_for_one_language_leaves_the_others():
    stage = after(StageChange(stage="prospect", labels={"de": "Kandidat"})).stage("prospect")
    assert stage.texts["label"]["de"] == "Kandidat"
    assert stage.texts["label"]["en"] == "Prospect"


def test_what_becomes_required_is_no_sign_any_more():
    new = StageChange(stage="prospect", requires=[[["dialogue"]], [["means"]], [["fit", "need"], ["authority"]]])
    stage = after(new).stage("prospect")
    assert stage.requires == ((("dialogue",),), (("means",),), (("fit", "need"), ("authority",)))
    assert stage.signs == ("details_given",)
    assert stage.facts == ("dialogue", "means", "fit", "need", "authority")


def test_version_and_date_are_those_of_the_agreement():
    changed = after(StageChange(stage="lead", labels={"en": "Suspect"}))
    assert (changed.version, changed.dated) == (2, "2026-05-05")


def test_reset_gives_the_shipped_stage_back_and_keeps_the_other_changes():
    changed = after(
        StageChange(stage="lead", labels={"en": "Suspect"}),
        StageChange(stage="prospect", requires=[[["fit"]]]),
        StageChange(stage="prospect", reset=True),
    )
    assert changed.stage("prospect") == SHIPPED.stage("prospect")
    assert changed.stage("lead").label == "Suspect"


def test_a_change_to_what_there_is_already_leaves_nothing():
    own = agreement.changed(SHIPPED, "{}", StageChange(stage="prospect", labels={"en": "Prospect"}))
    assert json.loads(own) == {}
    assert agreement.own_stages(own) == frozenset()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (StageChange(stage="prospect", labels={"en": "lead"}), "Two stages are called"),
        (StageChange(stage="prospect", labels={"*": "Kunde"}), "Two stages are called"),
        (StageChange(stage="prospect", labels={"en": "  "}), "needs a name"),
        (StageChange(stage="prospect", labels={"en": "x" * 41}), "too long"),
        (StageChange(stage="prospect", labels={"fr": "Client"}), "not a language"),
        (StageChange(stage="prospect", requires=[]), "requires nothing"),
        (StageChange(stage="prospect", requires=[[[]]]), "requires nothing"),
        (StageChange(stage="prospect", requires=[[["charm"]]]), "“charm” is not known"),
        (StageChange(stage="prospect", signs=["charm"]), "“charm” is not known"),
        (StageChange(stage="prospect", requires=[[["purchase"]]]), "bought before"),
        (StageChange(stage="customer", requires=[[["need"]]]), "is a customer"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(change, said):
    with pytest.raises(BadInput, match=said) as refused:
        agreement.changed(SHIPPED, "{}", change)
    assert refused.value.remedy


def test_an_unknown_stage_is_refused():
    with pytest.raises(NotFound):
        agreement.changed(SHIPPED, "{}", StageChange(stage="suspect"))


@pytest.mark.parametrize("key", vocabulary.shipped())
def test_every_shipped_stage_has_a_short_line_and_the_second_says_what_makes_it(key):
    found = vocabulary.load(vocabulary.shipped_text(key), key)
    for code in words.LANGUAGES:
        words.use(code)
        for stage in found.stages:
            assert stage.short
            assert stage.short == stage.texts["short"][code]
            assert len(stage.short) <= 80
        assert found.stages[1].enter
        assert [stage.enter for stage in found.stages[2:]] == ["", ""]


def test_a_workspace_of_an_earlier_version_has_the_definition_for_the_short_line():
    text = TEXT
    for name in ("short", "enter"):
        while (start := text.find(f"[stage.{name}]")) >= 0:
            text = text[:start] + text[text.index("\n\n", start) + 2 :]
    stage = vocabulary.load(text, "old").stage("prospect")
    assert stage.short == stage.definition
    assert stage.enter == ""


@pytest.mark.parametrize(
    "nonsense",
    [
        "{",
        "[]",
        '{"prospect": 1}',
        '{"prospect": {"requires": 3}}',
        '{"prospect": {"requires": [[["luck"]]]}}',
        '{"prospect": {"signs": [[]]}}',
        '{"prospect": {"label": {"en": 5}}}',
    ],
)
def test_changes_without_sense_are_refused(nonsense: str):
    with pytest.raises(ValueError):  # noqa: PT011  # whoever reads them says which file
        agreement.load(TEXT, "dialogue", changes=nonsense, version=2, dated="2026-05-05")
