"""Parts that widgets and delegates paint alike: edges, icons, key caps, chips, text that gives way.

All lengths come scaled from the theme. Nothing here keeps state.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from crmdesk.ui.theme import Theme

# How a line stands in its room, put together once: a list paints hundreds of them at a time.
_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_AT_LEFT, _AT_RIGHT = int(_LINE | Qt.AlignmentFlag.AlignLeft), int(_LINE | Qt.AlignmentFlag.AlignRight)
_CENTRED = int(_LINE | Qt.AlignmentFlag.AlignHCenter)
# kind of chip → (fill role or "", edge role or "", text role, dashed)
CHIPS: dict[str, tuple[str, str, str, bool]] = {
    "outline": ("", "line", "text-2", False),
    "neutral": ("sunken", "", "text-2", False),
    "good": ("good-soft", "", "good", False),
    "warn": ("warn-soft", "", "warn", False),
    "bad": ("bad-soft", "", "bad", False),
    "chosen": ("soft", "", "soft-text", False),
    "override": ("", "warn", "warn", True),
}


def box(
    painter: QPainter,
    rect: QRectF | QRect,
    *,
    radius: float,
    fill: QColor | None = None,
    edge: QColor | None = None,
    width: float = 1,
    dashed: bool = False,
) -> None:
    """A rounded rectangle filled and/or edged inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    inset = 0.0
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        pen = QPen(edge, width)
        if dashed:
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([3 / width, 2.5 / width])
        painter.setPen(pen)
        inset = width / 2
    inner = QRectF(rect).adjusted(inset, inset, -inset, -inset)
    corner = max(0.0, radius - inset)
    painter.drawRoundedRect(inner, corner, corner)
    painter.restore()


def text(
    painter: QPainter,
    rect: QRect,
    words: str,
    *,
    font: QFont,
    colour: QColor,
    right: bool = False,
    centred: bool = False,
) -> bool:
    """One line of plain text, centred in height and elided at the right when too long; whether it had to be."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, _AT_RIGHT if right else _CENTRED if centred else _AT_LEFT, shown)
    return shown != words


def cut_inside(metrics: QFontMetrics, before: str, words: str, after: str, *, width: int) -> str:
    """A line that fits in `width` px by a cut in its middle part alone: what stands around it stays."""
    fixed = metrics.horizontalAdvance(before) + metrics.horizontalAdvance(after)
    return before + metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, width - fixed)) + after


def icon(painter: QPainter, theme: Theme, rect: QRect, name: str, role: str, *, size: int = 16) -> None:
    """An icon of `size` px at 100 %, centred in `rect`, sharp on the painter's screen."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    pixmap = theme.pixmap(name, role, size=size, ratio=ratio)
    side = theme.px(size)
    at = QPointF(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2)
    painter.drawPixmap(at, pixmap)


def keycap_size(theme: Theme, key: str) -> QSize:
    """The size of a printed key."""
    width = QFontMetrics(theme.font("micro")).horizontalAdvance(key) + theme.px(12)
    height = theme.metrics.size("keycap")
    return QSize(max(width, height), height)


def keycap(
    painter: QPainter, theme: Theme, rect: QRect, key: str, *, ground: str = "surface", on_accent: bool = False
) -> None:
    """A printed key: line edge with a stronger foot; on the accent it is drawn in the accent's text colour."""
    radius = theme.metrics.radius("key")
    if on_accent:
        colour = QColor(theme.colour("on-accent"))
        words = QColor(colour)
        colour.setAlphaF(0.6)
        box(painter, rect, radius=radius, edge=colour)
    else:
        words = theme.colour("text-2")
        box(painter, rect, radius=radius, fill=theme.colour(ground), edge=theme.colour("line"))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("edge"), 1))
        foot = rect.bottom() + 0.5
        painter.drawLine(QPointF(rect.left() + radius - 1, foot), QPointF(rect.right() + 2 - radius, foot))
        painter.restore()
    text(painter, rect, key, font=theme.font("micro"), colour=words, centred=True)


def chip_size(theme: Theme, words: str, *, has_icon: bool) -> QSize:
    """The size of a small chip: 20 high, 8 at the sides, an icon of 14 before the words."""
    width = QFontMetrics(theme.font("small", weight=500)).horizontalAdvance(words) + 1 + theme.px(16)
    if has_icon:
        width += theme.px(14 + (4 if words else 0))
    return QSize(width, theme.metrics.size("chip"))


def chip(painter: QPainter, theme: Theme, rect: QRect, words: str, *, kind: str, icon_name: str = "") -> None:
    """A small chip of CHIPS in `rect`; words that do not fit are elided."""
    fill, edge, role, dashed = CHIPS[kind]
    box(
        painter,
        rect,
        radius=rect.height() / 2,
        fill=theme.colour(fill) if fill else None,
        edge=theme.colour(edge) if edge else None,
        dashed=dashed,
    )
    inner = rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
    if icon_name:
        side = theme.px(14)
        icon(painter, theme, QRect(inner.left(), inner.top(), side, inner.height()), icon_name, role, size=14)
        inner.setLeft(inner.left() + side + theme.px(4))
    text(painter, inner, words, font=theme.font("small", weight=500), colour=theme.colour(role))


def ring(painter: QPainter, theme: Theme, rect: QRect, *, radius: float) -> None:
    """The focus ring: 2 px of accent along the inner edge of `rect`."""
    box(painter, rect, radius=radius, edge=theme.colour("accent"), width=2)
