"""Ways through the stages and the rates of going on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.trails import rates, trail

PATH = ("lead", "prospect", "opportunity", "customer")


def test_who_came_to_a_later_stage_afterwards_went_on() -> None:
    found = rates([("lead prospect", 3), ("lead", 5), ("opportunity prospect", 1)], PATH)
    assert found["lead"] == (8, 3)
    assert found["prospect"] == (4, 0)
    assert found["opportunity"] == (1, 0)


def test_going_back_and_forth_counts_once() -> None:
    assert rates([(trail("lead prospect lead prospect lead", "lead"), 2)], PATH)["lead"] == (2, 2)


def test_a_stage_without_a_move_counts_as_visited() -> None:
    assert trail("", "prospect") == "prospect"
    assert trail("lead", "lead", "opportunity") == "lead opportunity"


def test_a_stage_of_an_earlier_vocabulary_is_passed_over() -> None:
    assert rates([("suspect lead", 1)], PATH)["lead"] == (1, 0)


@given(st.lists(st.sampled_from(PATH)))
def test_a_trail_tells_what_the_whole_way_tells(way: list[str]) -> None:
    assert rates([(trail(" ".join(way)), 1)], PATH) == rates([(" ".join(way), 1)], PATH)
