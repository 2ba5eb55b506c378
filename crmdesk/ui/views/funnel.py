"""A vocabulary as a small funnel: the stages, each narrower than the last, and what makes the second of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from crmdesk.ui import paint
from crmdesk.ui.theme import Theme

BAR, TIGHT_BAR, GAP = 30, 24, 4  # px at 100 %: a stage, the same where space is short, what lies between two
SHARES = (1.0, 0.78, 0.6, 0.44)
_WRAPPED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


def height(theme: Theme, stages: int, *, between: int, tight: bool) -> int:
    """The height in px of so many stages, with a condition `between` px high."""
    return stages * theme.px(TIGHT_BAR if tight else BAR) + max(0, stages - 2) * theme.px(GAP) + between


def between_height(theme: Theme, words: str, width: int) -> int:
    """The height in px of a condition, with its air, in a funnel `width` px wide; it may take two lines."""
    font = theme.font("small", weight=500)
    room = QRect(0, 0, width - theme.px(22), 10_000)
    found = QFontMetrics(font).boundingRect(room, int(_WRAPPED), words).height()
    return max(found, theme.metrics.line("small")) + theme.px(8)


def draw(
    painter: QPainter,
    theme: Theme,
    rect: QRect,
    stages: Sequence[str],
    enter: str,
    *,
    between: int,
    chosen: bool,
    tight: bool,
) -> None:
    """The funnel at the top of `rect`, in its whole width."""
    top, high = rect.top(), theme.px(TIGHT_BAR if tight else BAR)
    width = rect.width()
    for place, label in enumerate(stages):
        width = _bar_width(theme, rect.width(), label, place, most=width)
        bar = QRect(rect.left() + (rect.width() - width) // 2, top, width, high)
        _bar(painter, theme, bar, label, chosen=chosen)
        top += high
        if place == 0:
            _condition(painter, theme, QRect(rect.left(), top, rect.width(), between), enter, chosen=chosen)
        top += between if place == 0 else theme.px(GAP)


def _bar_width(theme: Theme, whole: int, label: str, place: int, *, most: int) -> int:
    """Its share of the whole, but never too narrow for its words, and never wider than the stage before."""
    share = SHARES[min(place, len(SHARES) - 1)]
    words = QFontMetrics(theme.font("body", weight=600)).horizontalAdvance(label) + theme.px(20)
    return min(most, max(round(whole * share), words))


def _bar(painter: QPainter, theme: Theme, bar: QRect, label: str, *, chosen: bool) -> None:
    colour = theme.colour
    fill, edge = ("soft", "accent") if chosen else ("sunken", "line")
    paint.box(painter, bar, radius=theme.metrics.radius("control") - 2, fill=colour(fill), edge=colour(edge))
    room = bar.adjusted(theme.px(6), 0, -theme.px(6), 0)
    role = "soft-text" if chosen else "text"
    paint.text(painter, room, label, font=theme.font("body", weight=600), colour=colour(role), centred=True)


def _condition(painter: QPainter, theme: Theme, room: QRect, words: str, *, chosen: bool) -> None:
    """An arrow down and the words, centred together."""
    if not words:
        return
    font, mark = theme.font("small", weight=500), theme.px(16)
    role = "soft-text" if chosen else "text-2"
    inner = room.adjusted(mark + theme.px(3), 0, -theme.px(3), 0)
    found = QFontMetrics(font).boundingRect(inner, int(_WRAPPED), words)
    left = room.left() + (room.width() - found.width() - mark - theme.px(3)) // 2
    paint.icon(painter, theme, QRect(left, room.top(), mark, room.height()), "onward", role, size=12)
    painter.setFont(font)
    painter.setPen(theme.colour(role))
    painter.drawText(QRect(left + mark + theme.px(3), room.top(), found.width() + 2, room.height()), _WRAPPED, words)
