"""A list's delimiter, preamble and header are found; its records are all accounted for."""

from __future__ import annotations

import csv
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crmdesk.domain.errors import BadFile, ReadOnly
from crmdesk.exchange import csv_file
from crmdesk.exchange.csv_file import CsvShape


def seen(folder: Path, content: str, *, delimiter: str = "", header: bool | None = None) -> CsvShape:
    path = folder / "list.csv"
    path.write_bytes(content.encode())
    return csv_file.look(path, language="de", delimiter=delimiter, header=header)


LINKEDIN = (
    "Notes:\n"
    '"When exporting, some addresses, are missing."\n'
    "\n"
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Dana,Example,https://x.example,dana@x.example,X GmbH,CTO,15 Mar 2024\n"
)


@pytest.mark.parametrize(
    ("content", "delimiter", "header_line", "above"),
    [
        ("Vorname;Nachname;Ort\nAnna;Müller;Köln, Deutz\n", ";", 1, 0),
        ("First Name,Last Name\nAnn,Lee\n", ",", 1, 0),
        ("name\tmail\nA\ta@b.example\n", "\t", 1, 0),
        ("Vorname|Nachname\nA|B\n", "|", 1, 0),
        ("sep=;\na;b\n1;2\n", ";", 2, 1),
        ("E-Mail\nanna@x.example\n", ",", 1, 0),
        (LINKEDIN, ",", 4, 3),
        ("Messe GmbH, Ausstellerliste\nStand 4\n\nTeilnehmer;Firma;Tel.\nEk, Bo;Ek AB;030 123\n", ";", 4, 3),
        ("XTitle,XFirst Name\n,Anita\nDr.,Max\n", ",", 1, 0),
        ("a,b,c\n1,2,3\n", ",", 1, 0),
        ("Anna,Müller\nKarl,Huber\n", ",", 0, 0),
        ("anna@x.example\nbo@x.example\n", ",", 0, 0),
        ("1,,3\n4,5,6\n", ",", 0, 0),
        ("Müller GmbH; Straße 1, Berlin; 030 123\nHuber AG; Weg 2, Bonn; 040 22\n", ";", 0, 0),
        ("sep=|\na;b;c;d;e;f|g\n1;2;3;4;5;6|7\n", "|", 2, 1),
        ("Bo,rot\nKim,gelb\nFirma,Notiz\n", ",", 0, 0),
        ("Bo,Lead,Kunde\nKim,Status,Kunde\nLee,x,Phase\n", ",", 0, 0),
    ],
)
def test_the_shape_of_a_list_is_found(
    tmp_path: Path, content: str, delimiter: str, header_line: int, above: int
) -> None:
    shape = seen(tmp_path, content)
    assert (shape.delimiter, shape.header_line, len(shape.preamble)) == (delimiter, header_line, above)


def test_what_is_chosen_by_hand_is_taken(tmp_path: Path) -> None:
    shape = seen(tmp_path, "Vorname;Nachname\nA;B\n", header=False, delimiter=",")
    assert (shape.header_line, shape.delimiter) == (0, ",")
    assert [record.line for record in csv_file.records(shape)] == [1, 2]
    assert seen(tmp_path, "Anna,Müller\nBo,Ek\n", header=True).header == ("Anna", "Müller")


def test_the_records_come_with_their_physical_lines(tmp_path: Path) -> None:
    shape = seen(tmp_path, LINKEDIN + '\n"Bo\nJr.",Ek,,,,,\n"open,x,,,,,\nKim,Lee,,,,,\n')
    assert [(record.line, record.cells[0], record.broken) for record in csv_file.records(shape)] == [
        (5, "Dana", False),
        (6, "", False),
        (7, "Bo\nJr.", False),
        (9, '"open', True),
        (10, "Kim", False),
    ]


def test_an_unknown_encoding_and_an_endless_line_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadFile, match="no encoding"):
        csv_file.look(_file(tmp_path, "a,b\n"), language="en", encoding="klingon")
    monkeypatch.setattr(csv_file, "LONGEST_LINE", 100)
    with pytest.raises(BadFile, match="16 MB"):
        csv_file.look(_file(tmp_path, "x" * 200), language="en")


def _file(folder: Path, content: str) -> Path:
    path = folder / "other.csv"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_written_table_runs_nothing_and_keeps_to_its_owner(tmp_path: Path) -> None:
    cells = ["=1+1", "+49 30 1", "-", "@x", "\tx", "plain", "'quoted"]
    first = csv_file.write(tmp_path / "list problems.csv", [cells], delimiter=";")
    second = csv_file.write(tmp_path / "list problems.csv", [cells], delimiter=";")
    assert second.name == "list problems 2.csv"
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    with first.open(encoding="utf-8-sig", newline="") as stream:
        stored = next(csv.reader(stream, delimiter=";"))
    assert not any(cell.startswith(csv_file.FORMULA_STARTS) for cell in stored)
    assert [csv_file.unguarded(cell) for cell in stored] == cells


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadOnly, match="cannot be written"):
        csv_file.write(tmp_path / "none" / "x.csv", [["a"]])


def test_a_cell_that_keeps_its_zeros_by_a_formula_is_the_text_in_it() -> None:
    assert csv_file.unguarded('="00491"') == "00491"
    assert csv_file.unguarded('=HYPERLINK("x")') == '=HYPERLINK("x")'


WORDS = st.text(st.characters(exclude_categories=["C"]), max_size=8) | st.sampled_from(
    ["Name", "E-Mail", "Anna", "a@b.example", "x\ny", 'a"b', "a;b,c", "sep=;", "Status", "03.04.2026", "陳怡君", ""]
)


@given(
    table=st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=8),
    delimiter=st.sampled_from(csv_file.DELIMITERS),
    end=st.sampled_from(["\r\n", "\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
@example(table=[["Name", "x\ny"], ["Anna", ""]], delimiter=";", end="\n", encoding="utf-16")
def test_every_record_of_any_table_is_accounted_for(
    table: list[list[str]], delimiter: str, end: str, encoding: str
) -> None:
    if not any(cell.strip("\x00\xfe\xff \t\r\n") for row in table for cell in row):
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        with path.open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream, delimiter=delimiter, lineterminator=end).writerows(table)
        lines = path.read_bytes().decode(encoding).split("\n")
        shape = csv_file.look(path, language="en", delimiter=delimiter)
        found = list(csv_file.records(shape))
    kept = [row for row in table if any(cell.strip() for cell in row)]
    below = [list(record.cells) for record in found if not record.is_blank]
    assert below == kept[len(kept) - len(below) :]
    above = kept[: len(kept) - len(below)]
    assert len(above) == bool(shape.header_line) or len(shape.preamble) >= 1
    assert len(shape.preamble) + bool(shape.header_line) + len(found) <= len(lines)
