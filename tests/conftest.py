"""What every test may ask for: a clock on Tuesday 5 May 2026, 12:02 UTC, seeded ids, a real workspace of its own."""

from __future__ import annotations

import gc
import os
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from crmdesk import words
from crmdesk.domain.ids import FixedClock, IdSource
from crmdesk.storage.creating import create
from crmdesk.storage.database import Database
from crmdesk.storage.existing import open_database

# "ci", which comes with hypothesis, always tries the same examples; this is `develop.py test --full`.
settings.register_profile("full", max_examples=2000, deadline=None, print_blob=True)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # windows need no screen in any test

TUESDAY = datetime(2026, 5, 5, 12, 2, tzinfo=UTC)
SETTINGS = {"name": "Example", "country": "DE", "currency": "EUR", "language": "en"}


# Minutes in one test: where tests run side by side, none of these may be the last to begin.
LONG = (
    "test_tour.py::", "test_story_terminal.py::", "test_a_program_killed_between_any_two_steps", "test_long_words.py::",
    "test_one_program.py::", "test_undo_properties.py::", "test_sudden_ends.py::", "test_private_files.py::",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first; otherwise as they come, which is at random."""
    items.sort(key=_is_short)


def _is_short(item: pytest.Item) -> bool:
    return not any(name in item.nodeid for name in LONG)


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings, state and default workspaces go to a folder of the run's own, never to the person's."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


@pytest.fixture(autouse=True)
def usual_rights() -> Iterator[None]:
    """The program keeps what it writes to itself for the whole of its process, which is not the tests' one."""
    usual = os.umask(0o022)
    yield
    os.umask(usual)


@pytest.fixture(autouse=True)
def usual_collector() -> Iterator[None]:
    """A program switches the automatic collector off until its process ends, which is not the tests' one."""
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def usual_language() -> Iterator[None]:
    """Opening a workspace changes the language of its process, which is not the tests' one."""
    before = words.language()
    yield
    words.use(before)


@pytest.fixture
def qtbot(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The usual one, which holds its widgets until the test has ended.

    What is shown is painted once more after the function has returned. If nobody held it, the collector would take it
    apart in the middle of that.
    """
    held, add = [], qtbot.addWidget

    def add_and_hold(widget: Any, **how: Any) -> None:
        held.append(widget)
        add(widget, **how)

    monkeypatch.setattr(qtbot, "addWidget", add_and_hold)
    return qtbot


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(TUESDAY)


@pytest.fixture
def ids(clock: FixedClock) -> IdSource:
    return IdSource(clock, random.Random(20260505))


@pytest.fixture(scope="session")
def workspace_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty workspace that tests copy, which is faster than making one."""
    path = tmp_path_factory.mktemp("template") / "example.crmdesk"
    clock = FixedClock(TUESDAY)
    create(path, clock=clock, ids=IdSource(clock, random.Random(5)), settings=SETTINGS).close()
    return path


@pytest.fixture
def workspace(workspace_template: Path, tmp_path: Path) -> Path:
    """The path of a workspace of the test's own, not open."""
    return Path(shutil.copy(workspace_template, tmp_path / "example.crmdesk"))


@pytest.fixture
def db(workspace: Path, clock: FixedClock, ids: IdSource) -> Iterator[Database]:
    """An open workspace of the test's own."""
    database = open_database(workspace, clock=clock, ids=ids)
    yield database
    database.close()
