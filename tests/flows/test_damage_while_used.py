"""A file found damaged while its window is open: whoever meets it, the ways on are offered in place of the window."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt

from crmdesk.services import backups, boards, lists
from crmdesk.storage import failures
from crmdesk.ui.crash_telling import Watch
from crmdesk.ui.dialogs.unopened import UnopenedSheet
from crmdesk.ui.start_window import StartWindow


def watch(fair) -> Watch:
    """The window as the program runs it: what nobody else has caught is heard."""
    program = fair.program
    watch = Watch(program.theme, sizes=program.sizes, sheets=program.sheets, parent=program)
    watch.refused.connect(program.opening.refused)
    return watch


def broken(fair, monkeypatch, where, name: str) -> list[int]:
    """What reads there meets garbage from now on; how often that was."""
    met: list[int] = []

    def damaged(*_given, **_named):
        met.append(1)
        raise failures.damaged(fair.path)

    monkeypatch.setattr(where, name, damaged)
    return met


def until_ways_on(fair) -> UnopenedSheet:
    program = fair.program
    fair.driver.until(lambda: isinstance(program.window, StartWindow), "the window stays on the damaged file")
    fair.driver.settle()
    sheet = program.window.sheets.current
    assert isinstance(sheet, UnopenedSheet)
    assert sheet.accessibleName().endswith("was closed"), "it had been open"
    assert not sheet.buttons["salvage"].isHidden()
    return sheet


@pytest.mark.parametrize(("where", "reads", "key"), [(boards, "page", Qt.Key.Key_2), (lists, "rows", Qt.Key.Key_4)])
def test_damage_met_while_rows_are_painted_leads_once_to_the_ways_on(fair, monkeypatch, where, reads, key):
    fair.window.go("today")
    there: list[int] = []
    fair.program.relanguage("en", then=partial(there.append, 1))  # a window whose other pages nobody has seen
    fair.driver.until(lambda: there, "no other window")
    met = broken(fair, monkeypatch, where, reads)
    opened = []
    monkeypatch.setattr(UnopenedSheet, "open_in", _counted(UnopenedSheet.open_in, opened))
    with watch(fair):
        fair.driver.key(fair.window, key, Qt.KeyboardModifier.ControlModifier)
        until_ways_on(fair)
    assert met
    assert opened == [1]
    assert not fair.program.window.page.bar.isVisible()


def test_a_backup_that_finds_the_file_damaged_leads_to_the_ways_on(fair, monkeypatch):
    broken(fair, monkeypatch, backups, "make")
    with watch(fair):
        fair.window.backing_up.now()
        until_ways_on(fair)


def _counted(real, calls):
    def counted(self, *given, **named):
        calls.append(1)
        return real(self, *given, **named)

    return counted
