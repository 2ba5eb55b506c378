"""The definitions of a workspace on their page: read, tried out, changed and taken back, by mouse and key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crmdesk.domain.agreement import StageChange
from crmdesk.services import capture, definitions, dossiers, moves, qualify, workspace
from crmdesk.ui.definitions_screen import DefinitionsScreen
from crmdesk.ui.dialogs.stage_definition import StageDefinitionSheet
from tests.flows.conftest import Fair

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(fair: Fair) -> DefinitionsScreen:
    fair.window.activateWindow()
    fair.driver.settle()
    fair.window.actions_.get("go_definitions").trigger()
    fair.driver.settle()
    shown = fair.window.switching.current
    assert isinstance(shown, DefinitionsScreen)
    return shown


def prospects(fair: Fair) -> list[int]:
    """The three from the fair meet Prospect and are there."""
    with fair.db.read() as connection:
        ids = [row[0] for row in connection.exec_driver_sql("SELECT id FROM lead ORDER BY id")]
    for lead in ids:
        for fact in ("need", "fit"):
            qualify.answer(fair.db, lead, fact=fact, value="yes")
        moves.move(fair.db, [lead], "prospect")
    qualify.answer(fair.db, ids[0], fact="authority", value="yes")
    fair.driver.settle()
    return ids


def edit(fair: Fair, page: DefinitionsScreen, stage: int) -> StageDefinitionSheet:
    fair.driver.click(page.cards[stage].edit)
    return fair.wait_for_sheet(StageDefinitionSheet)


def press(sheet: StageDefinitionSheet, fair: Fair, fact: str, part: str) -> None:
    sheet.middle.ensureWidgetVisible(sheet.facts[fact])
    fair.driver.click(sheet.facts[fact].segment(part))


def save(fair: Fair, sheet: StageDefinitionSheet) -> None:
    fair.driver.key(QApplication.focusWidget() or sheet, Qt.Key.Key_Return, CTRL)
    fair.wait_for_no_sheet()


def test_each_stage_shows_its_definition_and_how_many_there_are_today(fair: Fair, page: DefinitionsScreen) -> None:
    assert [card.label.text() for card in page.cards] == ["Lead", "Prospect", "Opportunity", "Customer"]
    assert page.cards[0].count.text() == "3 cards today"
    capture.add(fair.db, name="Anna Adler", email="anna@example.com")
    fair.driver.settle()
    assert page.cards[0].count.text() == "4 cards today"


def test_the_table_says_what_the_others_call_the_same(page: DefinitionsScreen) -> None:
    assert page.table is not None
    heads = [page.table.text(0, column) for column in range(6)]
    assert heads == ["", "Dialogue", "Lead first", "Contact and lead", "Qualified", "Interest first"]
    qualified = next(row for row in range(1, 7) if page.table.text(row, 0) == "Qualified")
    assert [page.table.text(qualified, column) for column in range(1, 6)] == [
        "Prospect", "Prospect", "Lead", "Prospect", "–",
    ]  # fmt: skip


def test_what_a_change_would_do_is_said_before_it_is_done_and_undone_from_the_toast(
    fair: Fair, page: DefinitionsScreen
) -> None:
    ids = prospects(fair)
    sheet = edit(fair, page, 1)
    assert sheet.primary is not None
    assert not sheet.primary.isEnabled()
    press(sheet, fair, "authority", "required")
    fair.driver.until(lambda: "step back" in sheet.sentence.text(), "nothing is said")
    assert sheet.sentence.text().startswith("2 would step back: ")
    assert sheet.step_back.isVisible()
    assert workspace.vocabulary(fair.db).version == 1
    save(fair, sheet)
    assert [dossiers.read(fair.db, each).stage for each in ids] == ["prospect", "lead", "lead"]
    assert "authority" in workspace.vocabulary(fair.db).stage("prospect").facts
    toast = fair.window.context.notify.toast
    assert toast is not None
    assert toast.text == "The definition of Prospect is changed, 2 stepped back."
    assert toast.link is not None
    assert page.cards[0].count.text() == "2 cards today"
    fair.driver.click(toast.link)
    assert [dossiers.read(fair.db, each).stage for each in ids] == ["prospect"] * 3
    assert workspace.vocabulary(fair.db).version == 1


def test_a_change_on_its_way_is_not_sent_again_by_what_is_typed_meanwhile(fair: Fair, page: DefinitionsScreen) -> None:
    sheet = edit(fair, page, 1)
    fair.driver.write(sheet.name, "s")
    assert sheet.primary is not None
    assert sheet.primary.isEnabled()
    sheet.wait()
    fair.driver.write(sheet.name, "s")
    assert not sheet.primary.isEnabled()
    sheet.refuse("No.")
    assert sheet.primary.isEnabled(), "it can be tried again"


def test_with_the_box_unticked_everybody_stays(fair: Fair, page: DefinitionsScreen) -> None:
    ids = prospects(fair)
    sheet = edit(fair, page, 1)
    press(sheet, fair, "authority", "required")
    fair.driver.until(sheet.step_back.isVisible, "nothing is said")
    fair.driver.click(sheet.step_back)
    save(fair, sheet)
    assert [dossiers.read(fair.db, each).stage for each in ids] == ["prospect"] * 3
    assert workspace.vocabulary(fair.db).version == 2


def test_a_name_for_all_languages_is_on_the_board_and_goes_back_to_the_shipped_one(
    fair: Fair, page: DefinitionsScreen
) -> None:
    sheet = edit(fair, page, 1)
    sheet.name.selectAll()
    fair.driver.write(sheet.name, "Suspect")
    fair.driver.click(sheet.everywhere)
    save(fair, sheet)
    texts = workspace.vocabulary(fair.db).stage("prospect").texts["label"]
    assert set(texts.values()) == {"Suspect"}
    assert page.cards[1].label.text() == "Suspect"
    fair.window.actions_.get("go_board").trigger()
    fair.driver.settle()
    assert fair.column("prospect").column.label == "Suspect"
    fair.window.actions_.get("go_definitions").trigger()
    fair.driver.settle()
    sheet = edit(fair, page, 1)
    fair.driver.click(sheet.reset)
    assert sheet.name.text() == "Prospect"
    save(fair, sheet)
    assert definitions.shown(fair.db).stages[1].own is False
    assert page.cards[1].label.text() == "Prospect"


def test_a_name_another_stage_has_is_refused_in_words_while_it_is_typed(fair: Fair, page: DefinitionsScreen) -> None:
    sheet = edit(fair, page, 1)
    assert sheet.primary is not None
    sheet.name.selectAll()
    fair.driver.write(sheet.name, "lead")
    fair.driver.until(lambda: "Two stages are called" in sheet.sentence.text(), "nothing is said")
    assert not sheet.primary.isEnabled()
    fair.driver.write(sheet.name, "er")
    fair.driver.until(sheet.primary.isEnabled, "it stays refused")


def test_by_keys_alone_from_the_page_to_the_change(fair: Fair, page: DefinitionsScreen) -> None:
    assert page.cards[0].edit.hasFocus()
    fair.driver.key(page.cards[0].edit, Qt.Key.Key_Tab)
    assert page.cards[1].edit.hasFocus()
    fair.driver.key(page.cards[1].edit, Qt.Key.Key_Space)
    sheet = fair.wait_for_sheet(StageDefinitionSheet)
    assert sheet.name.hasFocus()
    sheet.facts["means"].segment(sheet.facts["means"].value).setFocus()
    fair.driver.key(QApplication.focusWidget() or sheet, Qt.Key.Key_3)
    save(fair, sheet)
    assert "means" in workspace.vocabulary(fair.db).stage("prospect").facts
    assert page.cards[1].edit.hasFocus()


def test_groups_of_ways_stay_as_they_are_or_go_as_a_whole(fair: Fair, page: DefinitionsScreen) -> None:
    ways = [[["dialogue"]], [["fit", "need"], ["authority"]]]
    definitions.change(fair.db, StageChange(stage="prospect", requires=ways))
    fair.driver.settle()
    sheet = edit(fair, page, 1)
    box = next(iter(sheet.groups.values()))
    assert box.text() == "(Fit + Need) or Authority"
    assert box.isChecked()
    press(sheet, fair, "interest", "required")
    save(fair, sheet)
    stored = workspace.vocabulary(fair.db).stage("prospect").requires
    assert stored == ((("dialogue",),), (("fit", "need"), ("authority",)), (("interest",),))
    sheet = edit(fair, page, 1)
    fair.driver.click(next(iter(sheet.groups.values())))
    save(fair, sheet)
    assert workspace.vocabulary(fair.db).stage("prospect").requires == ((("dialogue",),), (("interest",),))


def test_what_was_typed_survives_esc(fair: Fair, page: DefinitionsScreen) -> None:
    sheet = edit(fair, page, 1)
    press(sheet, fair, "value", "sign")
    fair.driver.key(QApplication.focusWidget() or sheet, Qt.Key.Key_Escape)
    fair.wait_for_no_sheet()
    assert workspace.vocabulary(fair.db).version == 1
    again = edit(fair, page, 1)
    assert again.facts["value"].value == "sign"


def test_it_is_printed_by_its_key(fair: Fair, page: DefinitionsScreen) -> None:
    fair.driver.key(page.cards[0].edit, Qt.Key.Key_P, CTRL)
    dialog = page.findChild(QPrintDialog)
    assert dialog is not None
    dialog.reject()
    QTest.qWait(10)


def test_a_workspace_that_is_only_read_shows_its_definitions_without_a_way_to_edit(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crmdesk.storage.opening.writable", lambda _path: False)
    fair.program.open(fair.path)
    assert fair.db.read_only
    fair.window.actions_.get("go_definitions").trigger()
    fair.driver.settle()
    page = fair.window.switching.current
    assert isinstance(page, DefinitionsScreen)
    assert [card.edit.isVisible() for card in page.cards] == [False] * 4
    assert fair.window.focusWidget() is page.print
