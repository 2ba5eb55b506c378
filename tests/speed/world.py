"""Workspaces of invented people, made once for each size and kept: 26 % Vietnamese, 12 % Chinese, 17 % German names.

They stand on a fixed day. Rows go in beside the journal, and the derived tables are made from them at the end, so that
a million people take minutes.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from crmdesk import paths
from crmdesk.domain import points
from crmdesk.domain.ids import EPOCH, LOW_BITS, PAIRS, REF_COUNT, REF_HALF, FixedClock, IdSource
from crmdesk.domain.records import (
    Activity,
    Consent,
    ContactPoint,
    Conversion,
    Event,
    Id,
    Lead,
    Member,
    Opportunity,
    Organisation,
    Person,
    Record,
    StageMove,
    Task,
)
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services import workspace
from crmdesk.storage import derived, migrations, opening, schema
from crmdesk.storage.database import Database

NOW = datetime(2026, 5, 5, 12, 2, tzinfo=UTC)
SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
BATCH = 20_000
MEMBERS, EVENTS = 12, 8
_SPREAD = 700 * 24 * 3600 * 1000  # milliseconds over which everything came in
_MULTIPLIER = 387_420_489  # prime to 31, so that references never repeat

_VIETNAMESE = (
    ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương"),
    ("Văn", "Thị", "Minh", "Hữu", "Đức", "Thu", "Ngọc", "Quang", ""),
    ("Anh", "Bình", "Châu", "Dũng", "Hà", "Hùng", "Hương", "Lan", "Linh", "Mai", "Nam", "Phúc", "Sơn", "Thảo", "Tuấn"),
)
_CHINESE = (
    ("陳", "林", "黃", "張", "李", "王", "吳", "劉", "蔡", "楊", "許", "鄭", "謝", "洪", "郭", "邱", "曾", "廖"),
    ("怡君", "家豪", "淑芬", "志明", "雅婷", "俊傑", "美玲", "建宏", "佳蓉", "冠宇", "詩涵", "承恩", "欣怡", "宗翰"),
)
_GERMAN = (
    ("Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schulz", "Hoffmann", "Schäfer",
     "Koch", "Bauer", "Richter", "Klein", "Wolf", "Schröder", "Neumann", "Schwarz", "Zimmermann", "Groß", "Oberländer"),
    ("Anna", "Jörg", "Sabine", "Katrin", "Uwe", "Jürgen", "Birgit", "Heike", "Stefan", "Käthe", "Rüdiger", "Maren"),
)  # fmt: skip
_OTHER = (
    ("Smith", "Jones", "Taylor", "Brown", "Wilson", "Evans", "O'Brien", "Walker", "Wright", "Robinson", "Thompson",
     "Rossi", "García", "Silva", "Kowalski", "Novák", "Jansen", "Dubois", "Larsen", "Virtanen", "Popescu", "Horváth"),
    ("James", "Mary", "Robert", "Siobhán", "Luca", "José", "Marta", "Pieter", "Chloé", "Ingrid", "Tomáš", "Ewa", "Aki"),
)  # fmt: skip
_SYLLABLES = ("ba", "den", "ka", "lor", "mi", "nex", "or", "pan", "ril", "sto", "tev", "um", "vor", "wen", "xi", "zal")
_FORMS = {"de": "GmbH", "vi": "TNHH", "zh": "股份有限公司", "en": "Ltd"}
_SOURCES = ("address_book", "business_card_short", "business_card_talk", "quote_request")


def cache_folder() -> Path:
    """Where the workspaces lie between two runs."""
    return Path(os.environ.get("CRMDESK_SPEED", Path(tempfile.gettempdir()) / "crmdesk-speed"))


def opened(size: str, folder: Path, *, told: Callable[[str], None]) -> Database:
    """A copy of the workspace of a size, opened on its day. The caller closes it."""
    clock = FixedClock(NOW, timedelta(milliseconds=1))
    path = copied(size, folder, told=told)
    return workspace.open(path, clock=clock, ids=IdSource(clock, random.Random(7)))


def copied(size: str, folder: Path, *, told: Callable[[str], None]) -> Path:
    """A copy of the workspace of a size in a folder; it is made first when there is none of this schema yet."""
    kept = cache_folder() / f"{size}-{_stamp()}{paths.SUFFIX}"
    if not kept.exists():
        _forget_older(size)
        told(f"making a workspace of {size} people")
        _make(kept, SIZES[size])
    return Path(shutil.copyfile(kept, folder / f"{size}{paths.SUFFIX}"))


def _stamp() -> str:
    """What a workspace's content depends on: the format, the derived tables, and how this module invents people."""
    shape = "\n".join((*migrations.statements(migrations.HEAD), *derived.layout()))
    return hashlib.sha256((shape + Path(__file__).read_text(encoding="utf-8")).encode()).hexdigest()[:12]


def _forget_older(size: str) -> None:
    cache_folder().mkdir(parents=True, exist_ok=True)
    for old in cache_folder().glob(f"{size}-*"):
        old.unlink()


def _make(path: Path, people: int) -> None:
    making = path.with_suffix(".making")
    making.unlink(missing_ok=True)
    start = NOW - timedelta(milliseconds=_SPREAD + 86_400_000)
    clock = FixedClock(start, timedelta(milliseconds=1))
    source = IdSource(clock, random.Random(3))
    db = workspace.create(
        making, vocabulary="lead-first", me="Jana Lindner", country="DE", clock=clock, ids=source, name="Speed"
    )
    vocabulary = workspace.vocabulary(db)
    db.close()
    connection = opening.connect(making, mode="rw")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -500000")
    indexes = _drop_indexes(connection)
    connection.execute("BEGIN")
    _World(connection, vocabulary, people).fill()
    for statement in indexes:
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.close()
    opening.lay_out(making)
    _settle(making)
    making.rename(path)


def _settle(path: Path) -> None:
    """Everything into the file itself, nothing beside it."""
    connection = opening.connect(path, mode="rw")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()


def _drop_indexes(connection: Any) -> list[str]:
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND name LIKE 'ix_%'"
    ).fetchall()
    for name, _sql in found:
        connection.execute(f'DROP INDEX "{name}"')
    return [sql for _name, sql in found]


class _World:
    """Invents people in the order of time and writes them in batches."""

    def __init__(self, connection: Any, vocabulary: Vocabulary, people: int) -> None:
        self._connection, self._people = connection, people
        self._random = random.Random(people)
        self._stages = [each for each in vocabulary.path if not vocabulary.is_deal(each)]
        self._stages = [each for each in self._stages if not vocabulary.is_customer(each)]
        self._deal = next(each for each in vocabulary.path if vocabulary.is_deal(each))
        self._customer = next(each for each in vocabulary.path if vocabulary.is_customer(each))
        self._words = {"vocabulary": vocabulary.key, "vocabulary_version": vocabulary.version}
        self._made = 0
        self._tick = _SPREAD / (people * 8)
        self._start = (NOW - timedelta(milliseconds=_SPREAD) - EPOCH) // timedelta(milliseconds=1)
        self._rows: dict[str, list[tuple[Any, ...]]] = {}
        self._firms: list[Id] = []
        self._firm_names: list[tuple[str, str]] = []
        self._today = NOW.date()

    def fill(self) -> None:
        """Members, events, firms with their people, and all that is known of them."""
        self._members = [self._add(Member(name=f"Member {each}", initials=f"M{each}")) for each in range(MEMBERS)]
        self._events = [
            self._add(Event(name=f"Example Fair {2026 - each}", starts_on=f"{2026 - each}-04-20"))
            for each in range(EVENTS)
        ]
        for each in range(self._people):
            if each % 4 == 0:
                self._firm(each)
            self._person(each)
        for table in list(self._rows):
            self._write(table)

    def _add(self, record: Record) -> Id:
        """Stores a record with the next id, reference and moment."""
        self._made += 1
        moment = self._start + int(self._made * self._tick)
        record_id = Id(moment << LOW_BITS | self._random.getrandbits(LOW_BITS))
        made = EPOCH + timedelta(milliseconds=moment)
        created_at = f"{made:%Y-%m-%dT%H:%M:%S}.{made.microsecond // 1000:03d}Z"
        table = record.table
        values = [getattr(record, name) for name in schema.column_names[table][3:]]
        rows = self._rows.setdefault(table, [])
        rows.append((record_id, _reference(self._made), created_at, *values))
        if len(rows) == BATCH:
            self._write(table)
        return record_id

    def _write(self, table: str) -> None:
        names = schema.column_names[table]
        columns, marks = ", ".join(f'"{each}"' for each in names), ", ".join("?" * len(names))
        self._connection.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', self._rows.pop(table))

    def _firm(self, number: int) -> None:
        culture = self._culture()
        word = "".join(self._random.choice(_SYLLABLES) for _each in range(4)).capitalize()
        name = f"{word} {_FORMS[culture]}" if culture != "zh" else f"{word}{_FORMS[culture]}"
        key = points.organisation_key(name)
        owner = self._any(self._members)
        self._firms.append(self._add(Organisation(name=name, match_key=key, industry="Machines", owner_id=owner)))
        self._firm_names.append((word.lower(), culture))

    def _person(self, number: int) -> None:
        word, culture = self._firm_names[-1]
        firm = self._firms[-1]
        given, middle, family = self._name(culture)
        first = culture in ("vi", "zh")
        person = self._add(
            Person(
                given=given, middle=middle, family=family, family_first=int(first), organisation_id=firm,
                job_title=self._any(("Purchasing", "Engineer", "Head of production", "Owner")),
            )
        )  # fmt: skip
        self._points(number, person, word)
        self._lead(number, person, firm)

    def _points(self, number: int, person: Id, word: str) -> None:
        value = f"p{number}@{word}.example"
        point = self._add(ContactPoint(person_id=person, kind="email", label="work", value=value, match_key=value))
        if number % 5 < 3:
            digits = f"{1_000_000_000 + number * 7919 % 8_999_999_999}"
            shown = f"0{digits[:3]} {digits[3:]}"
            self._add(ContactPoint(person_id=person, kind="phone", value=shown, match_key=f"+49{digits}"))
        if number % 10 < 3:
            self._add(Consent(contact_point_id=point, purpose="offers", state=self._any(("given", "declined"))))

    def _lead(self, number: int, person: Id, firm: Id) -> None:
        kind = number % 20
        goes_on = kind == 0
        stage = self._stages[min(len(self._stages) - 1, kind % 10 // 7)]
        left = {1: "not_now", 2: "not_a_fit"}.get(kind, "converted" if goes_on else "")
        since = self._day(-number % 90)
        common: dict[str, Any] = {
            "person_id": person,
            "organisation_id": firm,
            "owner_id": self._any(self._members),
            "source": self._any(_SOURCES),
            "event_id": self._any(self._events) if number % 2 else None,
        }
        lead = self._add(
            Lead(
                **common, stage=stage, stage_since=since, exit=left, line="offline",
                wake_on=self._day(-number % 300 - 150) if left == "not_now" else "",
                amount_cents=number % 900 * 10_000 if number % 3 == 0 else None, currency="EUR",
            )
        )  # fmt: skip
        self._add(StageMove(lead_id=lead, kind="placed", to_stage=stage, at=since, facts="{}", **self._words))
        deal = self._opportunity(number, lead, common) if goes_on else None
        self._around(number, person, lead=None if deal else lead, deal=deal)

    def _opportunity(self, number: int, lead: Id, common: dict[str, Any]) -> Id:
        left = ("", "", "", "won", "lost")[number // 20 % 5]
        stage = self._customer if left == "won" else self._deal
        deal = self._add(
            Opportunity(
                **common, lead_id=lead, name=f"Line {number}", stage=stage, stage_since=self._day(20), exit=left,
                deal_stage=self._any(("needs", "proposal", "terms", "contract")), amount_cents=number * 1000,
                currency="EUR", probability=40, probability_from="stage",
            )
        )  # fmt: skip
        self._add(
            Conversion(lead_id=lead, opportunity_id=deal, person_id=common["person_id"], at=self._day(20) + "T09:00Z")
        )
        moved = {"kind": "converted", "to_stage": stage, "at": self._day(20), "facts": "{}"}
        self._add(StageMove(lead_id=lead, opportunity_id=deal, **moved, **self._words))
        return deal

    def _around(self, number: int, person: Id, *, lead: Id | None, deal: Id | None) -> None:
        about: dict[str, Any] = {"person_id": person, "lead_id": lead, "opportunity_id": deal}
        if number % 5 < 2:
            due = self._day(self._random.choice((0, 3, *(-each for each in range(1, 60)))))
            promise = int(number % 40 == 0)
            self._add(Task(**about, title="Call back", kind="call", due_on=due, promise=promise))
        for each in range(number % 3):
            at = self._day(number % 200 + each)
            self._add(Activity(**about, kind="call", direction="out", at=at, outcome="reached", note="Talked"))

    def _day(self, ago: int) -> str:
        return (self._today - timedelta(days=ago)).isoformat()

    def _culture(self) -> str:
        drawn = self._random.random()
        return "vi" if drawn < 0.26 else "zh" if drawn < 0.38 else "de" if drawn < 0.55 else "en"

    def _name(self, culture: str) -> tuple[str, str, str]:
        if culture == "vi":
            family, middle, given = (self._any(each) for each in _VIETNAMESE)
            return given, middle, family
        family, given = (self._any(each) for each in {"zh": _CHINESE, "de": _GERMAN}.get(culture, _OTHER))
        return given, "", family

    def _any(self, choices: Any) -> Any:
        return choices[int(self._random.random() * len(choices))]


def _reference(number: int) -> str:
    first, second = divmod(number * _MULTIPLIER % REF_COUNT, REF_HALF)
    return "-".join(PAIRS[half // 961] + PAIRS[half % 961] for half in (first, second))


def csv_lines(count: int, *, seed: int) -> Iterator[str]:
    """A list of `count` people nobody knows yet, with its header."""
    drawn = random.Random(seed)
    yield "Name;Firma;E-Mail;Telefon;Ort\n"
    for number in range(count):
        pools = drawn.choices((_VIETNAMESE, _CHINESE, _GERMAN, _OTHER), (26, 12, 17, 45))[0]
        name = " ".join(filter(None, (drawn.choice(pool) for pool in (pools if pools is _VIETNAMESE else pools[::-1]))))
        firm = "".join(drawn.choice(_SYLLABLES) for _each in range(5)).capitalize()
        yield f"{name};{firm} GmbH;n{seed}-{number}@{firm.lower()}.example;030 {seed % 9 + 1}{number:07};Essen\n"


def some(db: Database, table: str, *, where: str = "1", count: int = 200) -> list[Id]:
    """Ids of a table, spread over all of it, the same ones each time."""
    with db.read() as connection:
        found = connection.exec_driver_sql(f"SELECT id FROM {table} WHERE {where} LIMIT {count * 40}").fetchall()
    step = max(1, len(found) // count)
    return [Id(row[0]) for row in islice(found, 0, None, step)][:count]
