"""What the program says while cards are on their way: in the heads of the columns, in the status bar, aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crmdesk import words
from crmdesk.domain.cards import Card
from crmdesk.ui.models.source import Forecast
from crmdesk.words import _, ngettext


@dataclass(frozen=True, slots=True)
class Hint:
    """What a drop on a column will do; where it may not be dropped, `allowed` is false."""

    icon: str
    text: str
    allowed: bool
    here: bool = False


@dataclass(frozen=True, slots=True)
class DragStatus:
    """The status bar while dragging: what is going on, and keys with what they do; empty when nothing is."""

    text: str
    keys: tuple[tuple[str, str], ...] = ()


def hint(forecast: Forecast | None, count: int, *, terminal: bool = False) -> Hint:
    """What a drop of `count` cards on a stage with this forecast will do, in words.

    A `terminal` stage is entered by a purchase, which no drop can state.
    """
    if forecast is None or forecast.here >= count:
        return Hint("circle", ngettext("It is here now", "They are here now", count), allowed=False, here=True)
    if forecast.converts:
        return Hint("deal", _("Opens the conversion sheet"), allowed=True)
    if forecast.takes_back:
        return Hint("stepped_back", _("Takes the conversion back"), allowed=True)
    if not forecast.at_once and (terminal or (forecast.blocked and not forecast.ask)):
        return Hint("locked", _("Needs a won deal"), allowed=False)
    return Hint("list-bullets", _moves(forecast.at_once, forecast.ask), allowed=True)


def _moves(at_once: int, ask: int) -> str:
    if at_once and ask:
        pattern = ngettext(
            "{count} moves at once · {ask} will ask for facts",
            "{count} move at once · {ask} will ask for facts",
            at_once,
        )
        return pattern.format(count=words.number(at_once), ask=words.number(ask))
    if ask:
        pattern = ngettext("Will ask for facts", "{count} will ask for facts", ask)
        return pattern.format(count=words.number(ask))
    return ngettext("Moves at once", "{count} move at once", at_once).format(count=words.number(at_once))


def moving(cards: Sequence[Card], stage: str = "") -> str:
    """ "Moving Katrin Bauer to Prospect"; without a stage, where to is not said."""
    count = len(cards)
    if count == 1:
        pattern = _("Moving {name} to {stage}") if stage else _("Moving {name}")
        return pattern.format(name=cards[0].name, stage=stage)
    if stage:
        pattern = ngettext("Moving {count} card to {stage}", "Moving {count} cards to {stage}", count)
    else:
        pattern = ngettext("Moving {count} card", "Moving {count} cards", count)
    return pattern.format(count=words.number(count), stage=stage)


def status(cards: Sequence[Card], stage: str = "") -> DragStatus:
    """The status bar while `cards` are over the column of `stage`."""
    control = _("Ctrl")
    keys = (
        (_("Esc"), ngettext("puts it back", "puts them back", len(cards))),
        (f"{control} ←", ""),
        (f"{control} →", _("same by keyboard")),
        (_("Shift"), _("held: place by hand")),
    )
    return DragStatus(moving(cards, stage), keys)
