"""Paints cards: the plain look of `card_layout` in every state. It cannot take the program down."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crmdesk import words
from crmdesk.domain.cards import Card
from crmdesk.domain.records import Id
from crmdesk.ui import card_words, paint
from crmdesk.ui.card_words import CardWords
from crmdesk.ui.delegates.card_layout import ICON, CardLayout, Icon, Piece, Text
from crmdesk.ui.delegates.unpainted import unpainted
from crmdesk.ui.models.column import CARD_ROLE
from crmdesk.ui.theme import Theme

INSET_TOP, INSET_BOTTOM = 2, 6  # within the pitch of 92: room for the focus ring, then the gap
RING = 2  # room at the sides for the focus ring
KEPT = 512
INSIDE = 4  # from a card's edge to where its picture begins: within its corners
PICTURES_KEPT = 96  # about two boards

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CardState:
    """How a card is shown now."""

    selected: bool = False
    focused: bool = False
    hovered: bool = False
    lifted: bool = False


class CardPainter:
    """Draws cards at any place; keeps the layouts of the last few hundred and the pictures of those seen now.

    A picture is what lies inside the edge, on the ground it lies on: letters look the same in it. `roles` are those of
    the stages.
    """

    def __init__(self, theme: Theme, *, today: Callable[[], date]) -> None:
        self._theme = theme
        self._today = today
        self.roles: Mapping[str, str] = {}
        self._layout = CardLayout(theme)
        self._kept: OrderedDict[Id, tuple[Card, int, date, str, tuple[Piece, ...]]] = OrderedDict()
        self._pictures: OrderedDict[tuple[Id, str, float], tuple[tuple[Piece, ...], QPixmap]] = OrderedDict()

    @property
    def height(self) -> int:
        """A card's height in px."""
        return self._layout.height

    def pitch(self) -> int:
        """From one card's upper edge to the next one's, in px."""
        return self._layout.height + INSET_TOP + INSET_BOTTOM

    def restyle(self) -> None:
        """Text size, colours or language became others."""
        self._layout = CardLayout(self._theme)
        self._kept.clear()
        self._pictures.clear()

    def spoken(self, card: Card) -> str:
        """The card as a screen reader says it."""
        return self._words(card).spoken()

    def paint(self, painter: QPainter, rect: QRect, card: Card, state: CardState) -> None:
        """Draws `card` into `rect`."""
        pieces = self._pieces(card, rect.width())
        ground = "soft" if state.selected and not state.lifted else "surface"
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        painter.save()
        try:
            self._paper(painter, rect, state, ground)
            painter.translate(rect.topLeft())
            if ratio.is_integer() and rect.width() > 2 * INSIDE:
                painter.drawPixmap(INSIDE, INSIDE, self._picture(card.id, pieces, rect.size(), ground, ratio))
            else:  # on a screen between two scales a picture would not lie on whole pixels
                self._draw(painter, pieces)
        finally:
            painter.restore()

    def placeholder(self, painter: QPainter, rect: QRect) -> None:
        """Draws the dashed frame of a card that is on its way."""
        paint.box(painter, rect, radius=self._radius, edge=self._theme.colour("edge"), dashed=True)

    def slot(self, painter: QPainter, rect: QRect, count: int) -> None:
        """Draws the frame of the place where `count` cards will lie, with words once there is room for them."""
        theme = self._theme
        paint.box(painter, rect, radius=self._radius, fill=theme.colour("soft"), edge=theme.colour("accent"), width=2)
        if rect.height() < theme.px(32):
            return
        text = words.ngettext("Drop here", "Drop {count} here", count).format(count=words.number(count))
        font = theme.metrics.strong("body")
        wide = QFontMetrics(font).horizontalAdvance(text) + 1
        icon = QRect(rect.center().x() - (theme.px(24) + wide) // 2, rect.top(), theme.px(16), rect.height())
        paint.icon(painter, theme, icon, "drop", "soft-text")
        place = QRect(icon.left() + theme.px(24), rect.top(), wide, rect.height())
        paint.text(painter, place, text, font=font, colour=theme.colour("soft-text"))

    def _pieces(self, card: Card, width: int) -> tuple[Piece, ...]:
        today, language = self._today(), words.language()
        held = self._kept.get(card.id)
        if held is not None and held[:4] == (card, width, today, language):
            self._kept.move_to_end(card.id)
            return held[4]
        pieces = self._layout.pieces(self._words(card), width)
        self._kept[card.id] = (card, width, today, language, pieces)
        self._kept.move_to_end(card.id)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return pieces

    def _picture(self, card: Id, pieces: tuple[Piece, ...], size: QSize, ground: str, ratio: float) -> QPixmap:
        key = (card, ground, ratio)
        held = self._pictures.get(key)
        if held is None or held[0] is not pieces:
            held = self._pictures[key] = (pieces, self._pictured(pieces, size, ground, ratio))
        self._pictures.move_to_end(key)
        if len(self._pictures) > PICTURES_KEPT:
            self._pictures.popitem(last=False)
        return held[1]

    def _pictured(self, pieces: tuple[Piece, ...], size: QSize, ground: str, ratio: float) -> QPixmap:
        picture = QPixmap((size - QSize(2 * INSIDE, 2 * INSIDE)) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._theme.colour(ground))
        painter = QPainter(picture)
        painter.translate(-INSIDE, -INSIDE)
        self._draw(painter, pieces)
        painter.end()
        return picture

    def _draw(self, painter: QPainter, pieces: tuple[Piece, ...]) -> None:
        for piece in pieces:
            self._piece(painter, piece)

    def _words(self, card: Card) -> CardWords:
        return card_words.of(card, today=self._today(), role=self.roles.get(card.stage, ""))

    def _paper(self, painter: QPainter, rect: QRect, state: CardState, ground: str) -> None:
        theme = self._theme
        edge = "accent" if state.selected or state.lifted else "edge" if state.hovered else "line"
        paint.box(
            painter,
            rect,
            radius=self._radius,
            fill=theme.colour(ground),
            edge=theme.colour(edge),
            width=3 if state.selected and theme.high_contrast else 1,
        )
        if state.focused:
            paint.ring(painter, theme, rect.adjusted(-2, -2, 2, 2), radius=self._radius + 2)

    def _piece(self, painter: QPainter, piece: Piece) -> None:
        if isinstance(piece, Text):
            painter.setFont(piece.font)
            painter.setPen(self._theme.colour(piece.role))
            painter.drawText(piece.at, piece.text)
        elif isinstance(piece, Icon):
            device = painter.device()
            ratio = device.devicePixelRatioF() if device is not None else 1.0
            painter.drawPixmap(piece.at, self._theme.pixmap(piece.name, piece.role, size=ICON, ratio=ratio))
        else:
            fill, edge, _role, dashed = paint.CHIPS[piece.kind]
            paint.box(
                painter,
                piece.rect,
                radius=piece.rect.height() / 2,
                fill=self._theme.colour(fill) if fill else None,
                edge=self._theme.colour(edge) if edge else None,
                dashed=dashed,
            )

    @property
    def _radius(self) -> int:
        return self._theme.metrics.radius("card")


class CardDelegate(QStyledItemDelegate):
    """One card a row. `away` are the cards on their way (dashed); `slot` is where they would land, if here."""

    def __init__(self, cards: CardPainter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cards = cards
        self.away: frozenset[Id] = frozenset()
        self.slot: int | None = None
        self.slot_at_end = False
        self.slot_count = 0

    def card_rect(self, row_rect: QRect, row: int) -> QRect:
        """Where the card of a row lies inside it: the row of the slot is taller and holds both."""
        top = row_rect.top() + INSET_TOP
        if row == self.slot and not self.slot_at_end:
            top += max(0, row_rect.height() - self.cards.pitch())
        return QRect(row_rect.left() + RING, top, row_rect.width() - 2 * RING, self.cards.height)

    def slot_rect(self, row_rect: QRect) -> QRect:
        """Where the slot lies in the row that holds it."""
        extra = max(0, row_rect.height() - self.cards.pitch())
        height = max(0, extra - INSET_TOP - INSET_BOTTOM)
        top = row_rect.top() + INSET_TOP + (self.cards.pitch() if self.slot_at_end else 0)
        return QRect(row_rect.left() + RING, top, row_rect.width() - 2 * RING, height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws the row; where an error is in the way it stays empty."""
        try:
            self._paint(painter, option, index)
        except Exception as error:
            unpainted(error, log)

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The pitch, whatever the card."""
        return QSize(option.rect.width(), self.cards.pitch())

    def _paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row_rect: QRect = option.rect
        rect = self.card_rect(row_rect, index.row())
        if index.row() == self.slot:
            self.cards.slot(painter, self.slot_rect(row_rect), self.slot_count)
        card = index.data(CARD_ROLE)
        if not isinstance(card, Card):
            return
        if card.id in self.away:
            self.cards.placeholder(painter, rect)
            return
        self.cards.paint(painter, rect, card, _state(option))


def _state(option: QStyleOptionViewItem) -> CardState:
    flags: QStyle.StateFlag = option.state
    return CardState(
        selected=bool(flags & QStyle.StateFlag.State_Selected),
        focused=bool(flags & QStyle.StateFlag.State_HasFocus),
        hovered=bool(flags & QStyle.StateFlag.State_MouseOver),
    )
