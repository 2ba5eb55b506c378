"""What a detail becomes while it is edited in its place: a line, several lines, or a list to choose from.

Enter saves (Ctrl+Enter in several lines), Tab saves and goes on, Esc gives the value back. Leaving it in any other way
saves nothing; what was typed is told with every key, so that it can be kept.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from crmdesk.ui.fields import ChoiceField, LineField, Sentence
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.record_view import CHOICE, LINES, Item

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CONTROL = Qt.KeyboardModifier.ControlModifier
_LEFT_FOR_GOOD = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
FEWEST, MOST = 3, 10  # lines of a text


class Editor(QWidget):
    """One detail being edited.

    Signals: typed(str) after every key; saved(str, int) with where to go then: 0 here, +1 the next, -1 the one before;
    left() by Esc; lost() when the focus went elsewhere.
    """

    typed = Signal(str)
    saved = Signal(str, int)
    left = Signal()
    lost = Signal()

    def __init__(self, theme: Theme, item: Item, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item = item
        self.control = self._make(theme, item, text)
        self.control.installEventFilter(self)
        self.sentence = Sentence(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.control)
        column.addWidget(self.sentence)
        self.setFocusProxy(self.control)

    @property
    def text(self) -> str:
        """What is typed or chosen."""
        if isinstance(self.control, QPlainTextEdit):
            return self.control.toPlainText()
        return self.control.value if isinstance(self.control, ChoiceField) else self.control.text()

    def set_text(self, text: str) -> None:
        """Other words in it."""
        if isinstance(self.control, QPlainTextEdit):
            self.control.setPlainText(text)
        elif isinstance(self.control, LineField):
            self.control.setText(text)

    def refuse(self, sentence: str) -> None:
        """Stays, and says what stands against it."""
        if isinstance(self.control, LineField):
            self.control.set_bad(True)
        self.control.setAccessibleDescription(sentence)
        self.sentence.say(sentence, "error")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that end it, and the focus that leaves it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._ends(event)
        if event.type() == QEvent.Type.FocusOut and event.reason() not in _LEFT_FOR_GOOD:  # type: ignore[attr-defined]
            self.lost.emit()
        return super().eventFilter(watched, event)

    def _ends(self, event: QKeyEvent) -> bool:
        key = event.key()
        several = isinstance(self.control, QPlainTextEdit)
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in _ENTER and (not several or event.modifiers() & _CONTROL):
            self.saved.emit(self.text, 0)
        elif key == Qt.Key.Key_Tab:
            self.saved.emit(self.text, 1)
        elif key == Qt.Key.Key_Backtab:
            self.saved.emit(self.text, -1)
        else:
            return False
        return True

    def _make(self, theme: Theme, item: Item, text: str) -> LineField | QPlainTextEdit | ChoiceField:
        if item.kind == CHOICE:
            chosen = ChoiceField(theme, item.choices, name=item.label, value=text)
            chosen.chosen.connect(self._on_chosen)
            return chosen
        if item.kind == LINES:
            area = QPlainTextEdit()
            area.setPlainText(text)
            area.setAccessibleName(item.label)
            lines = min(max(text.count("\n") + 2, FEWEST), MOST)
            area.setFixedHeight(QFontMetrics(theme.font("body")).lineSpacing() * lines + theme.px(14))
            area.textChanged.connect(self._on_text_changed)
            return area
        line = LineField(theme, name=item.label, text=text)
        line.textEdited.connect(self._on_edited)
        return line

    def _on_chosen(self, value: str) -> None:
        self.saved.emit(value, 0)

    def _on_text_changed(self) -> None:
        self.typed.emit(self.text)

    def _on_edited(self, text: str) -> None:
        self.sentence.say("", "error")
        if isinstance(self.control, LineField):
            self.control.set_bad(False)
        self.typed.emit(text)
