"""The sections of the record panel, built from a `PanelView`: why here, next step, channels, timeline, history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk import words
from crmdesk.domain.facts import FACTS
from crmdesk.domain.qualify import Evidence
from crmdesk.domain.records import Task
from crmdesk.ui import paint
from crmdesk.ui.controls import Snug
from crmdesk.ui.evidence import SectionHead, align, evidence_cells, evidence_said
from crmdesk.ui.laid_text import LaidText
from crmdesk.ui.painted_row import Cell, Cells, Icon, PaintedRow, State, Words
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.ui.views.panel_deal import deal_section
from crmdesk.ui.views.panel_parts import Ask, AskButton, Asking, Pressable, indented, section
from crmdesk.ui.views.panel_view import Channel, Line, PanelView, WhyView
from crmdesk.words import _

FEW = 6


def build(theme: Theme, view: PanelView, ask: Ask) -> Iterator[QWidget]:
    """The sections in order; `ask(action, about)` is called with what the person wants."""
    yield why_section(theme, view, ask)
    if view.deal is not None:
        yield deal_section(theme, view.deal, ask)
    yield _next_step(theme, view, ask)
    yield _channels(theme, view, ask)
    if view.notes:
        yield _notes(theme, view)
    yield _lines(theme, _("Timeline"), "timeline", view.timeline, empty=_("Nothing logged yet."))
    yield _lines(theme, _("History of this record"), "history", view.history, empty=_("No changes yet."))


def why_section(theme: Theme, view: WhyView, ask: Ask) -> QWidget:
    """Why a card is where it is: the sentence, the facts with their evidence."""
    whole, layout = section(theme, SectionHead(theme, _("Why here?"), icon="why", key="W"))
    why = view.why
    layout.addLayout(indented(theme, PlainLabel(theme, why.sentence, wrap=True)))
    layout.addSpacing(theme.px(4))
    signs = view.signs
    rows = [_evidence(theme, each, ask) for each in why.rows if each.fact not in signs]
    hints = [_evidence(theme, each, ask) for each in why.rows if each.fact in signs]
    needed = [_evidence(theme, each, ask) for each in why.also_needed]
    stage = view.vocabulary.word(why.also_needed_stage)
    groups = (
        ("", rows),
        (_("Signs, not required"), hints),
        (_("Also needed for {stage}").format(stage=stage), needed),
    )
    for title, group in groups:
        if title and group:
            layout.addSpacing(theme.px(4))
            layout.addLayout(indented(theme, PlainLabel(theme, title, token="small", role="text-2", strong=True)))
        for row in group:
            layout.addWidget(row)
    align([*rows, *hints, *needed])
    return whole


def _evidence(theme: Theme, evidence: Evidence, ask: Ask) -> Pressable:
    """A fact that can be answered or given evidence by pressing it."""
    spec = FACTS[evidence.fact]
    label, hint = _(spec.label), _("Answer") if spec.asked else _("Add evidence")
    cells = evidence_cells(theme, fact=label, evidence=evidence.text, state=evidence.state, word=evidence.word)
    name = evidence_said(fact=label, evidence=evidence.text, word=evidence.word)
    return Pressable(theme, cells, Asking(ask, "fact", evidence.fact), name=name, hint=hint, down=3)


def _next_step(theme: Theme, view: PanelView, ask: Ask) -> QWidget:
    whole, layout = section(theme, SectionHead(theme, _("Next step"), icon="next_step", key="N"))
    open_tasks = sorted(
        (task for task in view.dossier.tasks if not task.done_at),
        key=lambda task: (task.due_on, task.due_time, task.id),
    )
    for task in open_tasks:
        layout.addWidget(task_row(theme, task, view.today, ask))
    if not open_tasks:
        add = AskButton(theme, _("Plan a next step"), Asking(ask, "next_step"), icon="plus")
        layout.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
    return whole


def task_row(theme: Theme, task: Task, today: date, ask: Ask) -> QWidget:
    """An open step: its box, what, when."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(TaskBox(theme, task, ask))
    title = _("Promised: {what}").format(what=task.title) if task.promise else task.title
    layout.addWidget(PlainLabel(theme, title, role="warn" if task.promise else "text"), 1)
    layout.addSpacing(theme.px(8))
    layout.addWidget(PlainLabel(theme, _due(task, today), weight=500))
    layout.addSpacing(theme.px(4))
    return row


def _due(task: Task, today: date) -> str:
    if not task.due_on:
        return ""
    day = date.fromisoformat(task.due_on)
    shown = words.day(day, today=today)
    if day == today:
        shown = _("Today, {day}").format(day=shown)
    if task.due_time:
        shown = _("{day}, {time}").format(day=shown, time=task.due_time)
    return shown


class TaskBox(Pressable):
    """The box that marks a step as done."""

    def __init__(self, theme: Theme, task: Task, ask: Ask) -> None:
        name = _("Done: {what}").format(what=task.title)
        super().__init__(theme, Cells(theme), Asking(ask, "task_done", task.id), name=name, hint=_("Mark as done"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A hit area of 28."""
        return QSize(self.theme.px(28), self.theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """An empty box of 16, where the marks of other rows stand."""
        super().paintEvent(event)
        painter, side = QPainter(self), self.theme.px(16)
        rect = QRect(self.theme.px(4), (self.height() - side) // 2, side, side)
        paint.box(painter, rect, radius=4, fill=self.theme.colour("surface"), edge=self.theme.colour("edge"))


def _channels(theme: Theme, view: PanelView, ask: Ask) -> QWidget:
    whole, layout = section(theme, SectionHead(theme, _("Channels and consent"), icon="channels"))
    for channel in view.channels:
        layout.addWidget(_channel(theme, channel, ask))
    add = AskButton(theme, _("Add a channel"), Asking(ask, "add_channel"), icon="plus")
    layout.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
    return whole


def _channel(theme: Theme, channel: Channel, ask: Ask) -> QWidget:
    cells: list[Cell] = [Icon(theme, channel.icon), Words(LaidText(theme, channel.value), fills=True)]
    if not channel.chip:
        return PaintedRow(theme, Cells(theme, *cells, centred=True), said=channel.value, across=4, down=2)
    cells.append(State(theme, channel.chip, kind=channel.chip_kind, icon=channel.chip_icon))
    name = _("{value}: {consent}").format(value=channel.value, consent=channel.chip)
    request = Asking(ask, "consent", channel.id)
    return Pressable(theme, Cells(theme, *cells, centred=True), request, name=name, hint=_("Record what was agreed"))


def _notes(theme: Theme, view: PanelView) -> QWidget:
    whole, layout = section(theme, SectionHead(theme, _("Notes"), icon="note"))
    for note in view.notes:
        layout.addLayout(indented(theme, PlainLabel(theme, note, wrap=True)))
    return whole


def _lines(theme: Theme, title: str, icon: str, lines: Sequence[Line], *, empty: str) -> QWidget:
    shown = list(lines)
    metrics = QFontMetrics(theme.font("small"))
    wide = max((metrics.horizontalAdvance(line.day) for line in shown), default=0) + theme.px(8)
    count = words.number(len(shown)) if shown else ""
    whole, layout = section(theme, SectionHead(theme, title, icon=icon, count=count))
    if not shown:
        layout.addLayout(indented(theme, PlainLabel(theme, empty, token="small", role="text-3")))
    for line in shown[:FEW]:
        layout.addWidget(_line(theme, line, wide))
    if len(shown) > FEW:
        layout.addWidget(_More(theme, shown[FEW:], wide, into=layout), 0, Qt.AlignmentFlag.AlignLeft)
    return whole


class _More(Snug):
    """Makes and shows the rest of a list, and goes: a long history is not made for those who do not read it."""

    def __init__(self, theme: Theme, rest: Sequence[Line], wide: int, *, into: QVBoxLayout) -> None:
        super().__init__(theme, _("Show all {count}").format(count=words.number(len(rest) + FEW)), icon="down")
        self._theme, self._rest, self._wide, self._into = theme, rest, wide, into
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        for line in self._rest:
            self._into.addWidget(_line(self._theme, line, self._wide))
        self.hide()


def _line(theme: Theme, line: Line, wide: int) -> PaintedRow:
    told = [LaidText(theme, line.text, wrap=True)]
    if line.detail:
        told.append(LaidText(theme, line.detail, token="small", role="text-2", wrap=True))
    cells = Cells(
        theme,
        Words(LaidText(theme, line.day, token="small", role="text-3"), wide=wide),
        Icon(theme, line.icon, size=14),
        Words(*told, fills=True),
    )
    said = ", ".join(part for part in (line.day, line.text, line.detail) if part)
    return PaintedRow(theme, cells, said=said, across=4, down=2)
