"""The section *Deal* of the record panel: stage, amount, probability with its origin, close, terms, people."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.ui.evidence import SectionHead
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
    layout.addWidget(indented(theme, title))
    for part in view.parts:
        layout.addWidget(_part(theme, part, ask))
    add = AskButton(theme, _("Add a person"), Asking(ask, "add_part"), icon="plus")
    layout.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
    return whole


def _fact(theme: Theme, fact: DealFact, wide: int, ask: Ask) -> QWidget:
    inner, row = _row(theme)
    label = PlainLabel(theme, fact.label, role="text-2", wrap=True)
    label.setFixedWidth(wide)
    row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    value = PlainLabel(theme, fact.value or _("Not known yet"), role="text" if fact.value else "text-3", wrap=True)
    row.addWidget(value, 1)
    name = _("{field}: {value}").format(field=fact.label, value=fact.value or _("Not known yet"))
    return Pressable(theme, inner, Asking(ask, "deal", fact.key), name=name, hint=_("Edit"))


def _part(theme: Theme, part: PartLine, ask: Ask) -> QWidget:
    inner, row = _row(theme)
    who = QVBoxLayout()
    who.setContentsMargins(0, 0, 0, 0)
    who.setSpacing(0)
    who.addWidget(PlainLabel(theme, part.name, strong=True, wrap=True))
    if part.job_title:
        who.addWidget(PlainLabel(theme, part.job_title, token="small", role="text-2", wrap=True))
    row.addLayout(who, 1)
    role = part.role or _("Not known yet")
    row.addWidget(PlainLabel(theme, role, role="text" if part.role else "text-3", right=True))
    name = _("{field}: {value}").format(field=part.name, value=role)
    return Pressable(theme, inner, Asking(ask, "part", part.id), name=name, hint=_("Change the part"))


def _row(theme: Theme) -> tuple[QWidget, QHBoxLayout]:
    inner = QWidget()
    row = QHBoxLayout(inner)
    row.setContentsMargins(0, theme.px(2), 0, theme.px(2))
    row.setSpacing(theme.px(8))
    return inner, row
