"""The board: heads from tallies, pages by key, jumps and places."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, event

from crmdesk.domain import vocabulary
from crmdesk.domain.cards import BoardFilter, Card, Sum
from crmdesk.domain.errors import Damaged
from crmdesk.domain.records import ContactPoint, Event, Id, Lead, Member, Opportunity, Organisation, StageMove, Task
from crmdesk.storage import board, card_rows
from crmdesk.storage.database import Database
from crmdesk.words import Label
from tests.support.invented import Meddler, add_lead, add_person

STEP = Label("Change something")
ANYTHING = BoardFilter()
WORDS = vocabulary.load(vocabulary.shipped_text("lead-first"), "lead-first.toml")


def one_card(db: Database, lead: Lead | Opportunity) -> Card:
    with db.read() as connection:
        return card_rows.by_ids(connection, [lead.id])[lead.id]


def column(db: Database, shown: BoardFilter = ANYTHING, *, stage: str = "lead", limit: int = 64) -> list[Id]:
    """A column read page by page."""
    read: list[Id] = []
    after = None
    with db.read() as connection:
        while page := board.page(connection, stage, shown, after=after, limit=limit):
            read += [card.id for card in page]
            after = (page[-1].due_key, page[-1].id)
    return read


def sorted_plainly(db: Database, shown: BoardFilter = ANYTHING, *, stage: str = "lead") -> list[Id]:
    with db.read() as connection:
        rows = connection.exec_driver_sql("SELECT due_key, id, stage, owner_id, event_id FROM card").fetchall()
    return [
        Id(row[1])
        for row in sorted(map(tuple, rows))
        if row[2] == stage and shown.owner_id in (None, row[3]) and shown.event_id in (None, row[4])
    ]


def filters(db: Database) -> list[BoardFilter]:
    with db.read() as connection:
        owners, events = (
            [None, *(Id(row[0]) for row in connection.exec_driver_sql(f"SELECT id FROM {table} LIMIT 2"))]
            for table in ("member", "event")
        )
    return [BoardFilter(owner_id=owner, event_id=fair) for owner, fair in itertools.product(owners, events)]


@pytest.fixture
def busy(db: Database) -> Database:
    with db.write(STEP) as tx:
        Meddler(11).meddle(tx, 400)
    return db


@pytest.mark.parametrize("limit", [1, 7, 64])
def test_reading_page_by_page_gives_the_whole_column_in_order(busy: Database, limit: int) -> None:
    assert column(busy)
    for shown in filters(busy):
        assert column(busy, shown, limit=limit) == sorted_plainly(busy, shown)


def test_anchor_and_position_agree_with_the_order(busy: Database) -> None:
    for shown in filters(busy):
        ids = sorted_plainly(busy, shown)
        with busy.read() as connection:
            for row, card in enumerate(ids):
                assert board.position(connection, card, shown) == ("lead", row)
                after = board.anchor(connection, "lead", shown, row)
                assert [each.id for each in board.page(connection, "lead", shown, after=after, limit=1)] == [card]
            beyond = board.anchor(connection, "lead", shown, len(ids) + 5)
            assert beyond is None or board.page(connection, "lead", shown, after=beyond) == []
            assert (beyond is None) == (not ids)


def test_heads_count_and_sum_what_is_there(busy: Database) -> None:
    for shown in filters(busy):
        with busy.read() as connection:
            heads = board.columns(connection, WORDS, shown, "EUR")
        assert [head.stage for head in heads] == list(WORDS.path)
        for head in heads:
            ids = sorted_plainly(busy, shown, stage=head.stage)
            with busy.read() as connection:
                cards = card_rows.by_ids(connection, ids).values()
            priced = [card for card in cards if card.amount_cents is not None]
            assert (head.count, head.exact) == (len(ids), True)
            assert sum(each.cents for each in head.sums) == sum(card.amount_cents or 0 for card in priced)
            assert sum(each.cards for each in head.sums) == len(priced)
            assert head.entered >= head.count
            assert head.entered >= head.went_on


def test_sums_come_with_the_own_currency_first_and_unknown_ones_count_as_own(db: Database) -> None:
    with db.write(STEP) as tx:
        for currency, cents in (("VND", 5), ("VND", 6), ("VND", 1), ("USD", 1), ("EUR", 7), ("", 3)):
            add_lead(tx, add_person(tx, "Anna"), amount_cents=cents, currency=currency)
        add_lead(tx, add_person(tx, "Anna"))
    with db.read() as connection:
        head = board.columns(connection, WORDS, ANYTHING, "EUR")[0]
    assert head.count == 7
    assert head.sums == (
        Sum(currency="EUR", cents=10, cards=2),
        Sum(currency="VND", cents=12, cards=3),
        Sum(currency="USD", cents=1, cards=1),
    )


def test_a_converted_lead_went_on_and_its_opportunity_is_the_card(db: Database) -> None:
    with db.write(STEP) as tx:
        person = add_person(tx, "Anna")
        lead = add_lead(tx, person)
        tx.put(replace(lead, exit="converted"))
        deal = tx.add(Opportunity(stage="opportunity", lead_id=lead.id, person_id=person.id))
        tx.add(StageMove(opportunity_id=deal.id, kind="converted", from_stage="lead", to_stage="opportunity"))
        add_lead(tx, add_person(tx, "Bernd"))
    with db.read() as connection:
        first, _prospect, deals, customers = board.columns(connection, WORDS, ANYTHING, "EUR")
        assert [(head.count, head.entered, head.went_on) for head in (first, deals)] == [(1, 2, 1), (1, 1, 0)]
        assert (first.deal, deals.deal, deals.terminal, customers.terminal) == (False, True, False, True)
        assert card_rows.by_ids(connection, [lead.id]) == {}
        assert board.position(connection, lead.id, ANYTHING) is None
        assert board.position(connection, deal.id, ANYTHING) == ("opportunity", 0)
        assert board.position(connection, deal.id, BoardFilter(owner_id=Id(7))) is None
        assert board.position(connection, deal.id, BoardFilter(event_id=Id(7))) is None


def test_a_card_tells_who_and_what_comes_next(db: Database) -> None:
    with db.write(STEP) as tx:
        owner = tx.add(Member(name="Jane Lee", initials="JL"))
        firm = tx.add(Organisation(name="Firma"))
        person = add_person(tx, "Mai", "Nguyễn", middle="Thị", family_first=1)
        lead = add_lead(tx, person, organisation_id=firm.id, owner_id=owner.id, source="referral")
        tx.add(Task(lead_id=lead.id, title="Call", kind="call", due_on="2026-05-08", due_time="09:30", promise=1))
    card = one_card(db, lead)
    assert (card.name, card.organisation, card.owner) == ("Nguyễn Thị Mai", "Firma", "JL")
    assert (card.step_title, card.step_kind, card.step_due, card.step_time) == ("Call", "call", "2026-05-08", "09:30")
    assert (card.step_promise, card.quiet_since) == (True, "")
    assert (card.kind, card.ref, card.source, card.person_id) == ("lead", lead.ref, "referral", person.id)


def test_a_card_without_a_name_is_called_by_its_organisation_or_channel(db: Database) -> None:
    with db.write(STEP) as tx:
        firm = tx.add(Organisation(name="Firma"))
        of_firm = add_lead(tx, organisation_id=firm.id)
        nameless = add_lead(tx, add_person(tx, email="anna@firma.de", phone="0171 234567"))
        tx.add(ContactPoint(person_id=nameless.person_id, kind="email", value="b@c.de", preferred=1))
        tx.add(ContactPoint(person_id=nameless.person_id, kind="email", value="c@d.de"))
        nobody = add_lead(tx, add_person(tx))
    assert (one_card(db, of_firm).name, one_card(db, of_firm).organisation) == ("Firma", "")
    assert one_card(db, nameless).name == "b@c.de"
    assert one_card(db, nobody).name == ""
    assert one_card(db, nobody).quiet_since == "2026-05-05"


def test_a_card_says_what_its_last_move_went_without(db: Database) -> None:
    with db.write(STEP) as tx:
        lead = add_lead(tx, add_person(tx, "Anna"), stage="prospect")
        tx.add(
            StageMove(
                lead_id=lead.id, kind="moved", to_stage="prospect", reason="They insist", missing='["need", "fit"]'
            )
        )
        tx.add(StageMove(lead_id=lead.id, kind="exit", from_stage="prospect", to_stage="prospect", reason="Later"))
    assert one_card(db, lead).without == ("need", "fit")
    with db.write(STEP) as tx:
        tx.add(StageMove(lead_id=lead.id, kind="moved", to_stage="prospect", missing='["need"]'))
    assert one_card(db, lead).without == ()


@pytest.fixture
def crowded(db: Database) -> Database:
    """Fifty thousand cards, written past the records as a speed test would."""
    with db.write(STEP) as tx:
        owner, fair = tx.add(Member(name="A")), tx.add(Event(name="Fair"))
    with db.aside() as connection:
        connection.exec_driver_sql(
            """
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 50000)
            INSERT INTO card (id, kind, stage, due_key, owner_id, event_id, currency, quiet_since)
            SELECT n, 'lead', 'lead', printf('2%05d', (n * 7919) % 50000),
                iif(n % 3, NULL, ?), iif(n % 5, NULL, ?), '', ''
            FROM number
            """,
            (owner.id, fair.id),
        )
    return db


def questions(connection: Connection, ask: Callable[[], object]) -> list[tuple[str, Any]]:
    """The statements over an ordered index that `ask` runs."""
    asked: list[tuple[str, Any]] = []

    def remember(_connection: Any, _cursor: Any, statement: str, values: Any, *_others: Any) -> None:
        if "INDEXED BY" in statement:
            asked.append((statement, values))

    event.listen(connection, "before_cursor_execute", remember)
    ask()
    event.remove(connection, "before_cursor_execute", remember)
    return asked


def test_every_page_of_a_long_column_is_read_from_an_index_in_its_order(crowded: Database) -> None:
    for shown in filters(crowded):
        with crowded.read() as connection:
            page = partial(board.page, connection, "lead", shown, after=("2", Id(0)), limit=0)
            ((statement, values),) = questions(connection, page)
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
            assert len(plan) == 1
            assert plan[0].startswith("SEARCH card USING")
            assert "due_key>?" in plan[0]


def test_an_order_that_names_a_card_that_is_not_there_is_damage(db, monkeypatch):
    with db.write(STEP) as tx:
        add_lead(tx, add_person(tx, "Anna"))
    monkeypatch.setattr(card_rows, "by_ids", lambda connection, ids: {})  # as after a flipped bit in the order
    with pytest.raises(Damaged):
        column(db)
