"""Where Tab goes inside a part of the window, and whether a widget is still there to be given the focus back."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import ref

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget
from shiboken6 import isValid

_AROUND = 24  # px that are seen around what has the focus


def stops(inside: QWidget) -> list[QWidget]:
    """Everything inside that takes the focus by Tab, in order; of a group of choices only the chosen one.

    WORKAROUND(PySide6 6.11): `nextInFocusChain` makes the widget it gives a child of the one it is asked of, so that
    the window would go with a sheet, and leaves a dead wrapper of what Qt made itself each time.
    """
    return [each for each in inside.findChildren(QWidget) if _takes_focus(each, inside)]


def first(inside: QWidget) -> QWidget | None:
    """The first stop inside, or None."""
    return next(iter(stops(inside)), None)


def neighbour(inside: QWidget, *, forward: bool) -> QWidget | None:
    """The stop after (or before) the one that has the focus, going round; None when there is none."""
    found = stops(inside)
    if not found:
        return None
    here = QApplication.focusWidget()
    step = 1 if forward else -1
    at = found.index(here) if here in found else (-1 if forward else 0)
    target = found[(at + step) % len(found)]
    while target is not here and _same_group(target, here):
        at += step
        target = found[(at + step) % len(found)]
    return target


def bring_into_sight(widget: QWidget) -> None:
    """Scrolls what is around it to where it is seen; Qt does so only when Tab begins in the same part."""
    for area in _areas(widget):
        area.ensureWidgetVisible(widget, _AROUND, _AROUND)
        _show_whole(area, widget)


def bring_beginning_into_sight(widget: QWidget) -> None:
    """Scrolls its first lines to where they are seen, and nothing when they are: a long list may go on below."""
    for area in _areas(widget):
        if (inside := area.widget()) is not None:
            top = widget.mapTo(inside, QPoint(0, min(widget.height(), _AROUND)))
            area.ensureVisible(top.x(), top.y(), 0, _AROUND)


def _areas(widget: QWidget) -> Iterator[QScrollArea]:
    """What scrolls around it, from the inside out."""
    at = widget.parentWidget()
    while at is not None:
        if isinstance(at, QScrollArea):
            yield at
        at = at.parentWidget()


def _show_whole(area: QScrollArea, widget: QWidget) -> None:
    """Qt itself is content when it has brought the caret of a field into sight."""
    inside, spare = area.widget(), area.viewport().height() - widget.height()
    if inside is not None and spare >= 0:
        middle = widget.mapTo(inside, widget.rect().center())
        area.ensureVisible(middle.x(), middle.y(), 0, (widget.height() + min(spare, 2 * _AROUND)) // 2)


def alive(widget: QWidget) -> bool:
    """Whether Qt still has it."""
    return bool(isValid(widget))


class Place:
    """Where the focus is, to be found again when the part of the window it is in has been built anew meanwhile.

    It keeps no widget alive.
    """

    def __init__(self, widget: QWidget) -> None:
        self._widget, self._kind, self._name = ref(widget), type(widget), widget.accessibleName()
        holders: list[QWidget] = []
        holder = widget.parentWidget()
        while holder is not None and not holder.isWindow():
            holders.append(holder)
            holder = holder.parentWidget()
        alike = self._alike(holders[-1]) if holders else []
        before = alike[: alike.index(widget)] if widget in alike else []
        self._around = [(ref(each), sum(each.isAncestorOf(other) for other in before)) for each in holders]

    def find(self) -> QWidget | None:
        """The widget itself, or the one that stands for the same in its place; None when there is none."""
        if (widget := _still(self._widget)) is not None:
            return widget
        for around, number in self._around:
            if (holder := _still(around)) is not None:
                alike = list(enumerate(self._alike(holder)))
                if alike:
                    return max(alike, key=lambda each: (self._likeness(each[1]), -abs(each[0] - number)))[1]
        return None

    def _alike(self, holder: QWidget) -> list[QWidget]:
        found: list[QWidget] = holder.findChildren(self._kind)
        return [each for each in found if type(each) is self._kind and _takes_focus(each, holder)]

    def _likeness(self, widget: QWidget) -> int:
        """2 for the same name, 1 when it is the same up to the colon: what stands after it may have changed."""
        name = widget.accessibleName()
        return 2 if name == self._name else int(name.partition(":")[0] == self._name.partition(":")[0])


def _still(widget: ref[QWidget]) -> QWidget | None:
    there = widget()
    return there if there is not None and alive(there) and there.isVisible() else None


def _takes_focus(widget: QWidget, inside: QWidget) -> bool:
    if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy() is not None:
        return False
    return widget.isEnabled() and widget.isVisibleTo(inside)


def _same_group(one: QWidget, other: QWidget | None) -> bool:
    if not isinstance(one, QAbstractButton) or not isinstance(other, QAbstractButton):
        return False
    return one.group() is not None and one.group() is other.group()
