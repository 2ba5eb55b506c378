"""The definitions as a page: stage beside stage, what others call the same, and the way to change them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crmdesk import words
from crmdesk.domain import vocabulary as vocabularies
from crmdesk.domain.agreement import StageChange
from crmdesk.domain.errors import Cancelled, CrmError
from crmdesk.services import definitions
from crmdesk.services.definitions import Preview, Shown
from crmdesk.ui.controls import Button
from crmdesk.ui.desk import Desk
from crmdesk.ui.dialogs.stage_definition import StageDefinitionSheet, StageEdit
from crmdesk.ui.dialogs.words_apart import WordsApartSheet
from crmdesk.ui.keys import printed
from crmdesk.ui.link import Link
from crmdesk.ui.one_page import OnePage
from crmdesk.ui.pages import Page
from crmdesk.ui.themed import PlainLabel
from crmdesk.ui.turns import soon
from crmdesk.ui.views.definitions_stage import StageCard
from crmdesk.ui.views.definitions_table import RoleTable
from crmdesk.ui.work import Job
from crmdesk.words import _, ngettext

NARROWEST = 232  # px of a card at 100 %
SHEET = "definition"


class DefinitionsScreen(Page):
    """Reads the definitions; changes them through a sheet, off the thread of the windows."""

    tables = ("vocabulary", "lead", "opportunity")

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        context = desk.context
        super().__init__(context.theme, parent=parent)
        self.desk = desk
        self.cards: list[StageCard] = []
        self.table: RoleTable | None = None
        self._shown: Shown | None = None
        self._label = ""
        self._page = OnePage(self)
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName(_("Definitions"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self.follow(context.theme)

    # As a page

    @property
    def title(self) -> str:
        """Definitions."""
        return _("Definitions")

    @property
    def trail(self) -> str:
        """The vocabulary's name."""
        return self._shown.name if self._shown is not None else ""

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """It can be printed."""
        return {"print_page": self._on_print}

    def take_focus(self) -> None:
        """To the first stage that can be edited, else to the page."""
        target = self.cards[0].edit if self.cards and self.cards[0].edit.isVisibleTo(self) else self.print
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Reads again; unless the definitions are others only the counts change."""
        found = definitions.shown(self.desk.context.db)
        before, self._shown = self._shown, found
        if before is None:
            self._build()
        elif _agreement(before) != _agreement(found):
            soon(self._build, self)  # it is much, and what changed them is written just now
        else:
            self._count(found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards side by side as many as have room."""
        super().resizeEvent(event)
        self._place()

    def restyle(self) -> None:
        """Another text size is another number of cards in a row."""
        self._place()

    # Building

    def _build(self) -> None:
        found, vocabulary = self._shown, self.desk.context.vocabulary
        assert found is not None
        theme, px = self.theme, self.theme.px
        here = next((card.stage.key for card in self.cards if card.edit.hasFocus()), "")
        at = self._scroll.verticalScrollBar().value()
        can_edit = not self.desk.context.db.read_only
        own = {stage.key: stage.own for stage in found.stages}
        old, page = self._scroll.takeWidget(), QWidget()
        page.setObjectName("page")
        self._scroll.setWidget(page)
        page.hide()  # what is shown part by part is laid out again for each
        self.cards = [StageCard(theme, each, own=own[each.key], can_edit=can_edit) for each in vocabulary.stages]
        for card in self.cards:
            card.edit_requested.connect(self._on_edit)
        self.print = Button(theme, _("Print one page"), icon="document", key=printed("Ctrl+P"))
        self.print.clicked.connect(self._on_print)
        self.apart = Link(theme, _("Lead, contact, account, opportunity: what is what?"), icon="info")
        self.apart.clicked.connect(self._on_apart)
        self.table = RoleTable(theme, found.vocabularies, found.roles)
        column = QVBoxLayout(page)
        column.setContentsMargins(px(16), px(16), px(16), px(24))
        column.setSpacing(px(16))
        column.addLayout(self._head(found))
        self._grid = QGridLayout()
        self._grid.setSpacing(px(12))
        column.addLayout(self._grid)
        column.addWidget(self.apart, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(PlainLabel(theme, _("What the others call it"), token="head"))
        column.addWidget(self.table)
        column.addStretch(1)
        self._columns = 0
        self._place()
        page.show()
        if old is not None:
            old.hide()
            old.setParent(self)
            old.deleteLater()
        self._scroll.verticalScrollBar().setValue(at)
        for card in self.cards:
            if card.stage.key == here:
                card.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._count(found)
        self.title_changed.emit()

    def _count(self, found: Shown) -> None:
        for card, stage in zip(self.cards, found.stages, strict=True):
            card.set_count(stage.count)

    def _head(self, found: Shown) -> QHBoxLayout:
        theme = self.theme
        words_column = QVBoxLayout()
        words_column.setSpacing(theme.px(4))
        if found.summary:
            words_column.addWidget(PlainLabel(theme, found.summary, token="head", wrap=True))
        version = _("Version {version} of {day}").format(
            version=found.version, day=words.full_day(date.fromisoformat(found.dated))
        )
        account = _("There are accounts from this stage on: {stage}.").format(stage=found.account_from)
        told = PlainLabel(theme, f"{version} · {account}", token="small", role="text-2", wrap=True)
        words_column.addWidget(told)
        head = QHBoxLayout()
        head.setSpacing(theme.px(16))
        head.addLayout(words_column, 1)
        head.addWidget(self.print, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _place(self) -> None:
        """As many cards in a row as have room: all of them, else two, else one."""
        if not self.cards:
            return
        room = self.width() - self.theme.px(44)
        fits = max(1, (room + self.theme.px(12)) // self.theme.px(NARROWEST + 12))
        count = len(self.cards) if fits >= len(self.cards) else min(2, fits)
        if count == self._columns:
            return
        self._columns = count
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, *divmod(place, count))
        for column in range(len(self.cards)):
            self._grid.setColumnStretch(column, int(column < count))

    # Changing

    def _on_edit(self, key: str) -> None:
        context = self.desk.context
        stage, shipped = context.vocabulary.stage(key), definitions.as_shipped(context.db).stage(key)
        sheet = StageDefinitionSheet(context.theme, stage, shipped)
        sheet.preview_wanted.connect(self._on_preview_wanted)
        sheet.filled.connect(self._on_filled)
        context.sheets.open(sheet, key=f"{SHEET}:{key}")

    def _sheet(self) -> StageDefinitionSheet | None:
        sheet = self.desk.context.sheets.current
        return sheet if isinstance(sheet, StageDefinitionSheet) else None

    def _on_preview_wanted(self, change: StageChange) -> None:
        self.desk.context.work.start(
            "definition_preview",
            partial(self._look, change),
            finished=self._on_previewed,
            failed=self._on_preview_failed,
        )

    def _look(self, change: StageChange, job: Job) -> Preview:
        return definitions.preview(self.desk.context.db, change, cancelled=job.cancelled)

    def _on_previewed(self, preview: Preview) -> None:
        if (sheet := self._sheet()) is not None:
            sheet.show_preview(preview)

    def _on_preview_failed(self, error: Exception) -> None:
        if not isinstance(error, CrmError):
            raise error
        sheet = self._sheet()
        if sheet is not None and not isinstance(error, Cancelled):
            sheet.show_problem(error.what, error.remedy)

    def _on_filled(self, edit: StageEdit) -> None:
        if (sheet := self._sheet()) is not None:
            sheet.wait()
        self._label = edit.change.stage
        self.desk.context.work.start(
            "definition_change", partial(self._change, edit), finished=self._on_done, failed=self._on_refused
        )

    def _change(self, edit: StageEdit, job: Job) -> int:
        db = self.desk.context.db
        return definitions.change(db, edit.change, step_back=edit.step_back, cancelled=job.cancelled)

    def _on_done(self, back: int) -> None:
        context = self.desk.context
        context.sheets.done()
        stage = context.vocabulary.word(self._label)
        said = _("The definition of {stage} is changed.").format(stage=stage)
        if back:
            said = ngettext(
                "The definition of {stage} is changed, {count} stepped back.",
                "The definition of {stage} is changed, {count} stepped back.",
                back,
            ).format(stage=stage, count=words.number(back))
        context.notify.done(said)

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, CrmError):
            raise error
        if (sheet := self._sheet()) is not None:
            sheet.refuse(error.what, error.remedy)

    # Reading

    def _on_apart(self) -> None:
        context = self.desk.context
        context.sheets.open(WordsApartSheet(context.theme, context.vocabulary), key="apart")

    def _on_print(self) -> None:
        own = self.desk.context.vocabulary
        others = vocabularies.all_shipped()
        self._page.print(own, [each for each in others if each.key != own.key])


def _agreement(found: Shown) -> object:
    """All but the counts."""
    stages = [(each.key, each.label, each.requires, each.signs, each.own) for each in found.stages]
    return found.version, found.dated, found.name, stages
