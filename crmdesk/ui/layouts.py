"""Layouts filled anew: PySide leaves what is taken out of a layout to nobody."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget
from shiboken6 import delete


def clear(layout: QLayout) -> list[QWidget]:
    """Takes everything out of a layout and of those in it; the widgets, which are on their way out."""
    gone: list[QWidget] = []
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
            gone.append(widget)
        elif inner is not None:
            gone += clear(inner)
        delete(item)  # the place in the layout alone
    return gone
