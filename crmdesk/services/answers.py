"""Verbs asked for as JSON lines, by the terminal itself or by it through the running program: one answer a line."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Any, NoReturn

from crmdesk.domain.errors import CrmError, NeedsConversion, NeedsTakingBack, RuleBroken
from crmdesk.services import verbs, workspace
from crmdesk.storage.database import Database
from crmdesk.words import _

_SURROGATES = re.compile("[\ud800-\udfff]")

Mistake = Callable[[Exception], str]
"""What a person is told of an error of the program itself."""


def answer(db: Database, line: bytes, mistake: Mistake) -> tuple[bool, str]:
    """Whether one line was done, and its answer; never raises for what a line can hold, nor for what a verb does.

    Asked: {"id": …, "verb": "moves.move", "args": {…}}. Answered after the commit: {"ack": id, "result": …}, or
    {"error": id, "message": …} with the words a person would see, and "missing" where facts are missing.
    """
    try:
        asked = read(line)
    except ValueError:
        return False, _dumped({"error": None, "message": _("This line is not JSON.")})
    number = asked.get("id") if isinstance(asked, dict) else None
    try:
        told = _carried_out(db, asked, number)
        return "ack" in told, _dumped(told)
    except Exception as error:
        return False, _dumped({"error": number, "message": mistake(error)})


def read(line: bytes) -> Any:
    """A line of JSON, with lone surrogates replaced, which can neither be stored nor written. ValueError for others."""
    try:
        return _clean(json.loads(line, parse_constant=_no_number))
    except RecursionError as error:
        raise ValueError("too deep") from error


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


def _dumped(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, allow_nan=False)


def _no_number(name: str) -> NoReturn:
    """JSON has no NaN and no Infinity."""
    raise ValueError(name)


def _clean(value: Any) -> Any:
    """Text that can be stored. ValueError for 1e999."""
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
