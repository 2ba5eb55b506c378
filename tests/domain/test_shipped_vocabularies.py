"""The shipped vocabularies say what the definitions say: here typed in once more, cell by cell."""

from __future__ import annotations

import tomllib

import pytest

from crmdesk import words
from crmdesk.domain import vocabulary
from crmdesk.domain.entry import SOURCES, placing
from crmdesk.domain.errors import NotFound
from crmdesk.domain.facts import FACTS
from crmdesk.domain.vocabulary import Vocabulary

NEED_MEANS_TIME = ["need", "means", "timeframe"]
# vocabulary → stage, role, requires, signs, blocks, team, track, place
STAGES = {
    "lead-first": [
        ("lead", "reachable", [["known", "reachable"]], ["interest"], [], "marketing", "nurture", "top"),
        (
            "prospect",
            "qualified",
            ["reachable", [["fit", "engaged"], "pursued"]],
            ["need", "dialogue"],
            [],
            "sales",
            "outreach",
            "middle",
        ),
        ("opportunity", "in_deal", NEED_MEANS_TIME, ["authority"], [], "sales", "deal", "bottom"),
        ("customer", "customer", ["purchase"], [], [], "service", "care", "bottom"),
    ],
    "contact-lead": [
        ("contact", "known", ["known"], ["reachable"], [], "sales", "nurture", "top"),
        (
            "lead",
            "qualified",
            [[["need", "means", "in_market", "timeframe"], ["dialogue", "details_given"]]],
            ["interest", "authority"],
            [],
            "sales",
            "outreach",
            "middle",
        ),
        (
            "opportunity",
            "in_deal",
            ["need", "means", "in_market", "timeframe", "dialogue", "requirements", "terms"],
            ["supplier_dropped", "contract"],
            [],
            "sales",
            "deal",
            "bottom",
        ),
        ("customer", "customer", ["purchase"], [], [], "sales", "care", "bottom"),
    ],
    "qualified": [
        ("lead", "reachable", ["known", "reachable"], [], [], "marketing", "nurture", "top"),
        ("prospect", "qualified", ["fit"], ["need", "interest", "dialogue"], [], "sales", "outreach", "middle"),
        ("opportunity", "in_deal", NEED_MEANS_TIME, ["authority"], [], "sales", "deal", "bottom"),
        ("customer", "customer", ["purchase"], [], [], "service", "care", "bottom"),
    ],
    "dialogue": [
        ("lead", "known", ["known"], ["reachable"], [], "marketing", "nurture", "top"),
        (
            "prospect",
            "qualified",
            ["dialogue", "interest", "need", "fit"],
            ["means", "authority", "details_given"],
            ["need", "value"],
            "sales",
            "outreach",
            "middle",
        ),
        ("opportunity", "in_deal", NEED_MEANS_TIME, ["authority"], [], "sales", "deal", "bottom"),
        ("customer", "customer", ["purchase"], [], [], "service", "care", "bottom"),
    ],
    "interest-first": [
        ("prospect", "interested", ["interest"], [], [], "marketing", "nurture", "top"),
        (
            "lead",
            "reachable",
            ["interest", "details_given", "reachable"],
            ["permission", "timeframe"],
            [],
            "marketing",
            "outreach",
            "middle",
        ),
        ("opportunity", "in_deal", ["scored", "fit"], NEED_MEANS_TIME, [], "sales", "deal", "bottom"),
        ("customer", "customer", ["purchase"], [], [], "service", "care", "bottom"),
    ],
}
ORDER = ["lead-first", "contact-lead", "qualified", "dialogue", "interest-first"]
WORD = {"L": "lead", "P": "prospect", "C": "contact", "N": "", "K": "customer"}
# source | line | 1 to 5 | permission, channel, purpose, remark
ENTRY = """
business_card       | offline | L C L L L | not_asked
business_card_short | offline | L L L L L | not_asked or_stand
business_card_talk  | offline | P L P P L | not_asked stand
badge_scan          | offline | L C L L L | not_asked organiser
bought_list         | offline | L C L L N | not_asked no_mailing
directory           | online  | L C L L N | not_asked no_mailing
address_book        | offline | L C L L N | not_asked
sourced             | offline | L C P L N | not_asked
referral            | offline | L C L L N | not_asked
webinar             | online  | L C L L P | not_asked form
web_form            | online  | L C L L L | not_asked form
gated_content       | online  | L C L P L | not_asked form
newsletter          | online  | L C L P L | not_asked email marketing confirmation
inbound_call        | offline | P L L P L | legitimate_interest phone offers request
inbound_email       | online  | P L L P L | legitimate_interest email offers request
social              | online  | L C L L P | not_asked
site_visit          | online  | N N N N P | not_asked
existing_customer   | offline | K K K K K | legitimate_interest contract contract
"""
LABELS = {
    "contact": ["Contact", "Kontakt", "Liên hệ", "聯絡對象"],
    "lead": ["Lead", "Lead", "Đầu mối", "銷售線索"],
    "prospect": ["Prospect", "Interessent", "Khách hàng triển vọng", "準客戶"],
    "opportunity": ["Opportunity", "Verkaufschance", "Cơ hội", "商機"],
    "customer": ["Customer", "Kunde", "Khách hàng", "客戶"],
}
# fmt: off
ASKED = (
    "need", "requirements", "means", "in_market", "timeframe", "authority",
    "fit", "value", "supplier_dropped", "terms", "contract",
)
DERIVED = (
    "known", "reachable", "interest", "engaged", "details_given", "permission",
    "dialogue", "pursued", "scored", "purchase",
)
# fmt: on
READINESS = {"top": ("low",), "middle": ("medium",), "bottom": ("high",)}


@pytest.fixture(autouse=True)
def _english_again():
    yield
    words.use("en")


def shipped(key: str) -> Vocabulary:
    return vocabulary.load(vocabulary.shipped_text(key), f"{key}.toml")


def test_five_vocabularies_are_offered_in_the_order_of_the_definitions():
    assert list(vocabulary.shipped()) == ORDER
    assert [shipped(key).key for key in ORDER] == ORDER


@pytest.mark.parametrize("key", ORDER)
def test_each_stage_is_what_the_definitions_say(key):
    written = tomllib.loads(vocabulary.shipped_text(key))["stage"]
    fields = ("key", "role", "requires", "signs", "blocks", "team", "track", "place")
    assert [tuple(stage[field] for field in fields) for stage in written] == STAGES[key]
    read = shipped(key).stages
    fields = ("key", "role", "team", "track", "place")
    assert [[getattr(stage, field) for field in fields] for stage in read] == [
        [stage[field] for field in fields] for stage in written
    ]
    assert [stage.position for stage in read] == [0, 1, 2, 3]


def test_requires_is_read_as_ways_of_facts():
    stages = shipped("lead-first").stages
    assert stages[0].requires == ((("known",), ("reachable",)),)
    assert stages[1].requires == ((("reachable",),), (("fit", "engaged"), ("pursued",)))
    assert shipped("contact-lead").stage("lead").requires == (
        (("need", "means", "in_market", "timeframe"), ("dialogue", "details_given")),
    )
    assert stages[1].facts == ("reachable", "fit", "engaged", "pursued")


@pytest.mark.parametrize("key", ORDER)
def test_readiness_and_data_grow_along_the_path(key):
    for stage in shipped(key).stages:
        if stage.role == "customer":
            assert (stage.readiness, stage.data) == (("bought",), "full")
        elif (key, stage.key) == ("lead-first", "prospect"):
            assert stage.readiness == ("medium", "high")
        else:
            assert stage.readiness == READINESS[stage.place]
        assert stage.data == {"top": "little", "middle": "enough", "bottom": "full"}[stage.place]


@pytest.mark.parametrize("key", ORDER)
def test_accounts_exist_from_the_deal_on_but_from_the_sale_where_contacts_become_leads(key):
    assert shipped(key).account_from == ("customer" if key == "contact-lead" else "opportunity")


@pytest.mark.parametrize("key", ORDER)
def test_the_entry_table_is_the_one_of_the_definitions_cell_by_cell(key):
    rows = [[cell.strip() for cell in line.split("|")] for line in ENTRY.strip().splitlines()]
    assert [row[0] for row in rows] == list(SOURCES) == list(shipped(key).entry)
    for source, line, stages, permission in rows:
        row = placing(shipped(key), source)
        said = [row.permission, row.channel, row.purpose, row.remark]
        assert row.stage == WORD[stages.split()[ORDER.index(key)]], source
        assert row.line == line == SOURCES[source].line, source
        assert [word for word in said if word] == permission.split(), source


def test_who_registered_for_the_webinar_is_a_lead_where_interest_comes_first():
    assert placing(shipped("interest-first"), "webinar", registered=True).stage == "lead"
    assert placing(shipped("interest-first"), "social", registered=True).stage == "prospect"
    assert placing(shipped("dialogue"), "webinar", registered=True).stage == "lead"


def test_an_unknown_source_is_refused_with_the_list():
    with pytest.raises(NotFound, match="business_card"):
        placing(shipped("dialogue"), "carrier_pigeon")


@pytest.mark.parametrize("key", ORDER)
@pytest.mark.parametrize(("place", "code"), list(enumerate(words.LANGUAGES)))
def test_each_stage_has_its_own_word_in_each_language(key, place, code):
    found = shipped(key)
    words.use(code)
    labels = [found.word(stage.key) for stage in found.stages]
    assert labels == [LABELS[stage.key][place] for stage in found.stages]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("key", ORDER)
@pytest.mark.parametrize("code", words.LANGUAGES)
def test_every_text_is_there_in_every_language_and_is_a_sentence(key, code):
    found = shipped(key)
    words.use(code)
    for stage in found.stages:
        for text in (stage.definition, stage.aim, stage.tasks):
            assert text.endswith((".", "。", "？", "?")), text
    assert found.summary()
    assert found.reading()
    assert found.name()


@pytest.mark.parametrize("key", ORDER)
def test_texts_of_different_languages_differ(key):
    for stage in shipped(key).stages:
        for name in ("definition", "aim", "tasks"):
            assert len(set(stage.texts[name].values())) == len(words.LANGUAGES)


def test_the_path_answers_what_comes_next_and_what_is_a_deal():
    found = shipped("dialogue")
    assert found.path == ("lead", "prospect", "opportunity", "customer")
    assert found.next("").key == "lead"
    assert found.next("prospect").key == "opportunity"
    assert found.next("customer") is None
    assert found.reaches("lead", "prospect")
    assert not found.reaches("prospect", "prospect")
    assert not found.reaches("prospect", "lead")
    assert found.reaches("", "lead")
    assert found.is_deal("opportunity")
    assert not found.is_deal("customer")
    assert found.is_customer("customer")
    assert not found.is_customer("")
    assert found.by_role("qualified").key == "prospect"
    assert found.by_role("interested") is None


def test_names_and_words_of_an_earlier_vocabulary_have_a_word_but_are_no_stage():
    found = shipped("contact-lead")
    assert found.word("") == "Names"
    assert found.word("prospect") == "prospect"
    with pytest.raises(NotFound, match="contact, lead, opportunity, customer"):
        found.stage("prospect")


def test_there_are_twenty_one_facts_and_eleven_of_them_are_asked():
    assert set(FACTS) == set(ASKED) | set(DERIVED)
    assert {fact for fact, spec in FACTS.items() if spec.asked} == set(ASKED)
    assert all(bool(spec.remedy) != spec.asked for spec in FACTS.values())
    assert len({spec.label for spec in FACTS.values()}) == len({spec.word for spec in FACTS.values()}) == 21


def test_a_shipped_text_is_found_by_its_key_alone():
    with pytest.raises(NotFound, match="lead-first, contact-lead"):
        vocabulary.shipped_text("../secret")
