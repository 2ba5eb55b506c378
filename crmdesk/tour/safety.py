"""Acts: a backup and the way back to it, a file that does not open, a mistake of the program, the next morning."""

from __future__ import annotations

from crmdesk.driver import NothingFollowed
from crmdesk.services import backups, workspace
from crmdesk.tour.ground import CTRL, K, Tour
from crmdesk.ui.crash_telling import Watch
from crmdesk.ui.dialogs.crash import CrashSheet
from crmdesk.ui.dialogs.restoring import GOOD, RestoreSheet
from crmdesk.ui.dialogs.unopened import UnopenedSheet
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.start_window import StartWindow

SPOILT = b"\x55" * 65_536


def back_up(tour: Tour) -> None:
    """A backup is made and checked, and later takes the place of the file."""
    tour.command("backup")
    tour.driver.until(lambda: backups.listed(tour.file), "no backup is made")
    tour.driver.until(lambda: tour.window.context.notify.toast is not None, "nothing says so")
    tour.picture("backed-up")
    before = tour.cards()
    tour.command("restore")
    sheet = tour.sheet(RestoreSheet)
    newest = backups.listed(tour.file)[0].number
    tour.driver.until(lambda: sheet.model.state(newest) == GOOD, "the backup is not checked")
    tour.picture("restore")
    window = tour.program.window
    tour.driver.key(sheet.view, K.Key_Return, CTRL)
    tour.driver.until(lambda: tour.program.window is not window and _works(tour), "the window does not come back")
    tour.measure()
    tour.holds(tour.cards() == before, "the backup holds something else")
    reasons = [each.reason for each in backups.listed(tour.file)]
    tour.holds("restore" in reasons, f"the file as it was is not kept: {reasons}")
    tour.picture("restored")


def crash(tour: Tour) -> None:
    """What the program says of its own mistake."""
    watch = Watch(tour.program.theme, sizes=tour.program.sizes, sheets=tour.program.sheets, parent=tour.program)
    try:
        raise ZeroDivisionError
    except ZeroDivisionError as error:
        watch.note(error, "tour")
    sheet = tour.sheet(CrashSheet)
    tour.picture("crash")
    tour.driver.key(sheet, K.Key_Escape)
    tour.closed()


def damaged(tour: Tour) -> None:
    """The file is spoilt from outside; the window says so, and goes on with its newest good backup."""
    before = tour.cards()
    tour.window.close()
    tour.file.write_bytes(SPOILT)
    tour.program.open_last()
    window = tour.program.window
    if not isinstance(window, StartWindow):
        raise NothingFollowed("a spoilt file opens")
    window.resize(*tour.look.size)
    sheet = window.sheets.current
    if not isinstance(sheet, UnopenedSheet):
        raise NothingFollowed("nothing says why the file does not open")
    tour.driver.picture(window, "damaged")
    tour.driver.click(sheet.buttons["backup"])
    tour.driver.until(lambda: _works(tour), "the backup does not open")
    tour.measure()
    tour.holds(tour.cards() == before, "the backup holds something else")


def again(tour: Tour) -> None:
    """Closed and opened again, everything is there, where one was."""
    before = tour.cards()
    tour.window.go("board")
    tour.window.close()
    tour.open()
    tour.holds(tour.cards() == before, "cards are missing after opening again")
    with tour.reader() as db:
        tour.holds(workspace.check(db) == [], "the file is not in order")
    tour.window.go("board")
    tour.picture("opened-again")


def _works(tour: Tour) -> bool:
    return isinstance(tour.program.window, MainWindow)
