"""The Qt we pin does not eat the interpreter."""

from __future__ import annotations

import sys

from PySide6.QtGui import QColor, QImage, QPainter

CALLS = 1000


def test_a_thousand_painter_calls_keep_the_references_of_none(qapp):
    """PySide6 6.12.0 on Python 3.11 drops one reference of None at each void call, until the process dies."""
    image = QImage(16, 16, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    color = QColor("#2A5BD0")
    painter.fillRect(0, 0, 4, 4, color)  # the first call reads the signatures
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.fillRect(0, 0, 4, 4, color)
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < CALLS // 10
