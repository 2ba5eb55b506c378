"""Every fact from what a dossier really holds: what makes it hold, and what comes near and does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crmdesk.domain.activity_kinds import KINDS, activity_label
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.entry import SOURCES
from crmdesk.domain.facts import FACTS
from crmdesk.domain.qualify import evidence
from crmdesk.domain.records import (
    Activity,
    Answer,
    Consent,
    ContactPoint,
    Id,
    Lead,
    Member,
    Opportunity,
    Organisation,
    Person,
    StageMove,
)

TODAY = date(2026, 5, 5)
JANA = Member(id=Id(7), name="Jana Lindner", initials="JL")
BARE = Dossier(lead=Lead(id=Id(1), source="address_book", created_at="2026-05-03T10:00:00.000Z"))


def act(kind: str, direction: str = "", at: str = "2026-04-21T12:00:00.000Z", depth: str = "") -> Activity:
    return Activity(kind=kind, direction=direction, at=at, depth=depth)


def after(*activities: Activity, source: str = "address_book", owner: Member | None = None) -> Dossier:
    lead = replace(BARE.lead, source=source)
    return replace(BARE, lead=lead, activities=activities, owner=owner)


def point(kind: str = "email", value: str = "anna@example.com", **values: object) -> Dossier:
    return replace(BARE, points=(ContactPoint(id=Id(5), kind=kind, value=value, **values),))


def consents(*states: str, at: tuple[str, ...] = ("2026-05-01", "2026-05-02", "2026-05-03")) -> Dossier:
    entries = (
        Consent(contact_point_id=Id(5), purpose="offers", state=state, at=day)
        for state, day in zip(states, at, strict=False)
    )
    return replace(point(), consents=tuple(entries))


def answered(fact: str, value: str = "yes", **values: object) -> Dossier:
    return replace(BARE, answers=(Answer(fact=fact, value=value, **values),))


def shown(dossier: Dossier, fact: str) -> tuple[str, str]:
    found = evidence(dossier, fact, today=TODAY)
    return found.state, found.text


NEAR, OUT, IN = "2026-04-22", "out", "in"
LATER = "2026-04-28T09:00:00.000Z"

HOLDS = [
    ("known", replace(BARE, person=Person(given="Anna", family="Beispiel")), "Anna Beispiel"),
    ("known", replace(BARE, person=Person(nickname="Ani")), "Ani"),
    ("known", replace(BARE, person=Person(), organisation=Organisation(name="Muster GmbH")), "Muster GmbH"),
    ("reachable", point(), "anna@example.com"),
    ("reachable", point("phone", "0171 39200 17"), "0171 39200 17"),
    ("reachable", point("handle", "@anna"), "@anna"),
    ("reachable", point("address", "", street="Ring 4", postcode="30159", town="Hannover"), "Ring 4 30159 Hannover"),
    ("interest", after(act("download")), "Download, 21 Apr"),
    ("interest", after(act("webinar", IN)), "Webinar attended, 21 Apr"),
    ("interest", after(act("visit", IN)), "Visit from them, 21 Apr"),
    ("interest", after(act("social", IN)), "Social media, from them, 21 Apr"),
    ("interest", after(act("stand_talk", "both")), "Stand talk, 21 Apr"),
    ("interest", after(act("stand_talk", "both", depth="card")), "Business card at the stand, 21 Apr"),
    ("interest", after(source="site_visit"), "Source: Site visit, no details"),
    ("engaged", after(act("download"), act("webinar", IN, NEAR)), "Download, 21 Apr, Webinar attended, 22 Apr"),
    ("engaged", after(act("mail", OUT), act("mail", IN, LATER)), "Mail from them, 28 Apr"),
    ("engaged", after(act("call", OUT), act("call", IN)), "Call from them, 21 Apr"),
    ("engaged", after(act("quote_request", IN)), "Asked for a quote, 21 Apr"),
    ("engaged", after(act("demo_request", IN)), "Asked for a demo, 21 Apr"),
    ("engaged", after(act("visit_request")), "Asked for a visit, 21 Apr"),
    ("engaged", after(act("download", IN, "2026-05-04"), source="webinar"), "Download, 4 May"),
    ("details_given", after(act("form")), "Form filled in, 21 Apr"),
    ("details_given", after(act("card", IN)), "Business card, 21 Apr"),
    ("details_given", after(act("stand_talk", "both", depth="card")), "Business card at the stand, 21 Apr"),
    ("details_given", after(act("call", IN)), "Call from them, 21 Apr"),
    ("details_given", after(source="gated_content"), "Source: Gated content"),
    ("permission", consents("given"), "Offers: Given, anna@example.com, 1 May"),
    ("permission", consents("legitimate_interest"), "Offers: Legitimate interest, anna@example.com, 1 May"),
    ("permission", consents("declined", "given"), "Offers: Given, anna@example.com, 2 May"),
    ("dialogue", after(act("meeting", "both")), "Meeting, 21 Apr"),
    ("dialogue", after(act("stand_talk", "both", depth="deep")), "In-depth stand talk, 21 Apr"),
    ("dialogue", after(act("call", "both")), "Call, 21 Apr"),
    ("dialogue", after(act("mail", OUT), act("mail", IN, LATER)), "Mail, 21 Apr, Mail from them, 28 Apr"),
    ("dialogue", after(act("call", IN), act("mail", OUT, LATER)), "Call from them, 21 Apr, Mail, 28 Apr"),
    ("dialogue", after(act("quote_request", IN), act("mail", OUT, LATER)), "Asked for a quote, 21 Apr, Mail, 28 Apr"),
    ("pursued", after(act("call", OUT), owner=JANA), "Jana Lindner: Call, 21 Apr"),
    ("pursued", after(act("meeting", "both"), owner=JANA), "Jana Lindner: Meeting, 21 Apr"),
    ("scored", answered("scored", note="Knows the plant", at="2026-05-04"), "Passed by hand: “Knows the plant”, 4 May"),
    ("purchase", after(act("purchase")), "Purchase, 21 Apr"),
    ("purchase", after(source="existing_customer"), "Source: Existing customer"),
    (
        "purchase",
        replace(BARE, won=(Opportunity(name="Press line", stage_since="2026-05-02"),)),
        "Press line: won, 2 May",
    ),
    ("purchase", Dossier(opportunity=Opportunity(exit="won", stage_since="2026-05-02")), "Won, 2 May"),
]

NEAR_MISSES = [
    ("known", BARE, "No name yet"),
    ("known", replace(BARE, person=Person(prefix="Dr."), organisation=Organisation(name=" ")), "No name yet"),
    ("reachable", BARE, "No channel yet"),
    ("reachable", point("web", "example.com"), "No channel yet"),
    ("reachable", point("phone", "0511 1", label="fax"), "No channel yet"),
    ("reachable", point(value=" "), "No channel yet"),
    ("reachable", point(broken=1), "No channel that works"),
    ("interest", BARE, "Nothing from them yet"),
    ("interest", after(act("call", OUT)), "Nothing from them yet"),
    ("interest", after(act("call", "both")), "Nothing from them yet"),
    ("interest", after(act("meeting", "both")), "Nothing from them yet"),
    ("interest", after(act("visit", OUT)), "Nothing from them yet"),
    ("interest", after(act("webinar", OUT)), "Nothing from them yet"),
    ("interest", after(act("note", IN)), "Nothing from them yet"),
    ("interest", after(source="bought_list"), "Nothing from them yet"),
    ("engaged", after(act("download"), act("webinar", IN, "2026-04-21T15:00:00.000Z")), "No second sign"),
    ("engaged", after(act("mail", IN), act("mail", OUT, LATER)), "No second sign"),
    ("engaged", after(act("mail", OUT), act("download", IN, LATER)), "No second sign"),
    ("engaged", after(act("quote_request", OUT)), "No second sign"),
    ("engaged", after(act("stand_talk", "both", "2026-05-03"), source="business_card_talk"), "No second sign"),
    ("engaged", after(act("stand_talk", "both"), source="business_card_talk"), "No second sign"),
    ("engaged", after(source="inbound_email"), "No second sign"),
    ("details_given", after(act("download", IN)), "Not handed over by them"),
    ("details_given", after(act("call", OUT)), "Not handed over by them"),
    ("details_given", after(act("call", "both")), "Not handed over by them"),
    ("details_given", after(act("card", OUT)), "Not handed over by them"),
    ("details_given", after(act("stand_talk", "both", depth="short")), "Not handed over by them"),
    ("details_given", after(source="webinar"), "Not handed over by them"),
    ("permission", point(), "Not asked"),
    ("permission", consents("not_asked"), "Not asked"),
    ("permission", consents("given", "withdrawn"), "Offers: Withdrawn, anna@example.com, 2 May"),
    ("permission", consents("given", "declined", at=("2026-05-01", "2026-05-01")), "Offers: Declined"),
    ("permission", consents("declined", "given", at=("2026-05-02", "2026-05-01")), "Offers: Declined"),
    ("dialogue", BARE, "No talk yet"),
    ("dialogue", after(act("mail", OUT), act("call", OUT)), "No answer from them yet"),
    ("dialogue", after(act("mail", IN), act("call", IN)), "Not answered by us yet"),
    ("dialogue", after(act("stand_talk", "both", depth="card")), "No talk yet"),
    ("dialogue", after(act("download", IN), act("mail", OUT)), "No answer from them yet"),
    ("dialogue", after(act("note"), act("form", IN), source="business_card_talk"), "No talk yet"),
    ("pursued", after(act("call", OUT)), "No owner yet"),
    ("pursued", after(owner=JANA), "Jana Lindner: no contact yet"),
    ("pursued", after(act("call", IN), act("note"), owner=JANA), "Jana Lindner: no contact yet"),
    ("pursued", after(act("stand_talk", "both", depth="card"), owner=JANA), "Jana Lindner: no contact yet"),
    ("purchase", BARE, "Nothing bought yet"),
    ("purchase", Dossier(opportunity=Opportunity(exit="lost")), "Nothing bought yet"),
]


@pytest.mark.parametrize(("fact", "dossier", "text"), HOLDS)
def test_a_derived_fact_holds_and_shows_its_evidence(fact, dossier, text):
    assert shown(dossier, fact) == ("yes", text)


@pytest.mark.parametrize(("fact", "dossier", "text"), NEAR_MISSES)
def test_what_only_comes_near_is_not_met_and_says_what_is_missing(fact, dossier, text):
    state, said = shown(dossier, fact)
    assert state == "no"
    assert said.startswith(text)


@pytest.mark.parametrize("fact", [fact for fact, spec in FACTS.items() if not spec.asked and fact != "scored"])
@pytest.mark.parametrize("value", ["yes", "not_applicable"])
def test_a_derived_fact_cannot_be_ticked(fact, value):
    assert shown(answered(fact, value, note="Trust me"), fact)[0] == "no"


@pytest.mark.parametrize("value", ["no", "unknown", "not_applicable"])
def test_a_score_is_passed_by_a_yes_alone(value):
    assert shown(answered("scored", value, note="why"), "scored") == ("unknown", "Not scored yet")


def test_a_score_is_passed_by_hand_only_with_a_reason():
    assert shown(answered("scored", note=" "), "scored") == ("unknown", "Not scored yet")
    assert shown(BARE, "scored") == ("unknown", "Not scored yet")


@pytest.mark.parametrize("fact", [fact for fact, spec in FACTS.items() if spec.asked])
def test_an_asked_fact_is_what_was_answered(fact):
    assert shown(BARE, fact) == ("unknown", "Not asked yet")
    states = {
        value: evidence(answered(fact, value), fact, today=TODAY)
        for value in ("yes", "no", "unknown", "not_applicable")
    }
    assert [found.state for found in states.values()] == list(states)
    assert [found.met for found in states.values()] == [True, False, False, True]
    assert [found.word for found in states.values()] == ["met", "not met", "unknown", "n/a"]


ANSWERED = [
    (answered("need", note="Replaces two lathes"), "“Replaces two lathes”, said"),
    (answered("need", "no", note="None", at="2026-05-03"), "“None”, said 3 May"),
    (answered("need", basis="guessed", note="Leaks"), "“Leaks”, guessed"),
    (answered("need"), "Said"),
    (answered("need", at="2025-12-30T12:00:00.000Z"), "Said 30 Dec 2025"),
    (answered("need", basis="guessed", at="2026-05-03"), "Guessed 3 May"),
    (answered("need", basis="guessed"), "Guessed"),
    (answered("need", "unknown"), "Asked, not known yet"),
    (answered("need", "unknown", note="Ask Lena"), "“Ask Lena”"),
    (answered("need", "not_applicable"), "Not applicable"),
    (answered("means", "not_applicable", note="Public body"), "Not applicable: “Public body”"),
    (answered("means", amount_cents=2_500_000, currency="EUR"), "€25,000, said"),
    (answered("means", amount_cents=2_500_000, note="a line"), "25,000, “a line”, said"),
    (answered("timeframe", by_date="2026-07-31", at="2026-05-03"), "by 31 Jul, said 3 May"),
    (answered("authority", buying_role="decider"), "Decider, said"),
    (answered("fit", note="Hydraulics, 85 staff", at="2026-05-03"), "“Hydraulics, 85 staff”, 3 May"),
    (answered("fit"), "Judged by a person"),
]


@pytest.mark.parametrize(("dossier", "text"), ANSWERED)
def test_an_answer_is_worded_with_its_note_its_day_and_whether_it_was_said(dossier, text):
    assert shown(dossier, dossier.answers[0].fact)[1] == text


def test_fit_names_who_judged_it_and_when():
    judged = replace(answered("fit", at="2026-05-03", member_id=JANA.id), members=(JANA,))
    assert shown(judged, "fit") == ("yes", "Judged by a person, Jana Lindner, 3 May")


def test_the_supplier_and_the_terms_stand_in_the_record():
    deal = Opportunity(supplier="Alt & Co", terms="30 days")
    dropped = Dossier(opportunity=deal, answers=(Answer(fact="supplier_dropped", value="yes"),))
    assert shown(dropped, "supplier_dropped") == ("yes", "Alt & Co, said")
    talked = replace(dropped, answers=(Answer(fact="terms", value="yes", note="2 % less"),))
    assert shown(talked, "terms") == ("yes", "30 days, “2 % less”, said")


def test_the_last_answer_is_in_force_whichever_record_holds_it():
    older = Answer(fact="need", value="yes", at="2026-05-01T10:00:00.000Z")
    newer = Answer(fact="need", value="no", at="2026-05-04T10:00:00.000Z")
    assert shown(replace(BARE, answers=(newer, older)), "need")[0] == "no"
    assert shown(replace(BARE, answers=(newer, replace(older, at=newer.at))), "need")[0] == "yes"


def test_an_answer_not_saved_yet_goes_before_the_saved_one():
    saved = answered("need", "no", at="2026-05-04")
    unsaved = (Answer(fact="need", value="unknown"), Answer(fact="need", value="yes"), Answer(fact="fit", value="no"))
    assert evidence(saved, "need", today=TODAY, extra_answers=unsaved).state == "yes"


def test_the_preferred_channel_is_shown():
    first = ContactPoint(kind="email", value="info@example.com")
    second = ContactPoint(kind="email", value="anna@example.com", preferred=1)
    assert shown(replace(BARE, points=(first, second)), "reachable") == ("yes", "anna@example.com")


def test_permission_for_one_channel_is_enough():
    mixed = replace(
        consents("declined"),
        consents=(
            Consent(contact_point_id=Id(5), purpose="marketing", state="withdrawn", at="2026-05-02"),
            Consent(contact_point_id=Id(5), purpose="offers", state="given", at="2026-05-01"),
        ),
    )
    assert shown(mixed, "permission")[0] == "yes"


def test_a_sign_counts_on_the_day_where_we_are(monkeypatch):
    """07:00 and 09:00 in Taipei are two days in UTC and one day there."""
    import time

    monkeypatch.setenv("TZ", "Asia/Taipei")
    time.tzset()
    try:
        signs = after(act("download", IN, "2026-04-20T23:00:00.000Z"), act("webinar", IN, "2026-04-21T01:00:00.000Z"))
        assert shown(signs, "engaged")[0] == "no"
        assert shown(signs, "interest") == ("yes", "Webinar attended, 21 Apr")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_happened_out_of_order_is_put_in_order():
    listed = after(act("mail", IN, "2026-04-28"), act("mail", OUT, "2026-04-21"))
    assert shown(listed, "engaged") == ("yes", "Mail from them, 28 Apr")


def test_the_first_placing_counts_for_a_deal_that_came_from_a_lead():
    deal = Opportunity(source="webinar", created_at="2026-05-05T10:00:00.000Z")
    placed = (StageMove(kind="placed", at="2026-05-01T10:00:00.000Z"),)
    signs = (act("download", IN, "2026-05-03"),)
    assert shown(Dossier(opportunity=deal, moves=placed, activities=signs), "engaged")[0] == "yes"
    assert shown(Dossier(opportunity=deal, activities=signs), "engaged")[0] == "no"


def test_each_kind_and_source_has_words_and_a_foreign_kind_keeps_its_own():
    assert all(activity_label(act(kind)) for kind in KINDS)
    assert activity_label(act("telex")) == "telex"
    assert all(source.label for source in SOURCES.values())
