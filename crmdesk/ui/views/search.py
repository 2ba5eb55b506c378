"""The palette below the search field: people, deals and actions as you type, at most ten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.ids import Id
from crmdesk.ui import paint, shadows
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed
from crmdesk.ui.views.search_field import SearchField
from crmdesk.words import _

Index = QModelIndex | QPersistentModelIndex
MOST = 10
HIT = Qt.ItemDataRole.UserRole
HEAD = HIT + 1  # the name of the section that a row begins; "" within one


@dataclass(frozen=True, slots=True)
class Found:
    """One hit as it is shown. `opens` is the card, else the person or organisation; `state` says where it is.

    An action has its id in `act` and its key in `state`. Hits of one `section` stand together under its name.
    """

    opens: Id
    kind: str  # person, organisation, opportunity, lead, action
    name: str
    organisation: str
    state: str
    section: str = ""
    act: str = ""
    icon: str = ""


class Hits(QAbstractListModel):
    """The hits on show."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: tuple[Found, ...] = ()

    def show(self, hits: Sequence[Found]) -> None:
        """Others than before."""
        self.beginResetModel()
        self.hits = tuple(hits[:MOST])
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as were found, at most ten."""
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words for reading aloud, and the hit for painting."""
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        if role == HIT:
            return hit
        if role == HEAD:
            before = self.hits[index.row() - 1].section if index.row() else ""
            return hit.section if hit.section != before else ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (hit.name, hit.organisation, hit.state) if part)
        return None


class HitDelegate(QStyledItemDelegate):
    """Paints a hit: icon, name, organisation, and at the right where it stands, or the key of an action."""

    ICONS = {"person": "person", "organisation": "organisation", "opportunity": "deal", "lead": "person"}

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """40 high, and 24 more where a section begins."""
        return QSize(0, row_height(self._theme, head=bool(index.data(HEAD))))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        hit = index.data(HIT)
        theme, px = self._theme, self._theme.px
        rect: QRect = option.rect
        if head := index.data(HEAD):
            above = QRect(rect.left() + px(10), rect.top(), rect.width() - px(20), px(24))
            paint.text(painter, above, head, font=theme.font("small", weight=600), colour=theme.colour("text-2"))
            rect = rect.adjusted(0, px(24), 0, 0)
        state: QStyle.StateFlag = option.state
        chosen = bool(state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver))
        if chosen:
            paint.box(painter, rect, radius=6, fill=theme.colour("soft"))
        inner = rect.adjusted(px(10), 0, -px(10), 0)
        paint.icon(
            painter,
            theme,
            QRect(inner.left(), inner.top(), px(16), inner.height()),
            hit.icon or self.ICONS[hit.kind],
            "text-2",
        )
        inner.setLeft(inner.left() + px(26))
        small, strong = theme.font("small"), theme.font("body", weight=600)
        width = self._paint_right(painter, inner, hit)
        inner.setRight(inner.right() - width - px(12))
        paint.text(painter, inner, hit.name, font=strong, colour=theme.colour("text"))
        inner.setLeft(inner.left() + QFontMetrics(strong).horizontalAdvance(hit.name) + px(8))
        if inner.width() > px(24):
            paint.text(painter, inner, hit.organisation, font=small, colour=theme.colour("text-2"))

    def _paint_right(self, painter: QPainter, inner: QRect, hit: Found) -> int:
        """The key or the state at the right; how wide it is."""
        theme = self._theme
        if not hit.act:
            small = theme.font("small")
            paint.text(painter, inner, hit.state, font=small, colour=theme.colour("text-2"), right=True)
            return QFontMetrics(small).horizontalAdvance(hit.state) + 1
        if not hit.state:
            return 0
        size = paint.keycap_size(theme, hit.state)
        top = inner.top() + (inner.height() - size.height()) // 2
        paint.keycap(painter, theme, QRect(inner.right() - size.width(), top, size.width(), size.height()), hit.state)
        return size.width()


def row_height(theme: Theme, *, head: bool) -> int:
    """How high a row of the palette is."""
    return theme.px(64) if head else theme.px(40)


class HitList(Themed, QWidget):
    """The floating list with a sentence when nothing was found."""

    EDGE = 24

    def __init__(self, theme: Theme, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.model = Hits(self)
        self.view = QListView(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(HitDelegate(theme, self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setAccessibleName(_("Hits"))
        self._empty = ""
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.view)
        self.hide()
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the edges: room for the shadow and 4 inside."""
        edge = self.EDGE + self.theme.px(4)
        self._layout.setContentsMargins(edge, edge, edge, edge)
        ground = self.view.palette()
        ground.setColor(QPalette.ColorRole.Base, self.theme.colour("raised"))  # opaque: nothing below is painted again
        self.view.setPalette(ground)

    def show_below(self, field: QWidget, hits: Sequence[Found], *, empty: str) -> None:
        """Shows hits below the field; `empty` is said when there are none."""
        self.model.show(hits)
        said, self._empty = self._empty, "" if hits else empty
        self.view.setVisible(bool(hits))
        if hits:
            self.view.setCurrentIndex(self.model.index(0))
        px = self.theme.px
        width = min(px(640), self.window().width() - 2 * px(16))
        corner = field.mapTo(self.window(), field.rect().bottomRight())
        shown = [self.model.index(row) for row in range(len(self.model.hits))]
        rows = sum(row_height(self.theme, head=bool(index.data(HEAD))) for index in shown)
        rows = rows or self.theme.metrics.line("body") * 2 + px(12)
        height = rows + px(8) + 2 * self.EDGE
        left = max(-self.EDGE, corner.x() + 1 - width - self.EDGE)
        top = corner.y() + px(6) - self.EDGE
        room = self.window().height() - top - px(8) + self.EDGE  # what has none is scrolled to
        self.setGeometry(left, top, width + 2 * self.EDGE, min(height, room))
        if self._empty != said:
            self.update()
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The raised ground with its shadow, or the sentence."""
        painter, colour = QPainter(self), self.theme.colour
        body = self.rect().adjusted(self.EDGE, self.EDGE, -self.EDGE, -self.EDGE)
        shadows.paint(painter, body, self.theme.shadow(1), self.theme.tokens.shadow[1])
        paint.box(painter, body, radius=8, fill=colour("raised"), edge=colour("line"))
        if self._empty:
            room = body.adjusted(self.theme.px(14), 0, -self.theme.px(14), 0)
            painter.setFont(self.theme.font("body"))
            painter.setPen(colour("text-2"))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self._empty)


class Search(QObject):
    """Field and list together. What is typed is looked up at once; Enter opens, Esc closes and leaves.

    Signals: opened(object) the Found that was chosen; left() when the field gives the focus back.
    """

    opened = Signal(object)
    left = Signal()

    def __init__(self, field: SearchField, hits: HitList, find: Callable[[str], Sequence[Found]]) -> None:
        super().__init__(field)
        self.field, self.list, self._find = field, hits, find
        field.textEdited.connect(self._on_edited)
        hits.view.clicked.connect(self._on_clicked)
        field.installEventFilter(self)

    def look_up(self) -> None:
        """Looks up what stands in the field."""
        text = self.field.text().strip()
        found = self._find(text)
        if not text and not found:
            self.list.hide()
            return
        empty = _("Nothing found for “{text}”. A part of a name, firm, e-mail or number is enough.").format(text=text)
        self.list.show_below(self.field, found, empty=empty)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list while the field has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(Qt.Key(event.key()))
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self.list.hide()
        return False

    def _on_key(self, key: Qt.Key) -> bool:
        rows = len(self.list.model.hits) if self.list.isVisible() else 0
        row = self.list.view.currentIndex().row()
        if key == Qt.Key.Key_Escape:
            self.list.hide()
            self.field.done_with()
            self.left.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and rows:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.view.setCurrentIndex(self.list.model.index((row + step) % rows))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and rows:
            self._open(max(row, 0))
        else:
            return False
        return True

    def _open(self, row: int) -> None:
        hit = self.list.model.hits[row]
        self.list.hide()
        self.field.done_with()
        self.left.emit()
        self.opened.emit(hit)

    def _on_edited(self, _text: str) -> None:
        self.look_up()

    def _on_clicked(self, index: QModelIndex) -> None:
        self._open(index.row())
