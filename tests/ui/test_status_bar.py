"""The status bar gives room to what it holds."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from crmdesk.ui.theme import Theme
from crmdesk.ui.views.status_bar import StatusBar
from crmdesk.ui.views.under_way import UnderWay


def test_its_words_give_way_whenever_what_it_holds_becomes_wider(theme: Theme, qtbot: QtBot) -> None:
    bar, under_way = StatusBar(theme), UnderWay(theme)
    bar.hold(under_way)
    bar.set_parts([("saved", "Saved")], [("computer", "On this computer only")])
    bar.resize(500, bar.height())
    qtbot.addWidget(bar)
    with qtbot.waitExposed(bar):
        bar.show()
    under_way.begin()
    for done in (1, 12_345, 1_234_567):
        under_way.say(f"Importing {done:,} of 9,999,999", done, 9_999_999)
        qtbot.wait(50)
        seen = bar.grab(QRect(0, 0, bar.width(), bar.height())).toImage()
        shown = bar.screen().grabWindow(bar.winId()).toImage() if bar.screen() else seen
        assert shown == seen


def test_it_is_not_painted_again_for_the_same_words(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    asked: list[int] = []
    monkeypatch.setattr(bar, "update", partial(asked.append, 1))
    for _time in range(2):
        bar.set_parts([("saved", "Saved 12:02")], [])
    assert len(asked) == 1
    bar.set_parts([("saved", "Saved 12:03")], [])
    assert len(asked) == 2
