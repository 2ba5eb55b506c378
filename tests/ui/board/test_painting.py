"""What is drawn when cards move: those that look different, once, and letter by letter the same as ever."""

from __future__ import annotations

from datetime import date
from functools import partial
from operator import contains

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from crmdesk.ui.delegates import card as cards
from crmdesk.ui.delegates.card import CardPainter, CardState

TODAY = date(2026, 5, 5)


@pytest.fixture
def source(card, list_source):
    return list_source(
        {
            "lead": [card(number) for number in range(1, 101)],
            "prospect": [card(number, "prospect") for number in range(201, 260)],
            "opportunity": [card(number, "opportunity") for number in range(301, 601)],
        }
    )


@pytest.fixture
def board(source, shown_board):
    made = shown_board(source, 1400, 700)
    QApplication.processEvents()
    return made


@pytest.fixture
def drawn(monkeypatch):
    """The cards whose letters are drawn, in their order."""
    seen = []
    pictured = CardPainter._pictured

    def noted(painter, pieces, *rest):
        seen.append(pieces[0].text)
        return pictured(painter, pieces, *rest)

    monkeypatch.setattr(CardPainter, "_pictured", noted)
    return seen


@pytest.fixture
def laid(monkeypatch):
    """The stages of the cards that are painted, as pictures too."""
    seen = []
    paint = CardPainter.paint

    def noted(painter, brush, rect, card, state):
        seen.append(card.stage)
        paint(painter, brush, rect, card, state)

    monkeypatch.setattr(CardPainter, "paint", noted)
    return seen


def test_a_move_draws_one_card_and_the_one_that_comes_into_sight(board, source, drawn, qtbot):
    seen = board.strip.column_of("lead").list._seen_rows()
    source.move([2], "prospect")
    board.reload()
    qtbot.waitUntil(partial(contains, drawn, "Person 2"))
    assert sorted(drawn) == sorted(["Person 2", f"Person {seen.stop + 1}"])


def test_a_move_paints_no_card_of_a_third_column(board, source, laid, qtbot):
    source.move([2], "prospect")
    board.reload()
    qtbot.waitUntil(partial(contains, laid, "prospect"))
    assert set(laid) == {"lead", "prospect"}


@pytest.mark.parametrize("state", [CardState(), CardState(selected=True, focused=True), CardState(lifted=True)])
def test_a_card_from_its_picture_is_the_same_in_every_pixel(theme, card, state, monkeypatch):
    held = card(1, amount_cents=4_800_000, currency="EUR", without=("means",), step_promise=True)
    images = []
    for inside in (cards.INSIDE, 1_000):  # a card has no room for a picture so far inside
        monkeypatch.setattr(cards, "INSIDE", inside)
        painter, image = CardPainter(theme, today=lambda: TODAY), QImage(260, 100, QImage.Format.Format_RGB32)
        image.fill(0xFFECEAE5)
        brush = QPainter(image)
        painter.paint(brush, QRect(5, 6, 244, painter.height), held, state)
        brush.end()
        assert len(painter._pictures) == (not images)
        images.append(image)
    assert images[0] == images[1]
