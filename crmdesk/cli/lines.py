"""`crmdesk do`: one JSON object a line in, one a line out, and an answer only after the commit."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any

from crmdesk.domain.errors import CrmError, NeedsConversion, NeedsTakingBack, RuleBroken
from crmdesk.services import verbs, workspace
from crmdesk.storage.database import Database
from crmdesk.words import _


def answer_all(db: Database, lines: Iterable[bytes], out: IO[str]) -> bool:
    """Answers every line, each flushed at once; whether all were done. Empty lines are passed over.

    Asked: {"id": …, "verb": "moves.move", "args": {…}}. Answered: {"ack": id, "result": …}, or {"error": id, "message":
    …} with the words a person would see, and "missing" where facts are missing.
    """
    fine = True
    for line in lines:
        if line.strip():
            answer = answer_one(db, line)
            fine = fine and "ack" in answer
            out.write(json.dumps(answer, ensure_ascii=False) + "\n")
            out.flush()
    return fine


def answer_one(db: Database, line: bytes) -> dict[str, Any]:
    """The answer to one line; never raises for what a line can hold."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": None, "message": _("This line is not JSON.")}
    if not isinstance(asked, dict) or not isinstance(asked.get("verb"), str):
        number = asked.get("id") if isinstance(asked, dict) else None
        return {"error": number, "message": _("This line is not an object with a “verb”.")}
    number, arguments = asked.get("id"), asked.get("args", {})
    if not isinstance(arguments, dict):
        return {"error": number, "message": _("“args” is not an object.")}
    try:
        result = verbs.call(db, asked["verb"], arguments, word=workspace.vocabulary(db).word)
    except RuleBroken as refused:
        missing = {"missing": list(refused.missing)} if refused.missing else {}
        return {"error": number, "message": _worded(refused), "kind": type(refused).__name__, **missing}
    except CrmError as error:
        return {"error": number, "message": str(error), "kind": type(error).__name__}
    return {"ack": number, "result": result}


def _worded(refused: RuleBroken) -> str:
    """The words a person would see, and the verbs that stand for the sheet they would see with them."""
    if isinstance(refused, NeedsConversion):
        verb = _("The verb is “convert.convert”; “convert.propose” gives its choice.")
    elif isinstance(refused, NeedsTakingBack):
        verb = _("The verb is “convert.take_back”.")
    else:
        return str(refused)
    return f"{refused} {verb}"
