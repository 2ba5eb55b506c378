"""The one table of actions, and the menus and keys made from it."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crmdesk import words
from crmdesk.ui import actions
from crmdesk.ui.actions import CARD, HERE, RECORD, TABLE, Actions
from crmdesk.ui.keys import printed
from crmdesk.ui.theme import Theme


class Ear(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def next_step(self) -> None:
        self.heard.append("next_step")

    def search(self) -> None:
        self.heard.append("search")

    def quit(self) -> None:
        self.heard.append("quit")

    def theme(self) -> None:
        self.heard.append("theme")


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def made(window: QMainWindow, theme: Theme, ear: Ear) -> Actions:
    window.menuBar().clear()
    table = Actions(window, theme)
    table.on("next_step", ear.next_step)
    table.on("search", ear.search)
    table.on("quit", ear.quit)
    for name in ("theme_system", "theme_light", "theme_dark"):
        table.on(name, ear.theme)
    table.fill(window.menuBar())
    window.activateWindow()
    return table


def test_no_key_stands_for_two_actions_on_any_screen() -> None:
    screens = {page for act in TABLE for page in act.pages} | {"another"}
    for screen in screens:
        acts = [act for act in TABLE if not act.pages or screen in act.pages]
        keys = Counter(QKeySequence(key).toString() for act in acts for key in act.keys)
        assert [key for key, count in keys.items() if count > 1] == [], screen


def test_what_a_screen_alone_does_says_which_screen() -> None:
    assert [act.id for act in TABLE if (act.rule == HERE) != bool(act.pages)] == []


def test_every_key_is_one_qt_understands() -> None:
    assert all(QKeySequence(key).toString() for act in TABLE for key in act.keys)


def test_no_key_takes_alt_from_the_menus_or_from_other_alphabets() -> None:
    assert not any("Alt" in key for act in TABLE for key in act.keys)


def test_every_id_is_there_once_and_every_menu_is_known() -> None:
    assert len({act.id for act in TABLE}) == len(TABLE)
    assert {act.menu for act in TABLE} <= set(actions.MENUS)


def test_the_keys_of_the_record_stand_as_agreed() -> None:
    agreed = {"next_step": "N", "convert": "C", "why": "W", "move_to": "M", "log": "L", "edit": "E"}
    assert {act.id: act.keys[0] for act in TABLE if act.id in agreed} == agreed


def test_only_what_has_a_handler_is_in_the_menus(made: Actions, window: QMainWindow) -> None:
    menus = [action.text() for action in window.menuBar().actions()]
    assert menus == ["&File", "&Edit", "&View", "&Record"]


def test_a_letter_acts_unless_it_is_typed(made: Actions, window: QMainWindow, ear: Ear, qtbot: QtBot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    field, button = QLineEdit(), QPushButton("x")
    column.addWidget(field)
    column.addWidget(button)
    window.setCentralWidget(page)
    made.enable([CARD, RECORD])
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_N)
    assert ear.heard == ["next_step"]
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_N)
    qtbot.keyClick(field, "/")
    assert field.text() == "n/"
    assert ear.heard == ["next_step"]


def test_both_keys_of_the_search_work(made: Actions, window: QMainWindow, ear: Ear, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_Slash)
    assert ear.heard == ["search", "search"]


def test_an_action_is_grey_until_its_rule_holds(made: Actions) -> None:
    made.enable([])
    assert not made.get("next_step").isEnabled()
    assert made.get("quit").isEnabled()
    made.enable([CARD, RECORD])
    assert made.get("next_step").isEnabled()


def test_one_of_the_colours_is_ticked(made: Actions) -> None:
    made.tick("theme_dark")
    made.tick("theme_light")
    assert made.get("theme_light").isChecked()
    assert not made.get("theme_dark").isChecked()


def test_the_key_table_lists_every_key_once() -> None:
    rows = actions.key_table()
    assert ("Record", "Next step", "N") in rows
    assert ("Edit", "Search", "Ctrl+K, /") in rows
    assert len(rows) == len([act for act in TABLE if act.keys])


def test_the_key_table_names_menus_without_their_letter(request: pytest.FixtureRequest) -> None:
    request.addfinalizer(partial(words.use, "en"))
    words.use("zh_TW")
    assert {menu for menu, _text, _keys in actions.key_table()} == {"檔案", "編輯", "檢視", "資料", "前往", "說明"}


def test_keys_are_printed_part_by_part() -> None:
    assert printed("Ctrl+Enter") == "Ctrl+Enter"
    assert printed("Ctrl++") == "Ctrl++"
    assert printed("Ctrl+Left") == "Ctrl+←"
    assert printed("") == ""


def test_a_theme_finds_the_menus_that_are_left(window: QMainWindow, theme: Theme, ear: Ear) -> None:
    window.menuBar().clear()
    table = Actions(window, theme)
    for name in ("language_en", "language_de"):
        table.on(name, ear.theme)
    table.fill(window.menuBar())
    menu = next(each for each in window.findChildren(QMenu) if each.title() == "Language")
    before = menu.icon().cacheKey()
    theme.set_percent(150)
    assert menu.icon().cacheKey() != before
    menu.deleteLater()
    QApplication.sendPostedEvents(menu, QEvent.Type.DeferredDelete)
    theme.set_percent(100)
