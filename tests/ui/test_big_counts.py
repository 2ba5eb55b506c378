"""Numbers of a million people are shown whole."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics, QPixmap

from crmdesk.ui import paint
from crmdesk.ui.dialogs.import_counts import CountRow
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.navigation import Navigation, Place


def cut_in(widget, monkeypatch) -> list[str]:
    """The texts that a widget paints in less room than they need."""
    found = []
    write = paint.text

    def measured(painter, rect, text, *, font, **how):
        if QFontMetrics(font).horizontalAdvance(text) > rect.width():
            found.append(text)
        return write(painter, rect, text, font=font, **how)

    monkeypatch.setattr(paint, "text", measured)
    widget.render(QPixmap(widget.size()))
    return found


def test_the_numbers_of_an_import_are_shown_whole(qtbot, monkeypatch):
    row = CountRow(Theme(), "user-plus", "new", "added to the board")
    qtbot.addWidget(row)
    row.resize(240, 49)
    for count in (7, 2_998, 99_999, 1_000_000):
        row.say(count)
        assert cut_in(row, monkeypatch) == []


def test_the_navigation_is_as_wide_as_names_and_counts_need(qtbot, monkeypatch):
    column = Navigation(Theme(), (Place("people", "People", "people", 1), Place("firms", "Organisations", "people", 1)))
    qtbot.addWidget(column)
    column.resize(column.width(), 300)
    for count in (999, 1_382, 250_000):
        column.set_count("firms", count)
        column.set_current("firms")
        column.show()
        assert cut_in(column.entries["firms"], monkeypatch) == []
