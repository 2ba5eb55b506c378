"""What a card says and how it gives way: words first, then their places, then the pixels."""

from __future__ import annotations

import logging
from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from crmdesk import words
from crmdesk.ui import card_words
from crmdesk.ui.delegates.card import CardDelegate, CardPainter, CardState
from crmdesk.ui.delegates.card_layout import CardLayout, Icon, Plate, Text
from crmdesk.ui.models.column import CARD_ROLE, ColumnModel

TODAY = date(2026, 5, 5)


def line_of(card):
    line = card_words.of(card, today=TODAY).line
    return f"{line.before}{line.text}{line.after}", line.role, line.icon


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("Call · Fri 8 May", "text-2", "call")),
        ({"step_due": "2026-05-05"}, ("Call · today", "text-2", "call")),
        ({"step_due": "2026-05-04"}, ("Overdue 1 d: Call", "bad", "overdue")),
        ({"step_promise": True}, ("Promised: Call · Fri 8 May", "warn", "promise")),
        ({"step_time": "09:00"}, ("Call · Fri 8 May 09:00", "text-2", "call")),
        ({"step_title": "", "step_kind": "mail"}, ("Mail · Fri 8 May", "text-2", "mail")),
    ],
)
def test_a_next_step_is_worded_with_its_day_and_shown_by_shape_and_word(card, changes, expected):
    assert line_of(card(1, **changes)) == expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("2026-04-26", ("9 d quiet", "outline")),
        ("2026-04-22", ("13 d quiet", "warn")),
        ("2026-04-20", ("15 d quiet", "bad")),
    ],
)
def test_without_a_step_the_chip_says_how_long_it_has_been_quiet(card, since, expected):
    chip = card_words.of(card(1, step_title="", step_due="", quiet_since=since), today=TODAY).quiet
    assert (chip.text, chip.kind) == expected


def test_a_card_with_nothing_to_say_says_that_there_is_no_next_step(card):
    assert line_of(card(1, step_title="", step_due="", quiet_since="2026-05-05"))[0] == "No next step"


def test_a_screen_reader_hears_the_whole_card(card):
    heard = card(1, amount_cents=4_800_000, currency="EUR", without=("means",))
    assert card_words.of(heard, today=TODAY).spoken() == (
        "Person 1, €48,000, Firm 1, Call · Fri 8 May, moved without: budget"
    )


@pytest.fixture
def layout(theme):
    return CardLayout(theme)


def texts(layout, card, width):
    pieces = layout.pieces(card_words.of(card, today=TODAY), width)
    return [piece for piece in pieces if isinstance(piece, Text)]


def override_at(layout, card, width):
    return next((piece.text for piece in texts(layout, card, width) if piece.role == "warn"), "")


def test_the_override_chip_gives_way_first_from_sentence_to_flag(layout, card):
    held = card(1, without=("means",))
    seen = [override_at(layout, held, width) for width in (400, 280, 210, 160)]
    assert seen == ["moved without: budget", "without: budget", "budget", ""]
    pieces = layout.pieces(card_words.of(held, today=TODAY), 160)
    assert "override" in [piece.name for piece in pieces if isinstance(piece, Icon)]


def test_several_missing_facts_are_counted_when_there_is_no_room_to_list_them(layout, card):
    held = card(1, without=("means", "need", "authority"))
    assert override_at(layout, held, 480) == "moved without: budget, need, authority"
    assert override_at(layout, held, 232) == "budget +2"


def test_alone_the_override_chip_stands_at_the_left(layout, card):
    held = card(1, step_title="", step_due="", quiet_since="", without=("means",))
    plate = next(p for p in layout.pieces(card_words.of(held, today=TODAY), 240) if isinstance(p, Plate))
    assert plate.rect.left() == 12


def test_title_and_name_are_shortened_but_value_and_date_never(layout, card):
    held = card(1, name="Dr. Friedrich Maximilian Achterberg", step_title="Reply in Chinese about terms",
                amount_cents=118_000_000, currency="TWD")  # fmt: skip
    for width in (400, 240, 200):
        shown = [piece.text for piece in texts(layout, held, width)]
        assert "NT$1,180,000" in shown
        assert any(text.endswith(" · Fri 8 May") for text in shown)
    assert shown[0].endswith("…")
    assert any("…" in text and text.endswith(" · Fri 8 May") for text in shown)


@pytest.mark.parametrize("width", [200, 244, 384])
def test_nothing_stands_outside_the_padding_or_on_anything_else(layout, card, width):
    held = card(1, name="Nguyễn Thị Minh Anh", organisation="Cơ khí chính xác Hòa Phú, Đà Nẵng", amount_cents=1_250_000,
                currency="USD", without=("means", "need"), step_title="Quote draft")  # fmt: skip
    taken = []
    for piece in texts(layout, held, width):
        right = piece.at.x() + QFontMetricsF(piece.font).horizontalAdvance(piece.text)
        assert piece.at.x() >= 11
        assert right <= width - 11
        taken.append((piece.at.y(), piece.at.x(), right))
    for before, after in zip(sorted(taken), sorted(taken)[1:], strict=False):
        assert before[0] != after[0] or before[2] <= after[1]


@pytest.mark.parametrize(("percent", "height"), [(100, 84), (150, 120)])
def test_cards_grow_with_the_text(theme, percent, height):
    theme.set_percent(percent)
    assert CardLayout(theme).height == height
    theme.set_percent(100)


@pytest.fixture
def painter(theme):
    return CardPainter(theme, today=lambda: TODAY)


def picture(painter, card, state, width=244):
    image = QImage(width + 8, painter.height + 8, QImage.Format.Format_RGB32)
    image.fill(0xFFECEAE5)
    brush = QPainter(image)
    painter.paint(brush, QRect(4, 4, width, painter.height), card, state)
    brush.end()
    return image


def near(seen, meant):
    return max(abs(a - b) for a, b in zip(seen.getRgb(), meant.getRgb(), strict=True)) < 12


def test_each_state_has_its_look(painter, theme, card):
    plain = picture(painter, card(1), CardState())
    assert near(plain.pixelColor(130, 4), theme.colour("line"))
    assert near(plain.pixelColor(130, 8), theme.colour("surface"))
    hovered = picture(painter, card(1), CardState(hovered=True))
    assert near(hovered.pixelColor(130, 4), theme.colour("edge"))
    selected = picture(painter, card(1), CardState(selected=True))
    assert near(selected.pixelColor(130, 4), theme.colour("accent"))
    assert near(selected.pixelColor(130, 8), theme.colour("soft"))
    focused = picture(painter, card(1), CardState(focused=True))
    assert near(focused.pixelColor(130, 3), theme.colour("accent"))
    assert near(focused.pixelColor(130, 8), theme.colour("surface"))


def test_stacked_marks_of_vietnamese_are_never_cropped(painter, card):
    """Ink of a word whose marks stack highest must not touch the upper edge, and must not be cut flat."""
    held = card(1, name="ẤỖỆỂ ẨẪ", organisation="ẤỖỆỂ", step_title="ẤỖỆỂ")
    image = picture(painter, held, CardState())
    rows = [any(image.pixelColor(x, y).lightness() < 160 for x in range(16, 80)) for y in range(6, 84)]
    assert not any(rows[:4])
    assert any(rows[4:])


def test_a_card_that_cannot_be_painted_is_logged_and_the_program_goes_on(painter, theme, card, list_source, caplog):
    model = ColumnModel(list_source({"lead": [card(1, amount_cents="many")]}), "lead")
    model.reload(1)
    delegate, image = CardDelegate(painter), QImage(200, 92, QImage.Format.Format_RGB32)
    option, brush = QStyleOptionViewItem(), QPainter(image)
    option.rect = QRect(0, 0, 200, 92)
    with caplog.at_level(logging.ERROR):
        delegate.paint(brush, option, model.index(0, 0))
    brush.end()
    assert "could not be painted" in caplog.text
    assert model.index(0, 0).data(CARD_ROLE) is not None
    assert delegate.sizeHint(option, QModelIndex()).height() == 92


def test_the_amount_on_a_card_is_written_as_the_language_writes_it(card):
    words.use("de")
    try:
        assert card_words.of(card(1, amount_cents=4_800_000, currency="EUR"), today=TODAY).value == "48.000\xa0€"
    finally:
        words.use("en")
