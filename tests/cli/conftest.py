from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import pytest

from crmdesk import cli, words
from tests.support.terminal import Run


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command line in this process, in a folder of its own: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def run_it(*arguments: str, lines: bytes = b"") -> tuple[int, str, str]:
        class Input:
            buffer = io.BytesIO(lines)

        monkeypatch.setattr(sys, "stdin", Input)
        code = cli.main(arguments)
        told = capsys.readouterr()
        return code, told.out, told.err

    return run_it


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample workspace, closed."""
    path = tmp_path_factory.mktemp("sample") / "sample.crmdesk"
    words.use("en")
    cli.main(["new", str(path), "--vocabulary", "dialogue", "--sample"])
    return path


@pytest.fixture
def sample(filled: Path, tmp_path: Path) -> str:
    return Path(shutil.copy(filled, tmp_path / "sample.crmdesk")).name
