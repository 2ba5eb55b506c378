"""What a delegate does with what went wrong while it painted: an error of its own must not take the program down."""

from __future__ import annotations

import logging
import sys

from crmdesk.domain.errors import Damaged


def unpainted(error: Exception, log: logging.Logger) -> None:
    """Logs it, and the place stays empty; damage of the file, met while its rows were read, is passed on.

    It goes to who hears what nobody has caught, and not up through Qt, which is in the middle of painting.
    """
    if isinstance(error, Damaged):
        sys.excepthook(type(error), error, error.__traceback__)
    else:
        log.error("A row could not be painted", exc_info=error)
