"""Where nothing can be written: it opens for reading and says so, and nothing there is touched."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir

import pytest

from crmdesk.domain.errors import CrmError, ReadOnly
from crmdesk.services import boards, capture, unopened, workspace
from tests.torture import acts, disks

NOBODY = 65534


def traces(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


def opens_for_reading_alone(folder: Path) -> list[str]:
    """What is wrong with how a file that cannot be written is opened, used and let go."""
    path, wrong = folder / acts.FILE, []
    clock, ids = acts.clock_and_ids()
    before = traces(folder)
    try:
        workspace.open(path, clock=clock, ids=ids)
        wrong.append("it opens for writing")
    except ReadOnly as error:
        trouble = unopened.look_into(path, error)
        if (trouble.kind, bool(trouble.remedy)) != (unopened.READ_ONLY, True):
            wrong.append(f"it is called {trouble.kind}")
    db = workspace.open(path, clock=clock, ids=ids, read_only=True)
    try:
        if not boards.columns(db):
            wrong.append("nothing is to be read")
        try:
            capture.add(db, name="Anna Neu", source="business_card_short")
            wrong.append("it is written")
        except ReadOnly:
            pass
    finally:
        db.close()
    return wrong if traces(folder) == before else [*wrong, "something changed there"]


def as_nobody(check, folder: Path) -> list[str]:
    """What a check says when somebody does it who is not root."""
    if os.geteuid():
        return check(folder)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            with suppress(Exception):  # what is imported late is there by then: nobody may not see where Python lies
                check(Path(shutil.copytree(folder, folder.parent / "before")))
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            said = "\n".join(check(folder))
        except BaseException as error:
            said = repr(error)
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as heard:
        return heard.read().splitlines()


@pytest.fixture
def folder(tmp_path, ground):
    """A workspace in a folder that everybody can reach."""
    saved = ground("move").fresh()
    made = tmp_path / "there"
    made.mkdir()
    for each in saved.iterdir():
        if each.is_file():
            (made / each.name).write_bytes(each.read_bytes())
    for parent in (tmp_path, *tmp_path.parents):
        if parent.is_relative_to(gettempdir()) and parent != Path(gettempdir()):
            parent.chmod(0o755)
    return made


@pytest.mark.parametrize(("file", "place"), [(0o444, 0o777), (0o666, 0o555), (0o444, 0o555)])
def test_a_file_or_folder_without_the_right_to_write_is_read(folder, file, place):
    (folder / acts.FILE).chmod(file)
    folder.chmod(place)
    try:
        assert as_nobody(opens_for_reading_alone, folder) == []
    finally:
        folder.chmod(0o755)


@disks.needs_mount
@pytest.mark.parametrize("kind", ["ext4", "tmpfs"])
def test_a_disk_mounted_for_reading_is_read(disk, kind):
    mounted = disk(kind)
    acts.ready(mounted.folder)
    mounted.only_readable()
    assert opens_for_reading_alone(mounted.folder) == []


@disks.needs_mount
def test_a_disk_taken_out_while_it_was_written_is_read_or_refused_in_words(worker, disk):
    mounted = disk("tmpfs")
    acts.ready(mounted.folder)
    child = worker.begin(acts.STEADY, mounted.folder)
    worker.let_go(child, until=5)
    worker.kill(child)
    mounted.only_readable()
    for read_only in (False, True):
        error = refused(mounted.folder, read_only=read_only)
        assert error is None or (error.what and error.remedy)


def refused(folder: Path, *, read_only: bool) -> CrmError | None:
    clock, ids = acts.clock_and_ids()
    try:
        workspace.open(folder / acts.FILE, clock=clock, ids=ids, read_only=read_only).close()
    except CrmError as error:
        return error
    return None
