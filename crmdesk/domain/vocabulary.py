"""A workspace's words: its stages with what each requires, and its entry table. Read from TOML that a person may edit.

Whether a record meets a stage is weighed in `gate`; here stands only what the vocabulary says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from crmdesk import paths
from crmdesk.domain.consent import PURPOSES, STATES
from crmdesk.domain.entry import CHANNELS, LINES, REMARKS, SOURCES, EntryRow
from crmdesk.domain.errors import NotFound
from crmdesk.domain.facts import FACTS
from crmdesk.domain.toml_table import TomlTable, parse
from crmdesk.words import LANGUAGES, N_, _, language

Requirement = tuple[tuple[str, ...], ...]
"""Any of these ways; a way is facts that must be met all together. A plain requirement is one way of one fact."""

ROLES: dict[str, str] = {
    "known": N_("Known"),
    "interested": N_("Interested"),
    "reachable": N_("Reachable"),
    "qualified": N_("Qualified"),
    "in_deal": N_("In a deal"),
    "customer": N_("Customer"),
}
"""Role → label. Reports, imports and rules use roles; *names* and the exits are no stages."""

TEAMS: dict[str, str] = {"marketing": N_("Marketing"), "sales": N_("Sales"), "service": N_("Service")}
TRACKS: dict[str, str] = {
    "nurture": N_("Nurture"),
    "outreach": N_("Outreach"),
    "deal": N_("Opportunity"),
    "care": N_("Care"),
}
DATA: dict[str, str] = {"little": N_("Little"), "enough": N_("Enough"), "full": N_("Full")}
READINESS: dict[str, str] = {"low": N_("Low"), "medium": N_("Medium"), "high": N_("High"), "bought": N_("Bought")}
PLACES: dict[str, str] = {"top": N_("Top"), "middle": N_("Middle"), "bottom": N_("Bottom")}

_SHIPPED = ("lead-first", "contact-lead", "qualified", "dialogue", "interest-first")
_TEXTS = ("label", "definition", "aim", "tasks")
_SHORT_TEXTS = ("short", "enter")  # a workspace of an earlier version of the program has none
_RULES = ("requires", "signs", "blocks")
_STAGE_KEYS = ("key", "role", *_RULES, "team", "track", "data", "readiness", "place", *_TEXTS, *_SHORT_TEXTS)
_KEYS = ("key", "version", "date", "account_from", "name", "reading", "summary", "stage", "entry")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage of the path. Texts come in the language in use; `position` counts from 0."""

    key: str
    position: int
    role: str
    requires: tuple[Requirement, ...]
    signs: tuple[str, ...]
    blocks: tuple[str, ...]
    team: str
    track: str
    data: str
    readiness: tuple[str, ...]
    place: str
    texts: Mapping[str, Mapping[str, str]]  # label, definition, aim, tasks, short, enter → language → text

    @property
    def label(self) -> str:
        """The stage's name."""
        return self.texts["label"][language()]

    @property
    def definition(self) -> str:
        """What a record at this stage is, in words."""
        return self.texts["definition"][language()]

    @property
    def aim(self) -> str:
        """What the team wants of it."""
        return self.texts["aim"][language()]

    @property
    def tasks(self) -> str:
        """The usual tasks."""
        return self.texts["tasks"][language()]

    @property
    def short(self) -> str:
        """The definition in a few words; the whole of it where there are none."""
        return self.texts["short"].get(language(), self.definition)

    @property
    def enter(self) -> str:
        """What makes the difference to the stage before, in a few words; "" where nothing was written."""
        return self.texts["enter"].get(language(), "")

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """All facts that it requires in one way or another, each once, in order."""
        return tuple(dict.fromkeys(fact for ways in self.requires for way in ways for fact in way))


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The agreement between the teams: the stages in order, and where new records start.

    `account_from` is the stage from which on accounts exist.
    """

    key: str
    version: int
    dated: str
    account_from: str
    stages: tuple[Stage, ...]
    entry: Mapping[str, EntryRow]
    texts: Mapping[str, Mapping[str, str]]  # name, reading, summary → language → text

    def name(self) -> str:
        """What the vocabulary is called: "Lead first"."""
        return self.texts["name"][language()]

    def reading(self) -> str:
        """Which reading of the words it is, in few words: "The usual CRM reading"."""
        return self.texts["reading"][language()]

    def summary(self) -> str:
        """What makes what, in one sentence; "" where stages have names of the workspace's own."""
        return self.texts["summary"].get(language(), "")

    @cached_property
    def path(self) -> tuple[str, ...]:
        """The stages' keys in order."""
        return tuple(stage.key for stage in self.stages)

    def stage(self, key: str) -> Stage:
        """The stage of that key; NotFound for another word, and for "", which is the off-board list Names."""
        if key not in self.path:
            what = _("No stage is called “{stage}”.").format(stage=key)
            raise NotFound(what, _("Choose one of: {stages}.").format(stages=", ".join(self.path)))
        return self.stages[self.path.index(key)]

    def word(self, key: str) -> str:
        """The name of a stage; of the off-board list for "". A key of an earlier vocabulary stays as it is."""
        if not key:
            return _("Names")
        return self.stage(key).label if key in self.path else key

    def by_role(self, role: str) -> Stage | None:
        """The stage that plays `role`, if there is one."""
        return next((stage for stage in self.stages if stage.role == role), None)

    def next(self, key: str) -> Stage | None:
        """The stage after `key`: the first one after Names or a key of an earlier vocabulary, None after the last."""
        position = self.position(key) + 1
        return self.stages[position] if position < len(self.stages) else None

    def position(self, key: str) -> int:
        """The place on the path from 0; -1 for Names and for a key of an earlier vocabulary."""
        return self.path.index(key) if key in self.path else -1

    def reaches(self, key: str, later: str) -> bool:
        """Whether `later` lies further along the path than `key`."""
        return self.position(later) > self.position(key)

    def is_deal(self, key: str) -> bool:
        """Whether cards at this stage are opportunities: entering it converts a lead."""
        return key in self.path and self.stage(key).role == "in_deal"

    def is_customer(self, key: str) -> bool:
        """Whether this is the stage of those who bought."""
        return key in self.path and self.stage(key).role == "customer"


def shipped() -> tuple[str, ...]:
    """The keys of the vocabularies that come with the program, in the order in which they are offered."""
    return _SHIPPED


def shipped_text(key: str) -> str:
    """The TOML text of a shipped vocabulary; NotFound for another key."""
    if key not in _SHIPPED:
        what = _("No vocabulary is called “{key}”.").format(key=key)
        raise NotFound(what, _("Choose one of: {keys}.").format(keys=", ".join(_SHIPPED)))
    return (paths.resources() / "vocabularies" / f"{key}.toml").read_text(encoding="utf-8")


def all_shipped() -> list[Vocabulary]:
    """All of them, in that order."""
    return [load(shipped_text(key), key) for key in _SHIPPED]


@lru_cache(maxsize=16)
def load(text: str, file: str) -> Vocabulary:
    """The vocabulary that `text` says; `file` is how messages call it.

    BadFile names the file, the line and what to do. The same text is read once.
    """
    table = parse(text, file)
    table.only(_KEYS)
    stages = _stages(table)
    keys = tuple(stage.key for stage in stages)
    deals = tuple(stage.key for stage in stages if stage.role in ("in_deal", "customer"))
    return Vocabulary(
        key=table.text("key"),
        version=table.number("version"),
        dated=table.day("date"),
        account_from=table.choice("account_from", deals),
        stages=stages,
        entry=_entry(table.child("entry"), keys),
        texts={name: table.words(name) for name in ("name", "reading", "summary")},
    )


def _stages(table: TomlTable) -> tuple[Stage, ...]:
    tables = table.children("stage")
    stages = tuple(_stage(part, place) for place, part in enumerate(tables))
    for place, part in enumerate(tables):
        _refuse_doubles(part, stages[place], stages[:place])
    _check_path(tables, stages)
    return stages


def _stage(table: TomlTable, position: int) -> Stage:
    table.only(_STAGE_KEYS)
    stage = Stage(
        key=_stage_key(table),
        position=position,
        role=table.choice("role", ROLES),
        requires=_requires(table),
        signs=table.choices("signs", FACTS),
        blocks=table.choices("blocks", tuple(fact for fact, spec in FACTS.items() if spec.asked)),
        team=table.choice("team", TEAMS),
        track=table.choice("track", TRACKS),
        data=table.choice("data", DATA),
        readiness=table.choices("readiness", READINESS),
        place=table.choice("place", PLACES),
        texts={name: table.words(name) for name in _TEXTS} | {name: _short(table, name) for name in _SHORT_TEXTS},
    )
    for fact in stage.signs:
        if fact in stage.facts:
            what = _("“{word}” is required and a sign as well.").format(word=fact)
            raise table.fault("signs", what, _("Leave it in one of the two lists."))
    if not stage.readiness:
        raise table.fault("readiness", _("“{key}” is missing.").format(key="readiness"), _like('readiness = ["low"]'))
    return stage


def _short(table: TomlTable, name: str) -> Mapping[str, str]:
    return table.words(name) if name in table.values else {}


def _stage_key(table: TomlTable) -> str:
    key = table.text("key")
    if not key.isidentifier() or not key.isascii():
        what = _("“{value}” cannot be the key of a stage.").format(value=key)
        raise table.fault("key", what, _("Use small letters and underscores, as in “prospect”."))
    return key


def _requires(table: TomlTable) -> tuple[Requirement, ...]:
    found = table.get("requires", list, 'requires = ["known", ["fit", "need"]]')
    if not found:
        what = _("This stage requires nothing.")
        raise table.fault("requires", what, _like('requires = ["known"]'))
    requirements = tuple(_requirement(table, part) for part in found)
    table.check_words("requires", (part for part in found if isinstance(part, str)), FACTS)
    return requirements


def _requirement(table: TomlTable, part: Any) -> Requirement:
    ways = part if isinstance(part, list) else [part]
    if isinstance(part, list) and len(ways) < 2:
        what = _("An inner list means any of several, and here it has fewer than two.")
        raise table.fault("requires", what, _("Add another way, or write the fact without brackets."))
    return tuple(_way(table, way) for way in ways)


def _way(table: TomlTable, way: Any) -> tuple[str, ...]:
    facts = way if isinstance(way, list) else [way]
    if isinstance(way, list) and len(facts) < 2:
        what = _("A list inside an inner list means all together, and here it has fewer than two.")
        raise table.fault("requires", what, _("Add another fact, or write the fact without brackets."))
    if not all(isinstance(fact, str) for fact in facts):
        what = _("“requires” is nested too deeply, or holds something that is not a fact.")
        raise table.fault("requires", what, _like('requires = ["reachable", [["fit", "engaged"], "pursued"]]'))
    table.check_words("requires", facts, FACTS)
    return tuple(facts)


def _like(example: str) -> str:
    return _("Write it like this: {example}").format(example=example)


def _refuse_doubles(table: TomlTable, stage: Stage, earlier: tuple[Stage, ...]) -> None:
    for other in earlier:
        if stage.key == other.key:
            what = _("Two stages have the key “{key}”.").format(key=stage.key)
            raise table.fault("key", what, _("Give each stage a key of its own."))
        if stage.role == other.role:
            what = _("Two stages have the role “{role}”.").format(role=stage.role)
            raise table.fault("role", what, _("Give each stage a role of its own."))
        for code in LANGUAGES:
            label = stage.texts["label"][code]
            if label.casefold() == other.texts["label"][code].casefold():
                what = _("Two stages are called “{label}” in the language “{language}”.")
                what = what.format(label=label, language=code)
                raise table.child("label").fault(code, what, _("Give each stage a name of its own."))


def _check_path(tables: list[TomlTable], stages: tuple[Stage, ...]) -> None:
    """The path ends with the deal and the customer, and does not begin with them."""
    roles = [stage.role for stage in stages]
    for role in ("in_deal", "customer"):
        if role not in roles:
            what = _("No stage has the role “{role}”.").format(role=role)
            raise tables[0].fault("", what, _("Give this role to the stage that plays it."))
    if roles[-2:] != ["in_deal", "customer"]:
        place = roles.index("in_deal") if roles.index("in_deal") != len(roles) - 2 else roles.index("customer")
        what = _("The roles “in_deal” and “customer” are not the last two of the path.")
        raise tables[place].fault("role", what, _("Put these two stages at the end, in this order."))
    if len(stages) < 3:
        what = _("The first stage is already a deal.")
        raise tables[0].fault("role", what, _("Begin with a stage for those who are not in a deal yet."))


def _entry(table: TomlTable, stages: tuple[str, ...]) -> dict[str, EntryRow]:
    table.only(SOURCES)
    return {source: _entry_row(table, source, stages) for source in SOURCES}


def _entry_row(table: TomlTable, source: str, stages: tuple[str, ...]) -> EntryRow:
    table.get(source, dict, f'{source} = {{ stage = "{stages[0]}", line = "offline", permission = "not_asked" }}')
    row = table.child(source)
    row.only(("stage", "registered", "line", "permission", "channel", "purpose", "remark"))
    return EntryRow(
        source=source,
        stage=row.choice("stage", (*stages, "")),
        registered=row.choice("registered", stages, default=""),
        line=row.choice("line", LINES),
        permission=row.choice("permission", STATES),
        channel=row.choice("channel", CHANNELS, default=""),
        purpose=row.choice("purpose", PURPOSES, default=""),
        remark=row.choice("remark", REMARKS, default=""),
    )
