"""A column's model: rows from the tally, pages when painted, true after every reload."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from crmdesk.domain.cards import BoardFilter
from crmdesk.ui.models.column import CARD_ROLE, ID_ROLE, PAGE, PAGES_KEPT, ColumnModel


@pytest.fixture
def full(card, list_source):
    return list_source({"lead": [card(number) for number in range(1, 1001)]})


@pytest.fixture
def model(full, qtmodeltester):
    made = ColumnModel(full, "lead", spoken=lambda card: f"{card.name}, {card.organisation}")
    made.show_only(BoardFilter())
    made.reload(1000)
    return made


def test_the_model_keeps_the_rules_of_item_models(model, qtmodeltester):
    qtmodeltester.check(model)


def test_it_keeps_them_while_it_grows_and_shrinks(model, full, qtmodeltester):
    qtmodeltester.check(model)
    del full.cards["lead"][3:]
    model.reload(3)
    full.cards["lead"].clear()
    model.reload(0)
    full.move([], "lead")
    model.reload(0)


def test_counting_reads_no_card(model, full):
    assert model.rowCount() == 1000
    assert full.pages_read == 0


def test_each_row_is_the_card_of_its_place(model):
    for row in (0, 63, 64, 999, 500, 127, 128, 1):
        assert model.card(row).id == row + 1
        assert model.index(row, 0).data(ID_ROLE) == row + 1


def test_neighbouring_pages_follow_each_other_without_an_anchor(model, full):
    for row in range(5 * PAGE):
        model.card(row)
    assert full.pages_read == 5
    assert full.anchors_read == 0


def test_a_far_jump_costs_one_anchor_and_one_page(model, full):
    model.card(900)
    assert (full.anchors_read, full.pages_read) == (1, 1)


def test_only_a_few_pages_are_kept(model):
    for row in range(1000):
        model.card(row)
    assert model.pages_held() == PAGES_KEPT


def test_a_hundred_thousand_cards_take_no_more_memory_than_a_thousand(card, list_source):
    class Endless(list_source):
        def page(self, stage, shown, *, after, limit):
            first = 0 if after is None else after[1]
            return [card(first + 1 + step) for step in range(limit)]

        def anchor(self, stage, shown, *, offset):
            return "", offset

    def cost(count: int) -> int:
        model = ColumnModel(Endless({}), "lead")
        tracemalloc.start()
        model.reload(count)
        for row in range(0, count, max(1, count // 200)):
            model.card(row)
        taken = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        return taken

    def least(count: int) -> int:
        """Other threads take memory now and then too."""
        return min(cost(count) for _each in range(3))

    assert least(100_000) < 1.5 * least(1_000)


def test_a_reload_reads_again(model, full, card):
    assert model.card(0).name == "Person 1"
    full.cards["lead"][0] = card(1, name="Anna Beispiel")
    model.reload(1000)
    assert model.index(0, 0).data() == "Anna Beispiel"


def test_a_column_that_became_shorter_since_it_was_counted_has_no_card_there(model, full):
    del full.cards["lead"][900:]
    assert model.card(950) is None
    assert model.index(950, 0).data(CARD_ROLE) is None


def test_a_card_is_found_in_what_is_held_and_else_asked_for(model, full):
    model.card(0)
    assert model.row_of(5) == 4
    assert model.row_of(900) == 899
    assert model.row_of(5000) is None


def test_a_card_of_another_column_has_no_row_here(model, full):
    full.move([7], "prospect")
    model.reload(999)
    assert model.row_of(7) is None


def test_the_landing_row_is_where_the_order_would_put_it(model):
    assert model.landing(("00000500", 500)) == 500
    assert model.landing(("00000000", 0)) == 0
    assert model.landing(("99999999", 1)) == 1000


def test_a_long_stretch_of_cards_is_read_in_bulk(model, full):
    assert [card.id for card in model.cards(10, 999)] == list(range(11, 1001))
    assert full.pages_read <= 2
    assert [card.id for card in model.cards(3, 5)] == [4, 5, 6]


def test_a_screen_reader_hears_more_than_the_name(model):
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Person 1, Firm 1"


def test_rows_that_show_the_same_after_a_change_are_not_told_of(model, full):
    model.reload(1000, seen=range(12))
    assert [model.card(row).id for row in range(12)] == list(range(1, 13))
    told = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    full.cards["lead"][5] = replace(full.cards["lead"][5], name="Another name")
    model.reload(1000, seen=range(12))
    assert told == [(5, 5), (12, 999)]


def test_a_card_that_is_not_here_is_asked_for_once(model, full):
    model.card(0)
    asked = []
    full.position = lambda card, _shown: asked.append(card)
    assert [model.row_of(5000), model.row_of(5000)] == [None, None]
    assert asked == [5000]
    model.reload(1000)
    assert model.row_of(5000) is None
    assert asked == [5000, 5000]
