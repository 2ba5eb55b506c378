"""A long history in the panel of a record."""

from __future__ import annotations

from PySide6.QtCore import Qt

from crmdesk.ui.views import panel_sections
from crmdesk.ui.views.panel_sections import FEW
from crmdesk.ui.views.panel_view import Line


def test_the_rest_of_a_long_history_is_made_when_it_is_asked_for(qtbot, theme):
    lines = [Line("5 May", "clock", f"Change {each}") for each in range(FEW + 20)]
    whole = panel_sections._lines(theme, "History", "clock", lines, empty="")
    qtbot.addWidget(whole)
    whole.show()

    def told() -> list[str]:
        return [
            each.text().removeprefix("5 May, ")
            for each in whole.findChildren(panel_sections.PaintedRow)
            if "Change" in each.text()
        ]

    assert told() == [line.text for line in lines[:FEW]]
    more = whole.findChild(panel_sections._More)
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert told() == [line.text for line in lines]
    assert not more.isVisible()
