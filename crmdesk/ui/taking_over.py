"""The real window takes over from the first one, in its place: who was current, and what was asked for meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination
from PySide6.QtGui import QKeyEvent, QKeySequence

from crmdesk.ui.first_frame import NEW, TICK, Asked, FirstFrame
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.screens import FIRST
from crmdesk.ui.today_screen import TodayScreen


def go_on(window: MainWindow, content: FirstFrame) -> None:
    """What a person asked for in the first window, which is gone, is done once in the one that is seen in its place."""
    page = window.switching.page(FIRST)
    assert isinstance(page, TodayScreen)
    page.stand(content.standing())
    content.page.deleteLater()
    for asked in content.asked:
        _do(window, page, asked)
        page.stand(content.standing())
    if content.screen != FIRST:
        window.go(content.screen)
    if content.typing:
        window.palette_.go_on()


def _do(window: MainWindow, page: TodayScreen, asked: Asked) -> None:
    """What was asked about somebody who is not on the day any more is left."""
    if asked.what == NEW:
        window.recorder.new_contact()
    elif asked.about is not None and (row := page.list.rows.row_of(asked.about)) is not None:
        page.list.go_to(row, scroll=False)
        entry = page.list.current()
        if asked.key:
            _press(window, QKeyCombination.fromCombined(asked.key), asked.text)
        elif asked.what == TICK:
            page.list.ticked.emit(entry)
        else:
            page.list.opened.emit(entry)


def _press(window: MainWindow, key: QKeyCombination, text: str) -> None:
    """As Qt does it: who has the focus may claim the key, else it is an action's, else it is for who has the focus."""
    receiver = window.focusWidget() or window
    claim = QKeyEvent(QEvent.Type.ShortcutOverride, key.key(), key.keyboardModifiers(), text)
    claim.ignore()
    QCoreApplication.sendEvent(receiver, claim)
    pressed = QKeySequence(key)
    action = next((each for each in window.actions() if pressed in each.shortcuts()), None)
    if action is not None and not claim.isAccepted():
        action.trigger()
        return
    QCoreApplication.sendEvent(receiver, QKeyEvent(QEvent.Type.KeyPress, key.key(), key.keyboardModifiers(), text))
