"""All that is stored about leads and opportunities, read at once."""

from __future__ import annotations

from crmdesk.domain.dossier import Dossier
from crmdesk.domain.errors import NotFound
from crmdesk.domain.records import Conversion, Id, Lead, Opportunity
from crmdesk.services import about
from crmdesk.services.verbs import question
from crmdesk.storage import dossiers as storage
from crmdesk.storage import records
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database
from crmdesk.words import _


@question
def read(db: Database, card: Id) -> Dossier:
    """Everything about one lead or opportunity. Raises NotFound."""
    with db.read() as connection:
        return storage.read(connection, card)


@question
def stage(db: Database, card: Id) -> str:
    """The stage a lead or an opportunity stands in, or left. Raises NotFound."""
    with db.read() as connection:
        return about.subject(connection, card).stage


@question
def card_of(db: Database, record: Id) -> Id:
    """The lead or opportunity to show for a record: itself, or the newest one of a person or an organisation.

    A lead that was converted leads to its opportunity. Raises NotFound when there is none.
    """
    with db.read() as connection:
        lead = records.find(connection, Lead, record)
        if lead is not None:
            return _went_on(connection, lead) or lead.id
        if records.find(connection, Opportunity, record) is not None:
            return record
        found = [card for card in _cards_around(connection, record) if card.exit != "converted"]
    if not found:
        raise NotFound(_("There is no lead or opportunity of this record."), _("Add one, or choose another record."))
    return max(found, key=_age).id


@question
def read_many(db: Database, ids: list[Id]) -> list[Dossier]:
    """Everything about several leads and opportunities, in the order asked for. Raises NotFound."""
    with db.read() as connection:
        found = storage.read_many(connection, ids)
        return [found[card] for card in ids]


@question
def states(db: Database, ids: list[Id]) -> set[tuple[str, str]]:
    """What these cards are: the different pairs of lead or opportunity and how it left the path ("" while it is open).

    One read, however many they are. Raises NotFound when one is neither.
    """
    with db.read() as connection:
        return storage.states(connection, ids)


def _went_on(connection: Connection, lead: Lead) -> Id | None:
    if lead.exit != "converted":
        return None
    done = records.where(connection, Conversion, lead_id=lead.id)
    return done[-1].opportunity_id if done else None


def _cards_around(connection: Connection, record: Id) -> list[Lead | Opportunity]:
    return [
        *records.where(connection, Lead, person_id=record),
        *records.where(connection, Lead, organisation_id=record),
        *records.where(connection, Opportunity, person_id=record),
        *records.where(connection, Opportunity, organisation_id=record),
    ]


def _age(card: Lead | Opportunity) -> Id:
    return card.id
