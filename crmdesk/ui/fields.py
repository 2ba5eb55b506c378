"""Fields of forms: a label, a control, and below it the sentence of an error or the echo of what was understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

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
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QListView, QSizePolicy, QVBoxLayout, QWidget

from crmdesk import words
from crmdesk.domain.errors import CrmError, WrongSide
from crmdesk.ui import paint
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed, tip

LONGEST_PASTE = 1_000_000
"""Characters of a line into which a page may be pasted: Qt cuts at 32,767 without a word."""


class LineField(QLineEdit):
    """One line of text, 32 high, with a placeholder; `bad` draws the edge of an error."""

    def __init__(
        self, theme: Theme, *, name: str, placeholder: str = "", text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setText(text)
        self.setMinimumWidth(theme.px(72))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter is left to what is around: Qt would tell of it as of Enter too, and a sheet would act twice."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @property
    def bad(self) -> bool:
        """Whether it shows an error."""
        return bool(self.property("bad"))

    def set_bad(self, bad: bool) -> None:
        """Draws the edge of an error, or no longer."""
        if bad != self.bad:
            self.setProperty("bad", bad)
            self.style().unpolish(self)
            self.style().polish(self)


class Sentence(Themed, QWidget):
    """A short sentence under a field, with its icon: an error, an echo or a hint."""

    KINDS = {
        "error": ("overdue", "bad", "bad"),
        "echo": ("echo", "text-2", "text"),
        "hint": ("info", "text-2", "text-2"),
    }

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = "hint"
        self.label = PlainLabel(theme, token="small", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), 0, 0, 0)
        row.addWidget(self.label)
        self.hide()
        self.follow(theme)

    def say(self, text: str, kind: str) -> None:
        """Shows the sentence; an empty one hides it."""
        self._kind = kind
        self.label.setText(text)
        self.label.set_role(self.KINDS[kind][2])
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the icon beside the first line."""
        icon, role, _text = self.KINDS[self._kind]
        side = self.theme.px(14)
        place = QRect(0, 0, side, self.theme.metrics.line("small"))
        paint.icon(QPainter(self), self.theme, place, icon, role, size=14)


class Field(QWidget):
    """A control with its label above and its sentence below.

    `steady` keeps the line of the sentence free, so that nothing moves while typing.
    """

    def __init__(
        self, theme: Theme, label: str, control: QWidget, *, steady: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.control = control
        self.sentence = Sentence(theme)
        policy = self.sentence.sizePolicy()
        policy.setRetainSizeWhenHidden(steady)
        self.sentence.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        if label:
            self.label = PlainLabel(theme, label, token="small", role="text-2")
            self.label.setBuddy(control)
            column.addWidget(self.label)
            if not control.accessibleName():
                control.setAccessibleName(label)
        column.addWidget(control)
        column.addWidget(self.sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_error(self, text: str) -> None:
        """Says what is wrong; "" takes it away."""
        if isinstance(self.control, LineField):
            self.control.set_bad(bool(text))
        self.control.setAccessibleDescription(text)
        self.sentence.say(text, "error")
        self._make_room()

    def set_echo(self, text: str) -> None:
        """Says what was understood; "" takes it away."""
        if isinstance(self.control, LineField):
            self.control.set_bad(False)
        self.control.setAccessibleDescription(text)
        self.sentence.say(text, "echo")
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A sentence may take more lines in another width."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Layouts cut a fixed height to the hint for one line of the sentence; a least height stands above that."""
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth() and self.width() > 0:
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))


class DateField(Field):
    """A day typed in words ("fri", "3.12.", "in 2 weeks"), echoed in full below.

    `parse` gives the day of a text and raises BadInput for what is no date; one on the wrong side of today is told
    while it is typed.
    Signals: changed() after every key.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        label: str,
        parse: Callable[[str], date],
        *,
        name: str = "",
        placeholder: str = "",
        text: str = "",
        steady: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        self.line = LineField(theme, name=name or label, placeholder=placeholder)
        super().__init__(theme, label, self.line, steady=steady, parent=parent)
        self._parse = parse
        self.day: date | None = None
        self.valid = True
        self.line.textChanged.connect(self._on_text_changed)
        self.line.editingFinished.connect(self._on_editing_finished)
        self.line.setText(text)

    @property
    def iso(self) -> str:
        """The day as ISO text; "" when there is none."""
        return self.day.isoformat() if self.day else ""

    def _on_text_changed(self, text: str) -> None:
        self._error = told = ""
        try:
            self.day = self._parse(text.strip()) if text.strip() else None
            self.valid = True
        except CrmError as error:
            self.day, self.valid, self._error = None, False, str(error)
            told = error.what if isinstance(error, WrongSide) else ""
        self.set_echo(words.full_day(self.day) if self.day else told)
        self.changed.emit()

    def _on_editing_finished(self) -> None:
        """An unreadable date is named when the field is left, not while it is still being typed."""
        if not self.valid:
            self.set_error(self._error)


class Choices(QAbstractListModel):
    """What a field offers: values with their words. A field of many choices costs no more than one of two."""

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QObject) -> None:
        super().__init__(parent)
        self.listed = list(choices)

    def add(self, value: str, text: str) -> None:
        """One more, at the end."""
        self.beginInsertRows(QModelIndex(), len(self.listed), len(self.listed))
        self.listed.append((value, text))
        self.endInsertRows()

    def row_of(self, value: str) -> int:
        """Where a value stands; -1 when it is not offered."""
        return next((row for row, (key, _text) in enumerate(self.listed) if key == value), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """As many as there are."""
        return 0 if parent.isValid() else len(self.listed)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The words; in the user role the value."""
        if role == Qt.ItemDataRole.UserRole:
            return self.listed[index.row()][0]
        return self.listed[index.row()][1] if role == Qt.ItemDataRole.DisplayRole else None


class ChoiceField(Themed, QComboBox):
    """A list of choices; without one it shows the placeholder. Values are texts.

    Signals: chosen(value) when a person chose one.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        choices: Sequence[tuple[str, str]],
        *,
        name: str,
        value: str = "",
        placeholder: str = "",
        bare: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._placeholder, self._bare = placeholder, bare
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.choices = Choices(choices, self)
        view = self.view()
        assert isinstance(view, QListView)
        view.setUniformItemSizes(True)  # or Qt asks every choice for all of its roles when the font is set
        self.setModel(self.choices)
        self.set_value(value)
        self.activated.connect(self._on_activated)
        self.follow(theme)

    @property
    def value(self) -> str:
        """The chosen value, or ""."""
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        """Chooses without telling; what is not in the list chooses none."""
        self.setCurrentIndex(self.choices.row_of(value))

    def restyle(self) -> None:
        """Takes the font."""
        self.setFont(self.theme.font("body"))

    def sizeHint(self) -> QSize:
        """The widest choice with the mark."""
        texts = [self._placeholder, *(text for _value, text in self.choices.listed)]
        width = max(self.fontMetrics().horizontalAdvance(text) for text in texts)
        px = self.theme.px
        return QSize(width + px(24 if self._bare else 42), self.theme.metrics.size("control"))

    def minimumSizeHint(self) -> QSize:
        """It may be elided."""
        return QSize(min(self.sizeHint().width(), self.theme.px(88)), self.theme.metrics.size("control"))

    def showPopup(self) -> None:
        """Opens the list, at least as wide as its widest choice."""
        view, edge = self.view(), 2 * (self.theme.px(4) + 1)  # padding and line, as in the style
        bar = view.verticalScrollBar().sizeHint().width() if self.count() > self.maxVisibleItems() else 0
        view.setMinimumWidth(min(view.sizeHintForColumn(0) + edge + bar, self.theme.px(480)))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past never changes a value."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Letters belong to the list while it has the focus, not to the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_letter(event):
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Edge by state, the choice or the placeholder, the mark."""
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        radius = theme.metrics.radius("control")
        if not self._bare:
            self._paint_edge(painter, radius)
        elif self.hasFocus():
            paint.ring(painter, theme, self.rect().adjusted(0, 3, -1, -3), radius=4)
        mark = QRect(self.width() - px(16 if self._bare else 24), 0, px(12), self.height())
        paint.icon(painter, theme, mark, "down", "text-2" if self.isEnabled() else "text-3", size=12)
        left = px(4 if self._bare else 11)
        room = QRect(left, 0, mark.left() - px(4) - left, self.height())
        chosen = self.currentText()
        role = "text-3" if not chosen or not self.isEnabled() else "text-2" if self._bare else "text"
        shown = chosen or self._placeholder
        cut = paint.text(painter, room, shown, font=self.font(), colour=theme.colour(role))
        self.setToolTip(tip(shown) if cut else "")

    def _paint_edge(self, painter: QPainter, radius: int) -> None:
        colour = self.theme.colour
        if not self.isEnabled():
            paint.box(painter, self.rect(), radius=radius, edge=colour("line"), dashed=True)
            return
        focus = self.hasFocus() or self.view().isVisible()
        edge = "accent" if focus else "text-3" if self.underMouse() else "edge"
        paint.box(
            painter, self.rect(), radius=radius, fill=colour("surface"), edge=colour(edge), width=2 if focus else 1
        )

    def _on_activated(self, row: int) -> None:
        self.chosen.emit(str(self.itemData(row) or ""))


def _is_letter(event: QKeyEvent) -> bool:
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
    return plain and len(event.text()) == 1 and event.text().isprintable()
