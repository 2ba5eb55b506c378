"""The definitions grow with the text: no label keeps the width it had in smaller text."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics

from crmdesk.domain import vocabulary as vocabularies
from crmdesk.ui.painted_row import Words
from crmdesk.ui.views.definitions_stage import StageCard


@pytest.mark.parametrize("percent", [150, 200])
def test_labels_take_the_room_of_larger_text(theme, qtbot, percent: int) -> None:
    words = vocabularies.load(vocabularies.shipped_text("dialogue"), "dialogue")
    card = StageCard(theme, words.stages[0], own=False, can_edit=True)
    qtbot.addWidget(card)
    theme.set_percent(percent)
    font = QFontMetrics(theme.font("small"))
    assert card._agreed
    for row in card._agreed:
        head = row.cells.cells[0]
        assert isinstance(head, Words)
        assert head.width() >= min(theme.px(108), font.horizontalAdvance(head.texts[0].words)), row.text()
