"""Walks a window by Tab as a hand does, and tells what it cannot reach or see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenuBar, QWidget

from crmdesk.driver import Driver
from crmdesk.ui.focus import alive

MOST_STOPS = 300
EDGE = 4  # px around a control in which its ring may lie


@dataclass(slots=True)
class Round:
    """One round of Tab: the stops in their order, those whose focus is not seen, and whether it came back."""

    stops: list[QWidget] = field(default_factory=list)
    unseen: list[QWidget] = field(default_factory=list)
    closed: bool = False
    lost: bool = False


def go_round(driver: Driver, window: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> Round:
    """Presses Tab (or Backtab) until the focus is where it was."""
    walk = Round()
    for _each in range(MOST_STOPS):
        here = QApplication.focusWidget()
        if here is None:
            walk.lost = True
            return walk
        if here in walk.stops:
            walk.closed = here is walk.stops[0]
            return walk
        walk.stops.append(here)
        place = _around(here, window)
        before = _picture(window, place)
        driver.key(here, key)
        if only := QApplication.focusWidget() is here:
            here.clearFocus()
            driver.settle()
        if alive(here) and _around(here, window) == place and _picture(window, place) == before:
            walk.unseen.append(here)
        if only:
            here.setFocus()
    return walk


def unreached(window: QWidget, walk: Round) -> Iterator[QWidget]:
    """What can be done something with, but has no stop; of a group of choices one is enough, arrows do the rest."""
    groups = [each.group() for each in walk.stops if isinstance(each, QAbstractButton) and each.group()]
    holders = [each.parentWidget() for each in walk.stops]
    for each in window.findChildren(QWidget):
        if each in walk.stops or not _can_be_used(each) or isinstance(each, QMenuBar):
            continue
        if isinstance(each, QAbstractButton):
            grouped = each.group() in groups or (each.isCheckable() and each.parentWidget() in holders)
            if grouped or not each.accessibleName() + each.text():
                continue
        elif not each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        yield each


def named(widget: QWidget) -> str:
    """A control for a message."""
    return f"{type(widget).__name__} “{widget.accessibleName()}” in {type(widget.parentWidget()).__name__}"


def _can_be_used(widget: QWidget) -> bool:
    if not (widget.isVisible() and widget.isEnabled()) or widget.focusProxy() is not None:
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) or isinstance(widget, QAbstractButton)


def _around(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-EDGE, -EDGE, EDGE, EDGE)


def _picture(window: QWidget, place: QRect) -> QImage:
    return window.grab(place).toImage()
