"""`crmdesk do`: one JSON object a line in, one a line out, and an answer only after the commit."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from typing import IO, Any, NoReturn

from crmdesk.cli.telling import mistake
from crmdesk.domain.errors import CrmError, NeedsConversion, NeedsTakingBack, RuleBroken
from crmdesk.services import verbs, workspace
from crmdesk.storage.database import Database
from crmdesk.words import _

_SURROGATES = re.compile("[\ud800-\udfff]")


def answer_all(db: Database, lines: Iterable[bytes], out: IO[str]) -> bool:
    """Answers every line, each flushed at once; whether all were done. Empty lines are passed over.

    Asked: {"id": …, "verb": "moves.move", "args": {…}}. Answered: {"ack": id, "result": …}, or {"error": id, "message":
    …} with the words a person would see, and "missing" where facts are missing.
    """
    fine = True
    for line in lines:
        if line.strip():
            done, text = _answer(db, line)
            fine = fine and done
            out.write(text + "\n")
            out.flush()
    return fine


def _answer(db: Database, line: bytes) -> tuple[bool, str]:
    """Whether one line was done, and its answer; never raises for what a line can hold, nor for what a verb does."""
    try:
        asked = _clean(json.loads(line, parse_constant=_no_number))
    except (ValueError, RecursionError):
        return False, _dumped({"error": None, "message": _("This line is not JSON.")})
    number = asked.get("id") if isinstance(asked, dict) else None
    try:
        answer = _carried_out(db, asked, number)
        return "ack" in answer, _dumped(answer)
    except Exception as error:
        return False, _dumped({"error": number, "message": mistake(error)})


def _carried_out(db: Database, asked: Any, number: Any) -> dict[str, Any]:
    if not isinstance(asked, dict) or not isinstance(asked.get("verb"), str):
        return {"error": number, "message": _("This line is not an object with a “verb”.")}
    arguments = asked.get("args", {})
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


def _dumped(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False, allow_nan=False)


def _no_number(name: str) -> NoReturn:
    """JSON has no NaN and no Infinity."""
    raise ValueError(name)


def _clean(value: Any) -> Any:
    """What was read, with lone surrogates replaced, which can neither be stored nor written. ValueError for 1e999."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, list):
        return [_clean(each) for each in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(each) for key, each in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(value)
    return value


def _worded(refused: RuleBroken) -> str:
    """The words a person would see, and the verbs that stand for the sheet they would see with them."""
    if isinstance(refused, NeedsConversion):
        verb = _("The verb is “convert.convert”; “convert.propose” gives its choice.")
    elif isinstance(refused, NeedsTakingBack):
        verb = _("The verb is “convert.take_back”.")
    else:
        return str(refused)
    return f"{refused} {verb}"
