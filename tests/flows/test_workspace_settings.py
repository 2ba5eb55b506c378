"""The workspace's name, country and currency, and who uses it, are set in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crmdesk.services import workspace
from crmdesk.ui.dialogs.workspace_settings import WorkspaceSheet


def ask(fair) -> WorkspaceSheet:
    fair.window.actions_.get("workspace").trigger()
    return fair.wait_for_sheet(WorkspaceSheet)


def write(line, text: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


def test_one_names_oneself_adds_somebody_and_says_who_one_is_in_one_step(fair) -> None:
    sheet = ask(fair)
    assert sheet.rows[0].me.isChecked()
    write(sheet.rows[0].name, "Jana Berg")
    fair.driver.click(sheet.add)
    QTest.keyClicks(sheet.rows[1].name, "Thomas Koch")
    fair.driver.click(sheet.rows[1].me)
    fair.driver.click(sheet.primary)
    fair.wait_for_no_sheet()
    team = workspace.members(fair.db)
    assert [(each.name, each.initials) for each in team] == [("Jana Berg", "JB"), ("Thomas Koch", "TK")]
    assert fair.db.member_id == team[1].id
    fair.window.actions_.get("undo").trigger()
    assert [each.name for each in workspace.members(fair.db)] == ["Jana Lindner"]
    assert fair.db.member_id == team[0].id


def test_initials_that_were_chosen_stay_when_the_name_changes(fair) -> None:
    sheet = ask(fair)
    write(sheet.rows[0].initials, "XY")
    fair.driver.click(sheet.primary)
    fair.wait_for_no_sheet()
    sheet = ask(fair)
    write(sheet.rows[0].name, "Jana Berg")
    fair.driver.click(sheet.primary)
    fair.wait_for_no_sheet()
    assert [(each.name, each.initials) for each in workspace.members(fair.db)] == [("Jana Berg", "XY")]


def test_name_country_and_currency_hold_at_once(fair) -> None:
    sheet = ask(fair)
    write(sheet.name, "Fair of May")
    sheet.currency.setFocus()
    QTest.keyClicks(sheet.currency, "Swiss")
    sheet.country.setFocus()
    QTest.keyClicks(sheet.country, "Switz")
    QTest.keyClick(sheet.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    fair.wait_for_no_sheet()
    now = workspace.settings(fair.db)
    assert (now.name, now.country, now.currency) == ("Fair of May", "CH", "CHF")
    assert "Fair of May" in fair.window.windowTitle()
    assert fair.window.recorder._typed.own_currency == "CHF"


def test_a_row_without_a_name_cannot_be_saved(fair) -> None:
    sheet = ask(fair)
    fair.driver.click(sheet.add)
    assert not sheet.primary.isEnabled()
    assert sheet.problem.label.text() == "A name is missing."
