"""The whole definition of a vocabulary: what each stage is, what it requires, who takes care of it and what for."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout

from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.ui import stage_words
from crmdesk.ui.dialogs.reading import ReadingSheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Divider, PlainLabel
from crmdesk.words import _


class DefinitionSheet(ReadingSheet):
    """One vocabulary to read."""

    def __init__(self, theme: Theme, vocabulary: Vocabulary) -> None:
        super().__init__(theme, title=vocabulary.name(), width=720, divided=True)
        if gist := vocabulary.summary():
            self.body.addWidget(PlainLabel(theme, gist, role="text-2", wrap=True))
        told = [stage_words.rows(stage) for stage in vocabulary.stages]
        wide = max(_width(theme, label) for rows in told for label, _text in rows)
        for place, stage in enumerate(vocabulary.stages):
            if place:
                self.body.addWidget(Divider(theme))
            self.body.addWidget(PlainLabel(theme, stage.label, token="head"))
            self.body.addWidget(PlainLabel(theme, stage.definition, wrap=True))
            grid = QGridLayout()
            grid.setHorizontalSpacing(theme.px(16))
            grid.setVerticalSpacing(theme.px(4))
            grid.setColumnStretch(1, 1)
            grid.setColumnMinimumWidth(0, wide)
            for row, (label, text) in enumerate(told[place]):
                grid.addWidget(PlainLabel(theme, label, role="text-2"), row, 0)
                grid.addWidget(PlainLabel(theme, text, wrap=True), row, 1)
            self.body.addLayout(grid)
        sentence = _("There are accounts from this stage on: {stage}.")
        self.body.addWidget(Divider(theme))
        account = vocabulary.word(vocabulary.account_from)
        self.body.addWidget(PlainLabel(theme, sentence.format(stage=account), role="text-2", wrap=True))


def _width(theme: Theme, label: str) -> int:
    return QFontMetrics(theme.font("body")).horizontalAdvance(label) + 1
