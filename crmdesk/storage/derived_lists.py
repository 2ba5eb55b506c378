"""What lists sort and filter by: a row for each person, organisation, lead and opportunity, parked and closed too.

A person's or an organisation's row tells of one lead or opportunity: an open one first, then the newest. Converted
leads have no row of their own, since they are listed as what they became.
"""

from __future__ import annotations

from collections.abc import Sequence

from crmdesk.storage.derivation import Derivation, Mark, stale_only
from crmdesk.storage.derived_cards import LAST_CONTACT, NEXT_TASK, PLACED

_TABLES = (
    # `name` and `organisation` are texts to sort by; `doc_id` is the row's document in the search, `card_id` the lead
    # or opportunity that it tells of. `due` is the day and time of the next step, "~" when it has no day, "" without.
    """
    CREATE TABLE list_row (
        id INTEGER NOT NULL PRIMARY KEY,
        place TEXT NOT NULL,
        name TEXT NOT NULL,
        organisation TEXT NOT NULL,
        doc_id INTEGER,
        card_id INTEGER,
        stage TEXT NOT NULL,
        exit TEXT NOT NULL,
        owner_id INTEGER,
        source TEXT NOT NULL,
        event_id INTEGER,
        task_id INTEGER,
        due TEXT NOT NULL,
        no_step INTEGER NOT NULL,
        quiet_since TEXT NOT NULL,
        last_contact TEXT NOT NULL,
        consent TEXT NOT NULL,
        contact INTEGER NOT NULL,
        people INTEGER NOT NULL,
        deals INTEGER NOT NULL,
        won INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX list_by_name ON list_row (place, name)",
    "CREATE INDEX list_by_owner ON list_row (place, owner_id, name)",
    "CREATE INDEX list_by_event ON list_row (place, event_id, name)",
)

# The address that an offer would go to: one that works, the preferred one, the oldest.
_EMAIL = """
    (SELECT point.id FROM contact_point AS point WHERE point.person_id = {person} AND point.kind = 'email'
     ORDER BY point.broken, point.preferred DESC, point.id LIMIT 1)
"""
_CONSENT = """
    CASE WHEN subject.email_id IS NULL THEN '' ELSE coalesce((
        SELECT consent.state FROM consent
        WHERE consent.contact_point_id = subject.email_id AND consent.purpose = 'offers'
        ORDER BY CASE consent.at WHEN '' THEN consent.created_at ELSE consent.at END DESC, consent.id DESC LIMIT 1
    ), 'not_asked') END
"""
_PERSON_KEY = """
    nullif(CASE WHEN person.id IS NOT NULL
                THEN crmdesk_person_key(person.given, person.middle, person.family, person.nickname) END, '')
"""
_FIRM_KEY = "nullif(crmdesk_text_key(organisation.name), '')"
_LAST = "char(1114111)"  # what has no name comes after all that have one

_DEAL_WINS = """
    (deal.id IS NOT NULL AND (lead.id IS NULL OR (deal.exit = '', deal.id) > (lead.exit = '', lead.id)))
"""
_NEWEST = """
    LEFT JOIN lead ON lead.id = (
        SELECT one.id FROM lead AS one WHERE one.{column} = {table}.id AND one.exit <> 'converted'
        ORDER BY one.exit <> '', one.id DESC LIMIT 1)
    LEFT JOIN opportunity AS deal ON deal.id = (
        SELECT one.id FROM opportunity AS one WHERE one.{column} = {table}.id
        ORDER BY one.exit <> '', one.id DESC LIMIT 1)
"""
_TASK_OF = """
    (SELECT task.id FROM task WHERE task.done_at = '' AND task.{column} = {table}.id
     ORDER BY task.due_on = '', task.due_on, task.due_time, task.id LIMIT 1)
"""
_CONTACT_WITH = """
    coalesce((SELECT max(substr(activity.at, 1, 10)) FROM activity
              WHERE activity.direction <> '' AND activity.{column} = {table}.id), '')
"""
_CONTACT_WITH_PEOPLE = """
    coalesce((SELECT max(substr(activity.at, 1, 10)) FROM person CROSS JOIN activity
              ON activity.direction <> '' AND activity.person_id = person.id
              WHERE person.organisation_id = organisation.id), '')
"""


def _of_newest(column: str, otherwise: str) -> str:
    return f"coalesce(CASE WHEN {_DEAL_WINS} THEN deal.{column} ELSE lead.{column} END, {otherwise})"


def _placed() -> str:
    deal, lead = PLACED.format(subject="deal"), PLACED.format(subject="lead")
    return f"coalesce(CASE WHEN {_DEAL_WINS} THEN {deal} ELSE {lead} END, '')"


def _party(table: str, place: str, *, column: str, parts: tuple[str, ...], scope: str, join: str = "") -> str:
    """The rows of people or organisations.

    `parts` are name, organisation, last contact, e-mail, contact, people, deals, won.
    """
    name, firm, last_contact, email, contact, people, deals, won = parts
    return f"""
    SELECT {table}.id AS id, '{place}' AS place, {name} AS name, {firm} AS organisation, {table}.id AS doc_id,
        {_of_newest("id", "NULL")} AS card_id, {_of_newest("stage", "''")} AS stage, {_of_newest("exit", "''")} AS exit,
        coalesce({table}.owner_id, {_of_newest("owner_id", "NULL")}) AS owner_id,
        {_of_newest("source", "''")} AS source, {_of_newest("event_id", "NULL")} AS event_id,
        {_TASK_OF.format(column=column, table=table)} AS task_id,
        {_of_newest("no_step", "0")} AS no_step, {_placed()} AS placed,
        {last_contact} AS last_contact, {email} AS email_id,
        {contact} AS contact, {people} AS people, {deals} AS deals, {won} AS won
    FROM {table} {join} {_NEWEST.format(column=column, table=table)} WHERE {scope}
    """


def _counted(left: str) -> str:
    deals = "(SELECT count(*) FROM opportunity AS each WHERE each.organisation_id = organisation.id"
    return f"{deals} AND each.exit = '{left}')"


def _people(scope: str) -> str:
    contact = "person.account_since <> '' OR coalesce(organisation.account_since, '') <> ''"
    email = _EMAIL.format(person="person.id")
    name, firm = f"coalesce({_PERSON_KEY}, {_LAST})", f"coalesce({_FIRM_KEY}, '')"
    last_contact = _CONTACT_WITH.format(column="person_id", table="person")
    return _party(
        "person",
        "people",
        column="person_id",
        parts=(name, firm, last_contact, email, contact, "0", "0", "0"),
        scope=scope,
        join="LEFT JOIN organisation ON organisation.id = person.organisation_id",
    )


def _organisations(scope: str) -> str:
    name = f"coalesce({_FIRM_KEY}, {_LAST})"
    people = "(SELECT count(*) FROM person AS each WHERE each.organisation_id = organisation.id)"
    contact = "organisation.account_since <> ''"
    with_it = _CONTACT_WITH.format(column="organisation_id", table="organisation")
    last_contact = f"max({with_it}, {_CONTACT_WITH_PEOPLE})"
    parts = (name, "''", last_contact, "NULL", contact, people, _counted(""), _counted("won"))
    return _party("organisation", "organisations", column="organisation_id", parts=parts, scope=scope)


def _cards(table: str, place: str, *, name: str, doc: str, own: str, scope: str) -> str:
    task, activity = own.replace("{table}", "task"), own.replace("{table}", "activity")
    return f"""
    SELECT {table}.id, '{place}', coalesce({name}, {_FIRM_KEY}, {_LAST}), coalesce({_FIRM_KEY}, ''), {doc}, {table}.id,
        {table}.stage, {table}.exit, {table}.owner_id, {table}.source, {table}.event_id,
        {NEXT_TASK.format(own=task, subject=table)}, {table}.no_step, {PLACED.format(subject=table)},
        coalesce({LAST_CONTACT.format(own=activity, subject=table)}, ''), {_EMAIL.format(person=f"{table}.person_id")},
        0, 0, 0, 0
    FROM {table} LEFT JOIN person ON person.id = {table}.person_id
        LEFT JOIN organisation ON organisation.id = {table}.organisation_id WHERE {scope}
    """


def _leads(scope: str) -> str:
    return _cards(
        "lead",
        "leads",
        name=_PERSON_KEY,
        doc="coalesce(lead.person_id, lead.organisation_id)",
        own="{table}.lead_id = lead.id",
        scope=f"lead.exit <> 'converted' AND {scope}",
    )


def _opportunities(scope: str) -> str:
    return _cards(
        "opportunity",
        "opportunities",
        name=f"nullif(crmdesk_text_key(opportunity.name), ''), {_PERSON_KEY}",
        doc="opportunity.id",
        own="{table}.opportunity_id = opportunity.id OR {table}.lead_id = opportunity.lead_id",
        scope=scope,
    )


def _rows(*, stale: bool) -> str:
    makers = {"person": _people, "organisation": _organisations, "lead": _leads, "opportunity": _opportunities}
    scopes = {table: stale_only(f"{table}.id", "stale_row") if stale else "1" for table in makers}
    return f"""
    SELECT subject.id, subject.place, subject.name, subject.organisation, subject.doc_id, subject.card_id,
        subject.stage, subject.exit, subject.owner_id, subject.source, subject.event_id, task.id,
        CASE WHEN task.id IS NULL THEN '' WHEN task.due_on = '' THEN '~' ELSE task.due_on || task.due_time END,
        subject.no_step, coalesce(nullif(subject.last_contact, ''), subject.placed), subject.last_contact, {_CONSENT},
        subject.contact, subject.people, subject.deals, subject.won
    FROM ({" UNION ALL ".join(make(scopes[table]) for table, make in makers.items())}) AS subject
        LEFT JOIN task ON task.id = subject.task_id
    """


_COLUMNS = (
    "id", "place", "name", "organisation", "doc_id", "card_id", "stage", "exit", "owner_id", "source", "event_id",
    "task_id", "due", "no_step", "quiet_since", "last_contact", "consent", "contact", "people", "deals", "won",
)  # fmt: skip
_PLACED = ("place", "name", "owner_id", "event_id")
_OTHERS = tuple(each for each in _COLUMNS if each not in ("id", *_PLACED))


def _of(table: str, columns: Sequence[str]) -> str:
    return f"({', '.join(f'{table}.{each}' for each in columns)})"


# What stands in the indexes stays there unless it changed: a move makes three rows anew, and nine pages at random
# places of a large file would be read and written for it.
_SETTLE = (
    f"INSERT INTO made_row {_rows(stale=True)}",
    f"DELETE FROM list_row WHERE {stale_only('id', 'stale_row')} AND NOT EXISTS (SELECT 1 FROM made_row"
    f" WHERE made_row.id = list_row.id AND {_of('made_row', _PLACED)} IS {_of('list_row', _PLACED)})",
    f"UPDATE list_row SET ({', '.join(_OTHERS)}) = {_of('made_row', _OTHERS)} FROM made_row"
    f" WHERE {stale_only('list_row.id', 'stale_row')} AND made_row.id = list_row.id"
    f" AND {_of('made_row', _OTHERS)} IS NOT {_of('list_row', _OTHERS)}",
    "INSERT INTO list_row SELECT * FROM made_row"
    " WHERE NOT EXISTS (SELECT 1 FROM list_row WHERE list_row.id = made_row.id)",
    "DELETE FROM made_row",
)

_MARK = "INSERT OR IGNORE INTO stale_row SELECT id FROM"
_NEAR, _FIRM = stale_only("person_id", "stale_near"), stale_only("organisation_id", "stale_firm")
_ALONE = f"{stale_only('organisation_id', 'stale_near')} AND person_id IS NULL"
_ABOUT = ("person_id", "organisation_id", "lead_id", "opportunity_id")
_NEXT = (*_ABOUT, "due_on", "due_time", "done_at")
_PARTIES = ("{row}.person_id", "{row}.organisation_id")
_OWN = (*_PARTIES, "{row}.lead_id", "{row}.opportunity_id")
_CARD = (
    "person_id", "organisation_id", "stage", "stage_since", "owner_id", "source", "event_id", "exit", "no_step",
)  # fmt: skip
_NAMES = ("given", "middle", "family", "nickname")
_PERSON = ("organisation_id", "owner_id", "account_since")
_EMPLOYER = "(SELECT person.organisation_id FROM person WHERE person.id = {row}.person_id)"
_HOLDER = "(SELECT point.person_id FROM contact_point AS point WHERE point.id = {row}.contact_point_id)"

LISTS = Derivation(
    name="lists",
    tables=_TABLES,
    empty=("DELETE FROM list_row",),
    stale=("stale_row", "stale_near", "stale_firm"),
    working=(f"CREATE TEMP TABLE IF NOT EXISTS made_row (id INTEGER PRIMARY KEY, {', '.join(_COLUMNS[1:])})",),
    marks=(
        Mark("stale_row", "person", (*_NAMES, *_PERSON), ("{row}.id", "{row}.organisation_id")),
        Mark("stale_near", "person", _NAMES, ("{row}.id",)),
        Mark("stale_row", "organisation", ("name", "owner_id", "account_since"), ("{row}.id",)),
        Mark("stale_firm", "organisation", ("name", "account_since"), ("{row}.id",)),
        Mark("stale_row", "lead", _CARD, ("{row}.id", *_PARTIES)),
        Mark("stale_row", "opportunity", (*_CARD, "lead_id", "name"), ("{row}.id", *_PARTIES)),
        Mark("stale_row", "task", _NEXT, _OWN),
        Mark("stale_near", "task", _NEXT, _PARTIES),
        Mark("stale_row", "activity", (*_ABOUT, "at", "direction"), (*_OWN, _EMPLOYER)),
        Mark("stale_near", "activity", (*_ABOUT, "at", "direction"), _PARTIES),
        Mark("stale_row", "contact_point", ("person_id", "kind", "broken", "preferred"), ("{row}.person_id",)),
        Mark("stale_near", "contact_point", ("person_id", "kind", "broken", "preferred"), ("{row}.person_id",)),
        Mark("stale_row", "consent", ("contact_point_id", "purpose", "state", "at"), (_HOLDER,)),
        Mark("stale_near", "consent", ("contact_point_id", "purpose", "state", "at"), (_HOLDER,)),
    ),
    refresh=(
        f"{_MARK} person WHERE {_FIRM}",
        f"{_MARK} lead WHERE {_FIRM}",
        f"{_MARK} lead WHERE {_NEAR}",
        f"{_MARK} lead WHERE {_ALONE}",
        f"{_MARK} opportunity WHERE {_FIRM}",
        f"{_MARK} opportunity WHERE {_NEAR}",
        f"{_MARK} opportunity WHERE {_ALONE}",
        f"{_MARK} opportunity WHERE {stale_only('lead_id', 'stale_row')}",
        *_SETTLE,
        "DELETE FROM stale_row",
        "DELETE FROM stale_near",
        "DELETE FROM stale_firm",
    ),
    everything=(
        ("stale_row", "SELECT id FROM person"),
        ("stale_row", "SELECT id FROM organisation"),
        ("stale_row", "SELECT id FROM lead WHERE exit <> 'converted'"),
        ("stale_row", "SELECT id FROM opportunity"),
    ),
    compared=(("list_row", _rows(stale=False)),),
)
