"""One vocabulary to choose: name, funnel, what makes what in a sentence, each stage in few words, the teams."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QRadioButton, QWidget

from crmdesk.domain.vocabulary import TEAMS, Vocabulary
from crmdesk.ui import paint
from crmdesk.ui.checks import paint_radio
from crmdesk.ui.controls import Ringed
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.ui.views import funnel
from crmdesk.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Heights:
    """What the parts of a card take in px: the same for all cards, so that each part stands beside its like.

    `tight`: with smaller gaps.
    """

    tight: bool
    name: int
    reading: int
    between: int
    summary: int
    stages: tuple[int, ...]
    team: int

    def least(self, other: Heights) -> Heights:
        """The heights in which both have room."""
        longest = max(len(self.stages), len(other.stages))
        mine, theirs = (each.stages + (0,) * (longest - len(each.stages)) for each in (self, other))
        return Heights(
            tight=self.tight,
            name=max(self.name, other.name),
            reading=max(self.reading, other.reading),
            between=max(self.between, other.between),
            summary=max(self.summary, other.summary),
            stages=tuple(map(max, mine, theirs)),
            team=max(self.team, other.team),
        )


def team_line(vocabulary: Vocabulary) -> str:
    """Who takes care of them, from stage to stage: "Marketing → Sales → Service", "Sales throughout"."""
    teams = list(dict.fromkeys(_(TEAMS[stage.team]) for stage in vocabulary.stages))
    return _("{team} throughout").format(team=teams[0]) if len(teams) == 1 else " → ".join(teams)


class VocabularyCard(Ringed, QRadioButton):
    """A card that is chosen by a click or an arrow key. `heights_in` measures, `use` lays out.

    Signals: read_requested() by Space; start_requested() by Enter.
    """

    read_requested = Signal()
    start_requested = Signal()
    ring_radius = 8

    def __init__(self, theme: Theme, vocabulary: Vocabulary, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.vocabulary = vocabulary
        self._heights: Heights | None = None
        self.name = PlainLabel(theme, vocabulary.name(), token="head", wrap=True, parent=self)
        self.reading = PlainLabel(theme, vocabulary.reading(), role="text-2", wrap=True, parent=self)
        self.summary = PlainLabel(theme, vocabulary.summary(), weight=500, wrap=True, parent=self)
        self.stages = [
            (
                PlainLabel(theme, stage.label, strong=True, parent=self),
                PlainLabel(theme, stage.short, token="small", role="text-2", wrap=True, parent=self),
            )
            for stage in vocabulary.stages
        ]
        self.team = PlainLabel(theme, team_line(vocabulary), token="small", role="text-2", wrap=True, parent=self)
        self.setAccessibleName(vocabulary.name())
        self.setAccessibleDescription(f"{vocabulary.reading()}. {vocabulary.summary()}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.follow(theme)

    def heights_in(self, width: int, *, tight: bool) -> Heights:
        """What its parts take in a card `width` px wide."""
        px = self.theme.px
        inner = width - 2 * px(16)
        return Heights(
            tight=tight,
            name=self.name.heightForWidth(inner - px(24)),
            reading=self.reading.heightForWidth(inner - px(24)),
            between=funnel.between_height(self.theme, self.vocabulary.stages[1].enter, inner),
            summary=self.summary.heightForWidth(inner),
            stages=tuple(short.heightForWidth(inner) for _label, short in self.stages),
            team=self.team.heightForWidth(inner - px(20)),
        )

    def use(self, heights: Heights) -> None:
        """Lays its parts out in these heights."""
        self._heights = heights
        self._place(heights)
        self.updateGeometry()

    def height_with(self, heights: Heights) -> int:
        """The height in px of a card with these heights."""
        return self._team_top(heights) + heights.team + self._gap(heights, 14, 10)

    # Qt overrides

    def sizeHint(self) -> QSize:
        """As wide as in the picture."""
        height = self.height_with(self._heights) if self._heights else self.theme.px(560)
        return QSize(self.theme.px(262), height)

    def hitButton(self, pos: QPoint) -> bool:
        """Everywhere."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space reads, Enter starts, arrows choose."""
        if event.key() == Qt.Key.Key_Space:
            self.read_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.start_requested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Its parts go along."""
        super().resizeEvent(event)
        if self._heights is not None:
            self._place(self._heights)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and edge by state, the mark, the funnel, a line, the teams' icon; the words are labels."""
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        on, heights = self.isChecked(), self._heights
        edge = "accent" if on else "edge" if self.underMouse() else "line"
        radius = theme.metrics.radius("card")
        paint.box(painter, self.rect(), radius=radius, fill=theme.colour("surface"), edge=theme.colour(edge))
        if heights is None:
            return
        mark = QRect(px(16), self._top(heights) + px(2), px(16), px(16))
        paint_radio(painter, theme, mark, on=on, over=self.underMouse())
        funnel.draw(
            painter,
            theme,
            QRect(px(16), self._funnel_top(heights), self.width() - 2 * px(16), self.height()),
            [stage.label for stage in self.vocabulary.stages],
            self.vocabulary.stages[1].enter,
            between=heights.between,
            chosen=on,
            tight=heights.tight,
        )
        line = self._stages_top(heights) - self._gap(heights, 12, 8)
        painter.fillRect(QRect(px(16), line, self.width() - 2 * px(16), 1), theme.colour("line"))
        place = QRect(px(16), self._team_top(heights), px(14), theme.metrics.line("small"))
        paint.icon(painter, theme, place, "people", "text-2", size=14)

    # Own parts

    def _gap(self, heights: Heights, usual: int, tight: int) -> int:
        return self.theme.px(tight if heights.tight else usual)

    def _top(self, heights: Heights) -> int:
        return self._gap(heights, 16, 12)

    def _funnel_top(self, heights: Heights) -> int:
        return self._top(heights) + heights.name + heights.reading + self._gap(heights, 12, 8)

    def _summary_top(self, heights: Heights) -> int:
        count = len(self.vocabulary.stages)
        high = funnel.height(self.theme, count, between=heights.between, tight=heights.tight)
        return self._funnel_top(heights) + high + self._gap(heights, 16, 12)

    def _stages_top(self, heights: Heights) -> int:
        return self._summary_top(heights) + heights.summary + 2 * self._gap(heights, 12, 8)

    def _team_top(self, heights: Heights) -> int:
        line, gap = self.theme.metrics.line("body"), self._gap(heights, 8, 4)
        blocks = (line + short + gap for short in heights.stages)
        return self._stages_top(heights) + sum(blocks) + self.theme.px(4)

    def _place(self, heights: Heights) -> None:
        px, edge = self.theme.px, self.theme.px(16)
        inner = self.width() - 2 * edge
        first = self._top(heights)
        self.name.setGeometry(edge + px(24), first, inner - px(24), heights.name)
        self.reading.setGeometry(edge + px(24), first + heights.name, inner - px(24), heights.reading)
        self.summary.setGeometry(edge, self._summary_top(heights), inner, heights.summary)
        top, line = self._stages_top(heights), self.theme.metrics.line("body")
        for (label, short), high in zip(self.stages, heights.stages, strict=False):
            label.setGeometry(edge, top, inner, line)
            short.setGeometry(edge, top + line, inner, high)
            top += line + high + self._gap(heights, 8, 4)
        self.team.setGeometry(edge + px(20), self._team_top(heights), inner - px(20), heights.team)
