"""The program on its start window, and whoever clicks there."""

from __future__ import annotations

from crmdesk.app import Program
from crmdesk.driver import Driver
from crmdesk.services import backups, boards, workspace
from crmdesk.ui.controls import Button
from crmdesk.ui.dialogs.unopened import UnopenedSheet
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.themed import PlainLabel


class Start:
    """The program on its start window, whose mouse clicks are counted."""

    def __init__(self, program: Program, driver: Driver) -> None:
        self.program, self.driver, self.clicks = program, driver, 0

    @property
    def window(self):
        return self.program.window

    @property
    def sheet(self):
        return self.window.sheets.current

    @property
    def said(self) -> str:
        """All that the sheet says."""
        return " ".join(label.text() for label in self.sheet.findChildren(PlainLabel))

    @property
    def works(self) -> bool:
        return isinstance(self.window, MainWindow)

    def click(self, widget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        self.clicks += 1
        self.driver.click(widget)

    def click_recent(self, name: str) -> None:
        [button] = [each for each in self.window.page.findChildren(Button) if each.text() == name]
        self.click(button)
        self.driver.until(lambda: self.works or self.sheet is not None, "it neither opens nor says why")

    def way(self, key: str) -> None:
        assert isinstance(self.sheet, UnopenedSheet)
        self.click(self.sheet.buttons[key])

    def until_works(self) -> None:
        self.driver.until(lambda: self.works, "no window of a workspace")
        assert self.clicks <= 3
        assert isinstance(self.window, MainWindow)

    def people(self) -> list[str]:
        db = self.window.context.db
        return [card.name for stage in workspace.vocabulary(db).stages for card in boards.every_card(db, stage.key)]


def back_up(path, clock, ids) -> None:
    db = workspace.open(path, clock=clock, ids=ids)
    backups.make(db)
    db.close()


def overwrite(path, *, beginning: int = 0) -> None:
    content = bytearray(path.read_bytes())
    content[beginning:] = b"\x55" * (len(content) - beginning)
    path.write_bytes(content)
