"""The people who use a workspace, inside a step that is open already: added, renamed, and who of them one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crmdesk.domain import points
from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import Id, Member, Setting
from crmdesk.storage import records
from crmdesk.storage.connection import Connection
from crmdesk.storage.transaction import Transaction
from crmdesk.words import _, initials_of

ME = "member"
_LONGEST = 3  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberInput:
    """Somebody of the team as they are to be: `member` is one there is, None somebody new; `me` who I am.

    Without `initials` they are made from the name.
    """

    name: str
    initials: str = ""
    member: Id | None = None
    me: bool = False


def cleaned(name: str) -> str:
    """A name on one line. Raises BadInput for an empty one."""
    text = points.one_line(name)
    if not text:
        raise BadInput(_("A name is missing."), _("Write who it is."))
    return text


def listed(connection: Connection) -> list[Member]:
    """The team, in the order they came."""
    return records.where(connection, Member)


def called(connection: Connection, name: str) -> Member | None:
    """The one of that name, in any case of letters; None when nobody is."""
    return next((each for each in listed(connection) if each.name.casefold() == name.casefold()), None)


def me(connection: Connection) -> Id | None:
    """Who I am; the first of the team when that one is not there any more, None when nobody is."""
    stored = next((each.value for each in records.where(connection, Setting, key=ME)), "")
    if not stored:
        return None
    known = listed(connection)
    return next((each.id for each in known if each.ref == stored), known[0].id if known else None)


def be(tx: Transaction, member: Id) -> None:
    """Says that this one is me. Raises NotFound."""
    ref = records.get(tx.connection, Member, member).ref
    stored = records.where(tx.connection, Setting, key=ME)
    if not stored:
        tx.add(Setting(key=ME, value=ref))
    elif stored[-1].value != ref:
        tx.put(replace(stored[-1], value=ref))


def rename(tx: Transaction, member: Id, name: str, initials: str) -> None:
    """Another name, and initials. Raises NotFound, BadInput for none and for somebody else's."""
    found = records.get(tx.connection, Member, member)
    _refuse_second(tx, name, member)
    short = points.one_line(initials)[:_LONGEST] or (found.initials if name == found.name else initials_of(name))
    changed = replace(found, name=name, initials=short)
    if changed != found:
        tx.put(changed)


def arrange(tx: Transaction, team: Sequence[MemberInput]) -> None:
    """Makes the team so; whoever is not named stays. Raises as `rename`."""
    named = [(each, cleaned(each.name)) for each in team]
    if len({name.casefold() for _each, name in named}) < len(named):
        raise BadInput(_("Two rows have the same words."), _("Give each its own."))
    for each, name in named:
        member = each.member
        if member is None:
            _refuse_second(tx, name, None)
            short = points.one_line(each.initials)[:_LONGEST] or initials_of(name)
            member = tx.add(Member(name=name, initials=short)).id
        else:
            rename(tx, member, name, each.initials)
        if each.me:
            be(tx, member)


def _refuse_second(tx: Transaction, name: str, member: Id | None) -> None:
    """Raises BadInput when somebody else than `member` has that name."""
    there = called(tx.connection, name)
    if there is not None and there.id != member:
        raise BadInput(_("Two rows have the same words."), _("Give each its own."))
