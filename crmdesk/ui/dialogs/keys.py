"""All keys on one sheet, from the action table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from crmdesk.ui.actions import key_table
from crmdesk.ui.chips import KeyCap
from crmdesk.ui.dialogs.reading import ReadingSheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.words import _


class KeysSheet(ReadingSheet):
    """What each key does, by menu."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, title=_("Keys"), width=520)
        px = theme.px
        hint = _("Single letters work while no text field has the focus.")
        self.body.addWidget(PlainLabel(theme, hint, token="small", role="text-2", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(0, 1)
        menu_before, row = "", 0
        for menu, action, keys in key_table():
            if menu != menu_before:
                menu_before = menu
                grid.setRowMinimumHeight(row, px(12) if row else 0)
                grid.addWidget(PlainLabel(theme, menu, token="head"), row + 1, 0, 1, 2)
                row += 2
            grid.addWidget(PlainLabel(theme, action), row, 0)
            grid.addWidget(KeyCap(theme, keys), row, 1, Qt.AlignmentFlag.AlignRight)
            row += 1
        self.body.addLayout(grid)
