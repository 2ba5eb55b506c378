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
from contextlib import nullcontext
from pathlib import Path
from typing import Any

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
        BROKEN.get(order.get("broken", ""), nullcontext)()
        os.kill(os.getpid(), signal.SIGSTOP)
        _act(order, folder, acks)
    except BaseException:
        os.write(acks, b"mistake " + json.dumps(traceback.format_exc()).encode() + b"\n")
        code = 3
    os._exit(code)


def _act(order: dict[str, Any], folder: Path, acks: int) -> None:
    for edit in _begun(order, folder, acks):
        if order.get("again"):
            _once_more(edit, acks)
        else:
            if order.get("broken") == "early":
                os.write(acks, b"done\n")
            edit()
        if order.get("broken") != "early":
            os.write(acks, b"done\n")
        if order.get("states"):
            os.write(acks, b"state " + judging.digest_of(folder / acts.FILE).encode() + b"\n")


def _begun(order: dict[str, Any], folder: Path, acks: int) -> acts.Edits:
    """The edits of an act, whose beginning (the workspace is opened) may be refused once."""
    edits = acts.edits_of(order["act"], folder)
    try:
        first = next(edits)
    except CrmError as error:
        if not order.get("again"):
            raise
        _refused(error, acks)
        edits = acts.edits_of(order["act"], folder)
        first = next(edits)
    yield first
    yield from edits


def _once_more(edit: acts.Edit, acks: int) -> None:
    error = acts.refused(edit)
    if error is not None:
        _refused(error, acks)
        edit()


def _refused(error: CrmError, acks: int) -> None:
    said = {"kind": type(error).__name__, "what": error.what, "remedy": error.remedy}
    os.write(acks, b"refused " + json.dumps(said).encode() + b"\n")


if __name__ == "__main__":
    sys.exit(main())
