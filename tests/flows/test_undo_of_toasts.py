"""What a toast offers to undo is what is undone, whatever was done after it appeared."""

from __future__ import annotations

from PySide6.QtCore import Qt

from crmdesk.services import searches
from crmdesk.ui.dialogs.quick_add import QuickAddSheet

K = Qt.Key


def removed(fair) -> str:
    """Somebody is removed by key; what the toast says."""
    fair.window.go("people")
    fair.driver.settle()
    fair.window.open_record(next(hit.id for hit in searches.find(fair.db, "hansen") if hit.kind == "person"))
    fair.driver.key(fair.window, K.Key_Delete)
    fair.driver.until(lambda: fair.window.context.notify.toast, "nothing is said")
    toast = fair.window.context.notify.toast
    assert toast.link is not None
    return toast.text


def test_a_toast_offers_no_undo_any_more_once_something_newer_was_done(fair) -> None:
    said = removed(fair)
    fair.driver.key(fair.window, K.Key_Q)
    sheet = fair.wait_for_sheet(QuickAddSheet)
    fair.driver.write(sheet.line, "Eva Groß eva@gross.example")
    fair.driver.key(sheet.line, K.Key_Return)
    fair.driver.key(sheet, K.Key_Escape)
    fair.wait_for_no_sheet()
    toast = fair.window.context.notify.toast
    assert toast is not None
    assert toast.text == said, "what was said stays said"
    assert toast.link is None, "it would take back something else"
    fair.driver.key(fair.window, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Eva Groß" in fair.window.context.notify.toast.text


def test_the_focus_stays_where_it_was_when_a_toast_undoes(fair) -> None:
    removed(fair)
    before = fair.window.focusWidget()
    fair.driver.click(fair.window.context.notify.toast.link)
    assert fair.window.focusWidget() is before


def test_what_was_said_before_a_sheet_opened_can_still_be_read_and_undone_once_it_closes(fair) -> None:
    said = removed(fair)
    fair.driver.key(fair.window, K.Key_Q)
    sheet = fair.wait_for_sheet(QuickAddSheet)
    toast = fair.window.context.notify.toast
    assert not toast.timer.isActive(), "it would be gone by the time the sheet is"
    fair.driver.key(sheet, K.Key_Escape)
    fair.wait_for_no_sheet()
    assert toast.timer.isActive()
    assert (toast.text, toast.link is not None) == (said, True)
