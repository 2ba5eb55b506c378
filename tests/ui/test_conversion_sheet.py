"""The conversion sheet: what there is to use, what is new, and the sentence of what will exist."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from crmdesk.domain.deals import viewed
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.records import Answer, Consent, ContactPoint, Event, Id, Lead, Member, Organisation, Person, Task
from crmdesk.services.alike import Candidate
from crmdesk.services.proposing import ConvertChoice, Proposal
from crmdesk.ui.dialogs.conversion import ConversionSheet
from crmdesk.ui.dialogs.known import Known
from crmdesk.ui.dialogs.option import OptionCard
from crmdesk.ui.sheets import Sheets
from crmdesk.ui.theme import Theme
from crmdesk.ui.typed import Typed

TODAY = date(2026, 5, 5)
APRIL = "2026-04-01T00:00:00.000Z"
FIRM, TWIN, DEAL = Id(30), Id(31), Id(32)


def today() -> date:
    return TODAY


def known() -> Known:
    about = Dossier(
        lead=Lead(id=Id(1), stage="prospect", source="business_card_talk", supplier="Röchl Spannmittel"),
        person=Person(id=Id(2), given="Katrin", family="Bauer", job_title="Head of purchasing"),
        organisation=Organisation(id=Id(3), name="Bauer Maschinenbau"),
        owner=Member(id=Id(4), name="Jana Lindner", initials="JL"),
        event=Event(id=Id(5), name="Hannover Messe 2026"),
        points=(ContactPoint(id=Id(6), kind="email", value="k.bauer@bauer-mb.example"),),
        consents=(
            Consent(id=Id(7), contact_point_id=Id(6), purpose="offers", state="given", at="2026-04-01T00:00:00.000Z"),
            Consent(
                id=Id(8), contact_point_id=Id(6), purpose="marketing", state="declined", at="2026-04-01T00:00:00.000Z"
            ),
        ),
        answers=(Answer(id=Id(9), fact="need", value="yes", note="Replaces two lathes"),),
        tasks=(Task(id=Id(10), title="Call"), Task(id=Id(11), title="Mail", done_at="2026-04-01T00:00:00.000Z")),
    )
    return Known.of(about, today=TODAY)


def proposal(*, accounts_now: bool = True) -> Proposal:
    return Proposal(
        accounts=(Candidate(id=FIRM, name="Bauer Maschinenbau GmbH", reasons=("Same name", "Same domain"), sure=True),),
        contacts=(Candidate(id=TWIN, name="K. Bauer", reasons=("Same phone",)),),
        opportunities=(Candidate(id=DEAL, name="Retrofit line 2", detail="With Uwe Bauer"),),
        default=ConvertChoice(
            account="existing", organisation_id=FIRM, name="Clamping system", amount_cents=4_800_000, currency="EUR",
            role="decides", deal_stage="needs",
        ),
        accounts_now=accounts_now,
        stages=tuple(viewed([])),
    )  # fmt: skip


class Writer:
    def __init__(self) -> None:
        self.choices: list[ConvertChoice] = []

    def preview(self, choice: ConvertChoice) -> str:
        self.choices.append(choice)
        return f"{choice.account} {choice.contact} {choice.opportunity} {choice.name}"


@pytest.fixture
def writer() -> Writer:
    return Writer()


@pytest.fixture
def sheet(window: QMainWindow, theme: Theme, writer: Writer) -> ConversionSheet:
    window.activateWindow()
    made = ConversionSheet(
        theme, known(), proposal(), typed=Typed(today, "EUR"), preview=writer.preview, because="asked"
    )
    Sheets(window).open(made, key="convert:1")
    return made


def card(sheet: ConversionSheet, title: str) -> OptionCard:
    return next(each for each in sheet.findChildren(OptionCard) if each.text() == title)


def test_the_proposed_choice_is_made_for_a_start(sheet: ConversionSheet) -> None:
    choice = sheet.chosen()
    assert (choice.account, choice.organisation_id) == ("existing", FIRM)
    assert (choice.contact, choice.opportunity, choice.name) == ("this", "new", "Clamping system")
    assert (choice.amount_cents, choice.currency, choice.role, choice.because) == (4_800_000, "EUR", "decides", "asked")
    assert sheet.fields.name.hasFocus()


def test_candidates_stand_there_with_their_reasons(sheet: ConversionSheet) -> None:
    assert card(sheet, "Bauer Maschinenbau GmbH").accessibleDescription() == "Same name · Same domain"
    assert card(sheet, "Join “K. Bauer”").accessibleDescription() == "Same phone"
    assert card(sheet, "Join “Retrofit line 2”").accessibleDescription() == "With Uwe Bauer"


def test_the_sentence_follows_every_choice(sheet: ConversionSheet, qtbot: QtBot) -> None:
    assert sheet.band.label.text() == "existing this new Clamping system"
    qtbot.mouseClick(card(sheet, "New account"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(card(sheet, "Join “K. Bauer”"), Qt.MouseButton.LeftButton)
    sheet.fields.name.setText("Hall 3")
    assert sheet.band.label.text() == "new existing new Hall 3"


def test_a_new_account_has_the_name_that_stands_in_the_lead(sheet: ConversionSheet, qtbot: QtBot) -> None:
    assert not sheet.organisation.isVisible()
    qtbot.mouseClick(card(sheet, "New account"), Qt.MouseButton.LeftButton)
    assert sheet.organisation.isVisible()
    assert sheet.chosen().organisation_name == "Bauer Maschinenbau"
    assert sheet.chosen().organisation_id is None


def test_arrow_keys_go_along_the_cards(sheet: ConversionSheet, qtbot: QtBot) -> None:
    first = card(sheet, "Katrin Bauer, this person")
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert sheet.chosen().contact == "existing"
    assert sheet.chosen().person_id == TWIN


def test_joining_an_opportunity_keeps_the_part(sheet: ConversionSheet, qtbot: QtBot) -> None:
    qtbot.mouseClick(card(sheet, "Join “Retrofit line 2”"), Qt.MouseButton.LeftButton)
    choice = sheet.chosen()
    assert (choice.opportunity, choice.opportunity_id, choice.role) == ("join", DEAL, "decides")


def test_touching_a_field_chooses_the_card_it_lies_in(sheet: ConversionSheet, qtbot: QtBot) -> None:
    qtbot.mouseClick(card(sheet, "None"), Qt.MouseButton.LeftButton)
    assert sheet.chosen().opportunity == "none"
    sheet.fields.name.setFocus()
    assert sheet.chosen().opportunity == "new"


def test_ctrl_enter_converts_with_what_is_chosen(sheet: ConversionSheet, qtbot: QtBot) -> None:
    sheet.fields.close_day.line.setText("30.9.")
    with qtbot.waitSignal(sheet.filled) as heard:
        qtbot.keyClick(sheet.fields.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard.args[0] == sheet.chosen()
    assert heard.args[0].expected_close == "2026-09-30"


def test_no_close_date_is_invented(sheet: ConversionSheet) -> None:
    assert sheet.chosen().expected_close == ""


def test_an_opportunity_without_a_name_cannot_be_made(sheet: ConversionSheet) -> None:
    assert sheet.primary is not None
    sheet.fields.name.setText(" ")
    assert not sheet.primary.isEnabled()
    sheet.fields.name.setText("Hall 3")
    assert sheet.primary.isEnabled()


def test_an_amount_that_cannot_be_read_is_named(sheet: ConversionSheet, qtbot: QtBot) -> None:
    sheet.fields.amount.line.setText("much")
    with qtbot.assertNotEmitted(sheet.filled):
        qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert "much" in sheet.fields.amount_field.sentence.label.text()


def test_what_was_chosen_survives_esc(
    sheet: ConversionSheet, window: QMainWindow, theme: Theme, writer: Writer, qtbot: QtBot
) -> None:
    qtbot.mouseClick(card(sheet, "New account"), Qt.MouseButton.LeftButton)
    sheet.organisation.setText("Bauer & Sons")
    qtbot.mouseClick(card(sheet, "Join “Retrofit line 2”"), Qt.MouseButton.LeftButton)
    draft = sheet.draft()
    again = ConversionSheet(theme, known(), proposal(), typed=Typed(today, "EUR"), preview=writer.preview)
    again.restore(draft)
    Sheets(window).open(again, key="again")
    assert again.chosen().organisation_name == "Bauer & Sons"
    assert again.chosen().opportunity_id == DEAL


def test_where_accounts_come_with_the_sale_the_sheet_says_organisation(
    window: QMainWindow, theme: Theme, writer: Writer
) -> None:
    made = ConversionSheet(
        theme, known(), proposal(accounts_now=False), typed=Typed(today, "EUR"), preview=writer.preview
    )
    Sheets(window).open(made, key="convert:2")
    assert card(made, "New organisation")


def test_the_left_side_tells_what_is_known() -> None:
    told = known()
    assert told.name == "Katrin Bauer"
    assert told.second == "Head of purchasing, Bauer Maschinenbau"
    assert [detail.label for detail in told.details] == ["E-mail", "Source", "Event", "Owner"]
    assert told.details[0].consent == "declined"
    assert told.along == "1 next step, 2 consents"
    assert told.answers[0].fact == "need"


def test_the_sheet_is_1100_wide_with_360_at_the_left(sheet: ConversionSheet, window: QMainWindow) -> None:
    assert sheet.frame.width() == 1100
    assert sheet.frame.height() == sheet.height() - 64


def test_nothing_opens_a_window_of_its_own(sheet: ConversionSheet, window: QMainWindow) -> None:
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [window]
    assert window.isActiveWindow()
