"""Finding people, firms and cards by what somebody types."""

from __future__ import annotations

from crmdesk.domain.errors import BadInput
from crmdesk.services.verbs import question
from crmdesk.storage import search
from crmdesk.storage.database import Database
from crmdesk.storage.search import Hit
from crmdesk.words import _


@question
def find(db: Database, text: str, limit: int = 50) -> list[Hit]:
    """What matches the words or the fragment of a number, best first; nothing for an empty text.

    Raises BadInput for a negative limit.
    """
    if limit < 0:
        raise BadInput(_("{limit} is not a number of results.").format(limit=limit), _("Give 0 or more."))
    with db.read() as connection:
        return search.find(connection, text, limit=limit)
