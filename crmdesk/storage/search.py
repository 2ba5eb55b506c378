"""Finding by what a person types: a few index reads in tiers, newest first inside each, never scored.

First what was typed with its marks, then names that start with the words, names that have them, then organisation,
e-mail and the like, then fragments of phone numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from crmdesk.domain import names
from crmdesk.domain import search as language
from crmdesk.domain.fold import phone_digits, tokens
from crmdesk.domain.records import Id, Person
from crmdesk.domain.search import Expression, Hit, Query

__all__ = ["Hit", "find"]

MOST_LOOKED_AT = 2000  # candidates whose digits or long words are compared

_WORDS = "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT ?"
_LONG_WORDS = """
    SELECT candidate.rowid, {conditions} FROM (
        SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT ?
    ) AS candidate CROSS JOIN search_doc ON search_doc.id = candidate.rowid
"""
# The outer loop keeps the inner order and stops at the limit; sorting again would look at all candidates.
_DIGITS = """
    SELECT candidate.rowid FROM (
        SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid DESC LIMIT ?
    ) AS candidate CROSS JOIN search_doc ON search_doc.id = candidate.rowid
    WHERE instr(digits, ?) LIMIT ?
"""
_TERMS = "' ' || search_doc.name || ' ' || search_doc.start || ' ' || search_doc.other"
_TERMS_OF = f"SELECT id, {_TERMS} FROM search_doc WHERE id IN (SELECT value FROM json_each(?))"
_PERSON = ("prefix", "given", "middle", "family", "suffix", "nickname", "family_first")
_NEWEST_CARD = """
    (SELECT json_array(card.id, card.stage, card.exit) FROM (
        SELECT lead.id, lead.stage, lead.exit FROM lead WHERE {leads} AND lead.exit <> 'converted'
        UNION ALL SELECT deal.id, deal.stage, deal.exit FROM opportunity AS deal WHERE {deals}
    ) AS card ORDER BY card.id DESC LIMIT 1)
"""
_CHOSEN = "IN (SELECT value FROM json_each(:ids))"
_NAMES = ", ".join(f"person.{column}" for column in _PERSON)
_NO_NAMES = ", ".join("NULL" for _column in _PERSON)
_HITS = f"""
    SELECT person.id, 'person', person.ref, '', coalesce(organisation.name, ''),
        {_NEWEST_CARD.format(leads="lead.person_id = person.id", deals="deal.person_id = person.id")}, {_NAMES}
    FROM person LEFT JOIN organisation ON organisation.id = person.organisation_id WHERE person.id {_CHOSEN}
    UNION ALL
    SELECT organisation.id, 'organisation', organisation.ref, organisation.name, '',
        {
    _NEWEST_CARD.format(
        leads="lead.organisation_id = organisation.id AND lead.person_id IS NULL",
        deals="deal.organisation_id = organisation.id",
    )
}, {_NO_NAMES}
    FROM organisation WHERE organisation.id {_CHOSEN}
    UNION ALL
    SELECT deal.id, 'opportunity', deal.ref, deal.name, coalesce(organisation.name, ''),
        json_array(deal.id, deal.stage, deal.exit), {_NAMES}
    FROM opportunity AS deal LEFT JOIN organisation ON organisation.id = deal.organisation_id
        LEFT JOIN person ON person.id = deal.person_id WHERE deal.id {_CHOSEN}
"""
_POINTS = """
    SELECT coalesce(person_id, organisation_id), kind, value, match_key FROM contact_point
    WHERE person_id IN (SELECT value FROM json_each(:ids)) OR organisation_id IN (SELECT value FROM json_each(:ids))
    ORDER BY id
"""


def find(connection: Connection, text: str, *, limit: int = 50, tier: bool | None = None) -> list[Hit]:
    """People, organisations and opportunities that have what was typed, best first; nothing for an empty text.

    `tier` keeps to those found by name, or to all others and these in one go, without numbers. A few milliseconds at a
    million people.
    """
    query = language.parse(text)
    found: dict[Id, bool] = {}  # → found in the name
    for ids, in_name in _tiers(connection, query, limit=limit, tier=tier):
        for each in ids:
            found.setdefault(each, in_name)
        if len(found) >= limit:
            break
    chosen = list(islice(found, limit))
    hits = _read(connection, chosen)
    others = [each for each in chosen if not found[each]]
    matched = _matched(connection, query, [hits[each] for each in others if each in hits]) if others else {}
    return [_with_match(hits[each], matched.get(each, "")) for each in chosen if each in hits]


def having(connection: Connection, text: str, *, limit: int) -> list[Id]:
    """The newest people, organisations and opportunities whose organisation or addresses have these very words.

    One read of the index: whole words are found at once, among however many.
    """
    match = language.whole_words(text)
    rows = connection.exec_driver_sql(_WORDS, (match, limit)).fetchall() if match else ()
    return [Id(row[0]) for row in rows]


def documents(text: str) -> tuple[str, list[str]]:
    """SQL for the ids of all documents that have every word or the fragment of a number, and its values.

    Nothing when there is nothing in `text` to look for.
    """
    query = language.parse(text)
    parts, values = [], []
    if query.words and not query.dialled:
        parts.append("SELECT rowid AS id FROM search_index WHERE search_index MATCH ?")
        values.append(language.match_text(language.other_expression(query)))
    for index, match, digits in _number_questions(query):
        parts.append(
            f"SELECT {index}.rowid AS id FROM {index} CROSS JOIN search_doc ON search_doc.id = {index}.rowid"
            f" WHERE {index} MATCH ? AND instr(search_doc.digits, ?)"
        )
        values += [match, digits]
    return " UNION ".join(parts) or "SELECT 0 AS id WHERE 0", values


def _tiers(connection: Connection, query: Query, *, limit: int, tier: bool | None) -> Iterator[tuple[list[Id], bool]]:
    """Ids tier by tier, each read only when the ones before were not enough, and whether they are found by name."""
    questions = [each for each in _word_questions(query) if tier in (None, each[1])]
    if questions and len(query.words) > 1:
        yield from _of_several_words(connection, questions, limit=limit)
    else:
        for expression, in_name in questions:
            yield _by_words(connection, expression, limit=limit), in_name
    if tier is not None:
        return
    for index, match, digits in _number_questions(query):
        rows = connection.exec_driver_sql(_DIGITS.format(index=index), (match, MOST_LOOKED_AT, digits, limit))
        yield [Id(row[0]) for row in rows], False


def _of_several_words(
    connection: Connection, questions: Sequence[tuple[Expression, bool]], *, limit: int
) -> Iterator[tuple[list[Id], bool]]:
    """The tiers of more than one word. What few have in common takes milliseconds to find among many.

    So the widest tier, which holds the others, is asked first; when it has all there are, they are told apart by their
    documents and no other is asked.
    """
    *narrow, (widest, _in_name) = questions
    found = _by_words(connection, widest, limit=limit)
    if len(found) < limit:
        rows = connection.exec_driver_sql(_TERMS_OF, (json.dumps(found),)).fetchall() if found else []
        terms = {row[0]: row[1] for row in rows}
        for expression, in_name in questions:
            yield [each for each in found if language.holds(expression, terms[each])], in_name
        return
    for expression, in_name in narrow:
        yield _by_words(connection, expression, limit=limit), in_name
    yield found, False


def _word_questions(query: Query) -> Iterator[tuple[Expression, bool]]:
    """The expressions of the tiers, the widest last, and whether they ask for names."""
    if not query.words or query.dialled:
        return
    tiers = [
        (language.start_expression(query), True),
        (language.name_expression(query), True),
        (language.other_expression(query), False),
    ]
    if query.has_marks:
        yield language.exact_expression(query), True
    yield from tiers


def _by_words(connection: Connection, expression: Expression, *, limit: int) -> list[Id]:
    """The newest that match. The prefix of a long word is not indexed and would be put together from all who have it:

    shorter ones are read instead and compared, which is enough unless very many differ only in their ends.
    """
    if long_words := language.long_words(expression):
        conditions = " AND ".join(f"({' OR '.join(f'instr({_TERMS}, ?)' for _each in some)})" for some in long_words)
        terms = [f" {phrase}" for some in long_words for phrase in some]
        values = (*terms, language.match_text(language.indexed(expression)), MOST_LOOKED_AT)
        rows = connection.exec_driver_sql(_LONG_WORDS.format(conditions=conditions), values)
        found, looked_at = [], 0
        for each, is_one in rows:
            looked_at += 1
            if is_one:
                found.append(Id(each))
            if len(found) == limit:
                break
        rows.close()
        if len(found) == limit or looked_at < MOST_LOOKED_AT:
            return found
    match = language.match_text(expression)
    return [Id(row[0]) for row in connection.exec_driver_sql(_WORDS, (match, limit))]


def _number_questions(query: Query) -> Iterator[tuple[str, str, str]]:
    """Index, expression and the digits that must be there: for a text that is a number, or words beside one."""
    names = query.names
    for fragment in language.fragments(query.digits):
        if names.words:
            yield "search_index", language.match_text(language.other_expression(names)), fragment
        else:
            yield "digit_index", language.gram_expression(fragment), fragment


def _read(connection: Connection, ids: Sequence[Id]) -> dict[Id, Hit]:
    rows = connection.exec_driver_sql(_HITS, {"ids": json.dumps(ids)}).fetchall() if ids else []
    return {Id(row[0]): _hit(row) for row in rows}


def _hit(row: Sequence[Any]) -> Hit:
    record, kind, ref, name, organisation, card, *person = row
    card_id, stage, left = json.loads(card) if card else (None, "", "")
    own_name = names.display(Person(**dict(zip(_PERSON, person, strict=True)))) if person[0] is not None else ""
    return Hit(
        id=record,
        kind=kind,
        ref=ref,
        name=name or own_name or organisation,
        organisation=organisation,
        stage=stage,
        exit=left,
        card_id=card_id,
    )


def _with_match(hit: Hit, matched: str) -> Hit:
    return replace(hit, matched=matched, name=hit.name or matched) if matched else hit


def _matched(connection: Connection, query: Query, hits: Sequence[Hit]) -> dict[Id, str]:
    """For hits not found by their name alone: the organisation, address or number that has what was typed."""
    points: dict[Id, list[tuple[str, str, str]]] = {}
    for about, kind, value, key in connection.exec_driver_sql(_POINTS, {"ids": json.dumps([hit.id for hit in hits])}):
        points.setdefault(about, []).append((kind, value, key))
    return {hit.id: _match_of(query, hit, points.get(hit.id, [])) for hit in hits}


def _match_of(query: Query, hit: Hit, points: Sequence[tuple[str, str, str]]) -> str:
    if _has_word(query, hit.organisation):
        return hit.organisation
    fragments = language.fragments(query.digits)
    for kind, value, key in points:
        if kind == "phone" and any(each in phone_digits(key) or each in phone_digits(value) for each in fragments):
            return value
        if kind != "phone" and _has_word(query, value):
            return value
    return ""


def _has_word(query: Query, text: str) -> bool:
    written = tokens(text)
    return any(
        token.startswith(spelling[0]) for token in written for word in query.words for spelling in word.spellings
    )
