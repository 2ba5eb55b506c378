"""Menus that open where they are asked for, and are gone once they are closed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget


def passing(parent: QWidget) -> QMenu:
    """An empty menu for this once: its parent would keep every one that was ever opened."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
