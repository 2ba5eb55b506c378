"""The qualification sheet: only what is missing is asked, and the ways on and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from crmdesk.domain import vocabulary
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.records import Activity, Answer, ContactPoint, Id, Lead, Member, Organisation, Person
from crmdesk.ui import paint
from crmdesk.ui.dialogs.asked_block import AskedBlock
from crmdesk.ui.dialogs.asking import Filled, asking
from crmdesk.ui.dialogs.derived_block import DerivedBlock
from crmdesk.ui.dialogs.qualification import QualificationSheet
from crmdesk.ui.sheets import Sheets
from crmdesk.ui.theme import Theme
from crmdesk.ui.typed import Typed

TODAY = date(2026, 5, 5)
LEAD, PERSON, FIRM, MAIL, ME = Id(1), Id(2), Id(3), Id(4), Id(5)


def today() -> date:
    return TODAY


def dossier(stage: str, **answers: str) -> Dossier:
    return Dossier(
        lead=Lead(id=LEAD, person_id=PERSON, organisation_id=FIRM, stage=stage, source="address_book", owner_id=ME),
        person=Person(id=PERSON, given="Sabine", family="Quellmann", organisation_id=FIRM),
        organisation=Organisation(id=FIRM, name="Quellmann Hydraulik"),
        owner=Member(id=ME, name="Jana Lindner", initials="JL"),
        points=(ContactPoint(id=MAIL, person_id=PERSON, kind="email", value="s@quellmann.example"),),
        activities=(Activity(id=Id(9), person_id=PERSON, kind="meeting", direction="both", at="2026-04-21"),),
        answers=tuple(
            Answer(id=Id(20 + at), lead_id=LEAD, fact=fact, value=value, at="2026-04-22T09:00:00.000Z")
            for at, (fact, value) in enumerate(answers.items())
        ),
    )


@pytest.fixture
def sheets(window: QMainWindow) -> Sheets:
    window.activateWindow()
    return Sheets(window)


def opened(
    sheets: Sheets, theme: Theme, about: Dossier, stage: str, *, words: str = "lead-first"
) -> QualificationSheet:
    spoken = vocabulary.load(vocabulary.shipped_text(words), words)
    asked = asking(spoken, about, stage, today=TODAY, me="Jana Lindner")
    sheet = QualificationSheet(theme, asked, Typed(today, "EUR"))
    sheets.open(sheet, key=f"gate:{stage}")
    return sheet


def asked(sheet: QualificationSheet, fact: str) -> AskedBlock:
    block = sheet.blocks[fact]
    assert isinstance(block, AskedBlock)
    return block


def derived(sheet: QualificationSheet, fact: str) -> DerivedBlock:
    block = sheet.blocks[fact]
    assert isinstance(block, DerivedBlock)
    return block


@pytest.fixture
def deal(sheets: Sheets, theme: Theme) -> QualificationSheet:
    return opened(sheets, theme, dossier("prospect", need="yes"), "opportunity")


def test_only_the_missing_facts_are_asked(deal: QualificationSheet) -> None:
    assert list(deal.blocks) == ["means", "timeframe"]
    assert deal.title.text() == "Two facts before Opportunity"
    assert deal.note.text() == "0 of 2 answered"


def test_answers_are_counted_live_and_fill_and_move_waits_for_them(deal: QualificationSheet, qtbot: QtBot) -> None:
    assert deal.primary is not None
    qtbot.mouseClick(asked(deal, "means").control.segment("yes"), Qt.MouseButton.LeftButton)
    assert deal.note.text() == "1 of 2 answered"
    assert not deal.primary.isEnabled()
    qtbot.mouseClick(asked(deal, "timeframe").control.segment("not_applicable"), Qt.MouseButton.LeftButton)
    assert deal.note.text() == "2 of 2 answered"
    assert deal.primary.isEnabled()


def test_what_was_filled_comes_out_as_answers(deal: QualificationSheet, qtbot: QtBot) -> None:
    means, timeframe = asked(deal, "means"), asked(deal, "timeframe")
    assert means.amount is not None
    assert timeframe.day is not None
    qtbot.keyClick(means.control.segment("yes"), "1")
    qtbot.keyClicks(means.amount.line, "25.000")
    qtbot.mouseClick(means.basis.segment("guessed"), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(means.note, "per line")
    qtbot.keyClick(timeframe.control.segment("yes"), "1")
    qtbot.keyClicks(timeframe.day.line, "30.9.")
    with qtbot.waitSignal(deal.filled) as heard:
        qtbot.keyClick(means.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    filled = heard.args[0]
    assert isinstance(filled, Filled)
    first, second = filled.answers
    assert (first.fact, first.value, first.amount_cents, first.currency) == ("means", "yes", 2_500_000, "EUR")
    assert (first.basis, first.note) == ("guessed", "per line")
    assert (second.fact, second.by_date, second.basis) == ("timeframe", "2026-09-30", "said")
    assert filled.because == ""


def test_unknown_is_a_fair_answer_that_moves_only_with_a_reason(deal: QualificationSheet, qtbot: QtBot) -> None:
    block = asked(deal, "means")
    qtbot.mouseClick(block.control.segment("unknown"), Qt.MouseButton.LeftButton)
    assert "fair answer" in block.sentence.label.text()
    with qtbot.assertNotEmitted(deal.filled):
        qtbot.mouseClick(deal.anyway, Qt.MouseButton.LeftButton)
    assert deal.because.hasFocus()
    qtbot.keyClicks(deal.because, "budget round in July")
    with qtbot.waitSignal(deal.filled) as heard:
        qtbot.keyClick(deal.because, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard.args[0].because == "budget round in July"
    assert [answer.value for answer in heard.args[0].answers] == ["unknown"]


def test_a_suggested_reason_is_chosen_by_its_digit(deal: QualificationSheet, qtbot: QtBot) -> None:
    chip = deal.reasons.parts()[0]
    chip.setFocus()
    qtbot.keyClick(chip, "3")
    assert deal.because.text() == "Will ask on the next call"


def test_the_digits_of_the_reasons_are_printed_only_while_they_act(
    deal: QualificationSheet, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []
    monkeypatch.setattr(paint, "keycap", lambda _painter, _theme, _rect, key, **_how: printed.append(key))
    deal.blocks["means"].control.segment("yes").setFocus()
    deal.reasons.grab()
    assert not {"1", "2", "3"} & set(printed)
    deal.reasons.parts()[0].setFocus()
    deal.reasons.grab()
    assert {"1", "2", "3"} <= set(printed)


def test_digits_are_text_inside_the_reason(deal: QualificationSheet, qtbot: QtBot) -> None:
    qtbot.keyClicks(deal.because, "3 lines")
    assert deal.because.text() == "3 lines"


def test_an_amount_that_cannot_be_read_stays_open_and_says_so(deal: QualificationSheet, qtbot: QtBot) -> None:
    means, timeframe = asked(deal, "means"), asked(deal, "timeframe")
    assert means.amount is not None
    qtbot.mouseClick(means.control.segment("yes"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(timeframe.control.segment("yes"), Qt.MouseButton.LeftButton)
    means.amount.line.setText("a lot")
    with qtbot.assertNotEmitted(deal.filled):
        qtbot.mouseClick(deal.primary, Qt.MouseButton.LeftButton)
    assert "a lot" in means.sentence.label.text()


def test_put_back_keeps_everything_typed(deal: QualificationSheet, sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    means = asked(deal, "means")
    qtbot.mouseClick(means.control.segment("no"), Qt.MouseButton.LeftButton)
    means.note.setText("frozen")
    deal.because.setText("asked")
    with qtbot.waitSignal(deal.dismissed):
        qtbot.keyClick(means.note, Qt.Key.Key_Escape)
    again = opened(sheets, theme, dossier("prospect", need="yes"), "opportunity")
    assert asked(again, "means").control.value == "no"
    assert asked(again, "means").note.text() == "frozen"
    assert again.because.text() == "asked"


def test_what_was_answered_before_stands_in_the_block_and_is_not_given_again(sheets: Sheets, theme: Theme) -> None:
    sheet = opened(sheets, theme, dossier("prospect", need="yes", means="no", timeframe="unknown"), "opportunity")
    assert asked(sheet, "means").control.value == "no"
    assert sheet.value() == Filled()


def test_a_no_to_what_the_stage_blocks_on_offers_not_a_fit(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    sheet = opened(sheets, theme, dossier("lead"), "prospect", words="dialogue")
    assert sheet.reject.isHidden()
    qtbot.mouseClick(asked(sheet, "need").control.segment("no"), Qt.MouseButton.LeftButton)
    assert sheet.reject.isVisible()
    with qtbot.waitSignal(sheet.rejected) as heard:
        qtbot.mouseClick(sheet.reject, Qt.MouseButton.LeftButton)
    assert heard.args[0] == "no_problem"
    assert heard.args[1].answers[0].fact == "need"


def test_another_way_is_shown_instead_of_the_nearest(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    about = dossier("lead")
    assert about.lead is not None
    about = replace(about, lead=replace(about.lead, owner_id=None), owner=None)
    sheet = opened(sheets, theme, about, "prospect")
    assert [fact for fact, block in sheet.blocks.items() if block.isVisible()] == ["pursued"]
    chip = sheet.ways[0]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert [fact for fact, block in sheet.blocks.items() if block.isVisible()] == ["fit", "engaged"]
    assert sheet.title.text() == "Two facts before Prospect"
    qtbot.mouseClick(asked(sheet, "fit").control.segment("yes"), Qt.MouseButton.LeftButton)
    kind = derived(sheet, "engaged").lists["kind"]
    kind.setFocus()
    for _item in range(kind.findData("quote_request") - kind.currentIndex()):
        qtbot.keyClick(kind, Qt.Key.Key_Down)
    assert kind.value == "quote_request"
    assert sheet.primary is not None
    assert sheet.primary.isEnabled()


def test_discarding_a_draft_goes_back_to_the_nearest_way(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    about = dossier("lead")
    assert about.lead is not None
    about = replace(about, lead=replace(about.lead, owner_id=None), owner=None)
    sheet = opened(sheets, theme, about, "prospect")
    qtbot.mouseClick(sheet.ways[0], Qt.MouseButton.LeftButton)
    sheet.dismiss()
    again = opened(sheets, theme, about, "prospect")
    assert again.ways[0].chosen
    assert again.draft_line is not None
    qtbot.mouseClick(again.draft_line.discard, Qt.MouseButton.LeftButton)
    assert [fact for fact, block in again.blocks.items() if block.isVisible()] == ["pursued"]


def test_ownership_is_taken_by_a_tick(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    about = dossier("lead")
    assert about.lead is not None
    sheet = opened(sheets, theme, replace(about, lead=replace(about.lead, owner_id=None), owner=None), "prospect")
    block = derived(sheet, "pursued")
    assert block.own is not None
    qtbot.mouseClick(block.own, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(sheet.filled) as heard:
        qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert [given.fact for given in heard.args[0].evidence] == ["pursued"]


def test_a_missing_talk_is_met_by_logging_one(sheets: Sheets, theme: Theme, qtbot: QtBot) -> None:
    about = replace(dossier("lead", need="yes", fit="yes"), activities=())
    sheet = opened(sheets, theme, about, "prospect", words="dialogue")
    block = derived(sheet, "dialogue")
    block.lists["kind"].setFocus()
    qtbot.keyClick(block.lists["kind"], Qt.Key.Key_Down)
    assert block.day is not None
    qtbot.keyClicks(block.day.line, "yesterday")
    qtbot.keyClicks(block.texts["note"], "at the stand")
    given = block.evidence()
    assert given is not None
    assert (given.kind, given.direction, given.at, given.note) == ("meeting", "both", "2026-05-04", "at the stand")


@pytest.mark.parametrize(
    ("fact", "field", "text"),
    [
        ("reachable", "value", "0171 39200 17"),
        ("scored", "note", "asked for us by name"),
        ("known", "family", "Quellbach"),
        ("purchase", "note", "two lathes in 2019"),
    ],
)
def test_a_derived_fact_has_a_field_for_its_evidence_and_is_not_given_without(
    theme: Theme, qtbot: QtBot, fact: str, field: str, text: str
) -> None:
    spoken = vocabulary.load(vocabulary.shipped_text("lead-first"), "lead-first")
    about = asking(spoken, dossier("prospect"), "opportunity", today=TODAY)
    block = DerivedBlock(theme, fact, about, Typed(today, "EUR"))
    qtbot.addWidget(block)
    for line in block.texts.values():
        line.clear()
    assert block.evidence() is None
    qtbot.keyClicks(block.texts[field], text)
    given = block.evidence()
    assert given is not None
    assert getattr(given, field) == text


def test_the_currency_of_an_earlier_purchase_comes_back_with_the_draft(theme: Theme, qtbot: QtBot) -> None:
    spoken = vocabulary.load(vocabulary.shipped_text("lead-first"), "lead-first")
    about = asking(spoken, dossier("prospect"), "opportunity", today=TODAY)
    before, after = (DerivedBlock(theme, "purchase", about, Typed(today, "EUR")) for _each in range(2))
    for block in (before, after):
        qtbot.addWidget(block)
    assert before.amount is not None
    qtbot.keyClicks(before.amount.line, "500")
    before.amount.list.set_value("USD")
    after.restore(before.draft())
    given = after.evidence()
    assert given is not None
    assert (given.amount_cents, given.currency) == (500_00, "USD")


def test_a_ready_reason_takes_the_place_of_a_typed_one_and_ctrl_z_brings_that_back(
    theme: Theme, sheets: Sheets, qtbot: QtBot
) -> None:
    sheet = opened(sheets, theme, dossier("prospect", need="yes"), "opportunity")
    qtbot.keyClicks(sheet.because, "Their boss called")
    chip = sheet.reasons.parts()[0]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert sheet.because.text() == chip.text()
    qtbot.keyClick(sheet.because, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert sheet.because.text() == "Their boss called"


def test_consent_is_recorded_for_a_channel(theme: Theme, qtbot: QtBot) -> None:
    spoken = vocabulary.load(vocabulary.shipped_text("lead-first"), "lead-first")
    about = asking(spoken, dossier("prospect"), "opportunity", today=TODAY)
    block = DerivedBlock(theme, "permission", about, Typed(today, "EUR"))
    qtbot.addWidget(block)
    assert block.evidence() is None
    qtbot.mouseClick(block.segments["state"].segment("given"), Qt.MouseButton.LeftButton)
    given = block.evidence()
    assert given is not None
    assert (given.point, given.purpose, given.state) == (MAIL, "offers", "given")


def test_in_large_text_the_sheet_becomes_one_column(theme: Theme, sheets: Sheets) -> None:
    theme.set_percent(150)
    sheet = opened(sheets, theme, dossier("prospect", need="yes"), "opportunity")
    means = asked(sheet, "means")
    assert means.amount is not None
    assert (
        means.note.mapTo(sheet, means.note.rect().topLeft()).y()
        > means.amount.mapTo(sheet, means.amount.rect().bottomLeft()).y()
    )
