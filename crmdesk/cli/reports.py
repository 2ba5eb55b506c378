"""`crmdesk report`: the state of the program, or the figures of a workspace, printed without a name in them."""

from __future__ import annotations

from typing import Any

from crmdesk.cli.columns import table
from crmdesk.cli.printing import line
from crmdesk.services import crashes
from crmdesk.services.reporting import Figures, StageFigures
from crmdesk.words import _, money, number


def of_program() -> dict[str, Any]:
    """Versions, and the newest reports of mistakes."""
    found = [{"at": each.at.strftime("%Y-%m-%dT%H:%M:%SZ"), "text": each.text} for each in crashes.listed()]
    return {"versions": crashes.versions(), "crashes": found}


def print_program(told: dict[str, Any]) -> None:
    """The same to be read, and pasted."""
    for name, value in told["versions"].items():
        line(f"{name}: {value}")
    for each in told["crashes"]:
        line()
        line(each["at"])
        for row in each["text"].splitlines():
            line(f"  {row}")


def print_figures(told: Figures) -> None:
    """Stages, exits, deals; a number that is too small for a share is said to be so."""
    line(_("Stages"))
    last = told.stages[-1]
    _print([(each.label, number(each.now), _rate(each) if each is not last else "") for each in told.stages])
    if told.exits:
        line(_("Left the path"))
        _print([(each.label, number(each.count), each.reason) for each in told.exits])
    line(_("Open deals"))
    _print([(each.label, number(each.open), _sums(each.sums)) for each in told.deals])
    closed = told.won + told.lost
    won = _("{count} of {all} closed deals were won").format(count=number(told.won), all=number(closed))
    line(_share(won, told.won_percent, whole=closed))


def _rate(stage: StageFigures) -> str:
    if not stage.entered:
        return ""
    on = _("{count} of {all} went on").format(count=number(stage.went_on), all=number(stage.entered))
    return _share(on, stage.percent, whole=stage.entered)


def _share(text: str, percent: int | None, *, whole: int) -> str:
    if percent is not None:
        return _("{text} ({percent} %)").format(text=text, percent=percent)
    return _("{text} (a small number)").format(text=text) if whole else text


def _sums(sums: Any) -> str:
    return " + ".join(money(each.cents, each.currency) for each in sums)


def _print(rows: list[tuple[str, str, str]]) -> None:
    for row in table(rows, indent="  "):
        line(row)
    line()
