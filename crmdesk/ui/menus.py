"""Menus that open where they are asked for, and are gone once they are closed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget


def passing(parent: QWidget) -> QMenu:
    """An empty menu for this once: its parent would keep every one that was ever opened."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def below(chip: QWidget) -> QPoint:
    """Where a menu of a chip goes, on the screen."""
    return chip.mapToGlobal(chip.rect().bottomLeft() + QPoint(0, 4))
