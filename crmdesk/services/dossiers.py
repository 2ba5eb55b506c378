"""All that is stored about leads and opportunities, read at once."""

from __future__ import annotations

from crmdesk.domain.dossier import Dossier
from crmdesk.domain.records import Id
from crmdesk.services.verbs import question
from crmdesk.storage import dossiers as storage
from crmdesk.storage.database import Database


@question
def read(db: Database, card: Id) -> Dossier:
    """Everything about one lead or opportunity. Raises NotFound."""
    with db.read() as connection:
        return storage.read(connection, card)


@question
def read_many(db: Database, ids: list[Id]) -> list[Dossier]:
    """Everything about several leads and opportunities, in the order asked for. Raises NotFound."""
    with db.read() as connection:
        found = storage.read_many(connection, ids)
        return [found[card] for card in ids]
