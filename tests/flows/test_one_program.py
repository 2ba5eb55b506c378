"""One program for a person: a second start hands over its file, the terminal writes through the window."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest

from crmdesk.exchange import running
from crmdesk.services import workspace
from tests.support.programs import has_open, listens, ran, started, until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and sockets of a Unix system")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "mine.crmdesk"
    workspace.create(made, vocabulary="dialogue", country="DE").close()
    return made


@pytest.fixture
def window(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a process of its own with the file open."""
    process = started(path)
    until(lambda: has_open(path))
    yield process
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)


def lines(*asked: dict[str, object]) -> bytes:
    return "".join(json.dumps(each) + "\n" for each in asked).encode()


def members(path: Path) -> list[str]:
    db = workspace.open(path, read_only=True)
    try:
        return [each.name for each in workspace.members(db)]
    finally:
        db.close()


ANNA = {"id": 1, "verb": "workspace.add_member", "args": {"name": "Anna Example"}}


def test_a_second_start_hands_its_file_over_and_ends(window, path, tmp_path):
    other = tmp_path / "other.crmdesk"
    workspace.create(other, vocabulary="qualified").close()
    begun = monotonic()
    second = ran(other)
    assert monotonic() - begun < 10
    assert second.returncode == 0, second.stderr.decode()
    until(lambda: has_open(other))
    assert not has_open(path)
    assert window.poll() is None


def test_a_second_start_of_a_file_that_is_not_there_is_answered_by_the_window_which_stays(window, path, tmp_path):
    second = ran(tmp_path / "nothing.crmdesk")
    assert (second.returncode, second.stderr) == (0, b"")
    assert has_open(path)
    word = ran("nothing")
    assert word.returncode == 1
    assert "nothing" in word.stderr.decode()


def test_starts_at_the_same_moment_give_one_program(path):
    starts = [started(path) for _ in range(4)]
    until(lambda: has_open(path))
    until(lambda: sum(each.poll() is not None for each in starts) == 3)
    assert sorted(each.poll() or 0 for each in starts) == [0, 0, 0, 0]
    (left,) = [each for each in starts if each.poll() is None]
    left.send_signal(signal.SIGTERM)
    for each in starts:
        each.communicate(timeout=10)


def test_a_socket_that_a_crash_has_left_is_replaced_without_a_question(window, path):
    window.kill()
    window.wait()
    assert Path(running.address()).exists()
    assert not listens()
    again = started(path)
    until(lambda: has_open(path))
    again.send_signal(signal.SIGTERM)
    assert again.wait(timeout=10) == 0
    again.communicate()
    assert not Path(running.address()).exists()


def test_the_socket_is_the_persons_alone(window):
    assert stat.S_IMODE(Path(running.address()).stat().st_mode) & 0o077 == 0


def test_the_terminal_writes_through_the_window(window, path):
    done = ran("do", path, lines=lines(ANNA, {"id": 2, "verb": "nothing.such"}, {"id": 3}))
    told = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [each.get("ack", each.get("error")) for each in told] == [1, 2, 3]
    assert told[1]["kind"] == "NotFound"
    assert done.returncode == 1
    assert "Anna Example" in members(path)
    assert window.poll() is None


def test_undo_and_redo_of_the_terminal_go_through_the_window(window, path):
    ran("do", path, lines=lines(ANNA))
    undone = ran("undo", path)
    assert (undone.returncode, undone.stdout.decode()) == (0, "Undone: Add Anna Example to the team.\n")
    assert "Anna Example" not in members(path)
    assert ran("redo", path).stdout.decode() == "Done again: Add Anna Example to the team.\n"
    assert "Anna Example" in members(path)
    nothing = ran("redo", path)
    assert nothing.returncode == 1
    assert nothing.stderr.decode().startswith("There is nothing to redo.")


def test_an_import_of_the_terminal_goes_through_the_window(window, path, tmp_path):
    listed = tmp_path / "list.csv"
    listed.write_text("Name,E-mail\nAnna Example,anna@example.com\nBert Example,bert@example.com\n", encoding="utf-8")
    done = ran("import", path, listed, "--json")
    told = json.loads(done.stdout)
    assert (told["read"], told["imported"]) == (2, 2)
    missing = ran("import", path, tmp_path / "none.csv")
    assert missing.returncode == 1
    assert "none.csv" in missing.stderr.decode()


def test_a_window_that_ends_while_a_list_comes_in_tells_the_terminal_that_it_closed_the_file(window, path, tmp_path):
    listed = tmp_path / "list.csv"
    people = (f"Person {number} Example,p{number}@example.com\n" for number in range(20_000))
    listed.write_text("Name,E-mail\n" + "".join(people), encoding="utf-8")
    link = running.find()
    assert link is not None
    assert link.ask({"write": str(path.resolve())}) == {"open": True}
    how = {"files": [str(listed)], "source": "web_form", "event": "", "people_only": False}
    told = link.ask({"import": how})
    assert "progress" in told
    window.send_signal(signal.SIGTERM)
    while "progress" in told:
        told = link.answer()
    link.close()
    assert "“mine.crmdesk” was closed." in told["message"]
    assert window.wait(timeout=10) == 0
    assert ran("check", path).returncode == 0


def test_reading_needs_no_window_and_disturbs_none(window, path):
    assert ran("list", path, "--json").returncode == 0
    assert ran("check", path).returncode == 0


HOSTILE: list[Callable[[socket.socket], None]] = [
    lambda link: link.sendall(b"\x00\xff\xfe garbage\n"),
    lambda link: link.sendall(b"[1, 2, 3]\n"),
    lambda link: link.sendall(b'{"open": 3}\n'),
    lambda link: link.sendall(b'{"open": "/dev/null/none"}\n'),
    lambda link: link.sendall(b'{"write": "/etc/passwd"}\n{"verb": "undo.undo"}\n'),
    lambda link: link.sendall(b"{" * 100_000 + b"\n"),
    lambda link: link.sendall(b"half a line"),
    lambda link: link.sendall(b"GET / HTTP/1.1\r\nHost: example\r\n\r\n"),
    lambda link: link.sendall(b"\n" * 10_000),
]


def test_nothing_that_is_sent_to_the_socket_does_harm(window, path):
    held = []
    for hostile in HOSTILE:
        link = socket.socket(socket.AF_UNIX)
        link.connect(running.address())
        hostile(link)
        held.append(link)
    held.append(socket.socket(socket.AF_UNIX))
    held[-1].settimeout(5)
    held[-1].connect(running.address())
    with pytest.raises(OSError, match=r"pipe|reset|timed out"):
        held[-1].sendall(b"x" * 200_000_000)
    for link in held:
        link.close()
    done = ran("do", path, lines=lines(ANNA))
    assert done.returncode == 0, done.stderr.decode()
    assert window.poll() is None


def test_many_connections_are_refused_and_make_room_again(window, path):
    links = []
    for _each in range(100):
        link = socket.socket(socket.AF_UNIX)
        links.append(link)
        link.settimeout(2)
        with contextlib.suppress(OSError):  # the system itself lets only so many wait
            link.connect(running.address())
    for link in links:
        link.close()
    until(lambda: has_open(path))
    assert window.poll() is None


def test_a_line_sent_and_not_waited_for_leaves_the_file_sound(window, path):
    for _each in range(5):
        link = running.find()
        assert link is not None
        link.ask({"write": str(path.resolve())})
        link.send(json.dumps(ANNA).encode())
        link.close()
    until(lambda: has_open(path))
    assert ran("check", path).returncode == 0


def test_the_terminal_writes_by_itself_once_the_window_is_gone(window, path):
    window.send_signal(signal.SIGTERM)
    assert window.wait(timeout=10) == 0
    assert ran("do", path, lines=lines(ANNA)).returncode == 0


def test_a_shortcut_to_a_workspace_that_is_gone_opens_a_window_and_a_mistyped_word_none(tmp_path):
    word = ran("improt")
    assert word.returncode == 1
    assert word.stderr.decode().startswith("There is no file “improt”.")
    process = started(tmp_path / "gone.crmdesk")
    try:
        until(listens)
        assert process.poll() is None
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
    assert process.returncode == 0
    assert not (tmp_path / "gone.crmdesk").exists()
