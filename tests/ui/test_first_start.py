"""The page of the first start by mouse and key: choosing, reading, examples, name and place, sizes and languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from crmdesk import words
from crmdesk.domain import vocabulary
from crmdesk.domain.examples import EXAMPLES, outcome
from crmdesk.ui import one_page
from crmdesk.ui.dialogs.definition import DefinitionSheet
from crmdesk.ui.dialogs.words_apart import WordsApartSheet, told
from crmdesk.ui.sheets import Sheets
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.first_start import FirstStart

TODAY = date(2026, 5, 5)
ALL = [vocabulary.load(vocabulary.shipped_text(key), key) for key in vocabulary.shipped()]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    words.use("en")


def opened(window: QMainWindow, theme: Theme, folder: Path) -> FirstStart:
    page = FirstStart(theme, ALL, folder=folder, today=TODAY)
    Sheets(window).open(page, key="new")
    QApplication.processEvents()
    return page


@pytest.fixture
def page(window: QMainWindow, theme: Theme, tmp_path: Path) -> FirstStart:
    return opened(window, theme, tmp_path)


def key(page: FirstStart, which: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, which)
    QApplication.processEvents()


def chosen(page: FirstStart) -> str:
    return page.cards.current.vocabulary.key


def test_the_first_one_is_chosen_and_has_the_keys(page: FirstStart) -> None:
    assert chosen(page) == "lead-first"
    assert page.cards.current.hasFocus()
    assert page.foot.start.words() == "Start with Lead first"


@pytest.mark.parametrize("number", range(1, 6))
def test_a_digit_chooses(page: FirstStart, number: int) -> None:
    key(page, Qt.Key(Qt.Key.Key_0 + number))
    assert chosen(page) == vocabulary.shipped()[number - 1]
    assert page.cards.cards[number - 1].hasFocus()


def test_digits_beyond_choose_nothing(page: FirstStart) -> None:
    key(page, Qt.Key.Key_9)
    key(page, Qt.Key.Key_0)
    assert chosen(page) == "lead-first"


def test_arrows_choose_the_next_one(page: FirstStart) -> None:
    key(page, Qt.Key.Key_Right)
    key(page, Qt.Key.Key_Right)
    assert chosen(page) == "qualified"
    key(page, Qt.Key.Key_Left)
    assert chosen(page) == "contact-lead"


def test_a_click_anywhere_on_a_card_chooses_it(page: FirstStart) -> None:
    card = page.cards.cards[4]
    QTest.mouseClick(card.stages[2][1], Qt.MouseButton.LeftButton)
    assert chosen(page) == "interest-first"
    assert page.foot.start.words() == "Start with Interest first"


def test_space_reads_the_whole_definition_and_esc_comes_back_to_the_card(page: FirstStart) -> None:
    key(page, Qt.Key.Key_4)
    key(page, Qt.Key.Key_Space)
    sheet = page.findChild(DefinitionSheet)
    assert isinstance(sheet, DefinitionSheet)
    assert sheet.title.text() == "Dialogue"
    bar = sheet.middle.verticalScrollBar()
    key(page, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    key(page, Qt.Key.Key_Escape)
    assert page.isVisible()
    assert page.cards.cards[3].hasFocus()


def test_enter_starts_from_a_card_and_from_the_name_but_presses_another_button(qtbot: QtBot, page: FirstStart) -> None:
    with qtbot.waitSignal(page.filled) as found:
        key(page, Qt.Key.Key_Return)
    assert found.args is not None
    assert (found.args[0].vocabulary, found.args[0].name, found.args[0].sample) == ("lead-first", "My customers", True)
    with qtbot.waitSignal(page.filled):
        QTest.keyClick(page.foot.place.name, Qt.Key.Key_Return)
    page.cards.another.setFocus()
    with qtbot.assertNotEmitted(page.filled):
        key(page, Qt.Key.Key_Return)
    assert page.cards.example == 1


def test_another_example_goes_through_all_of_them_with_the_answers_of_entry_table_and_gates(page: FirstStart) -> None:
    for number, example in enumerate((*EXAMPLES, EXAMPLES[0])):
        if number:
            QTest.mouseClick(page.cards.another, Qt.MouseButton.LeftButton)
        assert page.cards.told.text() == example.text
        found = [outcome(each, example, today=TODAY) for each in ALL]
        assert [(each.stage, each.remark) for each in page.cards.answers] == [(o.stage, o.remark) for o in found]


def test_each_answer_stands_under_its_card(page: FirstStart) -> None:
    for card, answer in zip(page.cards.cards, page.cards.answers, strict=True):
        assert card.geometry().left() <= answer.geometry().left() < answer.geometry().right() <= card.geometry().right()
        assert answer.geometry().top() > card.geometry().bottom()


def test_lead_contact_account_and_opportunity_are_told_apart(page: FirstStart) -> None:
    key(page, Qt.Key.Key_2)
    QTest.mouseClick(page.apart, Qt.MouseButton.LeftButton)
    assert page.findChild(WordsApartSheet) is not None
    contact_lead, dialogue = ({word: text for _icon, word, text in told(ALL[at])} for at in (1, 3))
    assert contact_lead["Account"][1] == "There are accounts from this stage on: Customer."
    assert dialogue["Account"][1] == "There are accounts from this stage on: Opportunity."
    assert len(contact_lead["Contact"]) == 2
    assert len(dialogue["Contact"]) == 1
    assert dialogue["Lead"][1] == "On its way such a record is called: Lead, Prospect."


def test_a_name_that_is_taken_is_named_at_once_and_does_not_start(
    qtbot: QtBot, page: FirstStart, tmp_path: Path
) -> None:
    (tmp_path / "Messe.crmdesk").touch()
    page.foot.place.name.selectAll()
    QTest.keyClicks(page.foot.place.name, "Messe")
    assert page.foot.place.name.bad
    assert page.foot.place.sentence.label.text().startswith("“Messe.crmdesk” is there already.")
    with qtbot.assertNotEmitted(page.filled):
        QTest.mouseClick(page.foot.start, Qt.MouseButton.LeftButton)
    QTest.keyClicks(page.foot.place.name, "Messe 2")
    assert not page.foot.place.name.bad


def test_without_a_name_nothing_starts(qtbot: QtBot, page: FirstStart) -> None:
    page.foot.place.name.clear()
    with qtbot.assertNotEmitted(page.filled):
        QTest.keyClick(page.foot.place.name, Qt.Key.Key_Return)
    assert "A name is missing" in page.foot.place.sentence.label.text()


def test_the_name_offered_is_free_and_the_place_is_said(window: QMainWindow, theme: Theme, tmp_path: Path) -> None:
    (tmp_path / "My customers.crmdesk").touch()
    place = opened(window, theme, tmp_path).foot.place
    assert place.name.text() == "My customers 2"
    assert str(tmp_path) in place.sentence.label.text()
    place.set_folder(tmp_path / "gone")
    assert "Nothing can be saved" in place.sentence.label.text()


def test_a_language_is_asked_for_by_its_own_name(qtbot: QtBot, page: FirstStart) -> None:
    with qtbot.waitSignal(page.language_chosen) as asked:
        QTest.mouseClick(page.foot.languages.segment("zh_TW"), Qt.MouseButton.LeftButton)
    assert asked.args == ["zh_TW"]


def test_what_was_chosen_is_given_back(window: QMainWindow, theme: Theme, page: FirstStart, tmp_path: Path) -> None:
    key(page, Qt.Key.Key_3)
    page.cards.show_example(5)
    page.foot.sample.setChecked(False)
    page.foot.place.name.setText("Messe")
    draft = page.draft()
    other = FirstStart(theme, ALL, folder=tmp_path / "other", today=TODAY)
    other.restore(draft)
    assert other.draft() == draft
    other.deleteLater()


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize(("percent", "size"), [(100, (1440, 900)), (100, (1024, 700)), (150, (1280, 800))])
def test_nothing_is_cut_off_and_no_card_leaves_the_page(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, language: str, percent: int, size: tuple[int, int]
) -> None:
    words.use(language)
    theme = Theme(mode="light", percent=percent, reduced_motion=True)
    theme.apply(qapp)
    window = QMainWindow()
    window.resize(*size)
    qtbot.addWidget(window)
    window.show()
    page = opened(window, theme, tmp_path)
    QTest.qWait(20)
    cards = page.cards
    assert page.middle.horizontalScrollBar().maximum() == 0
    for card in cards.cards:
        assert cards.rect().contains(card.geometry())
        labels = [card.name, card.reading, card.summary, card.team, *(short for _label, short in card.stages)]
        assert all(each.height() >= each.heightForWidth(each.width()) for each in labels)
        assert all(card.rect().contains(each.geometry()) for each in labels)
    for answer in cards.answers:
        assert answer.height() >= answer.height_in(answer.width())
    assert page.foot.start.width() >= page.foot.start.minimumSizeHint().width()
    assert page.foot.geometry().right() <= page.frame.width()
    qapp.setStyleSheet("")


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("at", range(5))
def test_one_page_is_one_page(qapp: QApplication, tmp_path: Path, language: str, at: int) -> None:
    words.use(language)
    file = tmp_path / "page.pdf"
    writer = QPdfWriter(str(file))
    one_page.set_up(writer)
    others = [each for each in ALL if each is not ALL[at]]
    page = one_page.document(ALL[at], others)
    assert one_page.paint(writer, page) > one_page.SMALLEST
    assert file.read_bytes().count(b"/Type /Page\n") == 1
    text = page.toPlainText()
    for stage in ALL[at].stages:
        assert stage.definition in text
    for other in others:
        assert other.name() in text
