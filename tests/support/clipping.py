"""What is cut off in a window: words without room, lines without height, parts that stick out of what holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractScrollArea, QLabel, QLineEdit, QWidget

from crmdesk.ui import paint
from crmdesk.ui.controls import Button
from crmdesk.ui.painted_row import OfCells, Words
from crmdesk.ui.segments import Segment
from crmdesk.ui.themed import PlainLabel

HAN = "\u2e80"  # from here on letters are words, and a line may end after each
SOFT_HYPHEN = "\u00ad"  # where a translation lets a long word be parted


class Clipping:
    """Looks while a window is painted. `told` says which texts are ours; others may be elided, but on no button."""

    def __init__(self, patch: pytest.MonkeyPatch, told: Callable[[str], bool]) -> None:
        self._told = told
        self._painted: list[tuple[QWidget, str]] = []
        original = paint.text

        def text(painter: QPainter, rect: QRect, words: str, **style: Any) -> bool:
            cut = original(painter, rect, words, **style)
            low = rect.height() < QFontMetrics(style["font"]).height() - 1
            device = painter.device()
            ours = isinstance(device, Button | Segment) or told(words)
            if (cut or low) and ours and isinstance(device, QWidget):
                self._painted.append((device, words))
            return cut

        patch.setattr(paint, "text", text)

    def of(self, window: QWidget) -> list[str]:
        """One line for everything that is cut off in the window as it is."""
        self._painted.clear()
        window.grab()
        found = [f"{_name(widget)}: “{words}” is elided" for widget, words in self._painted if not _on_purpose(widget)]
        for widget in window.findChildren(QWidget):
            if widget.isVisible() and widget.width() and widget.height():
                found += [f"{_name(widget)}: {what}" for what in self._faults(widget)]
        return sorted(set(found))

    def _faults(self, widget: QWidget) -> Iterator[str]:
        if isinstance(widget, OfCells):
            yield from self._faults_of_cells(widget)
        text = _text(widget)
        if not self._told(text):
            return
        if (side := _sticks_out(widget)) is not None:
            yield f"“{text}” sticks out of {_name(side)}"
        if isinstance(widget, PlainLabel) and widget.wordWrap():
            if widget.heightForWidth(widget.width()) > widget.height() + 1:
                yield f"“{text}” has not the lines it needs"
            if long := _too_long(text, QFontMetrics(widget.font()), widget.width()):
                yield f"“{long}” is broken in the middle"
        if isinstance(widget, QLabel | QAbstractButton) and widget.height() < QFontMetrics(widget.font()).height() - 1:
            yield f"“{text}” is lower than its letters"

    def _faults_of_cells(self, row: OfCells) -> Iterator[str]:
        for cell, place in row.cells.places(row.room()):
            if not isinstance(cell, Words):
                continue
            ours = [each for each in cell.texts if self._told(each.words)]
            if ours and place.height() > row.room().height() + 1:
                yield f"“{ours[0].words}” has not the lines it needs"
            for each in ours:
                if each.wrap and (long := _too_long(each.words, QFontMetrics(each.font), place.width())):
                    yield f"“{long}” is broken in the middle"


def _too_long(text: str, metrics: QFontMetrics, width: int) -> str:
    """The first word that has no room on a line of its own; "" when all have."""
    parts = text.replace(SOFT_HYPHEN, "- ").split()
    words = [word for word in parts if not any(letter >= HAN for letter in word)]
    return next((word for word in words if metrics.horizontalAdvance(word) > width + 1), "")


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text().replace("&&", "&")
    if isinstance(widget, QLineEdit):
        return widget.placeholderText() if not widget.text() else ""
    return ""


def _on_purpose(widget: QWidget) -> bool:
    """Rows of lists are painted by delegates, which give way; other parts say the whole in their tooltip."""
    return isinstance(widget.parentWidget(), QAbstractItemView) or bool(widget.toolTip())


def _sticks_out(widget: QWidget) -> QWidget | None:
    """The first part around it that does not hold it from left to right; what can be scrolled there holds all."""
    inner, at = widget, widget.parentWidget()
    while at is not None and not inner.isWindow():
        place = QRect(widget.mapTo(at, QPoint(0, 0)), widget.size())
        if isinstance(at.parentWidget(), QAbstractScrollArea):
            area = at.parentWidget()
            if area.horizontalScrollBar().maximum() > 0:
                return None
        if place.left() < -1 or place.right() > at.width():
            return at
        inner, at = at, at.parentWidget()
    return None


def _name(widget: QWidget) -> str:
    names = []
    at: QWidget | None = widget
    while at is not None and len(names) < 3:
        names.append(at.objectName() or type(at).__name__)
        at = at.parentWidget()
    return " < ".join(names)
