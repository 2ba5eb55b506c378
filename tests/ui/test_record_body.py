"""The two columns of a record's page: emptied and filled again in one go, whatever is in them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crmdesk.ui.drafts import Drafts
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.ui.views.record_body import RecordBody
from crmdesk.ui.views.record_details import DetailRow
from crmdesk.ui.views.record_view import Item


def _fill(body: RecordBody, theme: Theme, *, parts: int) -> None:
    body.empty()
    for number in range(parts):
        body.main.column.addWidget(PlainLabel(theme, f"Main {number}"))
        body.side.column.addWidget(PlainLabel(theme, f"Side {number}"))
    if body.one:
        body.main.column.addWidget(body.side)
    body.show_parts()
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[arg-type]


@pytest.fixture
def body(theme: Theme, qtbot: QtBot) -> RecordBody:
    made = RecordBody(theme)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_columns_stay_and_what_is_put_in_is_shown_in_one_go(body: RecordBody, theme: Theme) -> None:
    _fill(body, theme, parts=3)
    columns = (body.main, body.side)
    body.empty()
    part = PlainLabel(theme, "Main")
    body.main.column.addWidget(part)
    QApplication.processEvents()
    assert not part.isVisible()
    body.show_parts()
    assert part.isVisible()
    assert (body.main, body.side) == columns


def test_every_part_is_seen_in_two_columns_in_one_and_in_two_again(body: RecordBody, theme: Theme) -> None:
    for width in (1200, 500, 1200):
        body.resize(width, 700)
        _fill(body, theme, parts=3)
        seen = sorted(each.text() for each in body.findChildren(PlainLabel) if each.isVisible())
        assert seen == ["Main 0", "Main 1", "Main 2", "Side 0", "Side 1", "Side 2"]
        assert body.one == (width == 500)


def test_a_value_of_one_line_stands_at_the_first_line_of_its_label(theme: Theme, qtbot: QtBot) -> None:
    item = Item(key="lead.site", label="Where the machines of the first order are to stand", shown="Kiel", text="Kiel")
    row = DetailRow(theme, item, Drafts(), place="here", wide=theme.px(120), editable=True)
    qtbot.addWidget(row)
    row.resize(400, row.sizeHint().height())
    with qtbot.waitExposed(row):
        row.show()
    assert row.value is not None
    assert row.height() > row.value.height()
    assert row.value.y() == 0
