"""What the file of the week must hold, worked out in plain dicts from the same acts. Nothing of the program is used.

A table is a dict of rows by a key that people would say ("Birgit Hansen", first attempt); a row is a dict of columns.
Every act is one step that remembers each row before and after, so that steps are taken back in any order: what was
changed since stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
State = dict[str, dict[Any, Row]]
TABLES = (
    "people", "firms", "leads", "deals", "tasks", "answers", "taggings", "tags", "members", "events", "views", "talks",
    "parts", "consents", "trash",
)  # fmt: skip
PERCENT = {"needs": 20, "proposal": 40, "terms": 60, "contract": 80}
ORDER = tuple(PERCENT)


@dataclass(slots=True)
class Step:
    """One act: its name in the history, and each touched row before and after."""

    label: str
    rows: dict[tuple[str, Any], tuple[Row | None, Row | None]]
    undone: bool = False


class Book:
    """The book a careful person would keep beside the program."""

    def __init__(self, me: str) -> None:
        self.me, self.day = me, ""
        self.state: State = {table: {} for table in TABLES}
        self.state["members"][me] = {}
        self.steps: list[Step] = []
        self._redoable: list[Step] = []

    # Days

    def morning(self, day: str) -> None:
        self.day = day

    def evening(self) -> None:
        """Nothing changes overnight."""

    # Adding

    def add(self, name: str, *, source: str, firm: str = "", channels: tuple[str, ...] = (), step: str = "",
            due: str = "", kind: str = "") -> None:  # fmt: skip
        """Somebody (or a firm alone, with the name of the firm), placed as a lead, with a next step."""
        with self._step(f"Add {name}"):
            firm = "" if firm == name else firm
            if firm or not channels:
                self.state["firms"].setdefault(firm or name, _firm())
            person = name if channels else ""
            if person:
                self.state["people"][name] = _person(firm, channels)
            at = firm if person else name
            self.state["leads"][name, 1] = _lead(at, source=source, owner=self.me, event="")
            if step:
                self._plan(name, step, due, kind)

    def bring_in(self, event: str, rows: list[dict[str, Any]]) -> None:
        """A list: one lead a person, what happened at the stand, and what was agreed."""
        with self._step("Import"):
            self.state["events"][event] = {}
            for row in rows:
                name = row["name"]
                if row["firm"]:
                    self.state["firms"].setdefault(row["firm"], _firm())
                self.state["people"][name] = _person(row["firm"], row["channels"])
                self.state["leads"][name, 1] = _lead(row["firm"], source="badge_scan", owner=self.me, event=event)
                for day, talk in row["talks"]:
                    self._talk(name, talk, day, "")
                if row["agreed"]:
                    self.state["consents"][name, row["channels"][0], "offers"] = {"state": row["agreed"]}

    def member(self, name: str) -> None:
        with self._step("Add member"):
            self.state["members"][name] = {}

    # Today

    def tick(self, name: str, title: str) -> None:
        with self._step("Done"):
            self.state["tasks"][name, title]["done"] = self.day

    def wake(self, name: str) -> None:
        with self._step(f"Reopen {name}"):
            self.state["leads"][name, 1].update(exit="", left="", wake="")

    def called(self, name: str, title: str, then: tuple[str, str, str]) -> None:
        """They were reached; `then` is what comes next, its day and its kind."""
        with self._step(f"Log and go on with {name}"):
            self._talk(name, "call", self.day, "reached")
            self.state["tasks"][name, title]["done"] = self.day
            self._plan(name, *then)

    def put_off(self, name: str, title: str, until: str) -> None:
        with self._step("Later"):
            self.state["tasks"][name, title]["due"] = until

    # The path

    def qualify(self, name: str, notes: dict[str, str]) -> None:
        with self._step(f"Fill in what is asked and move {name}"):
            self._answer(name, notes)
            self.state["leads"][name, 1]["stage"] = "prospect"

    def convert(self, name: str, notes: dict[str, str], *, deal: str, cents: int, currency: str) -> None:
        """Two steps: what is asked, and the conversion."""
        with self._step(f"Fill in what is asked and move {name}"):
            self._answer(name, notes)
        with self._step(f"Convert {name}"):
            lead = self.state["leads"][name, 1]
            lead.update(exit="converted", left=self.day)
            self.state["firms"][lead["firm"]]["account"] = self.day
            self.state["deals"][deal, 1] = {
                "firm": lead["firm"], "who": name, "from": 1, "stage": "opportunity", "deal_stage": "needs",
                "percent": 20, "cents": cents, "currency": currency, "owner": lead["owner"], "source": lead["source"],
                "exit": "", "reason": "", "note": "", "left": "", "wake": "", "before": 0,
            }  # fmt: skip
            self.state["parts"][deal, 1, name] = {"role": ""}

    def deal_to(self, deal: str, stage: str) -> None:
        with self._step(f"Move {deal}"):
            self.state["deals"][deal, 1].update(deal_stage=stage, percent=PERCENT[stage])

    def won(self, deal: str) -> None:
        with self._step(f"Mark {deal} as won"):
            self.state["deals"][deal, 1].update(stage="customer", exit="won", left=self.day)

    def lost(self, deal: str, reason: str, note: str) -> None:
        with self._step(f"Mark {deal} as lost"):
            self.state["deals"][deal, 1].update(exit="lost", reason=reason, note=note, left=self.day)

    def not_a_fit(self, name: str, reason: str, note: str) -> None:
        with self._step(f"Mark {name} as not a fit"):
            self.state["leads"][name, 1].update(exit="not_a_fit", reason=reason, note=note, left=self.day)

    def park(self, name: str, until: str) -> None:
        with self._step(f"Park {name}"):
            self.state["leads"][name, 1].update(exit="not_now", wake=until, left=self.day)

    def again(self, table: str, name: str) -> None:
        """A new attempt: the old one stays closed, what is open goes along, what was known and agreed is known."""
        with self._step(f"Reopen {name}"):
            rows = self.state[table]
            last = max(attempt for who, attempt in rows if who == name)
            fresh = {"exit": "", "reason": "", "note": "", "left": "", "wake": "", "before": last}
            rows[name, last + 1] = {**rows[name, last], **fresh}
            known = [(name, last)]
            if table == "deals":
                known.append((rows[name, last]["who"], rows[name, last]["from"]))
                rows[name, last + 1]["from"] = 0
            for (who, attempt, fact), row in list(self.state["answers"].items()):
                if (who, attempt) in known:
                    self.state["answers"][name, last + 1, fact] = dict(row)
            for (deal, attempt, who), row in list(self.state["parts"].items()):
                if (deal, attempt) == (name, last):
                    self.state["parts"][name, last + 1, who] = dict(row)
            for (who, _title), task in self.state["tasks"].items():
                if who == name and not task["done"]:
                    task["attempt"] = last + 1

    # Lists and records

    def tag(self, names: tuple[str, ...], tag: str) -> None:
        with self._step(f"Tag with “{tag}”"):
            self.state["tags"].setdefault(tag, {})
            for name in names:
                self.state["taggings"][tag, name] = {}

    def own(self, names: tuple[str, ...], member: str) -> None:
        """People, and their cards that are still open."""
        with self._step(f"Give to {member}"):
            for name in names:
                self.state["people"][name]["owner"] = member
                for (who, _attempt), lead in self.state["leads"].items():
                    if who == name and not lead["exit"]:
                        lead["owner"] = member
                for deal in self.state["deals"].values():
                    if deal["who"] == name and not deal["exit"]:
                        deal["owner"] = member

    def view(self, name: str, words: str) -> None:
        with self._step(f"Save the view “{name}”"):
            self.state["views"][name] = {"place": "people", "words": words}

    def remove(self, *names: str) -> None:
        """To the trash, with all that is theirs."""
        with self._step("Remove"):
            for name in names:
                rows = [(table, key) for table, key in self._of(name)]
                kept = {(table, key): self.state[table].pop(key) for table, key in rows}
                self.state["trash"][name] = {"kept": kept}

    def take_from_trash(self, name: str) -> None:
        with self._step(f"Bring back {name}"):
            for (table, key), row in self.state["trash"].pop(name)["kept"].items():
                self.state[table][key] = row

    def edit(self, table: str, name: str, label: str, column: str, text: str) -> None:
        with self._step(f"Change “{label}” of {name}"):
            self.state[table][name][column] = text

    # Taking back

    def undo(self) -> None:
        """The newest step that is not taken back."""
        step = next(each for each in reversed(self.steps) if not each.undone)
        self._take_back(step)
        self._redoable.append(step)

    def redo(self) -> None:
        step = self._redoable.pop()
        for (table, key), (before, after) in step.rows.items():
            _turn(self.state[table], key, of=before, to=after)
        step.undone = False

    def undo_past(self, label: str) -> None:
        """A step of the past by its name, whatever came after it."""
        self._take_back(next(each for each in reversed(self.steps) if each.label == label))

    def _take_back(self, step: Step) -> None:
        for (table, key), (before, after) in step.rows.items():
            _turn(self.state[table], key, of=after, to=before)
        step.undone = True

    # Own parts

    @contextmanager
    def _step(self, label: str) -> Iterator[None]:
        was = deepcopy(self.state)
        yield
        rows = {
            (table, key): (was[table].get(key), deepcopy(self.state[table].get(key)))
            for table in TABLES
            for key in {**was[table], **self.state[table]}
            if was[table].get(key) != self.state[table].get(key)
        }
        self.steps.append(Step(label, rows))
        self._redoable.clear()

    def _plan(self, name: str, title: str, due: str, kind: str) -> None:
        attempt = max(attempt for who, attempt in self.state["leads"] if who == name)
        self.state["tasks"][name, title] = {"due": due, "done": "", "kind": kind, "attempt": attempt}

    def _talk(self, name: str, kind: str, day: str, outcome: str) -> None:
        self.state["talks"][name, kind, day] = {"outcome": outcome}

    def _answer(self, name: str, notes: dict[str, str]) -> None:
        for fact, note in notes.items():
            self.state["answers"][name, 1, fact] = {"value": "yes", "note": note}

    def _of(self, name: str) -> Iterator[tuple[str, Any]]:
        """What belongs to a person: not the firm, not the tag itself."""
        yield "people", name
        for table in ("leads", "tasks", "answers", "talks", "consents"):
            for key in self.state[table]:
                if key[0] == name:
                    yield table, key
        for key in self.state["taggings"]:
            if key[1] == name:
                yield "taggings", key


def _turn(rows: dict[Any, Row], key: Any, *, of: Row | None, to: Row | None) -> None:
    """Each value that is still as the step left it becomes what it was before."""
    if to is None:
        rows.pop(key, None)
    elif key not in rows:
        rows[key] = deepcopy(to)
    else:
        for column, value in to.items():
            if of is not None and rows[key][column] == of[column]:
                rows[key][column] = value


def _person(firm: str, channels: tuple[str, ...]) -> Row:
    return {"firm": firm, "channels": frozenset(channels), "job": "", "owner": ""}


def _firm() -> Row:
    return {"account": "", "industry": "", "owner": ""}


def _lead(firm: str, *, source: str, owner: str, event: str) -> Row:
    return {
        "firm": firm, "stage": "lead", "source": source, "event": event, "owner": owner, "exit": "", "reason": "",
        "note": "", "left": "", "wake": "", "before": 0,
    }  # fmt: skip
