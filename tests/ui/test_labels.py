"""Labels: where their lines end, what is cut when there is no room, and which parts of a row give way."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from crmdesk.ui.card_words import Line
from crmdesk.ui.controls import Button
from crmdesk.ui.flow import FlowRow
from crmdesk.ui.laid_text import LaidText
from crmdesk.ui.painted_row import Cells, PaintedRow, Words
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.ui.views.record_blocks import step_text


def _lines(label: PlainLabel, width: int) -> list[str]:
    lines, _natural = label.laid._layout(width)
    return [_text(label)[line.textStart() : line.textStart() + line.textLength()].strip() for line in lines]


def _text(label: PlainLabel) -> str:
    assert label.laid._laid is not None
    return label.laid._laid[2].text()


@pytest.mark.parametrize(
    ("text", "kept"), [("Call back on 28 Apr", "28\xa0Apr"), ("Moved after 12 d quiet", "12\xa0d")]
)
def test_no_line_ends_between_a_number_and_its_unit(theme: Theme, qtbot: QtBot, text: str, kept: str) -> None:
    label = PlainLabel(theme, text, wrap=True)
    qtbot.addWidget(label)
    metrics = QFontMetrics(label.font())
    broken = text[: text.index(kept[:2]) + 2]  # a width that ends right after the number
    assert any(kept in line for line in _lines(label, metrics.horizontalAdvance(broken) + 4))
    assert label.text() == text


def test_no_line_ends_inside_a_day_in_chinese_and_its_bold_piece_stays_whole(theme: Theme, qtbot: QtBot) -> None:
    label = PlainLabel(theme, "在十月之前，10月15日，成交", wrap=True, strong_parts=["10月15日"])
    qtbot.addWidget(label)
    metrics = QFontMetrics(label.font())
    lines = _lines(label, metrics.horizontalAdvance("在十月之前，10月") + 4)
    assert any("10月15日" in line.replace("\u2060", "") for line in lines)
    bold = label.laid._laid[2].formats()[0]
    assert _text(label)[bold.start : bold.start + bold.length].replace("\u2060", "") == "10月15日"


def test_a_phone_number_may_still_be_parted(theme: Theme, qtbot: QtBot) -> None:
    label = PlainLabel(theme, "+44 20 7946 0143", wrap=True)
    qtbot.addWidget(label)
    assert len(_lines(label, QFontMetrics(label.font()).horizontalAdvance("+44 20 7946") + 4)) == 2
    assert "\xa0" not in _text(label)


def test_a_step_without_room_keeps_its_day(theme: Theme) -> None:
    laid = step_text(theme, Line("call", "", "Ask the works council about line two", " · Thu 21 May"))
    shown = laid.cut(laid.natural - 60)
    assert shown.endswith("… · Thu 21 May")
    assert shown.startswith("Ask the works")


def test_a_painted_row_has_its_lines_with_other_words_and_in_another_font(theme: Theme, qtbot: QtBot) -> None:
    told = LaidText(theme, "One-way talk, until there is something for sales.", wrap=True)
    row = PaintedRow(theme, Cells(theme, Words(told, fills=True)), said=told.words)
    qtbot.addWidget(row)
    row.renew("Until there is something for sales.")
    assert row.hasHeightForWidth()
    row.setFont(theme.font("head"))
    assert row.hasHeightForWidth()
    assert row.heightForWidth(100) > row.heightForWidth(1000)


def test_printed_keys_give_way_before_a_button_takes_another_line(theme: Theme, qtbot: QtBot) -> None:
    row = FlowRow(theme)
    qtbot.addWidget(row)
    log, none = Button(theme, "Log and next", key="Enter"), Button(theme, "None on purpose")
    row.add(log)
    row.add(none)
    row.show()
    row.resize(row.sizeHint().width() - 4, 80)
    assert log.geometry().top() == none.geometry().top()
    assert log.width() < log.sizeHint().width()
    row.resize(log.minimumSizeHint().width() + none.width(), 80)
    assert none.geometry().top() > log.geometry().bottom()
    assert log.width() == log.sizeHint().width()


def test_a_label_is_measured_once_for_a_width_until_it_says_something_else(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    label = PlainLabel(theme, "Nobody called back since the fair in spring", wrap=True)
    qtbot.addWidget(label)
    laid: list[int] = []
    layout = LaidText._layout

    def noted(self: LaidText, width: int, words: str | None = None) -> object:
        laid.append(width)
        return layout(self, width, words)

    monkeypatch.setattr(LaidText, "_layout", noted)
    high, wide = label.heightForWidth(100), label.sizeHint().width()
    assert high > label.heightForWidth(wide)
    assert (label.heightForWidth(100), label.sizeHint().width()) == (high, wide)
    assert len(laid) == len(set(laid))
    label.setText("Nobody")
    assert label.sizeHint().width() < wide
    assert label.heightForWidth(100) < high
    wide = label.sizeHint().width()
    label.set_strong_parts(["Nobody"])
    assert label.sizeHint().width() > wide
    wide = label.sizeHint().width()
    theme.set_percent(150)
    try:
        assert label.sizeHint().width() > wide
    finally:
        theme.set_percent(100)
