"""The deals board: the same cards by deal stage, in the same order, with weighted sums."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import event

from crmdesk.domain import deals
from crmdesk.domain.cards import BoardFilter, Sum
from crmdesk.domain.records import Event, Id, Member, Opportunity
from crmdesk.storage import board, derived
from crmdesk.storage.database import Database
from crmdesk.words import Label
from tests.support.invented import Meddler, add_lead, add_person

STEP = Label("Change something")
ANYTHING = BoardFilter()
STAGES = deals.viewed([])


def add_deal(tx: object, **columns: object) -> Opportunity:
    return tx.add(Opportunity(stage="opportunity", **columns))  # type: ignore[attr-defined,no-any-return,arg-type]


def heads(db: Database, shown: BoardFilter = ANYTHING) -> dict[str, tuple[int, tuple[Sum, ...]]]:
    with db.read() as connection:
        found = board.deal_columns(connection, STAGES, shown, "EUR")
    return {head.stage: (head.count, head.sums) for head in found}


def test_open_deals_lie_in_their_deal_stage_and_nothing_else_does(db: Database) -> None:
    with db.write(STEP) as tx:
        add_lead(tx, add_person(tx, "Anna"), stage="opportunity")
        first, second = add_deal(tx, deal_stage="needs"), add_deal(tx, deal_stage="terms")
        for closed in ("won", "lost", "not_now"):
            add_deal(tx, deal_stage="needs", exit=closed)
    assert {stage: count for stage, (count, _sums) in heads(db).items()} == {
        "needs": 1, "proposal": 0, "terms": 1, "contract": 0,
    }  # fmt: skip
    with db.read() as connection:
        assert [each.id for each in board.page(connection, "needs", ANYTHING, lane=board.DEALS)] == [first.id]
        assert board.position(connection, second.id, ANYTHING, lane=board.DEALS) == ("terms", 0)
        assert board.position(connection, second.id, ANYTHING) == ("opportunity", 1 + 1)


def test_sums_are_weighted_by_each_deals_own_probability(db: Database) -> None:
    with db.write(STEP) as tx:
        add_deal(tx, amount_cents=10_001, currency="EUR", probability=50)
        add_deal(tx, amount_cents=20_000, currency="EUR", probability=10)
        moved = add_deal(tx, amount_cents=500, currency="USD")
        add_deal(tx, probability=90)
    assert heads(db)["needs"] == (
        4,
        (Sum(currency="EUR", cents=30_001, cards=2, weighted=7_001), Sum(currency="USD", cents=500, cards=1)),
    )
    with db.write(STEP) as tx:
        tx.put(replace(moved, probability=20, deal_stage="terms"))
    assert heads(db)["terms"] == (1, (Sum(currency="USD", cents=500, cards=1, weighted=100),))
    with db.read() as connection:
        assert derived.check(connection) == []


def test_a_won_deal_leaves_the_deals_board_and_stays_on_the_journey(db: Database) -> None:
    with db.write(STEP) as tx:
        deal = add_deal(tx, amount_cents=100, currency="EUR", probability=20)
    with db.write(STEP) as tx:
        tx.put(replace(deal, stage="customer", exit="won"))
    assert heads(db)["needs"] == (0, ())
    with db.read() as connection:
        assert board.position(connection, deal.id, ANYTHING, lane=board.DEALS) is None
        assert board.position(connection, deal.id, ANYTHING) == ("customer", 0)


def filters(db: Database) -> list[BoardFilter]:
    with db.read() as connection:
        (owner,), (fair,) = (
            connection.exec_driver_sql(f"SELECT id FROM {table} LIMIT 1").fetchone() for table in ("member", "event")
        )
    return [BoardFilter(owner_id=mine, event_id=there) for mine in (None, Id(owner)) for there in (None, Id(fair))]


def test_pages_jumps_and_places_agree_with_the_order(db: Database) -> None:
    with db.write(STEP) as tx:
        Meddler(23).meddle(tx, 400)
    with db.read() as connection:
        rows = connection.exec_driver_sql("SELECT due_key, id, deal_stage, owner_id, event_id FROM card").fetchall()
    for shown in filters(db):
        ids = [
            row[1]
            for row in sorted(map(tuple, rows))
            if row[2] == "needs" and shown.owner_id in (None, row[3]) and shown.event_id in (None, row[4])
        ]
        assert heads(db, shown)["needs"][0] == len(ids)
        with db.read() as connection:
            for row, card in enumerate(ids):
                assert board.position(connection, card, shown, lane=board.DEALS) == ("needs", row)
                after = board.anchor(connection, "needs", shown, row, lane=board.DEALS)
                page = board.page(connection, "needs", shown, after=after, limit=1, lane=board.DEALS)
                assert [each.id for each in page] == [card]


@pytest.fixture
def crowded(db: Database) -> Database:
    """Fifty thousand deals, written past the records as a speed test would."""
    with db.write(STEP) as tx:
        owner, fair = tx.add(Member(name="A")), tx.add(Event(name="Fair"))
    with db.aside() as connection:
        connection.exec_driver_sql(
            """
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 50000)
            INSERT INTO card (id, kind, stage, due_key, owner_id, event_id, currency, quiet_since, deal_stage)
            SELECT n, 'opportunity', 'opportunity', printf('2%05d', (n * 7919) % 50000),
                iif(n % 3, NULL, ?), iif(n % 5, NULL, ?), '', '', 'needs'
            FROM number
            """,
            (owner.id, fair.id),
        )
    return db


def test_every_page_of_deals_is_read_from_an_index_in_its_order(crowded: Database) -> None:
    for shown in filters(crowded):
        with crowded.read() as connection:
            asked: list[tuple[str, tuple[object, ...]]] = []

            def remember(*told: object, kept: list[tuple[str, tuple[object, ...]]] = asked) -> None:
                if "INDEXED BY" in str(told[2]):
                    kept.append((str(told[2]), told[3]))  # type: ignore[arg-type]

            event.listen(connection, "before_cursor_execute", remember)
            page = partial(board.page, connection, "needs", shown, lane=board.DEALS)
            page(after=("2", Id(0)), limit=0)
            event.remove(connection, "before_cursor_execute", remember)
            ((statement, values),) = asked
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
        assert len(plan) == 1
        assert plan[0].startswith("SEARCH card USING")
        assert "due_key>?" in plan[0]
