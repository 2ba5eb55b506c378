"""How typed days and amounts are read in one workspace on one day; handed to every form that asks for some."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from crmdesk.domain import dates, money

_USUAL = ("EUR", "USD", "GBP", "CHF", "TWD", "VND")


@dataclass(frozen=True, slots=True)
class Typed:
    """Reads what people type. `today` is asked each time, so that a window left open over midnight reads rightly."""

    clock: Callable[[], date]
    own_currency: str

    @property
    def today(self) -> date:
        """The present day."""
        return self.clock()

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
