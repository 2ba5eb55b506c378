"""How many bytes something has, in words."""

from __future__ import annotations

from crmdesk import words
from crmdesk.words import N_, _

_STEP = 1000
_UNITS = (N_("{count} KB"), N_("{count} MB"), N_("{count} GB"))


def worded(size: int) -> str:
    """Bytes as people say them: "340 KB", "1.6 MB", "12 MB"; what is not nothing is at least one KB.

    The unit stays on the line of its number. Our own words for units: the ones of Babel mix kB, kbyte and Mbyte.
    """
    amount: float = -(-size // _STEP)
    unit = 0
    while amount >= _STEP and unit < len(_UNITS) - 1:
        amount /= _STEP
        unit += 1
    shown = words.decimal(amount) if unit and amount < 10 else words.number(round(amount))
    return _(_UNITS[unit]).format(count=shown).replace(" ", "\xa0")
