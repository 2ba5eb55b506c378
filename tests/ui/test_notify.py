"""Toasts and the error bar."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.ui.notify import ErrorBar, Notify, Toast
from crmdesk.ui.theme import Theme


@pytest.fixture
def page(host: QWidget) -> QWidget:
    host.resize(900, 600)
    return host


@pytest.fixture
def notify(page: QWidget, theme: Theme) -> Notify:
    bar = ErrorBar(theme, parent=page)
    bar.hide()
    return Notify(theme, page, bar)


def test_a_toast_is_44_high_and_60_above_the_foot(notify: Notify, page: QWidget) -> None:
    notify.done("Anna Winkler is now a prospect.")
    assert notify.toast is not None
    place = notify.toast.geometry()
    assert place.height() == 44
    assert page.height() - place.bottom() - 1 == 60
    assert abs(place.center().x() - 450) <= 1


def test_a_toast_says_all_in_further_lines_where_it_is_long(notify: Notify, page: QWidget) -> None:
    notify.done("These people are invented. " * 8)
    assert notify.toast is not None
    place = notify.toast.geometry()
    assert place.width() == 900 - 32
    assert place.height() == 2 * 18 + 16
    assert page.height() - place.bottom() - 1 == 60


def test_undo_is_a_link_in_the_toast(notify: Notify, qtbot: QtBot) -> None:
    notify.done("Moved.")
    assert notify.toast is not None
    assert notify.toast.link is not None
    with qtbot.waitSignal(notify.undo_requested):
        qtbot.mouseClick(notify.toast.link, Qt.MouseButton.LeftButton)
    assert notify.toast is None


def test_what_is_newer_is_said_by_the_same_toast(notify: Notify, page: QWidget) -> None:
    notify.done("A card moved to the stage of the prospects.")
    widgets, wide = page.findChildren(QWidget), notify.toast.width()
    notify.done("Second.", undo=False)
    assert notify.toast is not None
    assert notify.toast.text == "Second."
    assert notify.toast.link is None
    assert notify.toast.width() < wide
    assert page.findChildren(QWidget) == widgets
    assert [each.text for each in page.findChildren(Toast) if each.isVisible()] == ["Second."]


def test_what_is_undone_is_said_where_the_link_was(notify: Notify, qtbot: QtBot) -> None:
    notify.undo_requested.connect(partial(notify.done, "Undone.", undo=False))
    notify.done("Moved.")
    qtbot.mouseClick(notify.toast.link, Qt.MouseButton.LeftButton)
    assert notify.toast is not None
    assert notify.toast.isVisible()
    assert notify.toast.text == "Undone."


def test_a_toast_that_came_back_has_no_way_on_of_the_one_before(notify: Notify) -> None:
    notify.done("Added.")
    notify.add("The filter hides it.", way="Show", then=notify.bar.show)
    notify.toast.leave()
    assert notify.toast is None
    notify.done("Moved.")
    assert notify.toast.way is None


def test_a_toast_goes_after_eight_seconds(notify: Notify) -> None:
    notify.done("Moved.")
    assert notify.toast is not None
    assert notify.toast.timer.interval() == 8000
    assert notify.toast.timer.isActive()
    notify.toast.timer.timeout.emit()
    assert notify.toast is None


def test_a_toast_waits_while_it_is_pointed_at(notify: Notify) -> None:
    notify.done("Moved.")
    toast = notify.toast
    assert toast is not None
    QApplication.sendEvent(toast, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    assert not toast.timer.isActive()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.timer.isActive()


def test_a_toast_waits_while_its_link_has_the_focus(notify: Notify) -> None:
    notify.done("Moved.")
    toast = notify.toast
    assert toast is not None
    assert toast.link is not None
    toast.link.setFocus()
    assert not toast.timer.isActive()
    toast.link.clearFocus()
    assert toast.timer.isActive()


def test_a_toast_keeps_its_place_when_the_page_grows(notify: Notify, page: QWidget) -> None:
    notify.done("Moved.")
    page.resize(1200, 700)
    QApplication.processEvents()
    assert notify.toast is not None
    assert abs(notify.toast.geometry().center().x() - 600) <= 1


def test_an_error_names_the_thing_and_the_remedy_and_can_be_closed(
    notify: Notify, page: QWidget, theme: Theme, qtbot: QtBot
) -> None:
    page.layout().addWidget(notify.bar)
    notify.failed("“messe.vcf” has no contacts in it.", "Choose a file saved as vCard.", action="Choose…")
    assert notify.bar.isVisible()
    assert notify.bar.text == "“messe.vcf” has no contacts in it. Choose a file saved as vCard."
    assert notify.bar.height() >= 44
    with qtbot.waitSignal(notify.bar.acted):
        qtbot.mouseClick(notify.bar.action_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(notify.bar.close_button, Qt.MouseButton.LeftButton)
    assert not notify.bar.isVisible()


def test_what_was_done_takes_the_error_away(notify: Notify, page: QWidget) -> None:
    page.layout().addWidget(notify.bar)
    notify.failed("The disk is full.")
    notify.done("Moved.")
    assert not notify.bar.isVisible()


def test_a_short_message_stands_at_the_height_of_its_mark_and_a_long_one_is_seen_whole(
    notify: Notify, page: QWidget, qtbot: QtBot
) -> None:
    page.layout().insertWidget(0, notify.bar)
    page.layout().addStretch(1)
    notify.failed("The disk is full.")
    message = notify.bar._message
    qtbot.waitUntil(lambda: message.geometry().center().y() == notify.bar.rect().center().y(), timeout=1000)
    assert message.height() == message.laid.line
    notify.failed("The disk is full. " * 20)
    qtbot.waitUntil(lambda: message.height() >= 3 * message.laid.line, timeout=1000)
    assert message.height() == message.heightForWidth(message.width()) < notify.bar.height()


def test_a_toast_waits_while_a_sheet_covers_it(notify: Notify, qtbot: QtBot) -> None:
    notify.cover()
    notify.done("4,741 new, 259 unchanged.")
    assert notify.toast is not None
    assert not notify.toast.timer.isActive()
    notify.uncover()
    assert notify.toast.timer.isActive()
    notify.cover()
    assert not notify.toast.timer.isActive()
