"""Longer words and larger letters: on every page and in every sheet, all that comes from the catalogue can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect

from crmdesk import words
from crmdesk.app import Program, speak
from crmdesk.driver import Driver
from crmdesk.services import samples, workspace
from crmdesk.ui.controls import Button
from crmdesk.ui.pages import Page
from crmdesk.ui.settings import Settings
from crmdesk.ui.sheet import Sheet
from tests.support import openers
from tests.support.clipping import Clipping
from tests.support.long_words import LongWords, is_stretched

SIZE = (1280, 800)


@pytest.fixture
def opened(qapp, tmp_path: Path, clock, ids, monkeypatch) -> Iterator[object]:
    """A window over the sample people, in a language and a text size."""
    programs: list[Program] = []
    driver = Driver(qapp, tmp_path)

    def open_it(language: str, percent: int) -> Program:
        speak(qapp, "en" if language == "long" else language)
        if language == "long":
            monkeypatch.setattr(words, "_translations", LongWords())
        path = tmp_path / "long.crmdesk"
        db = workspace.create(path, vocabulary="lead-first", me="Jana Lindner", country="DE", clock=clock, ids=ids)
        samples.fill(db)
        db.close()
        settings = Settings(tmp_path / "window.ini")
        settings.mode, settings.percent, settings.reduced_motion = "light", percent, True
        program = Program(qapp, settings=settings, clock=clock, ids=ids)
        programs.append(program)
        program.open(path)
        program.window.resize(*SIZE)
        driver.settle()
        return program

    yield open_it, driver
    for program in programs:
        program.leave()
    driver.settle()
    speak(qapp, "en")
    qapp.setStyleSheet("")


def cut_off(program: Program, driver: Driver, clipping: Clipping) -> str:
    """What cannot be read, page by page and sheet by sheet."""
    found = []
    for key in openers.PAGES:
        openers.show_page(program.window, key)
        driver.settle()
        found += [f"page {key}: {line}" for line in clipping.of(program.window)]
    program.window.go("board")
    for kind, open_it in openers.SHEETS.items():
        open_it(program.window)
        driver.until(lambda kind=kind: isinstance(program.window.sheets.current, kind), f"no {kind.__name__}")
        driver.settle()
        found += [f"{kind.__name__}: {line}" for line in clipping.of(program.window.sheets.current)]
        program.window.sheets.current.dismiss()
        driver.until(lambda: program.window.sheets.current is None, "the sheet stays")
    return "\n".join(found)


@pytest.mark.parametrize("percent", [100, 150])
def test_words_a_third_longer_are_read_in_full_on_every_page_and_sheet(opened, monkeypatch, percent):
    open_it, driver = opened
    program = open_it("long", percent)
    assert cut_off(program, driver, Clipping(monkeypatch, is_stretched)) == ""


@pytest.mark.parametrize("language", ["de", "zh_TW", "vi"])
def test_every_language_is_read_in_full_on_every_page_and_sheet(opened, monkeypatch, language):
    open_it, driver = opened
    program = open_it(language, 100)
    ours = {text for text in words._translations._catalog.values() if isinstance(text, str)}  # type: ignore[attr-defined]
    assert cut_off(program, driver, Clipping(monkeypatch, ours.__contains__)) == ""


def test_a_button_without_room_and_a_sentence_without_lines_are_found(opened, monkeypatch):
    open_it, driver = opened
    program = open_it("long", 100)
    clipping = Clipping(monkeypatch, is_stretched)
    program.window.recorder.new_contact()
    driver.settle()
    sheet = program.window.sheets.current
    assert clipping.of(sheet) == []
    button = Button(program.theme, words._("Move anyway, because…"), parent=sheet)
    button.setGeometry(QRect(40, 40, 60, 32))
    button.show()
    assert [line for line in clipping.of(sheet) if "is elided" in line] != []
    button.setGeometry(QRect(sheet.width() - 30, 40, 300, 32))
    assert [line for line in clipping.of(sheet) if "sticks out" in line] != []


def test_every_kind_of_page_and_sheet_has_its_row_in_the_table_of_openers():
    assert {kind.__name__ for kind in openers.kinds_of(Sheet)} == {kind.__name__ for kind in openers.SHEETS}
    assert {kind.__name__ for kind in openers.kinds_of(Page)} == {kind.__name__ for kind in openers.PAGE_KINDS}
