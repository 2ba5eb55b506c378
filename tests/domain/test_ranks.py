from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain import ranks

letters = st.text(st.characters(min_codepoint=ord("!"), max_codepoint=ord("~")), max_size=12)


@given(letters, letters)
def test_a_rank_lies_between_its_neighbours(one: str, other: str) -> None:
    low, high = sorted((one.rstrip("!"), other.rstrip("!")))
    if low == high:
        return
    made = ranks.between(low, high)
    assert low < made
    assert not high or made < high
    assert not made.endswith("!")


def test_a_thousand_cards_let_go_at_one_spot_all_find_room() -> None:
    low, high = "2026-05-05", "2026-05-06"
    for _number in range(1000):
        made = ranks.between(low, high)
        assert low < made < high
        high = made


def test_several_cards_let_go_together_keep_their_order() -> None:
    keys = ranks.spread("2026-05-05", "2026-05-06", 5)
    assert keys == sorted(set(keys))
    assert keys[0] > "2026-05-05"
    assert keys[-1] < "2026-05-06"


def test_a_rank_between_equal_neighbours_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="does not sort before"):
        ranks.between("b", "b")
