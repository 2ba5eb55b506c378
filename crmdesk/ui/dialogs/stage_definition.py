"""Changing a stage: its name, what it requires and what is a sign, with what that would do to those who are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crmdesk import words
from crmdesk.domain.agreement import EVERY_LANGUAGE, StageChange
from crmdesk.domain.facts import FACTS
from crmdesk.domain.vocabulary import Requirement, Stage
from crmdesk.services.definitions import Preview
from crmdesk.ui import stage_words
from crmdesk.ui.checks import CheckBox
from crmdesk.ui.controls import QUIET, Button
from crmdesk.ui.evidence import IconMark
from crmdesk.ui.fields import Field, LineField
from crmdesk.ui.segments import Choice, Segmented
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.words import N_, _, ngettext, pgettext

WAIT_MS = 150  # after the last key or click, before the preview is asked for
_PARTS = {"": N_("Not used"), "sign": N_("Sign"), "required": N_("Required")}
_SECTIONS = ((N_("What is asked"), True), (N_("What shows by itself"), False))


@dataclass(frozen=True, slots=True, kw_only=True)
class StageEdit:
    """What was chosen: the change, and whether those who do not meet it any more go back."""

    change: StageChange
    step_back: bool


class StageDefinitionSheet(Sheet):
    """The name, the facts, and at the foot what would happen.

    Signals: filled(StageEdit); preview_wanted(StageChange) after something was changed.
    """

    preview_wanted = Signal(object)

    def __init__(self, theme: Theme, stage: Stage, shipped: Stage) -> None:
        title = _("Definition of {stage}").format(stage=stage.label)
        super().__init__(theme, title=title, width=680, height=760, divided=True)
        self._stage, self._shipped, self._reset = stage, shipped, False
        self._preview: Preview | None = None
        self._waiting = False  # the change is on its way
        self.name = LineField(theme, name=_("Name"))
        self.everywhere = CheckBox(theme, _("The same in all languages"))
        self.groups: dict[Requirement, CheckBox] = {}
        self.facts: dict[str, Segmented] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._on_wait_over)
        self._fill_body()
        self._fill_band()
        self.reset = Button(theme, _("Back to the shipped text"), kind=QUIET, icon="undo")
        self.reset.clicked.connect(self._on_reset)
        self.set_footer(_("Cancel"), _("Save"), others=[self.reset])
        self._show(stage)
        self._untouched = self.value().change
        self._connect()
        self._say()

    # What a form says about itself

    def value(self) -> StageEdit:
        """The change as it stands."""
        label = self.name.text()
        language = EVERY_LANGUAGE if self.everywhere.isChecked() else words.language()
        kept = (self._shipped if self._reset else self._stage).label
        labels = {} if label.strip() == kept and not self.everywhere.isChecked() else {language: label}
        change = StageChange(
            stage=self._stage.key,
            labels=labels,
            requires=self._required(),
            signs=self._chosen("sign"),
            reset=self._reset,
        )
        return StageEdit(change=change, step_back=self.step_back.isChecked())

    def draft(self) -> Draft:
        """What was typed and chosen."""
        return {
            "name": self.name.text(),
            "everywhere": self.everywhere.isChecked(),
            "groups": [box.isChecked() for box in self.groups.values()],
            "facts": {fact: control.value for fact, control in self.facts.items()},
            "step_back": self.step_back.isChecked(),
            "reset": self._reset,
        }

    def restore(self, draft: Draft) -> None:
        """Takes it back."""
        self.name.setText(draft["name"])
        self.everywhere.setChecked(draft["everywhere"])
        for box, on in zip(self.groups.values(), draft["groups"], strict=True):
            box.setChecked(on)
        for fact, control in self.facts.items():
            control.set_value(draft["facts"].get(fact, ""))
        self.step_back.setChecked(draft["step_back"])
        self._reset = draft["reset"]
        self._on_changed()

    def first_field(self) -> QWidget:
        """The name."""
        return self.name

    # What is told to it

    def show_preview(self, preview: Preview) -> None:
        """What the change would do."""
        self._preview = preview
        self.error.hide()
        self._say()

    def show_problem(self, what: str, remedy: str) -> None:
        """Why it cannot be."""
        self._preview = None
        self._say(f"{what} {remedy}".strip(), bad=True)

    def wait(self) -> None:
        """The change is on its way; with thousands at the stage that takes a moment."""
        self._waiting = True
        self._say()

    def refuse(self, what: str, remedy: str = "") -> None:
        """It was not changed; it can be tried again."""
        self._waiting = False
        self._say()
        super().refuse(what, remedy)

    # Own parts

    def _fill_body(self) -> None:
        theme, px = self.theme, self.theme.px
        line = QHBoxLayout()
        line.setSpacing(px(16))
        self.body.addSpacing(px(8))
        line.addWidget(Field(theme, _("Name"), self.name), 1)
        line.addWidget(self.everywhere, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(line)
        if self._stage.position == 0:
            hint = _("The first stage refuses nobody: a name or a photo is enough to begin.")
            self.body.addWidget(PlainLabel(theme, hint, token="small", role="text-2", wrap=True))
        several = dict.fromkeys(ways for ways in (*self._stage.requires, *self._shipped.requires) if not _single(ways))
        if several:
            self.body.addWidget(PlainLabel(theme, _("One of these is enough"), token="head"))
        for ways in several:
            self.groups[ways] = CheckBox(theme, stage_words.one(ways))
            self.body.addWidget(self.groups[ways])
        labels = {spec.key: PlainLabel(theme, _(spec.label)) for spec in FACTS.values() if self._may_stand(spec.key)}
        widest = max(px(112), *(label.sizeHint().width() for label in labels.values()))
        for label in labels.values():  # the columns of both sections begin at the same place
            label.setMinimumWidth(widest)
        for title, asked in _SECTIONS:
            self.body.addWidget(PlainLabel(theme, _(title), token="head"))
            self.body.addLayout(self._fact_rows(labels, asked=asked))

    def _fact_rows(self, labels: Mapping[str, PlainLabel], *, asked: bool) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(self.theme.px(8))
        grid.setHorizontalSpacing(self.theme.px(12))
        grid.setColumnStretch(1, 1)
        found = [FACTS[fact] for fact in labels if FACTS[fact].asked == asked]
        for row, spec in enumerate(found):
            question = PlainLabel(self.theme, _(spec.question), token="small", role="text-2", wrap=True)
            choices = [Choice(value=value, text=_(text)) for value, text in _PARTS.items()]
            control = Segmented(self.theme, choices, name=_(spec.label))
            control.setEnabled(spec.key != "purchase")
            self.facts[spec.key] = control
            grid.addWidget(labels[spec.key], row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(question, row, 1, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(control, row, 2)
        return grid

    def _may_stand(self, fact: str) -> bool:
        """The purchase belongs to those who bought alone."""
        return fact != "purchase" or self._stage.role == "customer"

    def _fill_band(self) -> None:
        theme, px = self.theme, self.theme.px
        self._mark = IconMark(theme, "info")
        self.sentence = PlainLabel(theme, wrap=True)
        self.step_back = CheckBox(theme, _("Move them back to the nearest stage that they meet"))
        self.step_back.setChecked(True)
        self._band = QWidget()
        column = QVBoxLayout(self._band)
        column.setContentsMargins(px(24), px(8), px(24), px(8))
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.sentence, 1)
        column.addLayout(line)
        column.addWidget(self.step_back)
        self.bands.addWidget(self._band)

    def _connect(self) -> None:
        self.name.textChanged.connect(self._on_changed)
        self.everywhere.toggled.connect(self._on_changed)
        self.step_back.toggled.connect(self._on_step_back)
        for box in self.groups.values():
            box.toggled.connect(self._on_changed)
        for control in self.facts.values():
            control.chosen.connect(self._on_changed)

    def _show(self, stage: Stage) -> None:
        self.name.setText(stage.label)
        required = {ways[0][0] for ways in stage.requires if _single(ways)}
        for ways, box in self.groups.items():
            box.setChecked(ways in stage.requires)
        for fact, control in self.facts.items():
            control.set_value("required" if fact in required else "sign" if fact in stage.signs else "")
            if not control.value:
                control.segment("").setChecked(True)

    def _required(self) -> list[list[list[str]]]:
        """In the order of the stage, what is new at the end."""
        before = [ways for ways in self._stage.requires if self._keeps(ways)]
        new = [ways for ways, box in self.groups.items() if box.isChecked() and ways not in before]
        new += [((fact,),) for fact in self._chosen("required") if ((fact,),) not in before]
        return [[list(way) for way in ways] for ways in (*before, *new)]

    def _keeps(self, ways: Requirement) -> bool:
        if _single(ways):
            return self.facts[ways[0][0]].value == "required"
        return self.groups[ways].isChecked()

    def _chosen(self, part: str) -> list[str]:
        """Facts of one part, the stage's own in their order first."""
        chosen = [fact for fact, control in self.facts.items() if control.value == part]
        own = [fact for fact in self._stage.signs if fact in chosen]
        return [*own, *(fact for fact in chosen if fact not in own)]

    def _say(self, text: str = "", *, bad: bool = False) -> None:
        found = self._preview
        waits = _("Changing the definition…") if self._waiting else ""
        self.sentence.setText(text or waits or preview_words(found))
        self.sentence.set_role("bad" if bad else "text")
        self._mark.set_icon("overdue" if bad else "stepped_back" if found and found.steps_back else "info",
                            role="bad" if bad else "text-2")  # fmt: skip
        self.step_back.setVisible(found is not None and found.steps_back > 0)
        if self.primary is not None:
            self.primary.setEnabled(not bad and not self._waiting and self.value().change != self._untouched)
        self.lay_out()

    def _on_changed(self, *_value: object) -> None:
        self._say()
        self._timer.start()

    def _on_wait_over(self) -> None:
        self.preview_wanted.emit(self.value().change)

    def _on_step_back(self, _on: bool) -> None:
        self._say()

    def _on_reset(self) -> None:
        self._reset = True
        self.everywhere.setChecked(False)
        self._show(self._shipped)
        self._on_changed()


def preview_words(preview: Preview | None) -> str:
    """What a change would do, in a sentence or two."""
    if preview is None:
        return _("Nothing is changed yet.")
    stays = ""
    if preview.stays:
        said = ngettext("{count} is further on and stays.", "{count} are further on and stay.", preview.stays)
        stays = said.format(count=words.number(preview.stays))
    if not preview.steps_back:
        return f"{_('Nobody would step back.')} {stays}".strip()
    shown = preview.names[: preview.steps_back]
    names = pgettext("between the items of a list", ", ").join(shown)
    more = preview.steps_back - len(shown)
    if more:
        pattern = ngettext(
            "{count} would step back: {names} and {more} more.",
            "{count} would step back: {names} and {more} more.",
            preview.steps_back,
        )
    else:
        pattern = ngettext("{count} would step back: {names}.", "{count} would step back: {names}.", preview.steps_back)
    count = words.number(preview.steps_back)
    return f"{pattern.format(count=count, names=names, more=words.number(more))} {stays}".strip()


def _single(ways: Requirement) -> bool:
    return len(ways) == 1 and len(ways[0]) == 1
