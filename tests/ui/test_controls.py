"""Buttons, chips, choices and fields, by mouse and keys."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crmdesk.domain import dates
from crmdesk.domain.errors import BadInput
from crmdesk.ui.amount import AmountField, amount_text
from crmdesk.ui.chips import Chip, ChoiceChip
from crmdesk.ui.controls import PRIMARY, Button
from crmdesk.ui.evidence import EvidenceRow
from crmdesk.ui.fields import ChoiceField, DateField, LineField
from crmdesk.ui.segments import AnswerControl, Choice, Segmented
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel

T = TypeVar("T", bound=QWidget)
TODAY = date(2026, 5, 5)


def read_day(text: str) -> date:
    return dates.parse(text, today=TODAY)


def read_euro(text: str, currency: str) -> tuple[int, str]:
    if not text.isdigit():
        raise BadInput("“x” is not an amount.", "Write figures.")
    return int(text) * 100, currency


def put(host: QWidget, part: T) -> T:
    host.layout().addWidget(part)
    part.show()
    host.layout().activate()
    return part


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_button_that_has_the_focus_and_ctrl_enter_does_not(
    host: QWidget, theme: Theme, qtbot: QtBot, key: Qt.Key
) -> None:
    button = put(host, Button(theme, "Convert", kind=PRIMARY))
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)
    if key != Qt.Key.Key_Space:
        with qtbot.assertNotEmitted(button.clicked):
            qtbot.keyClick(button, key, Qt.KeyboardModifier.ControlModifier)


def test_the_printed_key_goes_first_when_a_button_is_narrow(host: QWidget, theme: Theme) -> None:
    button = Button(theme, "Convert", kind=PRIMARY, key="C")
    assert button.minimumSizeHint().width() < button.sizeHint().width()
    assert button.sizeHint().height() == 32


def test_a_button_with_an_ampersand_says_it(theme: Theme, qtbot: QtBot) -> None:
    button = Button(theme, "Hill & Sons")
    qtbot.addWidget(button)
    assert button.words() == "Hill & Sons"
    assert button.accessibleName() == "Hill & Sons"


def test_the_focus_is_shown_by_a_ring_around_a_button(host: QWidget, theme: Theme, qtbot: QtBot) -> None:
    button = put(host, Button(theme, "Put back"))
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    left = button.mapTo(host, QPoint(-4, 16))
    assert host.grab().toImage().pixelColor(left) == theme.colour("accent")
    button.clearFocus()
    assert host.grab().toImage().pixelColor(left) != theme.colour("accent")


def test_a_disabled_button_has_no_fill(host: QWidget, theme: Theme) -> None:
    button = put(host, Button(theme, "Convert", kind=PRIMARY))
    button.setEnabled(False)
    inside = button.mapTo(host, QPoint(6, 6))
    assert host.grab().toImage().pixelColor(inside) != theme.colour("accent")


def test_arrow_keys_go_along_the_segments_and_choose(host: QWidget, theme: Theme, qtbot: QtBot) -> None:
    choices = [Choice(value="journey", text="Journey"), Choice(value="deals", text="Deals")]
    control = put(host, Segmented(theme, choices, name="View", value="journey"))
    control.segment("journey").setFocus()
    with qtbot.waitSignal(control.chosen) as heard:
        qtbot.keyClick(control.segment("journey"), Qt.Key.Key_Right)
    assert heard.args == ["deals"]
    assert control.value == "deals"
    assert control.segment("deals").hasFocus()


def test_a_digit_chooses_the_answer_of_that_number(host: QWidget, theme: Theme, qtbot: QtBot) -> None:
    control = put(host, AnswerControl(theme, name="Budget"))
    control.segment("yes").setFocus()
    qtbot.keyClick(control.segment("yes"), "3")
    assert control.value == "unknown"


def test_an_answer_is_given_by_mouse_and_can_be_none(host: QWidget, theme: Theme, qtbot: QtBot) -> None:
    control = put(host, AnswerControl(theme, name="Budget"))
    assert control.value == ""
    qtbot.mouseClick(control.segment("no"), Qt.MouseButton.LeftButton)
    assert control.value == "no"
    control.set_value("")
    assert control.value == ""


def test_choosing_does_not_move_the_segments(host: QWidget, theme: Theme) -> None:
    control = put(host, AnswerControl(theme, name="Budget"))
    before = control.segment("not_applicable").sizeHint()
    control.set_value("not_applicable")
    assert control.segment("not_applicable").sizeHint() == before


def test_every_part_of_a_choice_has_a_name(host: QWidget, theme: Theme) -> None:
    control = put(host, AnswerControl(theme, name="Budget"))
    assert control.accessibleName() == "Budget"
    assert control.segment("yes").accessibleName() == "Budget: Yes"


def test_the_cross_of_a_chosen_chip_takes_it_away_and_the_rest_opens_it(
    host: QWidget, theme: Theme, qtbot: QtBot
) -> None:
    chip = put(host, ChoiceChip(theme, "Mine", chosen=True))
    with qtbot.waitSignal(chip.removed), qtbot.assertNotEmitted(chip.clicked):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 18, 16))
    with qtbot.waitSignal(chip.clicked), qtbot.assertNotEmitted(chip.removed):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(20, 16))


def test_delete_takes_a_chosen_chip_away(host: QWidget, theme: Theme, qtbot: QtBot) -> None:
    chip = put(host, ChoiceChip(theme, "Mine", chosen=True))
    with qtbot.waitSignal(chip.removed):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)


def test_chips_grow_with_the_text(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip(theme, "8 d quiet", icon="quiet_1")
    qtbot.addWidget(chip)
    before = chip.sizeHint()
    theme.set_percent(150)
    assert chip.sizeHint().height() == 30
    assert chip.sizeHint().width() > before.width() * 1.4


def test_a_typed_date_is_echoed_in_full(host: QWidget, theme: Theme, qtbot: QtBot) -> None:
    field = put(host, DateField(theme, "Due", read_day))
    qtbot.keyClicks(field.line, "fri")
    assert field.iso == "2026-05-08"
    assert field.sentence.label.text() == "Friday, 8 May 2026"
    assert field.sentence.isVisible()


def test_a_date_that_cannot_be_read_is_named_when_the_field_is_left(host: QWidget, theme: Theme, qtbot: QtBot) -> None:
    field = put(host, DateField(theme, "Due", read_day))
    other = put(host, LineField(theme, name="Other"))
    field.line.setFocus()
    qtbot.keyClicks(field.line, "someday")
    assert not field.valid
    assert not field.line.bad
    other.setFocus()
    assert field.line.bad
    assert "someday" in field.sentence.label.text()
    field.line.setText("tomorrow")
    assert not field.line.bad


def test_a_list_shows_its_placeholder_until_something_is_chosen(host: QWidget, theme: Theme, qtbot: QtBot) -> None:
    field = put(host, ChoiceField(theme, [("a", "Decides"), ("b", "Uses")], name="Role", placeholder="Buying role"))
    assert field.value == ""
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.value == "a"


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_a_list_that_was_open_loses_its_frame_with_the_focus(
    host: QWidget, theme: Theme, qtbot: QtBot, key: Qt.Key
) -> None:
    field = put(host, ChoiceField(theme, [("a", "Decides"), ("b", "Uses")], name="Role", value="a"))
    other = put(host, Button(theme, "Next"))
    other.setFocus()
    calm = field.grab().toImage()
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(field.view().isVisible)
    assert field.grab().toImage() != calm
    qtbot.keyClick(field.view(), key)
    qtbot.waitUntil(lambda: not field.view().isVisible())
    other.setFocus()
    assert field.grab().toImage() == calm


def test_the_wheel_never_changes_a_choice(host: QWidget, theme: Theme) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    field = put(host, ChoiceField(theme, [("a", "Decides"), ("b", "Uses")], name="Role", value="a"))
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, wheel)
    assert field.value == "a"


def test_an_amount_is_read_with_the_currency_of_the_list(host: QWidget, theme: Theme, qtbot: QtBot) -> None:
    field = put(host, AmountField(theme, read_euro, name="Amount", currencies=["EUR", "USD"]))
    qtbot.keyClicks(field.line, "25000")
    assert field.amount == (2_500_000, "EUR")
    field.line.setText("lots")
    assert not field.valid
    assert field.error


def test_the_opened_list_of_currencies_has_room_for_each_code(host: QWidget, theme: Theme, qtbot: QtBot) -> None:
    theme.set_percent(150)
    codes = ["EUR", "USD", "CHF", "GBP", "TWD", "VND"]
    field = put(host, AmountField(theme, read_euro, name="Amount", currencies=codes))
    qtbot.mouseClick(field.list, Qt.MouseButton.LeftButton)
    view = field.list.view()
    qtbot.waitUntil(view.isVisible)
    asked = max(view.sizeHintForIndex(field.list.model().index(row, 0)).width() for row in range(len(codes)))
    room = view.visualRect(field.list.model().index(0, 0)).width()
    field.list.hidePopup()
    assert room >= asked


def test_cents_are_shown_as_figures() -> None:
    assert amount_text(4_800_000) == "48,000"
    assert amount_text(1250) == "12.50"


def test_stored_text_is_never_read_as_html(host: QWidget, theme: Theme) -> None:
    label = put(host, PlainLabel(theme, "<b>Anna</b>"))
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_text_that_is_too_long_becomes_the_tooltip(host: QWidget, theme: Theme) -> None:
    label = put(host, PlainLabel(theme, "Hydraulik Oberländer Gesellschaft"))
    label.setFixedWidth(60)
    host.grab()
    assert label.toolTip() == "Hydraulik Oberländer Gesellschaft"
    label.setFixedWidth(500)
    host.grab()
    assert label.toolTip() == ""


def test_wrapped_text_takes_whole_lines(host: QWidget, theme: Theme) -> None:
    label = put(host, PlainLabel(theme, "one two three four five six seven eight nine ten", wrap=True))
    assert label.heightForWidth(100) % 18 == 0
    assert label.heightForWidth(100) > label.heightForWidth(1000)


@pytest.mark.parametrize("text", ["word " * 200_000, "x" * 1_000_000, "\n" * 100_000], ids=["words", "word", "lines"])
def test_a_text_of_any_length_is_begun_and_never_taller_than_is_painted(host: QWidget, theme: Theme, text: str) -> None:
    theme.set_percent(200)
    label = put(host, PlainLabel(theme, text, wrap=True))
    assert label.heightForWidth(240) < 32_767
    label.setFixedSize(240, 60)
    host.grab()
    assert label.text() == text


def test_a_row_of_evidence_says_its_state_in_words(host: QWidget, theme: Theme) -> None:
    row = put(host, EvidenceRow(theme, fact="Budget", evidence="Frozen until July", state="no", word="not met"))
    assert row.accessibleName() == "Budget: not met. Frozen until July"
    assert row.text() == row.accessibleName()


def test_colours_change_at_once_when_the_theme_does(host: QWidget, theme: Theme) -> None:
    button = put(host, Button(theme, "Convert", kind=PRIMARY))
    inside = button.mapTo(host, QPoint(6, 6))
    theme.set_mode("dark")
    assert host.grab().toImage().pixelColor(inside) == QColor("#8DB0FF")


def test_text_grows_at_once_when_the_text_size_does(host: QWidget, theme: Theme) -> None:
    label = put(host, PlainLabel(theme, "Anna"))
    before = label.sizeHint()
    theme.set_percent(200)
    assert label.sizeHint().height() == 36
    assert label.sizeHint().width() > before.width() * 1.8
