"""The disk is really full: what is refused stays typed, nothing is half written, and with room again it goes on."""

from __future__ import annotations

import pytest

from crmdesk.app import Program
from crmdesk.domain.errors import DiskFull
from crmdesk.driver import Driver
from crmdesk.services import workspace
from crmdesk.ui.dialogs.new_contact import NewContactSheet
from crmdesk.ui.settings import Settings
from crmdesk.ui.themed import PlainLabel
from tests.torture import acts, disks, judging

pytestmark = [disks.needs_mount, pytest.mark.timeout(600)]

NAME = "Quirina Zausel"


def refused(edit: acts.Edit) -> DiskFull | None:
    try:
        edit()
    except DiskFull as error:
        return error
    return None


@pytest.mark.parametrize("act", ["move", "import", "conversion", "undo", "trash"])
def test_a_full_disk_refuses_in_words_and_with_room_again_it_goes_on(disk, at_home, act):
    full = disk("tmpfs")
    folder = at_home(full.folder)
    acts.ACTS[act][0](folder)
    refusals = 0
    for edit in acts.edits_of(act, folder):
        before = judging.digest_of(folder / acts.FILE)
        ballast = full.fill()
        error = refused(edit)
        ballast.unlink()
        if error is not None:
            refusals += 1
            assert (bool(error.what), bool(error.remedy)) == (True, True)
            assert judging.digest_of(folder / acts.FILE) == before
            edit()
    assert refusals
    assert judging.judge(folder) == []


def test_what_is_typed_stays_in_the_form_while_the_disk_is_full(qapp, disk, at_home, tmp_path, clock, ids):
    full = disk("tmpfs")
    folder = at_home(full.folder)
    acts.ready(folder)
    settings = Settings(tmp_path / "window.ini")
    settings.mode, settings.reduced_motion = "light", True
    program = Program(qapp, settings=settings, clock=clock, ids=ids)
    driver = Driver(qapp, tmp_path)
    try:
        program.open(folder / acts.FILE)
        driver.settle()
        window = program.window
        window.actions_.get("new_contact").trigger()
        driver.until(lambda: isinstance(window.sheets.current, NewContactSheet), "no sheet")
        sheet = window.sheets.current
        driver.write(sheet.lines["name"], NAME)
        ballast = full.fill()
        people = workspace.info(window.context.db).people
        driver.click(sheet.primary)
        driver.settle()
        assert window.sheets.current is sheet
        assert sheet.lines["name"].text() == NAME
        assert "disk is full" in " ".join(each.text() for each in sheet.error.findChildren(PlainLabel))
        assert workspace.info(window.context.db).people == people
        ballast.unlink()
        driver.click(sheet.primary)
        driver.until(lambda: window.sheets.current is None, "it does not go on")
        assert workspace.info(window.context.db).people == people + 1
    finally:
        program.leave()
        driver.settle()
        qapp.setStyleSheet("")
