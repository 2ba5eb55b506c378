"""What the system says about its person: name, country, currency. Asked once, when a workspace is made."""

from __future__ import annotations

import getpass
import locale
import os
import sys

from crmdesk.words import _

FALLBACK_CURRENCY = "EUR"
_NOBODY = ("", "root", "system", "administrator", "admin", "user")  # what names an account and no person


def full_name() -> str:
    """The person's name as the system keeps it, else the login name, else a word for oneself: nobody is called root."""
    try:
        login = getpass.getuser()
    except (OSError, KeyError):
        return _("Me")
    name = _real_name(login) or login
    return _("Me") if name.casefold() in _NOBODY else name


def country() -> str:
    """The country of the system's locale, ISO 3166 in two letters; "" when it says none."""
    for name in (
        *(os.environ.get(each, "") for each in ("LC_ALL", "LC_MONETARY", "LC_ADDRESS", "LANG")),
        _locale_name(),
    ):
        territory = name.partition(".")[0].partition("@")[0].replace("-", "_").rpartition("_")[2]
        if len(territory) == 2 and territory.isalpha() and territory.isupper():
            return territory
    return ""


def currency(country: str) -> str:
    """The currency people pay with in a country now, ISO 4217; EUR when the country is unknown."""
    from babel.numbers import get_territory_currencies

    found = get_territory_currencies(country) if country else []
    return str(found[0]) if found else FALLBACK_CURRENCY


def _real_name(login: str) -> str:
    if sys.platform == "win32":
        return ""
    import pwd

    try:
        return pwd.getpwnam(login).pw_gecos.partition(",")[0].strip()
    except KeyError:
        return ""


def _locale_name() -> str:
    return locale.getlocale()[0] or ""
