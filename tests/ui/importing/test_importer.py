"""A list comes in through the window: a real file, real keys and clicks, and what is on disk afterwards."""

from __future__ import annotations

from pathlib import Path
from time import sleep
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from crmdesk import words
from crmdesk.domain.records import Event, Lead, Person
from crmdesk.services import events, importing, undo
from crmdesk.services.import_plans import ImportResult
from crmdesk.storage import records
from crmdesk.storage.database import Database
from crmdesk.ui.importer import said
from crmdesk.ui.notify import IMPORT_SECONDS
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from tests.support.import_desk import Desk, make_workspace


def names(db: Database) -> set[tuple[str, str]]:
    with db.read() as connection:
        return {(person.given, person.family) for person in records.where(connection, Person)}


def test_a_click_imports_what_the_services_would(desk: Desk, fair: Path, tmp_path: Path) -> None:
    sheet = desk.open(fair)
    assert sheet.primary is not None
    assert sheet.primary.words() == "Import 4 lines"
    desk.run(sheet)
    other = make_workspace(tmp_path / "other.crmdesk")
    importing.apply(other, importing.plan(other, importing.look(fair), source="badge_scan"))
    assert names(desk.db) == names(other)
    assert len(desk.all(Lead)) == 3
    assert {lead.stage for lead in desk.all(Lead)} == {"lead"}
    assert desk.context.sheets.current is None
    other.close()


def test_keys_alone_import_a_list_into_a_new_event(desk: Desk, fair: Path) -> None:
    sheet = desk.open(fair)
    qtbot = desk.qtbot
    assert sheet.side.source.hasFocus()
    qtbot.keyClick(sheet.side.source, Qt.Key.Key_Tab)
    assert sheet.side.event_name.hasFocus()
    qtbot.keyClicks(sheet.side.event_name, "Autumn Fair")
    with qtbot.waitSignal(desk.importer.imported, timeout=20_000) as caught:
        qtbot.keyClick(sheet.side.event_name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (event,) = desk.all(Event)
    assert event.name == "Autumn Fair"
    assert caught.args == [event.id]
    assert {lead.event_id for lead in desk.all(Lead)} == {event.id}


def test_the_numbers_add_up_to_the_lines(desk: Desk, fair: Path) -> None:
    counts = desk.open(fair).side.counts
    shown = [counts.new.count, counts.same.count, counts.doubled.count, counts.reported.count]
    assert shown == ["3", "0", "1", "1"]
    assert counts.sum.text() == "3 + 0 + 1 + 1 = 5 lines"
    assert counts.reported.accessibleName().startswith("1 not taken")


def test_the_numbers_follow_the_fields(desk: Desk, fair: Path) -> None:
    sheet = desk.open(fair)
    assert sheet.columns is not None
    for index in range(4):
        box = sheet.columns.table.rows[index].choice
        box.setFocus()
        desk.qtbot.keyClick(box, Qt.Key.Key_End)
        assert box.value == "leave_out"
    assert sheet.side.counts.new.count == "…"
    assert not sheet.primary.isEnabled()  # type: ignore[union-attr]
    desk.counted()
    assert (sheet.side.counts.new.count, sheet.side.counts.reported.count) == ("0", "5")
    assert not sheet.primary.isEnabled()  # type: ignore[union-attr]
    assert sheet.columns.table.rows[0].how.accessibleName() == "chosen by hand"


def test_a_newer_choice_stops_the_older_count(
    desk: Desk, fair: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    sheet = desk.open(fair)
    stopped = []
    plan = importing.plan

    def slow(*args: Any, cancelled: Any, **options: Any) -> Any:
        if options["mapping"][0] == "note":
            while not cancelled():
                sleep(0.01)
            stopped.append(options["mapping"][0])
        return plan(*args, cancelled=cancelled, **options)

    monkeypatch.setattr(importing, "plan", slow)
    assert sheet.columns is not None
    box = sheet.columns.table.rows[0].choice
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_End)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.value == "note"
    qtbot.waitUntil(lambda: desk.context.work.running("import plan"))
    qtbot.keyClick(box, Qt.Key.Key_Home)
    choice = desk.counted().value()
    assert choice is not None
    assert choice.plan.mapping[0] == "name"  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: stopped == ["note"])  # it looks whether it is to stop every now and then


def test_odd_lines_are_shown_with_what_becomes_of_them(desk: Desk, fair: Path) -> None:
    lines = desk.open(fair).odd.lines
    assert [(line.line.text(), line.what.text()) for line in lines] == [
        ("8", "There is no name, firm, e-mail address or number.")
    ]


def test_it_is_said_where_the_header_stands_unless_that_is_the_first_line(
    desk: Desk, fair: Path, tmp_path: Path
) -> None:
    def said(path: Path) -> set[str]:
        columns = desk.open(path).columns
        assert columns is not None
        texts = {label.text() for label in columns.findChildren(PlainLabel)}
        desk.context.sheets.done()
        return {text for text in texts if "header" in text}

    plain, bare = tmp_path / "plain.csv", tmp_path / "bare.csv"
    plain.write_text("Name,E-mail\nAnna,a@b.example\n", encoding="utf-8")
    bare.write_text("Anna,Müller\nKarl,Huber\n", encoding="utf-8")
    assert said(fair) == {"The header stands in line 3."}
    assert said(bare) == {"The list has no header."}
    assert said(plain) == set()


def test_another_encoding_reads_the_file_again(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("Name;Firma;E-Mail\nÄnne Grün;Grün GmbH;aenne@gruen.example\n".encode("cp1252"))
    sheet = desk.open(path)
    assert sheet.how_read.encoding.value == "cp1252"
    sheet.how_read.encoding.setFocus()
    desk.qtbot.keyClick(sheet.how_read.encoding, Qt.Key.Key_Home)
    assert sheet.how_read.encoding.value == "utf-8"
    desk.qtbot.waitUntil(lambda: sheet.look.shape.encoding == "utf-8")
    assert sheet.columns is not None
    assert "\ufffd" in sheet.columns.table.rows[0].example.text()
    desk.qtbot.keyClick(sheet.how_read.encoding, Qt.Key.Key_Down)
    desk.qtbot.waitUntil(lambda: sheet.look.shape.encoding == "cp1252")
    assert sheet.columns.table.rows[0].example.text() == "Änne Grün"
    desk.run(desk.counted())
    assert names(desk.db) == {("Änne", "Grün")}


def test_another_delimiter_reads_the_file_again(desk: Desk, fair: Path) -> None:
    sheet = desk.open(fair)
    sheet.how_read.delimiter.setFocus()
    desk.qtbot.keyClick(sheet.how_read.delimiter, Qt.Key.Key_Home)
    desk.qtbot.waitUntil(lambda: sheet.look.shape.delimiter == ",")
    assert sheet.columns is not None
    assert len(sheet.columns.table.targets) < 6


def test_esc_writes_nothing_and_what_was_chosen_comes_back(desk: Desk, fair: Path) -> None:
    before = desk.dump()
    sheet = desk.open(fair)
    assert sheet.columns is not None
    sheet.side.event_name.setFocus()
    desk.qtbot.keyClicks(sheet.side.event_name, "Autumn Fair")
    sheet.columns.table.rows[4].choice.setFocus()
    desk.qtbot.keyClick(sheet.columns.table.rows[4].choice, Qt.Key.Key_End)
    desk.qtbot.mouseClick(sheet.side.people_only, Qt.MouseButton.LeftButton)
    sheet.side.event_name.setFocus()
    desk.qtbot.keyClick(sheet.side.event_name, Qt.Key.Key_Escape)
    assert desk.context.sheets.current is None
    assert desk.dump() == before
    again = desk.open(fair)
    assert again.side.event_name.text == "Autumn Fair"
    assert again.side.people_only.isChecked()
    assert again.mapping[4] == "leave_out"


def test_the_toast_counts_and_takes_back(desk: Desk, fair: Path) -> None:
    before = desk.dump()
    desk.run(desk.open(fair))
    toast = desk.context.notify.toast
    assert toast is not None
    assert toast.text == "3 new, 0 merged, 1 unchanged, 1 with a problem, saved beside it."
    assert toast.timer.interval() == IMPORT_SECONDS * 1000
    assert toast.link is not None
    undo.undo(desk.db)
    assert desk.dump() == before


def test_the_same_list_again_doubles_nobody(desk: Desk, fair: Path) -> None:
    desk.run(desk.open(fair))
    sheet = desk.open(fair)
    assert (sheet.side.counts.new.count, sheet.side.counts.same.count) == ("0", "4")
    desk.run(sheet)
    assert len(desk.all(Person)) == 3


def test_lines_with_problems_are_saved_only_when_ticked(desk: Desk, fair: Path) -> None:
    sheet = desk.open(fair)
    assert sheet.side.beside.isVisible()
    assert sheet.side.beside.text() == "Save the line beside the file"
    desk.qtbot.mouseClick(sheet.side.beside, Qt.MouseButton.LeftButton)
    desk.run(sheet)
    assert [path.name for path in fair.parent.glob("*.csv")] == ["fair.csv"]
    desk.run(desk.open(fair))
    assert len(list(fair.parent.glob("*.csv"))) == 2


def test_people_only_makes_no_lead(desk: Desk, fair: Path) -> None:
    sheet = desk.open(fair)
    desk.qtbot.mouseClick(sheet.side.people_only, Qt.MouseButton.LeftButton)
    desk.run(sheet)
    assert len(desk.all(Person)) == 3
    assert desk.all(Lead) == []


def test_the_list_offers_its_own_name_and_knows_an_event_that_is_there(desk: Desk, fair: Path) -> None:
    side = desk.open(fair).side
    assert side.event_name.text == ""
    desk.qtbot.mouseClick(side.suggestion, Qt.MouseButton.LeftButton)
    assert side.event_name.text == "Spring Fair 2026"
    assert side.suggestion.isHidden()
    desk.context.sheets.done()
    event = events.add(desk.db, "spring fair 2026")
    sheet = desk.open(fair)
    assert sheet.side.event_name.text == "spring fair 2026"
    assert desk.run(sheet) == [event]
    assert len(desk.all(Event)) == 1


@pytest.mark.parametrize(
    ("name", "content", "said_first"),
    [
        ("empty.csv", b"", "“empty.csv” is empty."),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "“picture.csv” is a picture, not a CSV file."),
        ("gone.csv", None, "There is no file “gone.csv”."),
    ],
)
def test_what_is_no_list_is_said_above_the_page(
    desk: Desk, tmp_path: Path, name: str, content: bytes | None, said_first: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    desk.importer.import_file(str(tmp_path / name))
    desk.qtbot.waitUntil(desk.context.notify.bar.isVisible)
    assert desk.context.notify.bar.text.startswith(said_first)
    assert desk.context.sheets.current is None


def test_one_list_can_be_dropped_on_the_window(desk: Desk, fair: Path, tmp_path: Path) -> None:
    mime, picture, two = QMimeData(), QMimeData(), QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(fair))])
    picture.setUrls([QUrl.fromLocalFile(str(tmp_path / "photo.png"))])
    two.setUrls([QUrl.fromLocalFile(str(fair)), QUrl.fromLocalFile(str(tmp_path / "b.csv"))])
    assert desk.importer.accepts(mime)
    assert not desk.importer.accepts(picture)
    assert not desk.importer.accepts(two)
    desk.importer.drop(mime)
    desk.counted()
    assert not desk.importer.accepts(mime)


def test_choosing_a_file_opens_its_sheet(desk: Desk, fair: Path) -> None:
    desk.importer.choose_file()
    dialog = desk.window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.selectFile(str(fair))
    dialog.accept()
    assert desk.counted().look.name == "fair.csv"
    desk.context.sheets.done()
    desk.importer.choose_file()
    again = next(each for each in desk.window.findChildren(QFileDialog) if each.isVisible())
    assert Path(again.directory().path()) == fair.parent, "it begins where the last list was"
    again.reject()


def test_large_text_puts_the_panes_below_each_other(desk: Desk, fair: Path, theme: Theme) -> None:
    desk.window.resize(1600, 900)
    sheet = desk.open(fair)
    assert sheet.side.x() > 0
    theme.set_percent(150)
    desk.qtbot.waitUntil(lambda: sheet.side.x() == 0)
    assert sheet.side.y() >= sheet.panes.heightForWidth(sheet.panes.width()) // 4


def test_the_numbers_stay_in_sight_while_the_columns_scroll(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    headers = [f"Extra {number}" for number in range(30)]
    path.write_text(
        ",".join(["Name", "E-mail", *headers]) + "\nÄnne Grün,a@b.example" + ",x" * 30 + "\n", encoding="utf-8"
    )
    sheet = desk.open(path)
    bar = sheet.middle.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    seen = sheet.middle.viewport().rect()
    assert seen.contains(sheet.side.counts.mapTo(sheet.middle.viewport(), sheet.side.counts.rect().center()))


def test_the_end_is_told_in_one_sentence() -> None:
    words.use("en")
    made = ImportResult(read=256, imported=212, merged=31, skipped=9, reported=4, problems=(), beside="")
    assert said(made) == "212 new, 31 merged, 9 unchanged, 4 with problems."
    clean = ImportResult(read=1, imported=1, merged=0, skipped=0, reported=0, problems=(), beside="")
    assert said(clean) == "1 new, 0 merged, 0 unchanged."
