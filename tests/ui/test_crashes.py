"""A mistake of the program: a report without names, one sheet, and the program goes on."""

from __future__ import annotations

import gc
import json
import logging
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from crmdesk import paths
from crmdesk.services import crashes
from crmdesk.ui.crash_telling import Watch
from crmdesk.ui.dialogs.crash import CrashSheet
from crmdesk.ui.sheets import Sheets

SECRET = "Zausel Übelhör"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("crmdesk.paths.state_folder", lambda: paths.private(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def sheets(window: QMainWindow) -> Sheets:
    return Sheets(window)


@pytest.fixture
def watch(theme, sheets: Sheets, folder: Path, monkeypatch) -> Iterator[Watch]:
    made = Watch(theme, sizes=lambda: {"Records": "lead 3"}, sheets=lambda: sheets)
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    with made:
        yield made
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def fail(who: str = SECRET) -> None:
    json.loads(f"{who} is no JSON")


def caught(function=fail) -> Exception:
    try:
        function()
    except Exception as error:
        return error
    raise AssertionError


def reports(folder: Path) -> list[str]:
    return [path.read_text() for path in sorted((folder / "crashes").glob("*.txt"))]


def fallen(watch: Watch, error: BaseException) -> None:
    sys.excepthook(type(error), error, error.__traceback__)


def test_a_report_has_places_and_types_and_nothing_else(folder):
    try:
        try:
            fail()
        except ValueError as error:
            raise KeyError(SECRET) from error
    except KeyError as error:
        text = crashes.described(error, where="the window", facts={"Records": "lead 3"})
    assert "json.decoder.JSONDecodeError" in text
    assert text.rstrip().endswith("KeyError")
    assert "python/json/decoder.py:" in text
    assert " in fail\n" in text
    assert "Records: lead 3" in text
    for part in (*SECRET.split(), "no JSON", str(Path.home()), "/tests/", str(folder)):
        assert part not in text


@pytest.mark.parametrize(
    ("file", "place"),
    [
        (crashes.__file__, "crmdesk/services/crashes.py"),
        ("/home/zausel/venv/lib/python3.11/site-packages/sqlalchemy/engine/base.py", "sqlalchemy/engine/base.py"),
        ("/home/zausel/secret.py", "…"),
        ("<string>", "<string>"),
        ("<Zausel>", "<…>"),
    ],
)
def test_a_place_begins_at_its_package(file, place):
    assert crashes.place(file) == place


def test_a_mistake_in_a_slot_opens_the_sheet_and_the_program_goes_on(watch, sheets, folder, qtbot: QtBot):
    fallen(watch, caught())
    qtbot.waitUntil(lambda: isinstance(sheets.current, CrashSheet), timeout=2000)
    sheet = sheets.current
    assert sheet.value() == reports(folder)[0]
    assert "Caught by: the window" in sheet.value()
    assert "Records: lead 3" in sheet.value()
    assert SECRET not in sheet.value()
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == sheet.value()
    assert sheets.current is sheet
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheets.current is None
    later: list[int] = []
    QTimer.singleShot(0, sheets, lambda: later.append(1))
    qtbot.waitUntil(lambda: later == [1], timeout=2000)


def test_what_was_typed_when_it_happened_is_kept(watch, sheets, theme, qtbot):
    from tests.ui.test_drafts import Question

    sheet = Question(theme)
    sheets.open(sheet, key="park")
    qtbot.keyClicks(sheet.line, "january")
    fallen(watch, caught())
    qtbot.waitUntil(lambda: isinstance(sheets.current, CrashSheet), timeout=2000)
    assert sheets.draft("park") == {"line": "january"}


def test_the_same_mistake_again_opens_no_second_sheet(watch, sheets, folder, qtbot):
    for _each in range(50):
        fallen(watch, caught())
    qtbot.waitUntil(lambda: sheets.current is not None and "49 more times" in sheets.current.note.text(), timeout=2000)
    sheets.current.dismiss()
    fallen(watch, caught())
    qtbot.wait(50)
    assert sheets.current is None, "it has been told"
    assert len(reports(folder)) == 1


def test_many_different_mistakes_open_five_sheets_at_most_and_store_twenty(watch, sheets, folder, qtbot):
    told = 0
    for at in range(40):
        error = caught(eval(compile("lambda: 1 / 0", f"<{at}>", "eval")))
        kind = type(f"Kind{at}", (ZeroDivisionError,), {})
        fallen(watch, kind().with_traceback(error.__traceback__))
        qtbot.wait(1)
        if sheets.current is not None:
            told += 1
            sheets.current.dismiss()
    assert told == 5
    assert len(reports(folder)) == 20


def test_mistakes_in_threads_and_in_destructors_are_reported(watch, folder, qtbot):
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()

    class Bad:
        def __del__(self) -> None:
            raise LookupError(SECRET)

    made = Bad()
    del made
    gc.collect()
    found = reports(folder)
    assert len(found) == 2
    assert "Caught by: a thread" in found[0]
    assert "Caught by: the interpreter" in found[1]
    assert SECRET not in "".join(found)


def test_a_mistake_while_reporting_ends_nothing(theme, folder, qtbot):
    def sizes():
        raise RuntimeError(SECRET)

    watch = Watch(theme, sizes=sizes, sheets=lambda: None)
    with watch:
        watch.note(caught(), "a test")
    assert "Sizes: RuntimeError" in reports(folder)[0]


def test_reports_are_their_owners_alone(watch, folder):
    fallen(watch, caught())
    for path in (folder / "crashes", *(folder / "crashes").iterdir(), folder / "crmdesk.log", folder / "fault.txt"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name


def test_what_qt_and_libraries_say_is_not_quoted_in_the_log(watch, folder, capfd):
    qWarning(SECRET)
    logging.getLogger("sqlalchemy").warning("%s", SECRET)
    logging.getLogger("crmdesk.ui").warning("%s drafts in %s", 3, Path.home() / "x")
    said = (folder / "crmdesk.log").read_text()
    assert SECRET not in said
    assert "Qt said something" in said
    assert "sqlalchemy said something at" in said
    assert "3 drafts in ~/x" in said


def test_an_exception_is_logged_by_its_type_and_place_alone(watch, folder):
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("crmdesk.ui").exception("A row could not be painted")
    said = (folder / "crmdesk.log").read_text()
    assert "A row could not be painted" in said
    assert said.rstrip().endswith("ValueError")
    assert SECRET not in said


def test_a_hard_crash_is_told_once_at_the_next_start(theme, sheets, folder, qtbot):
    folder.mkdir(mode=0o700)
    (folder / "fault.txt").write_text(
        "Fatal Python error: Segmentation fault\n\nCurrent thread 0x00007f (most recent call first):\n"
        f'  File "{crashes.__file__}", line 12 in listed\n  File "/home/zausel/x.py", line 3 in main\n'
    )
    with Watch(theme, sizes=dict, sheets=lambda: sheets) as watch:
        watch.tell_of_last_time()
        assert isinstance(sheets.current, CrashSheet)
        assert "Segmentation fault" in sheets.current.value()
        assert "crmdesk/services/crashes.py:12 in listed" in sheets.current.value()
        assert "zausel" not in sheets.current.value()
        sheets.current.dismiss()
    with Watch(theme, sizes=dict, sheets=lambda: sheets) as watch:
        watch.tell_of_last_time()
        assert sheets.current is None
    assert not (folder / "fault.txt").exists(), "the run has ended well"
