"""Dragging cards: our own mouse grab, an image under the pointer, targets that say what a drop will do.

Not Qt's QDrag, which swallows keys while it runs and cannot be driven or pictured without a screen. Nothing here
writes: a drop is emitted, by a queued call, and the board shows what the database says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from crmdesk.domain.cards import Card
from crmdesk.domain.records import Id
from crmdesk.ui import drop_words
from crmdesk.ui.drag_image import DragImage
from crmdesk.ui.drop_words import DragStatus, Hint
from crmdesk.ui.models.source import Drop, Forecast, Key, key_of

NO_STATUS = DragStatus("")


class Target(Protocol):
    """A column, as far as a drag is concerned."""

    stage: str
    folded: bool

    @property
    def word(self) -> str: ...  # noqa: D102
    def hint_for(self, forecast: Forecast | None, count: int) -> Hint: ...  # noqa: D102
    def begin_drag(self, hint: Hint, away: frozenset[Id]) -> None: ...  # noqa: D102
    def end_drag(self) -> None: ...  # noqa: D102
    def bring_cards_back(self) -> None: ...  # noqa: D102
    def set_target(self, target: bool) -> None: ...  # noqa: D102
    def place_for(self, key: Key) -> int: ...  # noqa: D102
    def place_at(self, position: QPoint) -> int: ...  # noqa: D102
    def card_before(self, place: int, leaving: frozenset[Id]) -> Id | None: ...  # noqa: D102
    def show_slot(self, place: int | None, count: int) -> None: ...  # noqa: D102
    def slot_rect(self) -> QRect: ...  # noqa: D102


class Ground(Protocol):
    """The board, as far as a drag is concerned."""

    def drag_targets(self) -> Sequence[Target]: ...  # noqa: D102
    def target_at(self, position: QPoint) -> Target | None: ...  # noqa: D102
    def exit_at(self, position: QPoint) -> str: ...  # noqa: D102
    def exit_of_key(self, key: int) -> str: ...  # noqa: D102
    def set_exit_target(self, kind: str) -> None: ...  # noqa: D102
    def begin_drag(self, cards: Sequence[Card]) -> None: ...  # noqa: D102
    def drag_moved(self, position: QPoint, target: Target | None) -> None: ...  # noqa: D102
    def end_drag(self, dropped_on: str) -> None: ...  # noqa: D102


@dataclass(slots=True)
class _Drag:
    """One drag under way."""

    cards: Sequence[Card]
    ids: tuple[Id, ...]
    image: DragImage
    grip: QPoint
    home: QPoint
    hints: Mapping[str, Hint]
    position: QPoint
    by_hand: bool = False
    target: Target | None = None
    exit: str = ""
    landings: dict[str, int] = field(default_factory=dict)


class DragController(QObject):
    """Runs one drag at a time over a board.

    Signals: dropped(Drop) and exit_requested(list of ids, kind), both after the event they come from; status_changed
    (DragStatus) for the status bar; finished() once the cards are let go; said(text) for screen readers.
    """

    dropped = Signal(object)
    exit_requested = Signal(list, str)
    status_changed = Signal(object)
    finished = Signal()
    said = Signal(str)
    _let_go = Signal(object)
    _let_out = Signal(list, str)

    def __init__(self, ground: Ground, *, settle_ms: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._ground, self._settle_ms = ground, settle_ms
        self._drag: _Drag | None = None
        self._let_go.connect(self.dropped, Qt.ConnectionType.QueuedConnection)
        self._let_out.connect(self.exit_requested, Qt.ConnectionType.QueuedConnection)
        self._handlers: dict[QEvent.Type, Callable[[QEvent], bool]] = {
            QEvent.Type.MouseMove: self._on_mouse_move,
            QEvent.Type.MouseButtonRelease: self._on_release,
            QEvent.Type.KeyPress: self._on_key,
            QEvent.Type.KeyRelease: self._on_key,
            QEvent.Type.ShortcutOverride: self._on_shortcut,
        }

    @property
    def active(self) -> bool:
        """Whether cards are on their way."""
        return self._drag is not None

    def start(
        self,
        cards: Sequence[Card],
        image: DragImage,
        *,
        grip: QPoint,
        position: QPoint,
        forecast: Mapping[str, Forecast],
    ) -> None:
        """Picks `cards` up, the first one held at `grip`, with the pointer at `position` on the screen."""
        ids = tuple(card.id for card in cards)
        targets = self._ground.drag_targets()
        hints = {target.stage: target.hint_for(forecast.get(target.stage), len(ids)) for target in targets}
        self._drag = _Drag(cards, ids, image, grip, position - grip, hints, position)
        self._ground.begin_drag(cards)
        for target in targets:
            target.begin_drag(hints[target.stage], frozenset(ids))
        image.put(position - grip)
        image.show()
        image.raise_()
        QGuiApplication.setOverrideCursor(Qt.CursorShape.ClosedHandCursor)
        _application().installEventFilter(self)
        self.said.emit(drop_words.moving(cards))
        self._follow(position)

    def look_again(self) -> None:
        """The columns moved under the pointer: by scrolling, or because one opened."""
        if self._drag is not None:
            self._follow(self._drag.position)

    def cancel(self) -> None:
        """Puts the cards back."""
        if self._drag is not None:
            self._finish(self._drag.home, dropped_on="")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes mouse and keys of the whole program while cards are on their way."""
        handler = self._handlers.get(event.type()) if self._drag is not None and watched.isWidgetType() else None
        return handler(event) if handler is not None else False

    def _on_mouse_move(self, event: QEvent) -> bool:
        assert isinstance(event, QMouseEvent)
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self.cancel()
            return True
        self._set_by_hand(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        self._follow(event.globalPosition().toPoint())
        return True

    def _on_release(self, event: QEvent) -> bool:
        assert isinstance(event, QMouseEvent)
        if event.button() == Qt.MouseButton.LeftButton:
            self._set_by_hand(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            self._follow(event.globalPosition().toPoint())
            self._release()
        return True

    def _on_key(self, event: QEvent) -> bool:
        assert isinstance(event, QKeyEvent)
        pressed = event.type() == QEvent.Type.KeyPress
        if event.key() == Qt.Key.Key_Shift:
            self._set_by_hand(pressed)
            self.look_again()
        elif pressed and event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif pressed and (kind := self._ground.exit_of_key(event.key())):
            self._leave_path(kind)
        return True

    def _on_shortcut(self, event: QEvent) -> bool:
        event.accept()
        return True

    def _set_by_hand(self, by_hand: bool) -> None:
        if self._drag is not None:
            self._drag.by_hand = by_hand

    def _follow(self, position: QPoint) -> None:
        drag = self._drag
        assert drag is not None
        drag.position = position
        drag.image.put(position - drag.grip)
        kind = self._ground.exit_at(position)
        target = None if kind else self._ground.target_at(position)
        if kind != drag.exit:
            drag.exit = kind
            self._ground.set_exit_target(kind)
        if target is not drag.target:
            self._enter(drag, target)
        self._show_slot(drag)
        self._ground.drag_moved(position, target)

    def _enter(self, drag: _Drag, target: Target | None) -> None:
        if drag.target is not None:
            drag.target.show_slot(None, 0)
            drag.target.set_target(False)
        drag.target = target
        if target is None:
            self.status_changed.emit(drop_words.status(drag.cards))
            return
        hint = drag.hints[target.stage]
        target.set_target(hint.allowed)
        self.status_changed.emit(drop_words.status(drag.cards, target.word if hint.allowed else ""))
        self.said.emit(f"{target.word}: {hint.text}")

    def _show_slot(self, drag: _Drag) -> None:
        target = drag.target
        if target is None or target.folded:
            return
        hint = drag.hints[target.stage]
        if not (hint.allowed or (hint.here and drag.by_hand)):
            target.show_slot(None, 0)
            return
        target.show_slot(self._place(drag, target), len(drag.ids))

    def _place(self, drag: _Drag, target: Target) -> int:
        """The row where the cards would lie: at the pointer by hand, else by the column's order."""
        if drag.by_hand:
            place = target.place_at(drag.position)
            if target.card_before(place, frozenset(drag.ids)) is not None:
                return place
        if target.stage not in drag.landings:
            drag.landings[target.stage] = target.place_for(key_of(drag.cards[0]))
        return drag.landings[target.stage]

    def _release(self) -> None:
        drag = self._drag
        assert drag is not None
        if drag.exit:
            self._leave_path(drag.exit)
            return
        drop = self._drop(drag)
        if drop is None or drag.target is None:
            self.cancel()
            return
        slot = drag.target.slot_rect()
        self._let_go.emit(drop)
        self._finish(slot.topLeft() if slot.isValid() else drag.position - drag.grip, dropped_on=drop.stage)

    def _drop(self, drag: _Drag) -> Drop | None:
        """What letting go here means; None when it means nothing."""
        target = drag.target
        if target is None:
            return None
        hint = drag.hints[target.stage]
        before: Id | None = None
        if drag.by_hand and not target.folded:
            before = target.card_before(target.place_at(drag.position), frozenset(drag.ids))
        if (hint.here and before is None) or not (hint.allowed or hint.here):
            return None
        return Drop(drag.ids, target.stage, before)

    def _leave_path(self, kind: str) -> None:
        drag = self._drag
        assert drag is not None
        self._let_out.emit(list(drag.ids), kind)
        self._finish(drag.home, dropped_on="")

    def _finish(self, corner: QPoint, *, dropped_on: str) -> None:
        drag = self._drag
        assert drag is not None
        self._drag = None
        _application().removeEventFilter(self)
        QGuiApplication.restoreOverrideCursor()
        for target in self._ground.drag_targets():
            target.end_drag()
        self._ground.end_drag(dropped_on)
        self.status_changed.emit(NO_STATUS)
        self.finished.emit()
        drag.image.settled.connect(self._on_settled)
        drag.image.settle(corner, ms=self._settle_ms())

    def _on_settled(self) -> None:
        image = self.sender()
        if isinstance(image, DragImage):
            image.hide()
            image.deleteLater()
        if self._drag is None:
            for target in self._ground.drag_targets():
                target.bring_cards_back()


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
