"""The sheets of a list: a choice with what it would do, a line of text, a tag put on or taken off, a removal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crmdesk.ui.chips import ChoiceChip
from crmdesk.ui.choices import ChoiceList
from crmdesk.ui.fields import Field, LineField, Sentence
from crmdesk.ui.flow import FlowRow
from crmdesk.ui.segments import Choice, Segmented
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.words import _

MOST_TAGS = 24


class ChooseSheet(Sheet):
    """One of several, and the sentence of what it would do; `filled` carries the value.

    Signals: considered(value) what it would do is to be said.
    """

    considered = Signal(object)

    def __init__(
        self,
        theme: Theme,
        choices: Sequence[tuple[str, str]],
        *,
        title: str,
        name: str,
        button: str,
        icon: str,
    ) -> None:
        super().__init__(theme, title=title)
        self.choices = ChoiceList(theme, choices, name=name)
        self.sentence = Sentence(theme)
        self.body.addWidget(self.choices)
        self.body.addWidget(self.sentence)
        self.set_footer(_("Cancel"), button, icon=icon)
        assert self.primary is not None
        self.primary.setEnabled(False)
        self.choices.chosen.connect(self._on_chosen)

    def first_field(self) -> QWidget:
        """The first choice."""
        return self.choices.rows[0]

    def value(self) -> str | None:
        """What is chosen."""
        return self.choices.value or None

    def say(self, text: str) -> None:
        """What it would do; "" is nothing."""
        self.sentence.say(text, "echo")
        self.lay_out()

    def _on_chosen(self, value: str) -> None:
        assert self.primary is not None
        self.primary.setEnabled(True)
        self.considered.emit(value)


class LineSheet(Sheet):
    """One line of text, at least a letter; `filled` carries it."""

    def __init__(self, theme: Theme, *, title: str, label: str, button: str, icon: str, text: str = "") -> None:
        super().__init__(theme, title=title)
        self.line = LineField(theme, name=label, text=text)
        self.line.selectAll()
        self.body.addWidget(Field(theme, label, self.line))
        self.set_footer(_("Cancel"), button, icon=icon)
        self.line.textChanged.connect(self._on_changed)
        self.line.returnPressed.connect(self.submit)
        assert self.primary is not None
        self.primary.setEnabled(bool(text))

    def first_field(self) -> QWidget:
        """The line."""
        return self.line

    def value(self) -> str | None:
        """What is typed."""
        return self.line.text().strip() or None

    def draft(self) -> Draft:
        """What was typed."""
        return {"line": self.line.text()}

    def restore(self, draft: Draft) -> None:
        """Takes it back."""
        self.line.setText(draft["line"])

    def _on_changed(self, _text: str) -> None:
        assert self.primary is not None
        self.primary.setEnabled(bool(self.line.text().strip()))


class TagSheet(LineSheet):
    """A tag to put on or to take off; those in use can be pressed. `filled` carries (kind, tag).

    Signals: considered(what `filled` would carry, or None) what it would do is to be said.
    """

    considered = Signal(object)

    def __init__(self, theme: Theme, tags: Sequence[str], *, title: str) -> None:
        super().__init__(theme, title=title, label=_("Tag"), button=_("Save"), icon="tag")
        ways = [Choice(value="tag", text=_("Put on")), Choice(value="untag", text=_("Take off"))]
        self.way = Segmented(theme, ways, name=_("Tag"), value="tag")
        self.sentence = Sentence(theme)
        self.body.insertWidget(0, self.way)
        self.known = FlowRow(theme)
        for name in tags[:MOST_TAGS]:
            chip = ChoiceChip(theme, name, icon="tag")
            chip.clicked.connect(self._on_chip)
            self.known.add(chip)
        if tags:
            self.body.addWidget(self.known)
        self.body.addWidget(self.sentence)
        self.way.chosen.connect(self._on_changed)

    def value(self) -> tuple[str, str] | None:  # type: ignore[override]
        """Which way, and the tag."""
        text = self.line.text().strip()
        return (self.way.value, text) if text else None

    def say(self, text: str) -> None:
        """What it would do; "" is nothing."""
        self.sentence.say(text, "echo")

    def _on_chip(self) -> None:
        chip = self.sender()
        if isinstance(chip, ChoiceChip):
            self.line.selectAll()
            self.line.insert(chip.text())  # what was typed comes back by the line's own undo
            self.line.setFocus()

    def _on_changed(self, text: str) -> None:
        super()._on_changed(text)
        self.considered.emit(self.value())


class RemoveSheet(Sheet):
    """What goes to the trash, and for how long it is kept; `filled` carries True."""

    def __init__(self, theme: Theme, *, title: str, text: str = "") -> None:
        super().__init__(theme, title=title)
        self.text = PlainLabel(theme, text, wrap=True)
        self.body.addWidget(self.text)
        self.set_footer(_("Cancel"), _("Remove"), icon="trash")

    def first_field(self) -> QWidget | None:
        """The button."""
        return self.primary

    def value(self) -> bool:
        """Yes."""
        return True

    def say(self, text: str) -> None:
        """What goes."""
        self.text.setText(text)
        self.lay_out()
