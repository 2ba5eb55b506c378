"""The section *Deal* of the record panel: stage, amount, probability with its origin, close, terms, people."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from crmdesk.ui.evidence import SectionHead
from crmdesk.ui.laid_text import LaidText
from crmdesk.ui.painted_row import Cells, Words
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.ui.views.panel_parts import Ask, AskButton, Asking, Pressable, indented, section
from crmdesk.ui.views.panel_view import DealFact, DealView, PartLine
from crmdesk.words import _

MOST_WIDE = 132


def deal_section(theme: Theme, view: DealView, ask: Ask) -> QWidget:
    """What is known of a deal and who has which part in it; every row opens its sheet."""
    whole, layout = section(theme, SectionHead(theme, _("Deal"), icon="deal", key="E"))
    measure = QFontMetrics(theme.font("body"))
    widest = max(measure.horizontalAdvance(fact.label) for fact in view.facts) + theme.px(12)
    wide = min(widest, theme.px(MOST_WIDE))
    for fact in view.facts:
        layout.addWidget(_fact(theme, fact, wide, ask))
    layout.addSpacing(theme.px(4))
    title = PlainLabel(theme, _("People and their part"), token="small", role="text-2", strong=True)
    layout.addLayout(indented(theme, title))
    for part in view.parts:
        layout.addWidget(_part(theme, part, ask))
    add = AskButton(theme, _("Add a person"), Asking(ask, "add_part"), icon="plus")
    layout.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
    return whole


def _fact(theme: Theme, fact: DealFact, wide: int, ask: Ask) -> Pressable:
    value = fact.value or _("Not known yet")
    cells = Cells(
        theme,
        Words(LaidText(theme, fact.label, role="text-2", wrap=True), wide=wide),
        Words(LaidText(theme, value, role="text" if fact.value else "text-3", wrap=True), fills=True),
    )
    name = _("{field}: {value}").format(field=fact.label, value=value)
    return Pressable(theme, cells, Asking(ask, "deal", fact.key), name=name, hint=_("Edit"))


def _part(theme: Theme, part: PartLine, ask: Ask) -> Pressable:
    who = [LaidText(theme, part.name, strong=True, wrap=True)]
    if part.job_title:
        who.append(LaidText(theme, part.job_title, token="small", role="text-2", wrap=True))
    role = part.role or _("Not known yet")
    said = Words(LaidText(theme, role, role="text" if part.role else "text-3"))
    cells = Cells(theme, Words(*who, fills=True), said, centred=True)
    name = _("{field}: {value}").format(field=part.name, value=role)
    return Pressable(theme, cells, Asking(ask, "part", part.id), name=name, hint=_("Change the part"))
