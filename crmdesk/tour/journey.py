"""Acts: the main job on the board, from a list that comes in to an opportunity, and what takes it back."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog, QLineEdit

from crmdesk import paths, words
from crmdesk.driver import NONE, NothingFollowed
from crmdesk.services import samples, workspace
from crmdesk.tour.ground import CTRL, K, Tour
from crmdesk.ui.dialogs.asked_block import AskedBlock
from crmdesk.ui.dialogs.conversion import ConversionSheet
from crmdesk.ui.dialogs.importing import ImportSheet
from crmdesk.ui.dialogs.qualification import QualificationSheet


def workspace_of_the_story(tour: Tour) -> None:
    """The workspace of a small machine builder, a year old, is opened."""
    tour.window.close()
    if not tour.file.exists():
        db = workspace.create(
            tour.file, vocabulary="dialogue", me="Jana Lindner", country="DE", clock=tour.clock, ids=tour.ids
        )
        samples.fill(db, year=True)
        db.close()
    tour.open()


def board(tour: Tour) -> None:
    """The board, and a record in its panel."""
    tour.shortcut(K.Key_2, CTRL)
    tour.picture("board")
    tour.window.board.show_card(tour.found("katrin bauer"))
    tour.window.board.take_focus()
    tour.driver.key(tour.column("prospect").list, K.Key_Return)
    tour.picture("record")
    tour.shortcut(K.Key_P)


def import_list(tour: Tour) -> None:
    """The organiser's list comes in."""
    before = tour.cards()
    tour.shortcut(K.Key_I, CTRL)
    dialog = tour.window.findChild(QFileDialog)
    name = dialog.findChild(QLineEdit) if dialog is not None else None
    if dialog is None or name is None:
        raise NothingFollowed("no dialog asks for the file")
    name.setText(str(paths.resources() / "sample" / "fair_list.csv"))
    tour.driver.key(name, K.Key_Return)
    tour.window.activateWindow()  # without a screen nobody gives the focus back to it
    sheet = tour.sheet(ImportSheet)
    tour.driver.until(lambda: sheet.primary and sheet.primary.isEnabled(), "nothing can be imported")
    tour.driver.click(sheet.side.suggestion)
    tour.holds(sheet.side.event_name.text == "Spring Fair 2026", "the list does not suggest its event")
    tour.picture("import")
    tour.driver.key(sheet, K.Key_Return, CTRL)
    tour.closed()
    tour.holds(tour.cards() > before, "the list is not on the board")
    tour.picture("imported")


def drag(tour: Tour) -> None:
    """A promising one is dragged on; the column heads say beforehand what a drop will do."""
    tour.card = tour.found("hansen")
    tour.window.board.show_card(tour.card)
    lead, prospect = tour.column("lead"), tour.column("prospect")
    grip = lead.list.card_rect(lead.list.currentIndex().row()).center()
    middle = QPoint(prospect.width() // 2, prospect.height() // 3)
    tour.driver.press(tour.window, lead.list.viewport().mapTo(tour.window, grip))
    tour.driver.move(tour.window, prospect.mapTo(tour.window, middle))
    tour.holds(tour.window.board.drag.active, "no card is on its way")
    tour.picture("drag")
    tour.driver.release(tour.window)
    tour.sheet(QualificationSheet)


def gate(tour: Tour) -> None:
    """The sheet asks just what is not known yet; filled, the card moves."""
    sheet = tour.sheet(QualificationSheet)
    asked = list(sheet.blocks)
    tour.holds(asked == ["need", "fit"], f"the sheet asks {asked}")
    tour.picture("gate")
    _answer(tour, sheet, "need", words._("Replaces two clamping fixtures"))
    _answer(tour, sheet, "fit", words._("Machine building, 80 staff"))
    tour.picture("gate-filled")
    tour.driver.key(sheet, K.Key_Return, CTRL)
    tour.closed()
    tour.holds(tour.stage() == "prospect", "the card did not move")
    tour.picture("moved")


def convert(tour: Tour) -> None:
    """Dragged further, two more facts and one conversion sheet: account, contact and opportunity exist."""
    tour.window.board.take_focus()
    tour.driver.key(tour.column("prospect").list, K.Key_Right, CTRL)
    sheet = tour.sheet(QualificationSheet)
    _answer(tour, sheet, "means", words._("This year’s budget"))
    _answer(tour, sheet, "timeframe", words._("Before the autumn"))
    tour.picture("gate-deal")
    tour.driver.key(sheet, K.Key_Return, CTRL)
    conversion = tour.sheet(ConversionSheet)
    tour.picture("convert")
    tour.driver.key(conversion, K.Key_Return, CTRL)
    tour.closed()
    tour.card = tour.found("hansen")
    tour.holds(tour.stage() == "opportunity", "there is no opportunity")
    tour.picture("converted")


def why(tour: Tour) -> None:
    """A card is asked why it is here."""
    tour.window.board.take_focus()
    tour.driver.key(tour.column("opportunity").list, K.Key_W)
    tour.holds(tour.window.shown_record == tour.card, f"the panel shows {tour.window.shown_record}")
    tour.picture("why")


def sheets(tour: Tour) -> None:
    """What can be recorded by key: a next step, what happened, a consent."""
    lead = tour.column("lead").list
    for key, name in ((K.Key_N, "next-step"), (K.Key_L, "log"), (K.Key_K, "consent")):
        tour.window.board.show_card(tour.found("bruggemann"))
        tour.window.board.take_focus()
        tour.driver.key(lead, key)
        tour.driver.until(lambda: tour.window.sheets.current, f"no sheet for {name}")
        tour.picture(name)
        tour.driver.key(tour.window.sheets.current or lead, K.Key_Escape)
        tour.closed()


def undo(tour: Tour) -> None:
    """The last three things are undone, and the history lists them."""
    for _each in range(3):
        tour.shortcut(K.Key_Z, CTRL)
    tour.card = tour.found("hansen")
    tour.holds(tour.stage() == "lead", "three steps back the card is not where it was")
    tour.picture("undone")
    for key, modifiers, name in ((K.Key_H, CTRL, "history"), (K.Key_F1, NONE, "keys")):
        tour.shortcut(key, modifiers)
        tour.picture(name)
        tour.driver.key(tour.window.sheets.current or tour.window, K.Key_Escape)
        tour.closed()


def _answer(tour: Tour, sheet: QualificationSheet, fact: str, note: str) -> None:
    block = sheet.blocks[fact]
    assert isinstance(block, AskedBlock)
    tour.driver.click(block.control.segment("yes"))
    block.note.setFocus()
    tour.driver.write(block.note, note)
