"""Where room is short, the toolbar's name stays whole."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from crmdesk.ui.controls import Button
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.toolbar import Toolbar


def test_the_printed_key_and_the_search_field_give_way_to_a_page_that_brings_controls(
    theme: Theme, qtbot: QtBot
) -> None:
    toolbar = Toolbar(theme, search_key="Ctrl+K", new_key="Ctrl+N")
    qtbot.addWidget(toolbar)
    toolbar.resize(760, toolbar.height())
    toolbar.set_title("Today")
    with qtbot.waitExposed(toolbar):
        toolbar.show()
    wide = toolbar.new.width()
    controls = Button(theme, "Board, or everything as one list", parent=toolbar)
    toolbar.set_title("Opportunities", controls=controls)
    qtbot.waitUntil(lambda: toolbar.title.width() == toolbar.title.sizeHint().width(), timeout=1000)
    assert toolbar.new.width() == toolbar.new.minimumSizeHint().width() < wide
