"""Where Tab goes inside a part of the window, and whether a widget is still there to be given the focus back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid


def stops(inside: QWidget) -> list[QWidget]:
    """Everything inside that takes the focus by Tab, in order; of a group of choices only the chosen one."""
    found: list[QWidget] = []
    at = inside.nextInFocusChain()
    while at is not None and at is not inside:
        if inside.isAncestorOf(at) and _takes_focus(at, inside):
            found.append(at)
        at = at.nextInFocusChain()
    return found


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


def alive(widget: QWidget) -> bool:
    """Whether Qt still has it."""
    return bool(isValid(widget))


def _takes_focus(widget: QWidget, inside: QWidget) -> bool:
    if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy() is not None:
        return False
    return widget.isEnabled() and widget.isVisibleTo(inside)


def _same_group(one: QWidget, other: QWidget | None) -> bool:
    if not isinstance(one, QAbstractButton) or not isinstance(other, QAbstractButton):
        return False
    return one.group() is not None and one.group() is other.group()
