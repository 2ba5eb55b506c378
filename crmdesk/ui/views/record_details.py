"""The details of a record: label and value in rows, each edited in its own place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.domain.records import Id
from crmdesk.ui.controls import Snug
from crmdesk.ui.draft_line import DraftLine
from crmdesk.ui.drafts import Drafts
from crmdesk.ui.flow import LARGE
from crmdesk.ui.laid_text import LaidText, begun
from crmdesk.ui.layouts import clear
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.record_editors import Editor
from crmdesk.ui.views.record_value import PointMenu, Value
from crmdesk.ui.views.record_view import LINES, LINK, Item
from crmdesk.words import _

ALONE, STANDS = 0, -1
"""In place of the label's width: there is no label; it stands above the value."""
LETTERS, LINES_SHOWN = 600, 12
"""How much of a text of several lines is shown at first."""


class DetailRow(QWidget):
    """One detail: its label, its value or its editor, and below it a line when a draft is there.

    Signals: saved(str key, str text, int where); opened(str key); followed(object); menu_requested(str key, QPoint);
    removed(object) the channel behind it is to go.
    """

    saved = Signal(str, str, int)
    opened = Signal(str)
    followed = Signal(object)
    menu_requested = Signal(str, QPoint)
    removed = Signal(object)

    def __init__(self, theme: Theme, item: Item, drafts: Drafts, *, place: str, wide: int, editable: bool) -> None:
        super().__init__()
        self._theme, self.item, self._drafts, self._place = theme, item, drafts, place
        self._editable, self._wide = editable, wide
        self.value: Value | None = None
        self.editor: Editor | None = None
        self._draft_line: DraftLine | None = None
        self._more: Snug | None = None
        self._whole = item.kind != LINES
        self._label = LaidText(theme, item.label, role="text-2", wrap=True)
        px, above = theme.px, 0
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        if wide > 0:
            self._row.setContentsMargins(wide + px(8), 0, 0, 0)
            self.setMinimumHeight(self._label.height(wide) + 2 * px(7))
        elif wide == STANDS:
            above = self._label.line + px(7)
        self._column.setContentsMargins(0, above, 0, 0)
        self._column.addLayout(self._row)
        self._show_value()

    @property
    def can_edit(self) -> bool:
        """Whether it can be edited."""
        return self._editable and self.item.kind != LINK

    def edit(self) -> None:
        """The value becomes a field; what was typed before and not saved is in it again."""
        if self.editor is not None or not self.can_edit:
            return
        draft = self._drafts.take(self._place)
        at = self._drafts.kept_at(self._place)
        self.editor = Editor(self._theme, self.item, draft or self.item.text)
        self.editor.typed.connect(self._on_typed)
        self.editor.saved.connect(self._on_saved)
        self.editor.left.connect(self._on_left)
        self.editor.lost.connect(self._on_lost)
        self._drop_value()
        self._row.addWidget(self.editor, 1)
        if draft and at is not None:
            self._draft_line = DraftLine(self._theme, at, today=self._drafts.today)
            self._draft_line.discarded.connect(self._on_discarded)
            self._column.addWidget(self._draft_line)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if not draft and hasattr(self.editor.control, "selectAll"):
            self.editor.control.selectAll()
        self.opened.emit(self.item.key)

    def close_editor(self) -> None:
        """Shows the value again."""
        if self.editor is None:
            return
        editor, self.editor = self.editor, None
        editor.blockSignals(True)
        self._row.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        if self._draft_line is not None:
            self._draft_line.hide()
            self._draft_line.deleteLater()
            self._draft_line = None
        self._show_value()

    def _show_value(self) -> None:
        shown = self.item.shown if self._whole else begun(self.item.shown, letters=LETTERS, lines=LINES_SHOWN)
        item = replace(self.item, shown=shown)
        value = Value(self._theme, item, draft=bool(self._drafts.take(self._place)), editable=self._editable)
        value.edit_wanted.connect(self.edit)
        value.followed.connect(self._on_followed)
        value.menu_requested.connect(self._on_menu)
        value.removed.connect(self._on_removed)
        self.value = value
        self._row.addWidget(value, 1, Qt.AlignmentFlag.AlignTop)
        if shown != self.item.shown:
            self._more = Snug(self._theme, _("Show more"), icon="down")
            self._more.clicked.connect(self._on_more)
            self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def _drop_value(self) -> None:
        if self._more is not None:
            self._more.hide()
            self._more.deleteLater()
            self._more = None
        if self.value is not None:
            self._row.removeWidget(self.value)
            self.value.hide()
            self.value.deleteLater()
            self.value = None

    def _on_more(self) -> None:
        """The whole of a long text; the keys go to it."""
        self._whole = True
        self._drop_value()
        self._show_value()
        if self.value is not None:
            self.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_typed(self, text: str) -> None:
        self._drafts.keep(self._place, "" if text == self.item.text else text)

    def _on_saved(self, text: str, where: int) -> None:
        self.saved.emit(self.item.key, text, where)

    def _on_left(self) -> None:
        self.close_editor()
        if self.value is not None:
            self.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_lost(self) -> None:
        """To discard the draft is no way out of the field."""
        here = QApplication.focusWidget()
        if here is None or not self.isAncestorOf(here):
            self.close_editor()

    def _on_discarded(self) -> None:
        self._drafts.drop(self._place)
        if self.editor is not None:
            self.editor.set_text(self.item.text)
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_followed(self) -> None:
        self.followed.emit(self.item.link)

    def _on_removed(self) -> None:
        self.removed.emit(self.item.point)

    def _on_menu(self, at: QPoint) -> None:
        self.menu_requested.emit(self.item.key, at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The label, and a line below."""
        painter, edge = QPainter(self), self._theme.px(4)
        if self._wide != ALONE:
            wide = self._wide if self._wide > 0 else self.width() - 2 * edge
            self._label.paint(painter, QRect(edge, self._theme.px(7), wide, self._label.height(wide)))
        painter.fillRect(edge, self.height() - 1, self.width() - 2 * edge, 1, self._theme.colour("line"))


class Details(QWidget):
    """All details; rarely used ones that are empty appear by *More fields*.

    Signals: saved(str key, str text, int where) a field was filled in; opened(QWidget) one became a field;
    followed(object) the id of a record; point_asked(str what, object id) broken, preferred, remove or consent for a
    channel.
    """

    saved = Signal(str, str, int)
    opened = Signal(QWidget)
    followed = Signal(object)
    point_asked = Signal(str, object)

    def __init__(
        self,
        theme: Theme,
        items: Sequence[Item],
        drafts: Drafts,
        *,
        place: str,
        editable: bool,
        everything: bool,
        roomy: bool,
    ) -> None:
        super().__init__()
        self._theme, self._drafts, self._place = theme, drafts, place
        self._items, self._editable = items, editable
        self._wide = _label_width(theme, items, roomy=roomy)
        self.rows: dict[str, DetailRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._fill([each for each in items if everything or self._is_usual(each)])

    def _is_usual(self, item: Item) -> bool:
        return item.core or bool(item.shown) or bool(self._drafts.take(f"{self._place}:{item.key}"))

    def _fill(self, shown: Sequence[Item]) -> None:
        """Makes the rows of these, and the way to the others."""
        clear(self._column)
        self.rows.clear()
        for item in shown:
            row = DetailRow(
                self._theme, item, self._drafts, place=f"{self._place}:{item.key}", wide=self._wide,
                editable=self._editable,
            )  # fmt: skip
            row.saved.connect(self.saved)
            row.opened.connect(self._on_opened)
            row.followed.connect(self.followed)
            row.menu_requested.connect(self._on_menu)
            row.removed.connect(self._on_removed)
            self.rows[item.key] = row
            self._column.addWidget(row)
        if self._editable and not self.everything:
            more = Snug(self._theme, _("More fields"), icon="down")
            more.clicked.connect(self._on_more)
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def everything(self) -> bool:
        """Whether the rarely used fields are shown too."""
        return len(self.rows) == len(self._items)

    @property
    def editing(self) -> tuple[str, str] | None:
        """The key of the field that is open, and what is typed there; None when there is none."""
        for key, row in self.rows.items():
            if row.editor is not None:
                return key, row.editor.text
        return None

    def edit(self, key: str = "") -> None:
        """Opens a field; without a key the one that has the focus, else the first."""
        if key not in self.rows and any(each.key == key for each in self._items):
            self._fill(self._items)
        chosen = self.rows.get(key)
        if chosen is None:
            focused = (row for row in self.rows.values() if row.value is not None and row.value.hasFocus())
            usable = (row for row in self.rows.values() if row.can_edit)
            chosen = next(focused, None) or next(usable, None)
        if chosen is not None:
            chosen.edit()

    def focus(self, key: str) -> None:
        """Gives a value the keys."""
        row = self.rows.get(key)
        if row is not None and row.value is not None:
            row.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def neighbour(self, key: str, step: int) -> str:
        """The field that can be edited after (or before) one; "" at the end."""
        usable = [each for each, row in self.rows.items() if row.can_edit]
        at = usable.index(key) + step if key in usable else -1
        return usable[at] if 0 <= at < len(usable) else ""

    def refuse(self, key: str, sentence: str) -> None:
        """A field stays open and says what stands against it."""
        row = self.rows.get(key)
        if row is not None and row.editor is not None:
            row.editor.refuse(sentence)

    def finish(self, key: str) -> None:
        """A field was saved."""
        self._drafts.drop(f"{self._place}:{key}")
        row = self.rows.get(key)
        if row is not None:
            row.close_editor()

    def _on_opened(self, key: str) -> None:
        self.opened.emit(self.rows[key])

    def _on_more(self) -> None:
        """The keys go on to the first field that was not shown."""
        before = set(self.rows)
        self._fill(self._items)
        self.focus(next(key for key in self.rows if key not in before))

    def _on_removed(self, point: Id) -> None:
        self.point_asked.emit("remove", point)

    def _on_menu(self, key: str, at: QPoint) -> None:
        item = self.rows[key].item
        if item.point is None:
            return
        menu = PointMenu(item, self)
        menu.asked.connect(self.point_asked)
        menu.popup(at)


def _label_width(theme: Theme, items: Sequence[Item], *, roomy: bool) -> int:
    """The px of the labels' column, ALONE or STANDS."""
    if len(items) == 1:
        return ALONE
    if theme.percent >= LARGE and not roomy:
        return STANDS
    metrics = QFontMetrics(theme.font("body"))
    usual = [each.label for each in items if each.core or each.shown]
    widest = max(map(metrics.horizontalAdvance, usual), default=0) + theme.px(4)
    return min(max(theme.px(92), widest), theme.px(160 if roomy else 112))
