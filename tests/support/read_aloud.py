"""What a screen reader hears of a window: every control with its name, its role and its state, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

from crmdesk.ui.pages import Page

ROWS = (QAccessible.Role.Table, QAccessible.Role.List, QAccessible.Role.Tree)
CELLS = (QAccessible.Role.Cell, QAccessible.Role.ListItem, QAccessible.Role.TreeItem)
NO_CONTROL = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane, QAccessible.Role.StaticText)
DOES = {"Press", "Toggle", "ShowMenu", "Increase", "Decrease"}
MOST_CELLS = 60


def faults(root: QWidget) -> list[str]:
    """One line for everything that is not said, or said wrongly."""
    found: list[str] = []
    for part in parts(root):
        found += [f"{_place(part)}: {what}" for what in _faults(part)]
    return found


def parts(root: QWidget) -> Iterator[QAccessibleInterface]:
    """All that is visible, from the outside in; of lists and tables their cells."""
    waiting = [QAccessible.queryAccessibleInterface(root)]
    while waiting:
        part = waiting.pop()
        if part is None or not part.isValid() or part.state().invisible:
            continue
        yield part
        count = part.childCount()
        waiting += [part.child(number) for number in range(min(count, MOST_CELLS) if part.role() in ROWS else count)]


def controls(root: QWidget) -> Iterator[QAccessibleInterface]:
    """What can be done something with."""
    return (part for part in parts(root) if part.state().focusable or _does(part))


def _faults(part: QAccessibleInterface) -> Iterator[str]:
    state, role, widget = part.state(), part.role(), part.object()
    does = _does(part)
    if not (state.focusable or does) or role in CELLS:
        return
    named = widget.accessibleName() if isinstance(widget, QComboBox) else part.text(QAccessible.Text.Name)
    if not named.strip():
        yield "has no name"
    if role in NO_CONTROL and not isinstance(widget, Page) and _by_tab(widget):
        yield f"is a {role.name} but takes the keys"
    if isinstance(widget, QAbstractButton):
        if widget.isEnabled() and not does:
            yield "cannot be pressed"
        if widget.isCheckable() and not (state.checkable and bool(state.checked) == widget.isChecked()):
            yield "does not say whether it is chosen"
    if isinstance(widget, QWidget) and not isinstance(widget, Page) and widget.isEnabled() == bool(state.disabled):
        yield "does not say whether it can be used"
    if isinstance(widget, QComboBox) and not (state.expandable or state.hasPopup):
        yield "does not say that it opens"


def _does(part: QAccessibleInterface) -> set[str]:
    acts = part.actionInterface()
    return set(acts.actionNames()) & DOES if acts is not None else set()


def _by_tab(widget: object) -> bool:
    return isinstance(widget, QWidget) and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _place(part: QAccessibleInterface) -> str:
    """The control and what holds it, by their kinds."""
    names = []
    at = part.object()
    while isinstance(at, QWidget) and len(names) < 3:
        names.append(at.objectName() or type(at).__name__)
        at = at.parentWidget()
    return " < ".join(names) or part.role().name
