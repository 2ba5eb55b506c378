"""What is searched: one folded document for each person, organisation and opportunity, and the indexes over them.

`search_index` holds words under all their prefixes; `digit_index` runs of digits, from which any fragment of a phone
number is put together. Digits have an index of their own since ten times fewer entries serve them (tried at a million).
"""

from __future__ import annotations

from crmdesk.storage.derivation import Derivation, Mark, stale_only

# The first letter of most terms is a mark (domain.search), so prefixes of six typed letters are seven long.
SEARCH_INDEX = """
    CREATE VIRTUAL TABLE {name} USING fts5 (
        name, start, other,
        content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3 4 5 6 7'
    )
"""
DIGIT_INDEX = """
    CREATE VIRTUAL TABLE {name} USING fts5 (
        grams, content='', contentless_delete=1, tokenize='ascii', detail=none
    )
"""
FILL_SEARCH_INDEX = "INSERT INTO {name} (rowid, name, start, other) SELECT id, name, start, other FROM search_doc"
FILL_DIGIT_INDEX = (
    "INSERT INTO {name} (rowid, grams) SELECT id, crmdesk_grams(digits) FROM search_doc WHERE digits <> ''"
)

_TABLES = (
    """
    CREATE TABLE search_doc (
        id INTEGER NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        start TEXT NOT NULL,
        other TEXT NOT NULL,
        digits TEXT NOT NULL
    ) STRICT
    """,
    SEARCH_INDEX.format(name="search_index"),
    DIGIT_INDEX.format(name="digit_index"),
)

# The inner SELECTs read an index in the order of its rows, which sorting inside group_concat would do again.
_WRITTEN = """
    coalesce((SELECT group_concat(point.value, ' ') FROM (
        SELECT contact_point.value FROM contact_point
        WHERE contact_point.{table}_id = {table}.id AND contact_point.kind IN ('email', 'web', 'handle')
        ORDER BY contact_point.id) AS point), '')
"""
_NUMBERS = """
    coalesce((SELECT group_concat(contact_point.match_key || char(10) || contact_point.value, char(10))
        FROM contact_point WHERE contact_point.{table}_id = {table}.id AND contact_point.kind = 'phone'), '')
"""


def _people(scope: str) -> str:
    return f"""
    SELECT person.id, 'person', crmdesk_name(person.family, person.middle, person.given, person.nickname),
        crmdesk_start(person.family, person.given, person.nickname),
        crmdesk_other(coalesce(organisation.name, '') || ' ' || {_WRITTEN.format(table="person")}),
        crmdesk_numbers({_NUMBERS.format(table="person")})
    FROM person LEFT JOIN organisation ON organisation.id = person.organisation_id WHERE {scope}
    """


def _organisations(scope: str) -> str:
    return f"""
    SELECT organisation.id, 'organisation', crmdesk_name(organisation.name, '', '', ''),
        crmdesk_start(organisation.name, '', ''), crmdesk_other({_WRITTEN.format(table="organisation")}),
        crmdesk_numbers({_NUMBERS.format(table="organisation")})
    FROM organisation WHERE {scope}
    """


def _opportunities(scope: str) -> str:
    return f"""
    SELECT opportunity.id, 'opportunity', crmdesk_name(opportunity.name, '', '', ''),
        crmdesk_start(opportunity.name, '', ''),
        crmdesk_other(coalesce(organisation.name, '') || ' ' || coalesce(person.family || ' ' || person.middle || ' '
            || person.given || ' ' || person.nickname, '')), ''
    FROM opportunity LEFT JOIN person ON person.id = opportunity.person_id
        LEFT JOIN organisation ON organisation.id = opportunity.organisation_id WHERE {scope}
    """


def _docs(*, stale: bool) -> str:
    conditions = {table: stale_only(f"{table}.id", "stale_doc") if stale else "1" for table in _SEARCHED}
    makers = {"person": _people, "organisation": _organisations, "opportunity": _opportunities}
    return " UNION ALL ".join(makers[table](conditions[table]) for table in _SEARCHED)


_SEARCHED = ("person", "organisation", "opportunity")
_NAME = ("prefix", "given", "middle", "family", "suffix", "nickname")
_STALE = stale_only("id", "stale_doc")
_MARK = "INSERT OR IGNORE INTO stale_doc"

SEARCH = Derivation(
    name="search",
    tables=_TABLES,
    empty=(
        "DELETE FROM search_doc",
        "INSERT INTO search_index (search_index) VALUES ('delete-all')",
        "INSERT INTO digit_index (digit_index) VALUES ('delete-all')",
    ),
    stale=("stale_name", "stale_doc"),
    marks=(
        Mark("stale_doc", "person", (*_NAME, "organisation_id"), ("{row}.id",)),
        Mark("stale_name", "person", _NAME, ("{row}.id",)),
        Mark("stale_doc", "organisation", ("name",), ("{row}.id",)),
        Mark("stale_name", "organisation", ("name",), ("{row}.id",)),
        Mark(
            "stale_doc",
            "contact_point",
            ("person_id", "organisation_id", "kind", "value", "match_key"),
            ("{row}.person_id", "{row}.organisation_id"),
        ),
        Mark("stale_doc", "opportunity", ("person_id", "organisation_id", "name"), ("{row}.id",)),
    ),
    refresh=(
        f"{_MARK} SELECT id FROM person WHERE {stale_only('organisation_id', 'stale_name')}",
        f"{_MARK} SELECT id FROM opportunity WHERE {stale_only('organisation_id', 'stale_name')}",
        f"{_MARK} SELECT id FROM opportunity WHERE {stale_only('person_id', 'stale_name')}",
        f"DELETE FROM search_index WHERE rowid IN (SELECT id FROM search_doc WHERE {_STALE})",
        f"DELETE FROM digit_index WHERE rowid IN (SELECT id FROM search_doc WHERE {_STALE} AND digits <> '')",
        f"DELETE FROM search_doc WHERE {_STALE}",
        f"INSERT INTO search_doc {_docs(stale=True)}",
        f"{FILL_SEARCH_INDEX.format(name='search_index')} WHERE {_STALE} ORDER BY id",
        f"{FILL_DIGIT_INDEX.format(name='digit_index')} AND {_STALE} ORDER BY id",
        "DELETE FROM stale_name",
        "DELETE FROM stale_doc",
    ),
    everything=tuple(("stale_doc", f"SELECT id FROM {table}") for table in _SEARCHED),
    compared=(("search_doc", _docs(stale=False)),),
)
