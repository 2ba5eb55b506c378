"""Every record of a delimited text comes back with its line, whatever its quotes do."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.exchange import csv_records
from crmdesk.exchange.csv_records import DELIMITERS, CsvRecord, read

Row = tuple[int, tuple[str, ...], bool]


def rows(text: str, delimiter: str = ",") -> list[Row]:
    found = read(io.StringIO(text, newline=""), delimiter)
    return [(record.line, record.cells, record.broken) for record in found]


def test_quotes_hold_delimiters_line_ends_and_quotes() -> None:
    assert rows('a,b\n"x,\r\ny","say ""hi"""\n3,4') == [
        (1, ("a", "b"), False),
        (2, ("x,\r\ny", 'say "hi"'), False),
        (4, ("3", "4"), False),
    ]


def test_an_open_quote_costs_its_own_line_only() -> None:
    assert rows('a,b\n"open,2\n3,4\n"x",5\n') == [
        (1, ("a", "b"), False),
        (2, ('"open', "2"), True),
        (3, ("3", "4"), False),
        (4, ("x", "5"), False),
    ]


def test_an_open_quote_at_the_end_swallows_nothing() -> None:
    lines = 'a,"open\n' + "".join(f"{number},x\n" for number in range(6000))
    found = rows(lines)
    assert len(found) == 6001
    assert [line for line, _cells, broken in found if broken] == [1]


def test_of_many_open_quotes_each_is_looked_for_in_two_lines_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    cells = csv_records._cells

    def noted(text: str, delimiter: str) -> tuple[str, ...]:
        looked_at.append(len(text))
        return cells(text, delimiter)

    monkeypatch.setattr(csv_records, "_cells", noted)
    lines = 'Anna,"030 123,Berlin\n' * 3001
    assert len(rows(lines)) == 3001
    assert sum(looked_at) <= 3 * len(lines)


def test_a_quote_inside_a_cell_is_a_letter() -> None:
    assert rows('5" pipe,2\n"5" pipe",4\n "q" ,z\n') == [
        (1, ('5" pipe', "2"), False),
        (2, ('5 pipe"', "4"), False),
        (3, ("q", "z"), False),
    ]


def test_a_cell_may_be_longer_than_the_csv_module_allows() -> None:
    assert len(rows('"' + "x" * 200_000 + '",1\n')[0][1][0]) == 200_000
    assert len(rows("x" * 200_000 + ",1\n")[0][1][0]) == 200_000


def test_old_and_mixed_line_ends_count_as_lines() -> None:
    assert [(line, cells) for line, cells, _broken in rows("a\rb\r\n\nc")] == [
        (1, ("a",)),
        (2, ("b",)),
        (3, ("",)),
        (4, ("c",)),
    ]


def test_a_record_of_blanks_is_blank() -> None:
    assert CsvRecord(1, ("", " ")).is_blank
    assert not CsvRecord(1, ("", "x")).is_blank


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=8) | st.sampled_from(
    ["", '"', '""', 'a"b', "a,b;c\td|e", "line\nline", " x ", "'=1", "陳"]
)


@given(
    table=st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=8),
    delimiter=st.sampled_from(DELIMITERS),
    end=st.sampled_from(["\r\n", "\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_the_csv_module_writes_comes_back(table: list[list[str]], delimiter: str, end: str, quoting: int) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(table)  # type: ignore[arg-type]
    assert [list(record.cells) for record in read(io.StringIO(stream.getvalue(), newline=""), delimiter)] == table


@given(text=st.text(st.sampled_from('ab",;\n\r |'), max_size=60), delimiter=st.sampled_from(DELIMITERS))
def test_no_letter_of_any_text_is_dropped(text: str, delimiter: str) -> None:
    found = rows(text, delimiter)
    for letter in "ab":
        assert sum(cell.count(letter) for _line, cells, _broken in found for cell in cells) == text.count(letter)
    lines = [line for line, _cells, _broken in found]
    assert lines == sorted(set(lines))
    assert (lines[:1] or [1]) == [1]
