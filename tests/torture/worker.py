"""A process that can be killed: `python -m tests.torture.worker` reads one order a line and does each in a child.

A child says that it is ready by stopping itself, so that whoever tortures it can take hold of it first. After each edit
it writes a line to the file `acks`, which is what a person has seen: the edit is done. Orders: {"act", "folder",
"acks", "again" (a refused edit is tried once more), "states" (what stands in the
records is told after each), "broken" (see `BROKEN`)}.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from crmdesk.domain.errors import CrmError
from crmdesk.services.verbs import every
from tests.torture import acts, judging
from tests.torture.breaking import BROKEN


def main() -> int:
    every()  # what an act needs is loaded before it begins
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _child(json.loads(line))
        _say({"pid": child})
        _pid, status = os.waitpid(child, 0)
        _say({"ended": os.waitstatus_to_exitcode(status)})
    return 0


def _say(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _child(order: dict[str, Any]) -> None:
    """Never returns: 0 when all was done, 3 when something other than a refusal in words was raised."""
    acks = os.open(order["acks"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    folder = Path(order["folder"])
    os.environ["XDG_DATA_HOME"] = str(folder / "data")
    code = 0
    try:
        BROKEN[order.get("broken", "")]()
        os.kill(os.getpid(), signal.SIGSTOP)
        _act(order, folder, acks)
    except BaseException:
        _tell(acks, "mistake", traceback.format_exc())
        code = 3
    os._exit(code)


def _act(order: dict[str, Any], folder: Path, acks: int) -> None:
    early = order.get("broken") == "early"
    for edit in _begun(order, folder, acks):
        if early:
            os.write(acks, b"done\n")
        if order.get("again"):
            _twice(edit, folder, acks)
        else:
            edit()
        if not early:
            os.write(acks, b"done\n")
        if order.get("states"):
            _tell(acks, "state", judging.digest_of(folder / acts.FILE))


def _begun(order: dict[str, Any], folder: Path, acks: int) -> acts.Edits:
    """The edits of an act, whose beginning (the workspace is opened) may be refused once."""
    edits = acts.edits_of(order["act"], folder)
    try:
        first = next(edits)
    except CrmError as error:
        if not order.get("again"):
            raise
        _tell_refusal(acks, error)
        edits = acts.edits_of(order["act"], folder)
        first = next(edits)
    yield first
    yield from edits


def _twice(edit: acts.Edit, folder: Path, acks: int) -> None:
    """Does an edit, once more when it is refused: then nothing of it may be there."""
    before = _digest(folder)
    try:
        edit()
    except CrmError as error:
        _tell_refusal(acks, error)
        if (after := _digest(folder)) != before:
            _tell(acks, "half", after)
        edit()


def _digest(folder: Path) -> str:
    """What stands in the records; the error that waits may come while that is read."""
    try:
        return judging.digest_of(folder / acts.FILE)
    except dbapi2.Error:
        return judging.digest_of(folder / acts.FILE)


def _tell_refusal(acks: int, error: CrmError) -> None:
    _tell(acks, "refused", {"kind": type(error).__name__, "what": error.what, "remedy": error.remedy})


def _tell(acks: int, what: str, told: Any) -> None:
    os.write(acks, f"{what} {json.dumps(told)}\n".encode())


if __name__ == "__main__":
    sys.exit(main())
