"""Times of day typed where nothing but a time is asked for."""

from __future__ import annotations

import pytest

from crmdesk.domain import clock_times
from crmdesk.domain.errors import BadInput


@pytest.mark.parametrize(
    ("text", "time"),
    [("9:30", "09:30"), ("9", "09:00"), ("14", "14:00"), ("1430", "14:30"), ("9.30", "09:30"), ("14h", "14:00"),
     ("2pm", "14:00"), ("12 am", "00:00"), ("12pm", "12:00"), ("14 Uhr", "14:00"), ("um 9 Uhr", "09:00"),
     ("下午2點", "14:00"), ("中午12點", "12:00"), ("十一點半", "11:30"), ("", "")],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(text: str, time: str) -> None:
    assert clock_times.parse(text) == time


@pytest.mark.parametrize("text", ["25", "14:60", "soon", "13pm", "9:30 fri", "-3", "9:3"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is not a time of day"):
        clock_times.parse(text)
