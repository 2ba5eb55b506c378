"""The set-up command: what it says when it cannot go on, and that what it installs is pinned."""

from __future__ import annotations

import re
import shutil
import sys
from importlib.metadata import distributions
from pathlib import Path

import develop
import machine
import pytest

ROOT = Path(__file__).resolve().parents[2]
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system libraries are asked for on Linux")


def pins() -> dict[str, str]:
    """Name and version of every line of the constraints file."""
    lines = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {normal(name): version for name, version in pairs}


def normal(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_everything_installed_is_pinned():
    installed = {normal(found.metadata["Name"]): found.version for found in distributions()}
    own = {"crmdesk", "pip", "setuptools"}
    assert {
        name: version for name, version in installed.items() if name not in own and pins().get(name) != version
    } == {}


@linux
def test_without_rights_the_exact_line_to_type_is_said(monkeypatch):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(machine.SetupError) as refused:
        machine.require({"libnobody-has-this.so.9": "libnobody9"}, modules={"nobody_has_this": "python3-nobody"})
    assert "sudo apt-get install -y --no-install-recommends libnobody9 python3-nobody" in str(refused.value)
    assert "libnobody-has-this.so.9" in str(refused.value)


@linux
def test_a_system_without_apt_hears_what_is_missing(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(machine.SetupError, match=r"libnobody-has-this\.so\.9"):
        machine.require({"libnobody-has-this.so.9": "libnobody9"}, modules={})


@linux
def test_missing_fonts_do_not_stop_the_tour(monkeypatch, capsys):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    machine.want_fonts(list)
    assert "fonts-inter" in capsys.readouterr().out


@linux
def test_a_display_nobody_serves_is_no_screen(monkeypatch):
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":4711")
    assert not machine.screen()
    monkeypatch.delenv("DISPLAY")
    assert not machine.screen()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], False),
        (["fair.crmdesk"], False),
        (["./work"], False),
        (["list", "fair.crmdesk"], True),
        (["--help"], True),
    ],
)
def test_a_window_is_asked_for_unless_a_terminal_command_is_given(arguments, expected):
    assert develop.is_terminal_command(arguments) is expected
