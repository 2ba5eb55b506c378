"""How typed days and amounts are read in one workspace on one day; handed to every form that asks for some."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from crmdesk.domain import dates, money

_USUAL = ("EUR", "USD", "GBP", "CHF", "TWD", "VND")


@dataclass(frozen=True, slots=True)
class Typed:
    """Reads what people type. `today` is asked each time, so that a window left open over midnight reads rightly.

    The workspace's own currency may be asked each time too: it can be changed in the window.
    """

    clock: Callable[[], date]
    currency: str | Callable[[], str]

    @property
    def today(self) -> date:
        """The present day."""
        return self.clock()

    @property
    def own_currency(self) -> str:
        """The workspace's own currency."""
        return self.currency if isinstance(self.currency, str) else self.currency()

    @property
    def currencies(self) -> tuple[str, ...]:
        """The workspace's own currency first, then the usual ones."""
        return tuple(dict.fromkeys([self.own_currency, *_USUAL]))

    def day(self, text: str) -> date:
        """A day from today on. Raises BadInput."""
        return dates.parse(text, today=self.today)

    def past_day(self, text: str) -> date:
        """A day up to today. Raises BadInput."""
        return dates.parse(text, today=self.today, past=True)

    def amount(self, text: str, currency: str) -> tuple[int, str]:
        """Whole cents and the currency meant; `currency` where none is written. Raises BadInput."""
        read = money.parse(text, currency=currency or self.own_currency)
        return read.cents, read.currency
