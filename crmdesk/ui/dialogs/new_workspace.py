"""A new workspace: its name, the vocabulary it will speak, and whether sample people come with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.ui import paint
from crmdesk.ui.checks import CheckBox, paint_radio
from crmdesk.ui.fields import Field, LineField
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import _


@dataclass(frozen=True, slots=True)
class NewWorkspace:
    """What was chosen: a name that becomes the file's, a vocabulary's key, and whether to add sample people."""

    name: str
    vocabulary: str
    sample: bool


class _Choice(Themed, QRadioButton):
    """One vocabulary: its name and the stages in order, and below what makes what."""

    def __init__(self, theme: Theme, vocabulary: Vocabulary, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.vocabulary = vocabulary
        path = " → ".join(stage.label for stage in vocabulary.stages)
        self._path = path
        self.setText(vocabulary.name())
        self.setAccessibleName(vocabulary.name())
        self.setAccessibleDescription(f"{vocabulary.summary()} {path}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.follow(theme)

    def sizeHint(self) -> QSize:
        """Two lines in a frame."""
        return QSize(self.theme.px(480), self.theme.px(56))

    def hitButton(self, pos) -> bool:  # type: ignore[no-untyped-def]
        """Everywhere."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame by state, mark, three lines."""
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        on = self.isChecked()
        fill = "soft" if on else "hover" if self.underMouse() else "surface"
        edge = "accent" if on or self.hasFocus() else "line"
        width = 2 if self.hasFocus() else 1
        paint.box(painter, self.rect(), radius=8, fill=theme.colour(fill), edge=theme.colour(edge), width=width)
        paint_radio(painter, theme, QRect(px(12), px(10), px(16), px(16)), on=on)
        name, small = theme.font("body", weight=600), theme.font("small")
        room = QRect(px(38), px(9), self.width() - px(50), px(18))
        paint.text(painter, room, self.vocabulary.name(), font=name, colour=theme.colour("text"))
        room.setLeft(room.left() + QFontMetrics(name).horizontalAdvance(self.vocabulary.name()) + px(12))
        paint.text(painter, room, self._path, font=small, colour=theme.colour("text-2"), right=True)
        room = QRect(px(38), px(29), self.width() - px(50), px(18))
        paint.text(painter, room, self.vocabulary.summary(), font=small, colour=theme.colour("text"))


class NewWorkspaceSheet(Sheet):
    """Asks for name, vocabulary and sample people.

    Signals: filled(NewWorkspace).
    """

    def __init__(self, theme: Theme, vocabularies: Sequence[Vocabulary]) -> None:
        super().__init__(theme, title=_("New workspace"), width=560)
        self.name = LineField(theme, name=_("Name"), placeholder=_("Your firm, or what this is for"))
        self._field = Field(theme, _("Name"), self.name)
        self.name.textEdited.connect(self._on_edited)
        self.name.returnPressed.connect(self.submit)
        self.body.setSpacing(theme.px(8))
        self.body.addWidget(self._field)
        self.body.addWidget(PlainLabel(theme, _("What do you call them?"), token="head"))
        hint = _("Teams use these words in different ways. Pick the one closest to how yours talks.")
        self.body.addWidget(PlainLabel(theme, hint, token="small", role="text-2", wrap=True))
        self._group = QButtonGroup(self)
        self.choices = [_Choice(theme, vocabulary) for vocabulary in vocabularies]
        for choice in self.choices:
            self._group.addButton(choice)
            self.body.addWidget(choice)
        self.choices[0].setChecked(True)
        self.sample = CheckBox(theme, _("Add some twenty invented people to look around"))
        self.body.addWidget(self.sample)
        self.set_footer(_("Cancel"), _("Create"))

    def value(self) -> NewWorkspace | None:
        """What was chosen; a name is needed."""
        name = self.name.text().strip()
        if not name:
            self._field.set_error(_("A name is missing. It becomes the name of the file."))
            self.name.setFocus()
            return None
        chosen = next(choice for choice in self.choices if choice.isChecked())
        return NewWorkspace(name, chosen.vocabulary.key, self.sample.isChecked())

    def _on_edited(self, _text: str) -> None:
        self._field.set_error("")

    def draft(self) -> Draft:
        """The name."""
        return {"name": self.name.text()}

    def restore(self, draft: Draft) -> None:
        """The name again."""
        self.name.setText(draft["name"])
