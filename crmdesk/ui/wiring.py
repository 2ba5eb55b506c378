"""What a window of a workspace hands its pages, and which action of the table is done by whom in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from crmdesk.ui.actions import HERE, PLACES, TABLE
from crmdesk.ui.desk import Desk
from crmdesk.ui.passing_on import PageAct, PlaceAct
from crmdesk.ui.typed import Typed

if TYPE_CHECKING:
    from crmdesk.ui.main_window import MainWindow


def desk(window: MainWindow, typed: Typed) -> Desk:
    """What the pages get."""
    return Desk(
        context=window.context,
        typed=typed,
        mover=window.mover,
        dealing=window.dealing,
        recorder=window.recorder,
        importer=window.importer,
        undoing=window.undoing,
        go=window.go,
        back=window.switching.back,
        open_record=window.open_record,
        show_card=window.show_card,
        show_list=window.show_list,
    )


def connect_actions(window: MainWindow) -> None:
    """Gives the actions their handlers, and fills the menu bar."""
    on = window.actions_.on
    on("new_contact", window.recorder.new_contact)
    on("quick_add", window.recorder.quick)
    on("import", window.importer.choose_file)
    on("new_workspace", window.new_requested.emit)
    on("open", window.open_requested.emit)
    on("workspace", window.workspace_edits.ask)
    on("save_copy", window.backing_up.save_copy)
    on("backup", window.backing_up.now)
    on("restore", window.backing_up.restore)
    on("close", window.close)
    on("quit", QApplication.closeAllWindows)
    on("undo", window.undoing.undo)
    on("redo", window.undoing.redo)
    on("history", window.undoing.show_history)
    on("search", window.palette_.open)
    on("back", window.switching.back)
    on("trash", window.trash.show)
    for act in TABLE:
        if act.rule == HERE:
            on(act.id, PageAct(window.switching, act.id, window).do)
    for key in PLACES:
        on(f"go_{key}", PlaceAct(window.switching, key, window).do)
    window.record.connect_actions(window.actions_)
    window.view_menu.connect_actions(window.actions_)
    window.actions_.fill(window.menuBar())
