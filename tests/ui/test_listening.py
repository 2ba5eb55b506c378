"""The socket of the running program: who may speak, how long, and what an import through it does."""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crmdesk.exchange import running
from crmdesk.services import import_process, importing
from crmdesk.services import workspace as workspaces
from crmdesk.ui import listening
from crmdesk.ui.listening import Listening
from crmdesk.ui.serving import Serving

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sockets of a Unix system")


class Desk:
    """A listening program with a database, and sockets that talk to it."""

    def __init__(self, qtbot: QtBot, folder: Path, db) -> None:
        self.qtbot, self.db = qtbot, db
        self.noted: list[str] = []
        self.serving = Serving(lambda: db, lambda error, where: self.noted.append(type(error).__name__))
        self.listening = Listening(self.serving.hear)
        self.address = str(folder / "s")
        assert self.listening.begin(self.address)
        self.links: list[socket.socket] = []

    def connect(self) -> socket.socket:
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(5)
        link.connect(self.address)
        link.setblocking(False)
        self.links.append(link)
        self.qtbot.wait(10)
        return link

    def heard(self, link: socket.socket, lines: int = 1) -> list[dict]:
        """The next lines that a socket receives."""
        told = b""

        def read() -> bool:
            nonlocal told
            try:
                told += link.recv(1 << 20)
            except BlockingIOError:
                return False
            return told.count(b"\n") >= lines

        self.qtbot.waitUntil(read, timeout=20000)
        return [json.loads(line) for line in told.splitlines()]

    def is_ended(self, link: socket.socket) -> bool:
        try:
            return link.recv(1) == b""
        except BlockingIOError:
            return False
        except ConnectionResetError:
            return True

    def greet(self) -> socket.socket:
        link = self.connect()
        link.sendall(json.dumps({"write": str(self.db.path)}).encode() + b"\n")
        assert self.heard(link) == [{"open": True}]
        return link


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, clock, ids) -> Iterator[Desk]:
    db = workspaces.create(tmp_path / "mine.crmdesk", vocabulary="dialogue", clock=clock, ids=ids)
    made = Desk(qtbot, tmp_path, db)
    yield made
    made.serving.let_go()
    made.listening.end()
    for link in made.links:
        link.close()
    db.close()


def test_no_more_than_sixteen_are_heard_and_one_that_goes_makes_room(desk, qtbot):
    links = [desk.greet() for _each in range(16)] + [desk.connect() for _each in range(4)]
    qtbot.waitUntil(lambda: [desk.is_ended(link) for link in links] == [False] * 16 + [True] * 4, timeout=2000)
    links[0].close()
    qtbot.waitUntil(lambda: len(desk.listening.callers) == 15, timeout=2000)
    desk.greet()


def test_who_says_nothing_is_let_go(desk, qtbot, monkeypatch):
    monkeypatch.setattr(listening, "FIRST_LINE_MS", 100)
    silent, half = desk.connect(), desk.connect()
    half.sendall(b'{"open": ""')
    qtbot.waitUntil(lambda: desk.is_ended(silent) and desk.is_ended(half), timeout=2000)
    assert desk.listening.callers == []


def test_who_has_greeted_may_take_time(desk, qtbot, monkeypatch):
    monkeypatch.setattr(listening, "FIRST_LINE_MS", 100)
    link = desk.greet()
    qtbot.wait(300)
    link.sendall(b'{"id": 7, "verb": "workspace.info"}\n')
    assert desk.heard(link)[0]["ack"] == 7


def test_a_line_that_is_too_long_ends_the_call(desk, qtbot, monkeypatch):
    monkeypatch.setattr(listening, "LONGEST", 1000)
    link = desk.greet()
    link.sendall(b'"' + b"x" * 999)
    qtbot.wait(50)
    assert not desk.is_ended(link), "1,000 bytes are not too many"
    link.sendall(b"x" * 2)
    qtbot.waitUntil(lambda: desk.is_ended(link), timeout=2000)


def test_another_file_is_not_written(desk):
    link = desk.connect()
    link.sendall(b'{"write": "/somewhere/else.crmdesk"}\n')
    assert desk.heard(link) == [{"open": False}]


def test_lines_that_come_all_at_once_are_answered_in_their_order(desk):
    link = desk.greet()
    asked = [{"id": at, "verb": "workspace.add_member", "args": {"name": f"M {at}"}} for at in range(30)]
    link.sendall("".join(json.dumps(each) + "\n" for each in asked).encode())
    assert [each["ack"] for each in desk.heard(link, 30)] == list(range(30))


def test_a_mistake_in_a_verb_is_noted_and_told(desk, monkeypatch):
    monkeypatch.setattr("crmdesk.services.verbs.call", lambda *given, **named: 1 / 0)
    link = desk.greet()
    link.sendall(b'{"id": 1, "verb": "workspace.info"}\n')
    (told,) = desk.heard(link)
    assert told["error"] == 1
    assert "ZeroDivisionError" in told["message"]
    assert desk.noted == ["ZeroDivisionError"]


def test_a_verb_that_takes_long_leaves_the_window_free(desk, qtbot, monkeypatch):
    may_go_on = threading.Event()
    monkeypatch.setattr("crmdesk.services.verbs.call", lambda *given, **named: may_go_on.wait(20))
    link, other = desk.greet(), desk.connect()
    link.sendall(b'{"id": 1, "verb": "samples.fill"}\n{"id": 2, "verb": "samples.fill"}\n')
    qtbot.wait(50)
    other.sendall(b'{"write": "/somewhere/else.crmdesk"}\n')
    assert desk.heard(other) == [{"open": False}]
    may_go_on.set()
    assert [each["ack"] for each in desk.heard(link, 2)] == [1, 2]


def day_of(db):
    return db.clock.today()


def test_a_sample_filled_by_a_caller_leaves_todays_day_to_everybody_else(desk, monkeypatch):
    seen = []
    add = workspaces.add_member
    today = desk.db.clock.today()

    def watched(db, name):
        with ThreadPoolExecutor(1) as pool:
            seen.append(pool.submit(day_of, db).result())
        return add(db, name)

    monkeypatch.setattr(workspaces, "add_member", watched)
    link = desk.greet()
    link.sendall(b'{"id": 1, "verb": "samples.fill"}\n')
    assert desk.heard(link)[0]["ack"] == 1
    assert set(seen) == {today}


def test_who_only_holds_the_line_keeps_nobody_away(desk):
    held = [desk.connect() for _each in range(listening.MOST + 5)]
    link = desk.greet()
    assert desk.is_ended(held[0])
    assert len(desk.listening.callers) == listening.MOST
    link.sendall(b'{"id": 7, "verb": "workspace.info"}\n')
    assert desk.heard(link)[0]["ack"] == 7


def test_a_name_that_no_file_can_have_is_refused_and_not_a_mistake(desk):
    link, other = desk.greet(), desk.connect()
    how = {"files": ["a\0b"], "source": "address_book", "event": "", "people_only": False}
    link.sendall(json.dumps({"import": how}).encode() + b"\n")
    assert desk.heard(link)[0]["message"]
    other.sendall(json.dumps({"open": "a\0b"}).encode() + b"\n")
    desk.qtbot.waitUntil(lambda: desk.is_ended(other), timeout=2000)
    assert desk.noted == []


def test_an_import_whose_caller_goes_is_taken_back(desk, qtbot, tmp_path, monkeypatch):
    rows = "".join(f"Person {at},p{at}@example.com\n" for at in range(2000))
    (tmp_path / "list.csv").write_text("Name,E-mail\n" + rows)
    monkeypatch.setattr(importing, "SLICE_ROWS", 50)
    link = desk.greet()
    how = {"files": [str(tmp_path / "list.csv")], "source": "address_book", "event": "", "people_only": False}
    link.sendall(json.dumps({"import": how}).encode() + b"\n")
    assert "progress" in desk.heard(link)[0]
    link.close()
    qtbot.waitUntil(lambda: desk.serving._work._pool.activeThreadCount() == 0, timeout=20000)
    assert workspaces.info(desk.db).people == 0
    assert workspaces.check(desk.db) == []


def test_a_long_list_of_the_terminal_comes_in_by_a_process_beside_the_window(desk, tmp_path, monkeypatch):
    (tmp_path / "list.csv").write_text("Name,E-mail\nAnna,anna@example.com\n")
    monkeypatch.setattr(import_process, "SHORT_BYTES", 0)
    start, started = import_process._started, []
    monkeypatch.setattr(import_process, "_started", lambda db: started.append(start(db)) or started[-1])
    link = desk.greet()
    how = {"files": [str(tmp_path / "list.csv")], "source": "address_book", "event": "", "people_only": False}
    link.sendall(json.dumps({"import": how}).encode() + b"\n")
    assert desk.heard(link, lines=2)[-1]["done"]["imported"] == 1
    assert [process.poll() is not None for process in started] == [True]


def test_the_address_is_short_enough_for_any_home(monkeypatch, tmp_path):
    home = tmp_path / ("x" * 120)
    home.mkdir(mode=0o700)
    monkeypatch.setattr("crmdesk.paths.state_folder", lambda: home)
    assert len(running.address().encode()) <= 100
