"""Acts: the definitions of the workspace on their page, one changed with its preview and taken back; the language."""

from __future__ import annotations

from crmdesk.services import workspace
from crmdesk.tour.ground import CTRL, K, Tour
from crmdesk.ui.actions import MENUS, SUBMENUS
from crmdesk.ui.definitions_screen import DefinitionsScreen
from crmdesk.ui.dialogs.stage_definition import StageDefinitionSheet
from crmdesk.words import LANGUAGES, _


def definitions(tour: Tour) -> None:
    """What is agreed, stage by stage; a change says beforehand who would step back, and is undone from its toast."""
    tour.shortcut(K.Key_6, CTRL)
    page = tour.page(DefinitionsScreen)
    tour.picture("definitions")
    tour.driver.click(page.cards[1].edit)
    sheet = tour.sheet(StageDefinitionSheet)
    fact = sheet.facts["authority"]
    sheet.middle.ensureWidgetVisible(fact)
    tour.driver.click(fact.segment("required"))
    tour.driver.until(sheet.step_back.isVisible, "nothing says who would step back")
    tour.picture("stage")
    tour.driver.key(sheet, K.Key_Return, CTRL)
    tour.closed()
    tour.holds(_version(tour) == 2, "the definition is not changed")
    tour.picture("stage-changed")
    tour.shortcut(K.Key_Z, CTRL)
    tour.holds(_version(tour) == 1, "the definition is not taken back")


def language(tour: Tour) -> None:
    """Another language from the View menu; the window comes again in it, where it was."""
    here = tour.look.language
    other = "de" if here == "en" else "en"
    _open_languages(tour)
    tour.picture("languages")
    _choose(tour, other)
    tour.picture("other-language")
    _open_languages(tour)
    _choose(tour, here)


def _open_languages(tour: Tour) -> None:
    bar = tour.window.menuBar()
    menu, (submenu, _icon) = MENUS["view"], SUBMENUS["language"]
    entry = next(each for each in bar.actions() if each.text() == _(menu))
    tour.driver.click(bar, bar.actionGeometry(entry).center())
    tour.press(_(submenu))


def _choose(tour: Tour, language: str) -> None:
    before = tour.window
    tour.press(LANGUAGES[language])
    tour.driver.until(lambda: tour.window is not before, "the language stays")
    tour.measure()
    tour.holds(tour.window.switching.key == "definitions", "the window is not where it was")


def _version(tour: Tour) -> int:
    with tour.reader() as db:
        return workspace.vocabulary(db).version
