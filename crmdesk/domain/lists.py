"""What the lists show: which records, in which order, and the plain values of each row.

There are four places: people, organisations, leads and opportunities. A person's or an organisation's row tells of one
lead or opportunity, an open one first, then the newest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from crmdesk.domain.records import Id

PLACES = ("people", "organisations", "leads", "opportunities")
LEFT = ("open", "not_now", "not_a_fit", "won", "lost")
COUNTED = 1000  # a filtered count goes no further


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilter:
    """What a row must meet: one of the values of each field that has any, and every yes. Nothing filters nothing.

    The owner 0 is nobody; `left` are keys of LEFT; `stages` alone are those still on the path; `consents` are states of
    the consent to offers; `text` is found as the search finds it; `contacts` are people at an account.
    """

    events: tuple[Id, ...] = ()
    owners: tuple[Id, ...] = ()
    stages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    tags: tuple[Id, ...] = ()
    left: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()
    no_step: bool = False
    quiet: bool = False
    contacts: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """A list: its place, what it is filtered by, and the sort key of a column. What has no value comes last."""

    place: str
    filter: ListFilter = ListFilter()
    sort: str = "name"
    descending: bool = False

    def dump(self) -> str:
        """The query as JSON text, for storage; only what differs from the plain list of its place."""
        plain = asdict(ListQuery(place=self.place))
        mine = asdict(self)
        chosen = {key: value for key, value in mine["filter"].items() if value != plain["filter"][key]}
        rest = {key: mine[key] for key in ("sort", "descending") if mine[key] != plain[key]}
        return json.dumps({**rest, "filter": chosen} if chosen else rest, ensure_ascii=False)

    @staticmethod
    def load(place: str, text: str) -> ListQuery:
        """The query that `dump` wrote; what is not understood is left out."""
        try:
            body = json.loads(text)
        except ValueError:
            body = {}
        stored = body if isinstance(body, dict) else {}
        return ListQuery(
            place=place,
            filter=_filter(stored.get("filter")),
            sort=str(stored.get("sort", "name")),
            descending=bool(stored.get("descending", False)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many rows; when not `exact` there are more than that."""

    count: int
    exact: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a list: texts as stored, amounts whole cents or None, days ISO text, "" for what there is not.

    `name` is the record's own, family name first for people, else its first channel. `card_id` is the lead or
    opportunity it tells of, with `stage`, `exit` and the rest. `consent` is the state of the consent to offers of the
    address an offer would go to, "" without an e-mail address.
    """

    id: Id
    place: str
    ref: str
    name: str
    created_at: str
    organisation: str = ""
    job_title: str = ""
    person_id: Id | None = None
    organisation_id: Id | None = None
    card_id: Id | None = None
    stage: str = ""
    exit: str = ""
    wake_on: str = ""
    source: str = ""
    event: str = ""
    owner: str = ""
    step_title: str = ""
    step_kind: str = ""
    step_due: str = ""
    step_time: str = ""
    step_promise: bool = False
    has_step: bool = False
    no_step: bool = False
    quiet_since: str = ""
    last_contact: str = ""
    consent: str = ""
    tags: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    town: str = ""
    industry: str = ""
    size: str = ""
    people: int = 0
    deals: int = 0
    won: int = 0
    stage_since: str = ""
    amount_cents: int | None = None
    currency: str = ""
    exit_reason: str = ""
    exit_on: str = ""
    attempt: int = 1
    deal_stage: str = ""
    probability: int | None = None
    probability_from: str = ""
    expected_close: str = ""


def _filter(stored: Any) -> ListFilter:
    if not isinstance(stored, Mapping):
        return ListFilter()
    plain = ListFilter()
    kept: dict[str, Any] = {}
    for field in fields(ListFilter):
        value, usual = stored.get(field.name), getattr(plain, field.name)
        if isinstance(usual, tuple) and isinstance(value, list):
            kept[field.name] = tuple(value)
        elif value is not None and type(value) is type(usual):
            kept[field.name] = value
    return ListFilter(**kept)
