"""The right pane of the import sheet: the numbers, and what is the same for every line: source, event, leads or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk import words
from crmdesk.domain import entry
from crmdesk.domain.mapping import Target
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services.import_plans import Look, Plan
from crmdesk.ui.checks import CheckBox
from crmdesk.ui.chips import ChoiceChip
from crmdesk.ui.dialogs.import_counts import Counts
from crmdesk.ui.dialogs.import_event import EventField, guessed, suggested
from crmdesk.ui.fields import ChoiceField, Field
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import _, ngettext

FAIR_SOURCE, OTHER_SOURCE = "badge_scan", "address_book"
_FAIR_FIELDS = {"badge", "depth", "talk_note", "met_on", "consent"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SideChoice:
    """What is the same for every line."""

    source: str
    event: str
    people_only: bool
    beside: bool


class Side(Themed, QWidget):
    """Numbers above, choices below.

    Signals: changed() after a choice that changes what the sheet says.
    """

    changed = Signal()

    def __init__(self, theme: Theme, look: Look, *, vocabulary: Vocabulary, events: Sequence[str]) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self.counts = Counts(theme)
        sources = [(source.key, _(source.label)) for source in entry.SOURCES.values()]
        self.source = ChoiceField(theme, sources, name=_("Source"), value=usual_source(look))
        self.source.setMaxVisibleItems(len(sources))
        self._source_field = Field(theme, _("Source"), self.source)
        self.event_name = EventField(theme, events, name=_("Event"))
        self.event_name.setEditText(guessed(events, look.shape))
        self._event_field = Field(theme, _("Event"), self.event_name)
        self.suggestion = ChoiceChip(theme, suggested(look.shape), icon="event")
        self.suggestion.setToolTip(_("The list calls itself so."))
        self.suggestion.clicked.connect(self._on_suggestion)
        self.people_only = CheckBox(theme, _("People only, no lead"))
        self.beside = CheckBox(theme)
        self.beside.setChecked(True)
        self.beside.hide()
        self._column = QVBoxLayout(self)
        self._fill(theme)
        self.source.chosen.connect(self._on_changed)
        self.event_name.editTextChanged.connect(self._on_changed)
        self.people_only.toggled.connect(self._on_changed)
        self._plan: Plan | None = None
        self.follow(theme)
        self._say()

    def restyle(self) -> None:
        """Takes the edges."""
        px = self.theme.px
        self._column.setContentsMargins(px(24), px(16), px(24), px(20))

    @property
    def choice(self) -> SideChoice:
        """What was chosen."""
        return SideChoice(
            source=self.source.value,
            event=self.event_name.text,
            people_only=self.people_only.isChecked(),
            beside=self.beside.isChecked(),
        )

    def set_choice(self, choice: SideChoice) -> None:
        """Takes back what was chosen before."""
        self.source.set_value(choice.source)
        self.event_name.setEditText(choice.event)
        self.people_only.setChecked(choice.people_only)
        self.beside.setChecked(choice.beside)
        self._say()

    def show_plan(self, plan: Plan | None) -> None:
        """The numbers of a plan; None while they are counted."""
        self._plan = plan
        if plan is not None:
            text = ngettext("Save the line beside the file", "Save the {count} lines beside the file", plan.reported)
            self.beside.setText(text.format(count=words.number(plan.reported)))
            self.beside.setAccessibleName(self.beside.text())
            self.beside.setVisible(plan.reported > 0)
        self._say()

    def _fill(self, theme: Theme) -> None:
        px, column = theme.px, self._column
        column.setSpacing(px(4))
        column.addWidget(PlainLabel(theme, _("Match"), token="head"))
        column.addWidget(self.counts)
        column.addWidget(self.beside)
        column.addSpacing(px(16))
        column.addWidget(PlainLabel(theme, _("Where they come from"), token="head"))
        column.addSpacing(px(4))
        column.addWidget(self._source_field)
        column.addSpacing(px(8))
        column.addWidget(self._event_field)
        column.addWidget(self.suggestion, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(px(4))
        column.addWidget(self.people_only)
        hint = _("Blanks are filled, nothing you have is overwritten. The stricter consent stays.")
        column.addSpacing(px(8))
        column.addWidget(PlainLabel(theme, hint, token="small", role="text-2", wrap=True))
        column.addStretch(1)

    def _say(self) -> None:
        added, fate = self._fate()
        self.counts.show_plan(self._plan, added=added)
        self._source_field.set_echo(fate)
        new = self.event_name.is_new
        self.suggestion.setVisible(bool(self.suggestion.text()) and not self.event_name.text)
        self._event_field.set_echo(_("This event is added.") if new else "")

    def _fate(self) -> tuple[str, str]:
        """Where the new ones go: in a few words beside the number, and as a sentence."""
        if self.people_only.isChecked():
            return _("added to people"), _("They get no card.")
        stage = entry.placing(self._vocabulary, self.source.value).stage
        if not stage:
            return _("added as names"), _("They wait off the board, as names.")
        return _("added to the board"), _("They start as {stage}.").format(stage=self._vocabulary.word(stage))

    def _on_suggestion(self) -> None:
        self.event_name.setEditText(self.suggestion.text())
        self.event_name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self, _what: object = None) -> None:
        self._say()
        self.changed.emit()


def usual_source(look: Look) -> str:
    """A badge scan when the list has columns that only a trade show has, else the own address book."""
    fields = {Target.of(text).field for text in look.mapping}
    return FAIR_SOURCE if fields & _FAIR_FIELDS else OTHER_SOURCE
