"""The one style sheet and palette, made from the tokens, for what Qt draws: inputs, menus, tables, scroll bars."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from crmdesk.ui.theme import Theme

_R = QPalette.ColorRole
PALETTE: dict[QPalette.ColorRole, str] = {
    _R.Window: "window", _R.WindowText: "text", _R.Base: "surface", _R.AlternateBase: "hover", _R.Text: "text",
    _R.Button: "surface", _R.ButtonText: "text", _R.BrightText: "on-accent", _R.Highlight: "accent",
    _R.HighlightedText: "on-accent", _R.Link: "accent", _R.LinkVisited: "accent", _R.ToolTipBase: "toast",
    _R.ToolTipText: "toast-text", _R.PlaceholderText: "text-3", _R.Mid: "line", _R.Midlight: "hover",
    _R.Dark: "edge", _R.Light: "raised", _R.Shadow: "line", _R.Accent: "accent",
}  # fmt: skip

_TEXTS = {"text", "text-2", "text-3", "edge", "line", "good", "warn", "bad", "toast-text"}
_HIGHLIGHTS = {"accent", "accent-hover", "soft-text", "toast-link"}

_SHEET = """
QMainWindow, QDialog { background: {window}; }
QToolTip { background: {toast}; color: {toast-text}; border: none; padding: {4}px {8}px; }
QLineEdit, QPlainTextEdit {
  background: {surface}; color: {text}; border: 1px solid {edge}; border-radius: 6px;
  padding: 0 {8}px; placeholder-text-color: {text-3};
  selection-background-color: {accent}; selection-color: {on-accent};
}
QLineEdit { min-height: {30}px; max-height: {30}px; }
QPlainTextEdit { padding: {4}px {5}px; }
QLineEdit:hover, QPlainTextEdit:hover { border-color: {text-3}; }
QLineEdit:focus { border: 2px solid {accent}; padding: 0 {7}px; min-height: {28}px; max-height: {28}px; }
QPlainTextEdit:focus { border: 2px solid {accent}; padding: {3}px {4}px; }
QLineEdit[bad="true"] { border: 2px solid {bad}; padding: 0 {7}px; min-height: {28}px; max-height: {28}px; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: transparent; color: {text-3}; border: 1px dashed {line}; }
QLineEdit[bare="true"] { border: none; background: transparent; padding: 0; min-height: {20}px; max-height: {28}px; }
QMenuBar { background: {nav}; color: {text}; border-bottom: 1px solid {line}; padding: {2}px {4}px; }
QMenuBar::item { background: transparent; padding: {5}px {10}px; border-radius: 6px; }
QMenuBar::item:selected { background: {soft}; color: {soft-text}; }
QMenu { background: {raised}; color: {text}; border: 1px solid {line}; border-radius: 8px; padding: {4}px;
  icon-size: {16}px; }
QMenu::item { padding: {7}px {24}px {7}px {8}px; border-radius: 6px; border: 2px solid transparent; }
QMenu::item:selected { background: {soft}; border: 2px solid {accent}; }
QMenu::item:disabled { color: {text-3}; }
QMenu::icon { padding-left: {8}px; }
QMenu::separator { height: 1px; background: {line}; margin: {4}px {8}px; }
QComboBox { border: none; combobox-popup: 0; }
QComboBox QAbstractItemView {
  background: {raised}; color: {text}; border: 1px solid {edge}; border-radius: 8px; padding: {4}px; outline: none;
}
QComboBox QAbstractItemView::item { min-height: {28}px; padding: 0 {8}px; border-radius: 6px; }
QComboBox QAbstractItemView::item:selected, QComboBox QAbstractItemView::item:hover {
  background: {soft}; color: {soft-text};
}
QScrollArea, QScrollArea > QWidget > QWidget#page { background: transparent; border: none; }
QTableView {
  background: {surface}; color: {text}; border: 1px solid {line}; gridline-color: {line}; outline: none;
  selection-background-color: {soft}; selection-color: {text};
}
QTableView#list { border: none; }
QTableView#list::corner { background: transparent; border: none; }
QTableView#cards, QTableView#today, QListView#rows {
  background: transparent; border: none; selection-background-color: transparent;
}
QTableView::item { padding: 0 {10}px; }
QHeaderView::section {
  background: {window}; color: {text-2}; border: none; border-bottom: 1px solid {line}; padding: 0 {10}px;
  min-height: {32}px; font-weight: 600;
}
QScrollBar:vertical { background: transparent; width: {12}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: {12}px; margin: 0; }
QScrollBar::handle { background: {edge}; border-radius: {3}px; margin: {3}px; }
QScrollBar::handle:vertical { min-height: {32}px; }
QScrollBar::handle:horizontal { min-width: {32}px; }
QScrollBar::handle:hover { background: {text-3}; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: transparent; width: 0; height: 0;
}
QSplitter::handle { background: {line}; }
QProgressBar { background: {sunken}; border: none; border-radius: {3}px; max-height: {6}px; min-height: {6}px; }
QProgressBar::chunk { background: {accent}; border-radius: {3}px; }
QStatusBar { background: {nav}; color: {text-2}; border-top: 1px solid {line}; }
QStatusBar::item { border: none; }
"""


def sheet(theme: Theme) -> str:
    """The style sheet of the application: `{12}` becomes a scaled length, `{edge}` the colour of that role."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        return str(theme.px(int(name))) if name.isdigit() else css(theme.colour(name))

    return re.sub(r"\{([\w-]+)\}", value, _SHEET)


def css(colour: QColor) -> str:
    """A colour as style sheets write it."""
    return colour.name(QColor.NameFormat.HexArgb if colour.alpha() < 255 else QColor.NameFormat.HexRgb)


def high_contrast(role: str, palette: QPalette) -> QColor:
    """A role's colour when the system asks for high contrast: only window, text and highlight remain."""
    if role in _TEXTS:
        return palette.color(_R.WindowText)
    if role in _HIGHLIGHTS:
        return palette.color(_R.Highlight)
    if role == "on-accent":
        return palette.color(_R.HighlightedText)
    if role == "scrim":
        return QColor(0, 0, 0, 0)
    return palette.color(_R.Window)
