"""Where a card lies that was put between two others by hand."""

from __future__ import annotations

from crmdesk.domain import ranks as keys
from crmdesk.domain.errors import NotFound
from crmdesk.domain.records import Id
from crmdesk.storage import board
from crmdesk.storage.transaction import Transaction
from crmdesk.words import _


def ranks(tx: Transaction, stage: str, before: Id | None, count: int, *, lane: board.Lane = board.JOURNEY) -> list[str]:
    """The rank keys of `count` cards put before a card, in their order; "" each when they lie in natural order.

    Raises NotFound when `before` is not a card of that stage.
    """
    if before is None:
        return [""] * count
    keys_around = board.around(tx.connection, stage, before, lane=lane)
    if keys_around is None:
        raise NotFound(_("The card to go before is not in this column any more."), _("Put it down again."))
    return keys.spread(*keys_around, count)
