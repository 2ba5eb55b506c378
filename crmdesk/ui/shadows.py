"""Soft shadows of what floats: one pixmap per level, cut into nine parts and laid around a rectangle by its owner."""

from __future__ import annotations

from math import erf, sqrt

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter, QPixmap

from crmdesk.ui.tokens import ShadowToken


def nine_part(token: ShadowToken, *, opacity: int, ratio: float = 1.0) -> QPixmap:
    """The blurred shadow of a small square; its corners and edges are stretched around any rectangle.

    The blur of a box is the product of two blurred edges, so it needs no image filter. `opacity` in percent.
    """
    margin = round(token.blur * ratio)
    side = 4 * margin + 1
    profile = [_edge(at + 0.5, margin, side - margin, margin / 2) for at in range(side)]
    strength = opacity / 100 * 255
    levels = [bytes((0, 0, 0, level)) for level in range(256)]
    half = profile[: 2 * margin + 1]
    quarter = [[levels[round(strength * down * across)] for across in half] for down in half]
    upper = [b"".join((*row, *row[-2::-1])) for row in quarter]
    rows = b"".join((*upper, *upper[-2::-1]))
    image = QImage(rows, side, side, side * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def paint(painter: QPainter, rect: QRect, pixmap: QPixmap, token: ShadowToken) -> None:
    """Lays the shadow around and under `rect`, moved down by the token's offset."""
    ratio = pixmap.devicePixelRatio()
    side = pixmap.width()
    corner = (side - 1) // 2
    reach = token.blur
    outer = rect.adjusted(-reach, -reach, reach, reach).translated(0, token.offset)
    # Corners shrink when the rectangle is smaller than two of them.
    across = min(round(corner / ratio), outer.width() // 2)
    down = min(round(corner / ratio), outer.height() // 2)
    xs = (outer.left(), outer.left() + across, outer.right() + 1 - across, outer.right() + 1)
    ys = (outer.top(), outer.top() + down, outer.bottom() + 1 - down, outer.bottom() + 1)
    cuts = (0, corner, corner + 1, side)
    for row in range(3):
        for column in range(3):
            target = QRect(xs[column], ys[row], xs[column + 1] - xs[column], ys[row + 1] - ys[row])
            source = QRect(cuts[column], cuts[row], cuts[column + 1] - cuts[column], cuts[row + 1] - cuts[row])
            if not target.isEmpty():
                painter.drawPixmap(target, pixmap, source)


def _edge(at: float, left: int, right: int, sigma: float) -> float:
    def step(distance: float) -> float:
        return 0.5 * (1 + erf(distance / (sigma * sqrt(2))))

    return step(at - left) * step(right - at)
