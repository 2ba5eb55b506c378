"""The cards of the boards, one row each with its place in its column, and their tallies.

A lead is a card while it stands in a stage and has not left the path; an opportunity while it is open or won. An open
opportunity lies on the deals board as well: it has a deal stage besides, and the same place by its key. A card's
place is `due_key`: its rank when it was placed by hand, else "1" and the day and time of its next step, else "2" and
the day of the last contact, or of the placing. Every key ends in a blank and the id, so that no two are the same and
there is always a key between two neighbours.
"""

from __future__ import annotations

from crmdesk.storage.derivation import Derivation, Mark, stale_only

# Owner and event 0 stand for any. A card counts in up to four rows, so that every filter reads ready sums. `weighted`
# are cents times probability, each card's share rounded; a card without a probability has none.
_TALLY = """
    CREATE TABLE {table} (
        owner_id INTEGER NOT NULL,
        event_id INTEGER NOT NULL,
        stage TEXT NOT NULL,
        currency TEXT NOT NULL,
        cards INTEGER NOT NULL,
        priced INTEGER NOT NULL,
        cents INTEGER NOT NULL,
        weighted INTEGER NOT NULL,
        PRIMARY KEY (owner_id, event_id, stage, currency)
    ) WITHOUT ROWID, STRICT
"""
_TALLIES = {"tally": "stage", "deal_tally": "deal_stage"}  # table → the column of the card it counts by

# How many cards of a stage share the first letters of their key, the day of their next step or last contact: where a
# card lies is told by adding some hundred numbers, not by counting the cards before it.
PART = 11
_PLACES = """
    CREATE TABLE place_tally (
        stage TEXT NOT NULL,
        part TEXT NOT NULL,
        cards INTEGER NOT NULL,
        PRIMARY KEY (stage, part)
    ) WITHOUT ROWID, STRICT
"""

_COUNTED = (*_TALLIES, "place_tally")

_TABLES = (
    """
    CREATE TABLE card (
        id INTEGER NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL,
        stage TEXT NOT NULL,
        due_key TEXT NOT NULL,
        owner_id INTEGER,
        event_id INTEGER,
        amount_cents INTEGER,
        currency TEXT NOT NULL,
        task_id INTEGER,
        quiet_since TEXT NOT NULL,
        deal_stage TEXT NOT NULL DEFAULT '',
        probability INTEGER
    ) STRICT
    """,
    "CREATE INDEX card_by_stage ON card (stage, due_key)",
    "CREATE INDEX card_by_owner ON card (stage, owner_id, due_key)",
    "CREATE INDEX card_without_step ON card (stage, quiet_since, id) WHERE task_id IS NULL",
    "CREATE INDEX card_by_event ON card (stage, event_id, due_key, id, owner_id)",
    "CREATE INDEX deal_by_stage ON card (deal_stage, due_key) WHERE deal_stage <> ''",
    "CREATE INDEX deal_by_owner ON card (deal_stage, owner_id, due_key) WHERE deal_stage <> ''",
    "CREATE INDEX deal_by_event ON card (deal_stage, event_id, due_key, id, owner_id) WHERE deal_stage <> ''",
    *(_TALLY.format(table=table) for table in _TALLIES),
    _PLACES,
)

NEXT_TASK = """
    (SELECT task.id FROM task WHERE task.done_at = '' AND (
        {own}
        OR (task.person_id = {subject}.person_id AND task.lead_id IS NULL AND task.opportunity_id IS NULL)
        OR (task.organisation_id = CASE WHEN {subject}.person_id IS NULL THEN {subject}.organisation_id END
            AND task.person_id IS NULL AND task.lead_id IS NULL AND task.opportunity_id IS NULL)
    ) ORDER BY task.due_on = '', task.due_on, task.due_time, task.id LIMIT 1)
"""

LAST_CONTACT = """
    (SELECT max(substr(activity.at, 1, 10)) FROM activity WHERE activity.direction <> '' AND (
        {own}
        OR activity.person_id = {subject}.person_id
        OR (activity.organisation_id = CASE WHEN {subject}.person_id IS NULL THEN {subject}.organisation_id END
            AND activity.person_id IS NULL)
    ))
"""

PLACED = """
    substr(CASE WHEN {subject}.stage_since = '' THEN {subject}.created_at
                ELSE min({subject}.stage_since, {subject}.created_at) END, 1, 10)
"""


def _subjects(table: str, *, on_board: str, own: str, scope: str, deal: str) -> str:
    task, activity = own.replace("{table}", "task"), own.replace("{table}", "activity")
    return f"""
    SELECT {table}.id AS id, '{table}' AS kind, {table}.stage AS stage, {table}.rank AS rank,
        {table}.owner_id AS owner_id, {table}.event_id AS event_id, {table}.amount_cents AS amount_cents,
        CASE WHEN {table}.amount_cents IS NULL THEN '' ELSE {table}.currency END AS currency,
        {NEXT_TASK.format(own=task, subject=table)} AS task_id,
        coalesce({LAST_CONTACT.format(own=activity, subject=table)}, {PLACED.format(subject=table)}) AS quiet_since,
        {deal}
    FROM {table} WHERE {table}.stage <> '' AND {on_board} AND {scope}
    """


_SHOWN_DEALS = "opportunity.exit IN ('', 'won')"
_NO_DEAL = "'' AS deal_stage, NULL AS probability"
_DEAL = """
    CASE WHEN opportunity.exit = '' THEN opportunity.deal_stage ELSE '' END AS deal_stage,
    CASE WHEN opportunity.exit = '' THEN opportunity.probability END AS probability
"""


def _cards(*, leads: str = "1", opportunities: str = "1") -> str:
    own_of_deal = "{table}.opportunity_id = opportunity.id OR {table}.lead_id = opportunity.lead_id"
    return f"""
    SELECT subject.id, subject.kind, subject.stage,
        CASE WHEN subject.rank <> '' THEN subject.rank
             WHEN task.id IS NULL THEN '2' || subject.quiet_since
             ELSE '1' || CASE WHEN task.due_on = '' THEN '9999-12-31' ELSE task.due_on END || task.due_time
        END || printf(' %016x', subject.id),
        subject.owner_id, subject.event_id, subject.amount_cents, subject.currency, task.id, subject.quiet_since,
        subject.deal_stage, subject.probability
    FROM (
        {_subjects("lead", on_board="lead.exit = ''", own="{table}.lead_id = lead.id", scope=leads, deal=_NO_DEAL)}
        UNION ALL
        {_subjects("opportunity", on_board=_SHOWN_DEALS, own=own_of_deal, scope=opportunities, deal=_DEAL)}
    ) AS subject LEFT JOIN task ON task.id = subject.task_id
    """


def _tallied(sign: str, column: str, scope: str) -> str:
    return f"""
    SELECT CASE WHEN by_owner.column1 THEN card.owner_id ELSE 0 END,
        CASE WHEN by_event.column1 THEN card.event_id ELSE 0 END,
        card.{column}, card.currency,
        {sign}count(*), {sign}count(card.amount_cents), {sign}coalesce(sum(card.amount_cents), 0),
        {sign}coalesce(sum((card.amount_cents * card.probability + 50) / 100), 0)
    FROM card CROSS JOIN (VALUES (0), (1)) AS by_owner CROSS JOIN (VALUES (0), (1)) AS by_event
    WHERE {scope} AND card.{column} <> '' AND (card.owner_id IS NOT NULL OR NOT by_owner.column1)
        AND (card.event_id IS NOT NULL OR NOT by_event.column1)
    GROUP BY 1, 2, 3, 4
    """


def _placed(sign: str, scope: str) -> str:
    parts = f"substr(card.due_key, 1, {PART})"
    return f"SELECT card.stage, {parts}, {sign}count(*) FROM card WHERE {scope} AND card.stage <> '' GROUP BY 1, 2"


_STALE = stale_only("card.id", "stale_card")


def _add(sign: str) -> tuple[str, ...]:
    """Adds the stale cards to the tallies, or takes them out."""
    sums = (
        f"""
    INSERT INTO {table} (owner_id, event_id, stage, currency, cards, priced, cents, weighted)
    {_tallied(sign, column, _STALE)}
    ON CONFLICT (owner_id, event_id, stage, currency) DO UPDATE
    SET cards = cards + excluded.cards, priced = priced + excluded.priced, cents = cents + excluded.cents,
        weighted = weighted + excluded.weighted
    """
        for table, column in _TALLIES.items()
    )
    places = f"""
    INSERT INTO place_tally (stage, part, cards) {_placed(sign, _STALE)}
    ON CONFLICT (stage, part) DO UPDATE SET cards = cards + excluded.cards
    """
    return (*sums, places)


_REFRESH = (
    f"INSERT OR IGNORE INTO stale_card SELECT id FROM lead WHERE {stale_only('person_id', 'stale_around')}",
    f"INSERT OR IGNORE INTO stale_card SELECT id FROM opportunity WHERE {stale_only('person_id', 'stale_around')}",
    "INSERT OR IGNORE INTO stale_card SELECT id FROM lead"
    f" WHERE {stale_only('organisation_id', 'stale_around')} AND person_id IS NULL",
    "INSERT OR IGNORE INTO stale_card SELECT id FROM opportunity"
    f" WHERE {stale_only('organisation_id', 'stale_around')} AND person_id IS NULL",
    f"INSERT OR IGNORE INTO stale_card SELECT id FROM opportunity WHERE {stale_only('lead_id', 'stale_card')}",
    *_add("-"),
    f"DELETE FROM card WHERE {stale_only('id', 'stale_card')}",
    "INSERT INTO card "
    + _cards(
        leads=stale_only("lead.id", "stale_card"),
        opportunities=stale_only("opportunity.id", "stale_card"),
    ),
    *_add(""),
    *(f"DELETE FROM {table} WHERE cards = 0 AND EXISTS (SELECT 1 FROM stale_card)" for table in _COUNTED),
    "DELETE FROM stale_around",
    "DELETE FROM stale_card",
)

_SUBJECT = (
    "person_id", "organisation_id", "stage", "stage_since", "rank",
    "owner_id", "event_id", "amount_cents", "currency", "exit",
)  # fmt: skip
_ABOUT = ("person_id", "organisation_id", "lead_id", "opportunity_id")
_OWN = ("{row}.lead_id", "{row}.opportunity_id")
_AROUND = ("{row}.person_id", "CASE WHEN {row}.person_id IS NULL THEN {row}.organisation_id END")

CARDS = Derivation(
    name="cards",
    tables=_TABLES,
    empty=("DELETE FROM card", *(f"DELETE FROM {table}" for table in _COUNTED)),
    stale=("stale_around", "stale_card"),
    marks=(
        Mark("stale_card", "lead", _SUBJECT, ("{row}.id",)),
        Mark("stale_card", "opportunity", (*_SUBJECT, "lead_id", "deal_stage", "probability"), ("{row}.id",)),
        Mark("stale_card", "task", (*_ABOUT, "due_on", "due_time", "done_at"), _OWN),
        Mark("stale_around", "task", (*_ABOUT, "due_on", "due_time", "done_at"), _AROUND),
        Mark("stale_card", "activity", (*_ABOUT, "at", "direction"), _OWN),
        Mark("stale_around", "activity", (*_ABOUT, "at", "direction"), _AROUND),
    ),
    refresh=_REFRESH,
    everything=(
        ("stale_card", "SELECT id FROM lead WHERE stage <> '' AND exit = ''"),
        ("stale_card", "SELECT id FROM opportunity WHERE stage <> '' AND exit IN ('', 'won')"),
    ),
    compared=(
        ("card", _cards()),
        *((table, _tallied("", column, "1")) for table, column in _TALLIES.items()),
        ("place_tally", _placed("", "1")),
    ),
)
