"""The words in use in a workspace, read over any connection."""

from __future__ import annotations

from crmdesk.domain import agreement
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.storage import agreement as stored
from crmdesk.storage.reading import Reading


def in_use(connection: Reading) -> Vocabulary:
    """The vocabulary with the workspace's own over it, parsed once for each version.

    Raises BadFile or ValueError when there is none, or no sense in it.
    """
    found = stored.in_use(connection)
    if found is None:
        raise ValueError("the workspace has no vocabulary")
    body, key, changes, version, dated = found
    return agreement.load(body, key, changes=changes, version=version, dated=dated)
