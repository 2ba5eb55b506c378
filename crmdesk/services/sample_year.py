"""The year before the fair, told in a few stories: who lives through which, as people with acts on their days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_OWN = ("need", "fit", "deal", "amount")


def people(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The people of the table `year.toml`, each with the acts of its story, as those of `people.toml` stand there."""
    for person in told["person"]:
        story = told["story"][person["story"]]
        acts = [_act(act, person) for act in story.get("acts", ())]
        whole = {**{key: value for key, value in story.items() if key != "acts"}, **person}
        yield {**whole, "acts": acts}


def _act(act: Mapping[str, Any], person: Mapping[str, Any]) -> dict[str, Any]:
    """One act of a story on this person's day: `after` becomes `ago`, `due` and `by` days from the workspace's day."""
    ago = person["ago"] - act["after"]
    done = {key: _filled(value, person) for key, value in act.items() if key not in ("after", "due", "by")}
    for name in ("due", "by"):
        if name in act:
            done["in"] = act[name] - ago
    if "amount" in done:
        done["currency"] = person.get("currency", "EUR")
    return {**done, "ago": ago}


def _filled(value: Any, person: Mapping[str, Any]) -> Any:
    for name in _OWN:
        if value == f"{{{name}}}":
            return person[name]
    return value
