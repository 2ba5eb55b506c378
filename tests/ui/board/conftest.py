"""A board over plain lists, for what must be seen without a workspace: positions, pages, forecasts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from crmdesk.domain.cards import BoardFilter, Card, Column, Sum
from crmdesk.domain.records import Id
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.board import Board

STAGES = {"lead": "Lead", "prospect": "Prospect", "opportunity": "Opportunity", "customer": "Customer"}


def make_card(number: int, stage: str = "lead", **changes: object) -> Card:
    card = Card(
        id=Id(number),
        kind="lead",
        ref=f"REF{number}",
        stage=stage,
        due_key=f"{number:08d}",
        name=f"Person {number}",
        organisation=f"Firm {number}",
        owner="JL",
        amount_cents=None,
        currency="",
        step_title="Call",
        step_kind="call",
        step_due="2026-05-08",
        step_time="",
        step_promise=False,
        quiet_since="2026-05-01",
        source="business_card",
        without=(),
        person_id=Id(number),
        organisation_id=None,
    )
    return replace(card, **changes)


@dataclass(frozen=True)
class Expected:
    at_once: int = 0
    ask: int = 0
    here: int = 0
    converts: int = 0
    takes_back: int = 0
    blocked: int = 0


class ListSource:
    """Cards per stage in lists; counts how often it was asked for a page or an anchor."""

    def __init__(self, cards: dict[str, list[Card]]) -> None:
        self.cards = {stage: list(cards.get(stage, ())) for stage in STAGES}
        self.pages_read = 0
        self.heads_read = 0
        self.anchors_read = 0
        self.facts_asked: set[Id] = set()

    def columns(self, shown: BoardFilter) -> list[Column]:
        self.heads_read += 1
        return [self.column(stage) for stage in STAGES]

    def column(self, stage: str) -> Column:
        cards = self.cards[stage]
        cents = sum(card.amount_cents or 0 for card in cards)
        return Column(
            stage=stage,
            role=stage,
            label=STAGES[stage],
            count=len(cards),
            exact=True,
            sums=(Sum(currency="EUR", cents=cents, cards=len(cards)),) if cents else (),
            entered=len(cards),
            went_on=len(cards) // 3,
            deal=stage == "opportunity",
            terminal=stage == "customer",
        )

    def page(self, stage, shown, *, after, limit):
        self.pages_read += 1
        cards = self.cards[stage]
        start = 0 if after is None else bisect_right(cards, after, key=_key)
        return cards[start : start + limit]

    def anchor(self, stage, shown, *, offset):
        self.anchors_read += 1
        cards = self.cards[stage]
        return _key(cards[min(offset, len(cards)) - 1]) if offset else None

    def position(self, card, shown):
        for stage, cards in self.cards.items():
            for row, held in enumerate(cards):
                if held.id == card:
                    return stage, row
        return None

    def forecast(self, ids):
        return {stage: self._expected(stage, ids) for stage in STAGES}

    def _expected(self, stage, ids):
        if stage == "opportunity":
            return Expected(converts=len(ids))
        if stage == "customer":
            return Expected(blocked=len(ids))
        here = sum(card.id in ids for card in self.cards[stage])
        ask = len(self.facts_asked & set(ids)) if stage == "prospect" else 0
        return Expected(at_once=len(ids) - here - ask, ask=ask, here=here)

    def move(self, ids, stage):
        moved = [card for cards in self.cards.values() for card in cards if card.id in ids]
        self.cards = {key: [card for card in cards if card.id not in ids] for key, cards in self.cards.items()}
        self.cards[stage] = sorted([*self.cards[stage], *(replace(card, stage=stage) for card in moved)], key=_key)


def _key(card: Card) -> tuple[str, Id]:
    return card.due_key, card.id


@pytest.fixture
def card():
    return make_card


@pytest.fixture
def list_source():
    return ListSource


@pytest.fixture
def shown_board(theme: Theme, qtbot: QtBot) -> Callable[[ListSource, int, int], Board]:
    """Opens a board over a source, so many px wide and high, on Tuesday 5 May 2026."""

    def show(source: ListSource, width: int, height: int) -> Board:
        made = Board(source, theme, today=lambda: date(2026, 5, 5))
        qtbot.addWidget(made)
        made.resize(width, height)
        with qtbot.waitExposed(made):
            made.show()
        return made

    return show
