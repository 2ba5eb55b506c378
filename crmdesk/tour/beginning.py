"""Acts: the very first start, sample people on request, and the way from them to one's own workspace."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from crmdesk import paths
from crmdesk.driver import NothingFollowed
from crmdesk.services import workspace
from crmdesk.tour.ground import K, Tour
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.sheet import Sheet
from crmdesk.ui.start_window import StartWindow
from crmdesk.ui.views.first_start import FirstStart


def start(tour: Tour) -> None:
    """Nothing is open yet: which vocabulary fits, one example through all five, the whole of one definition."""
    tour.program.open_last()
    window = tour.program.window
    if not isinstance(window, StartWindow):
        raise NothingFollowed("the start window does not show")
    window.resize(*tour.look.size)
    window.activateWindow()
    first = window.sheets.current
    if not isinstance(first, FirstStart):
        raise NothingFollowed("the first start does not show")
    driver = tour.driver
    first.foot.place.set_folder(tour.usual)
    driver.key(first.cards.current, K.Key_4)
    tour.holds(first.draft()["vocabulary"] == "dialogue", "a digit does not choose")
    driver.picture(window, "start")
    driver.click(first.cards.another)
    tour.holds(first.draft()["example"] == 1, "there is no other example")
    driver.picture(window, "another-example")
    driver.key(first.cards.current, K.Key_Space)
    driver.picture(window, "definition")
    _leave(tour, first)
    driver.click(first.apart)
    driver.picture(window, "words-apart")
    _leave(tour, first)


def sample(tour: Tour) -> None:
    """Enter makes one's own file and the sample beside it, and opens the sample, which says so."""
    window = tour.program.window
    first = window.sheets.current if window is not None else None
    if not isinstance(first, FirstStart):
        raise NothingFollowed("the first start is gone")
    first.foot.place.set_folder(tour.folder)
    tour.driver.key(first.cards.current, K.Key_Return)
    tour.driver.until(lambda: isinstance(tour.program.window, MainWindow), "no workspace opens")
    tour.measure()
    bar = tour.window.sampling.bar
    if bar is None:
        raise NothingFollowed("nothing says that the people are invented")
    tour.holds(len(_workspaces(tour)) == 2, "there are not two files")
    tour.picture("sample")
    before = tour.window
    tour.driver.click(bar.remove)
    tour.driver.until(lambda: tour.program.window not in (before, None), "the sample does not go")
    tour.driver.until(lambda: isinstance(tour.program.window, MainWindow), "one's own does not open")
    tour.measure()
    tour.holds(len(_workspaces(tour)) == 1, "the file of the sample is there still")
    with_people = workspace.info(tour.window.context.db).people
    tour.holds(with_people == 0, "one's own workspace is not empty")
    tour.picture("empty")


def _leave(tour: Tour, first: FirstStart) -> None:
    """Esc on what lies over the page."""
    over = QApplication.focusWidget() or first
    tour.driver.key(over, K.Key_Escape)
    tour.holds(first.isVisible(), "Esc leaves more than it should")
    tour.holds(not any(each.isVisible() for each in first.findChildren(Sheet)), "it stays")


def _workspaces(tour: Tour) -> list[str]:
    return sorted(each.name for each in tour.folder.glob(f"*{paths.SUFFIX}"))
