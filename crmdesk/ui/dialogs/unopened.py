"""A workspace that does not open: what is the matter, a button for every way on; what came back of a damaged one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalMapper, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from crmdesk import words
from crmdesk.ui.controls import Button
from crmdesk.ui.sheet import Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.words import _


@dataclass(frozen=True, slots=True)
class Way:
    """One way on: its key, the words on its button, and what it does where that has to be said before."""

    key: str
    text: str
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """How much of one kind came back; `lost` is None where nobody knows how much there was."""

    what: str
    kept: int
    lost: int | None


class UnopenedSheet(Sheet):
    """One sentence about a file, one about what helps, and the ways on; the first is the usual one.

    `was_open`: it was closed because of it just now.

    Signals: filled(str) the key of a way.
    """

    def __init__(self, theme: Theme, *, title: str, what: str, remedy: str, ways: Sequence[Way]) -> None:
        super().__init__(theme, title=title, width=560)
        self._ways = tuple(ways)
        self._chosen = ways[0].key
        if what:
            self.body.addWidget(PlainLabel(theme, what, wrap=True, strong=True))
        if remedy and not ways[0].says:
            self.body.addWidget(PlainLabel(theme, remedy, wrap=True))
        self._keys = QSignalMapper(self)
        self._keys.mappedString.connect(self._on_other)
        self.buttons: dict[str, Button] = {}
        self._had_keys: Button | None = None  # before all of them were off
        for way in ways:
            if way.says:
                self.body.addWidget(PlainLabel(theme, way.says, role="text-2", wrap=True))
            if way is not ways[0]:
                self._add_button(way)
        self.busy = PlainLabel(theme, "", role="text-2", wrap=True)
        self.busy.hide()
        self.body.addWidget(self.busy)
        self.set_footer(_("Back"), ways[0].text)
        assert self.primary is not None
        self.buttons[ways[0].key] = self.primary

    def first_field(self) -> QWidget | None:
        """The usual way."""
        return self.primary

    def value(self) -> str:
        """The key of the way chosen."""
        return self._chosen

    def show_busy(self, text: str) -> None:
        """Something is being done; "" when it is over and the ways are free again."""
        if text:
            self._had_keys = next((each for each in self.buttons.values() if each.hasFocus()), self._had_keys)
        self.busy.setText(text)
        self.busy.setVisible(bool(text))
        self.error.hide()
        for button in self.buttons.values():
            button.setEnabled(not text)
        if not text and self._had_keys is not None:
            self._had_keys.setFocus(Qt.FocusReason.OtherFocusReason)
        self.lay_out()

    def _add_button(self, way: Way) -> None:
        button = Button(self.theme, way.text)
        self._keys.setMapping(button, way.key)
        button.clicked.connect(self._keys.map)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.buttons[way.key] = button

    def _on_other(self, key: str) -> None:
        self._chosen = key
        self.submit()
        self._chosen = self._ways[0].key


class SalvagedSheet(Sheet):
    """What came back of a damaged workspace, and the way to go on with it.

    Signals: filled(True) to open it.
    """

    def __init__(self, theme: Theme, *, name: str, aside: str, came: Sequence[Came]) -> None:
        super().__init__(theme, title=_("What came back of “{name}”").format(name=name), width=480)
        text = _("The damaged file lies beside it as “{aside}”, untouched. What was done before cannot be undone.")
        self.body.addWidget(PlainLabel(theme, text.format(aside=aside), role="text-2", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(0, 1)
        for column, head in enumerate((_("Came back"), _("Missing")), start=1):
            label = PlainLabel(theme, head, token="small", role="text-2", strong=True, right=True)
            grid.addWidget(label, 0, column)
        for row, each in enumerate(came, start=1):
            lost = _("unknown") if each.lost is None else words.number(each.lost)
            grid.addWidget(PlainLabel(theme, each.what), row, 0)
            grid.addWidget(PlainLabel(theme, words.number(each.kept), right=True), row, 1, Qt.AlignmentFlag.AlignTop)
            role = "text-2" if each.lost == 0 else "bad"
            grid.addWidget(PlainLabel(theme, lost, role=role, right=True), row, 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(grid)
        self.set_footer(_("Close"), _("Open it"))

    def first_field(self) -> QWidget | None:
        """The way on."""
        return self.primary

    def value(self) -> bool:
        """There is nothing to fill in."""
        return True
