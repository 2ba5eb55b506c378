"""The first start: what do you call them? One vocabulary is chosen, and a workspace begins with it.

It is a sheet over the whole window, over the start page as over an open workspace; Esc goes back to what lies below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QPushButton, QSpacerItem, QWidget

from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.ui.dialogs.definition import DefinitionSheet
from crmdesk.ui.dialogs.words_apart import WordsApartSheet
from crmdesk.ui.link import Link
from crmdesk.ui.one_page import OnePage
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.sheet_frame import menu_height
from crmdesk.ui.sheets import Sheets
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.ui.views.first_start_cards import VocabularyCards
from crmdesk.ui.views.first_start_foot import Foot
from crmdesk.ui.views.status_bar import StatusBar
from crmdesk.words import _

LOW = 840  # px of the window at 100 %: below it gaps are smaller
NARROW = 1360


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWorkspace:
    """What was chosen: the file, its name, a vocabulary's key, and whether sample data come in a second file."""

    path: Path
    name: str
    vocabulary: str
    sample: bool


class FirstStart(Sheet):
    """The page of the first start.

    Signals: filled(NewWorkspace); language_chosen(str) a key of LANGUAGES: who opened it builds it again in that
    language and hands over `draft`.
    """

    language_chosen = Signal(str)

    def __init__(self, theme: Theme, vocabularies: Sequence[Vocabulary], *, folder: Path, today: date) -> None:
        super().__init__(theme, title=_("New workspace"))
        self.title.hide()
        self.note.hide()
        self._ground = _Ground(theme, self.frame)
        self._sheets = Sheets(self)
        self._page = OnePage(self)
        self.cards = VocabularyCards(theme, vocabularies, today=today)
        self.apart = Link(theme, _("Lead, contact, account, opportunity: what is what?"), icon="info")
        self.foot = Foot(theme, folder, name=_("My customers"))
        self.primary = self.foot.start
        self.status = StatusBar(theme)
        hint = _("1 to 5 chooses, Space reads the whole definition, Enter starts")
        self.status.set_parts([("", hint)], [("computer", _("On this computer only"))])
        self._fill()
        self._connect()
        self.cards.cards[0].setChecked(True)

    def restyle(self) -> None:
        """Takes the edges."""
        self.head.setContentsMargins(0, 0, 0, 0)
        self._take_edges()

    # What a form says about itself

    def value(self) -> NewWorkspace | None:
        """What was chosen; a name that can be used is needed."""
        place = self.foot.place
        if place.problem:
            place.point_out()
            return None
        return NewWorkspace(
            path=place.path,
            name=place.name.text().strip(),
            vocabulary=self.cards.current.vocabulary.key,
            sample=self.foot.sample.isChecked(),
        )

    def wait(self, why: str) -> None:
        """It is being made: the button says so, and nothing can be changed meanwhile."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()  # not to the window below, which would take what is typed meanwhile
        self.foot.start.set_words(why)
        self.page.setEnabled(False)
        self.foot.setEnabled(False)

    def go_on(self) -> None:
        """It was not made: everything can be changed again."""
        self.page.setEnabled(True)
        self.foot.setEnabled(True)
        self._on_chosen()

    def draft(self) -> Draft:
        """What was chosen and typed."""
        place = self.foot.place
        return {
            "vocabulary": self.cards.current.vocabulary.key,
            "example": self.cards.example,
            "name": place.name.text(),
            "folder": str(place.folder),
            "sample": self.foot.sample.isChecked(),
        }

    def restore(self, draft: Draft) -> None:
        """The same again."""
        self.cards.choose(str(draft["vocabulary"]))
        self.cards.show_example(int(draft["example"]))
        self.foot.place.name.setText(str(draft["name"]))
        self.foot.place.set_folder(Path(str(draft["folder"])))
        self.foot.sample.setChecked(bool(draft["sample"]))

    def first_field(self) -> QWidget | None:
        """The chosen card."""
        return self.cards.current

    # What happens to it

    def lay_out(self) -> None:
        """All of the window below the menu bar."""
        window = self.parentWidget()
        if window is None:
            return
        top = menu_height(window)
        self.setGeometry(0, top, window.width(), window.height() - top)
        self.frame.setGeometry(self.rect())
        self._ground.setGeometry(self.frame.rect())
        self._take_edges()
        self._take_room()
        self.update()

    def open_in(self, window: QWidget) -> None:
        """Begins at the top, whichever card is chosen."""
        super().open_in(window)
        self.middle.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 5 choose, Enter starts or presses what has the focus."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.text().isdecimal():
            self.cards.choose_digit(int(event.text()))
            event.accept()
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            here = QApplication.focusWidget()
            if isinstance(here, QPushButton) and here is not self.primary:
                here.click()
            else:
                self.submit()
            event.accept()
        else:
            super().keyPressEvent(event)

    # Own parts

    def _fill(self) -> None:
        theme = self.theme
        told = _(
            "Teams use these words in different ways. Pick the one closest to how yours talks. "
            "You can change every word and rule later, and nothing is lost."
        )
        self.body.addWidget(PlainLabel(theme, _("What do you call them?"), token="page"))
        self.body.addWidget(PlainLabel(theme, told, token="head", role="text-2", weight=400, wrap=True))
        self._air = QSpacerItem(0, 0)
        self.body.addSpacerItem(self._air)
        self.body.addWidget(self.cards)
        self.body.addWidget(self.apart, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self.body.setSpacing(theme.px(4))
        self.bands.addWidget(self.foot)
        self.bands.addWidget(self.status)
        self.frame.column.setContentsMargins(0, 0, 0, 0)

    def _connect(self) -> None:
        self.cards.chosen.connect(self._on_chosen)
        self.cards.read_requested.connect(self._on_read)
        self.cards.start_requested.connect(self.submit)
        self.apart.clicked.connect(self._on_apart)
        self.middle.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self.foot.start_requested.connect(self.submit)
        self.foot.print_requested.connect(self._on_print)
        self.foot.language_chosen.connect(self.language_chosen)

    def _take_edges(self) -> None:
        """Smaller gaps in a low or narrow window."""
        px = self.theme.px
        edge = px(40 if self.width() >= px(NARROW) else 24)
        low = self.height() < px(LOW)
        self.body.setContentsMargins(edge, px(8 if low else 24), edge, px(4 if low else 8))
        if "_air" in self.__dict__:
            self.foot.set_edges(edge, low=low)
            self._air.changeSize(0, px(4 if low else 16))

    def _take_room(self) -> None:
        """The usual gaps where everything then fits without scrolling."""
        margins = self.body.contentsMargins()
        inner = self.width() - margins.left() - margins.right()
        rest = self.body.heightForWidth(self.width()) - self.cards.heightForWidth(inner)
        room = self.height() - self.foot.sizeHint().height() - self.status.height()
        self.cards.set_tight(tight=rest + self.cards.height_in(inner, tight=False) > room)

    def _see(self, card: QWidget) -> None:
        """Scrolls as little as shows the card, from its top on."""
        at = card.mapTo(self.page, QPoint(0, 0))
        high = min(card.height(), self.middle.viewport().height())
        self.middle.ensureVisible(at.x(), at.y() + high, 0, 0)
        self.middle.ensureVisible(at.x(), at.y(), 0, self.theme.px(8))

    def _on_range_changed(self, _least: int, most: int) -> None:
        self.foot.set_divided(divided=most > 0)

    def _on_chosen(self) -> None:
        name = self.cards.current.vocabulary.name()
        self.foot.start.set_words(_("Start with {vocabulary}").format(vocabulary=name))
        if self.isVisible():
            self._see(self.cards.current)

    def _on_read(self) -> None:
        self._sheets.open(DefinitionSheet(self.theme, self.cards.current.vocabulary), key="definition")

    def _on_apart(self) -> None:
        self._sheets.open(WordsApartSheet(self.theme, self.cards.current.vocabulary), key="apart")

    def _on_print(self) -> None:
        others = [card.vocabulary for card in self.cards.cards if card is not self.cards.current]
        self._page.print(self.cards.current.vocabulary, others)


class _Ground(Themed, QWidget):
    """The ground of the page, over the sheet's own."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.lower()
        self.follow(theme)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fills itself."""
        QPainter(self).fillRect(self.rect(), self.theme.colour("window"))
