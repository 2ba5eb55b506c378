"""How many bytes something has, in words."""

from __future__ import annotations

from crmdesk import words
from crmdesk.words import N_, _

_STEP = 1000
_UNITS = (N_("{count} KB"), N_("{count} MB"), N_("{count} GB"))


def worded(size: int) -> str:
    """Bytes as people say them: "340 KB", "9,400 KB", "12 MB"; what is not nothing is at least one KB."""
    amount = -(-size // _STEP)
    unit = 0
    while amount >= 10 * _STEP and unit < len(_UNITS) - 1:
        amount = round(amount / _STEP)
        unit += 1
    return _(_UNITS[unit]).format(count=words.number(amount))
