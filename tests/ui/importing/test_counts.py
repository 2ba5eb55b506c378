"""What an import foresees stands in numbers of one size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication

from crmdesk.services.import_plans import Plan
from crmdesk.ui.dialogs.import_counts import Counts
from crmdesk.ui.theme import Theme

PLAN = Plan(
    look=cast(Any, None), mapping=(), source="", event=None, event_name="", people_only=False,
    read=5000, new=4741, same=259, doubled=0, reported=0, odd=(),
)  # fmt: skip


@pytest.mark.parametrize("percent", [100, 150])
def test_a_long_number_makes_all_of_them_smaller_and_a_short_one_large_again(qapp: QApplication, percent: int) -> None:
    counts = Counts(Theme(mode="light", percent=percent))
    rows = (counts.new, counts.same, counts.doubled, counts.reported)
    counts.show_plan(replace(PLAN, new=1_412_741), added="added to the board")
    sizes = {row._size for row in rows}
    assert sizes == {counts.new.largest}
    counts.show_plan(replace(PLAN, new=7), added="added to the board")
    assert {row._size for row in rows} == {"page"}
    assert sizes != {"page"}
