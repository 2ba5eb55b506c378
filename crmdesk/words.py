"""Every string a person reads, in any room, goes through here: gettext, and dates, numbers and money by Babel.

`_` and `ngettext` word a string now; `N_` and `NN_` only mark one that stands in a table or is stored and is worded
when shown. Nothing here knows what a CRM is, and nothing imports Qt. Babel is imported at the first formatted value.
"""

from __future__ import annotations

import gettext as _gettext
import json
import locale as _locale
import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from crmdesk import paths

LANGUAGES: dict[str, str] = {"en": "English", "de": "Deutsch", "vi": "Tiếng Việt", "zh_TW": "繁體中文"}
DOMAIN = "crmdesk"

_BETWEEN_THOUSANDS = {"en": ",", "de": ".", "vi": ".", "zh_TW": ","}

_translations: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def use(language: str) -> str:
    """Words from now on come in `language` (a key of LANGUAGES or a locale name such as "de_AT"); returns the key used.

    An unknown language is English: a missing catalogue never stops the program.
    """
    global _translations, _language
    _language = match(language)
    _translations = _gettext.translation(
        DOMAIN, localedir=paths.resources() / "i18n", languages=[_language], fallback=True
    )
    return _language


def match(language: str) -> str:
    """The key of LANGUAGES closest to a locale name: "de_AT.UTF-8" is "de", "zh_HK" is "zh_TW", unknown is "en"."""
    name = language.replace("-", "_").split(".")[0]
    if name in LANGUAGES:
        return name
    short = name.split("_")[0].lower()
    return {"de": "de", "vi": "vi", "zh": "zh_TW"}.get(short, "en")


def system_language() -> str:
    """The key of LANGUAGES the system asks for (LANGUAGE, LC_ALL, LC_MESSAGES, LANG, the locale), else "en"."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return match(value.split(":")[0])
    return match(_locale.getlocale()[0] or "en")


def language() -> str:
    """The key of LANGUAGES in use."""
    return _language


def _(message: str) -> str:
    """`message` in the language in use; itself when the catalogue does not have it."""
    return _translations.gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The form of the language in use for `count` things."""
    return _translations.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """`message` as it is said in `context`, where one English word needs several in another language."""
    return _translations.pgettext(context, message)


def side_by_side(*details: str) -> str:
    """The details that say something in one line, the comma of the language in use between them."""
    between = pgettext("between the details of a line", ", ")
    return between.join(detail for detail in details if detail)


def N_(message: str) -> str:
    """Marks a string for the catalogue that is worded later."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:
    """Marks a singular and a plural for the catalogue that are worded later."""
    return one, many


@dataclass(frozen=True, slots=True)
class Label:
    """A sentence that is stored as a key with arguments and worded when shown: `Label(N_("Add {name}"), name="Anna")`.

    `one` is the message id; with `many` the plural is chosen by `count`, which is also the argument {count}. Arguments
    are text or whole numbers. An argument that is a stage's key is named `stage` (or ends in `_stage`), so that who
    words the label can hand in the workspace's own word for it. One that ends in `_word` is a message id itself.
    """

    one: str
    many: str = ""
    count: int = 1
    args: Mapping[str, str | int] = field(default_factory=dict)

    def text(self, stage_word: Callable[[str], str] | None = None) -> str:
        """The sentence in the language in use; `stage_word` turns a stage's key into the workspace's word."""
        args = dict(self.args)
        if stage_word is not None:
            for name, value in args.items():
                if name == "stage" or name.endswith("_stage"):
                    args[name] = stage_word(str(value))
        args |= {name: _(str(value)) for name, value in args.items() if name.endswith("_word")}
        pattern = ngettext(self.one, self.many, self.count) if self.many else _(self.one)
        return _filled(pattern, {"count": number(self.count), **args})

    def dump(self) -> str:
        """The label as JSON text, for storage."""
        return json.dumps([self.one, self.many, self.count, dict(self.args)], ensure_ascii=False)

    @staticmethod
    def load(text: str) -> Label:
        """The label that `dump` wrote; of a damaged one, what is left of it."""
        try:
            one, many, count, args = json.loads(text)
            return Label(str(one), str(many), int(count), dict(args))
        except (ValueError, TypeError):
            return Label(text)


def _filled(pattern: str, args: Mapping[str, str | int]) -> str:
    """The pattern with its arguments; it may come from a file, so that nothing but their names means anything in it."""
    return re.sub(r"\{(\w+)\}", lambda found: str(args.get(found[1], found[0])), pattern)


def _babel_locale() -> str:
    return {"zh_TW": "zh_Hant_TW"}.get(_language, _language)


def number(value: int) -> str:
    """A whole number with the language's thousands separator, as Babel would write it, without loading that."""
    return f"{value:,}".replace(",", _BETWEEN_THOUSANDS[_language])


def decimal(value: float) -> str:
    """A number with one decimal, which goes when it is nought: "1.6", "2"."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, format="#,##0.#", locale=_babel_locale()))


def money(cents: int, currency: str) -> str:
    """An amount in integer cents as people write it, without decimals when there are none: "€48,000", "48.000 €"."""
    return _money(cents, currency, _babel_locale())


@lru_cache(maxsize=4096)  # a board is painted with the same amounts again and again
def _money(cents: int, currency: str, language: str) -> str:
    from babel import Locale
    from babel.numbers import format_currency

    locale = Locale.parse(language)
    pattern = str(locale.currency_formats["standard"].pattern)
    whole = cents % 100 == 0
    if whole:
        pattern = pattern.replace(".00", "")
    amount = cents // 100 if whole else Decimal(cents) / 100
    text = str(format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False))
    # There are several dollars; beside others each says which it is, at home, too.
    own = {"USD": "US$", "TWD": "NT$"}.get(currency, "$")
    return text if own in text else text.replace("$", own)


def countries() -> list[tuple[str, str]]:
    """All countries as (ISO 3166 in two letters, name), by name in the language in use."""
    from babel import Locale

    named = Locale.parse(_babel_locale()).territories
    return _by_name({key: str(named[key]) for key in _lands()})


def currencies() -> list[tuple[str, str]]:
    """All currencies people pay with now as (ISO 4217, code and name), by name in the language in use."""
    from babel import Locale

    named = Locale.parse(_babel_locale()).currencies
    now = {currency for used in _lands().values() for currency in used}
    return _by_name({key: f"{named[key]} ({key})" if key in named else key for key in now})


def _lands() -> dict[str, list[str]]:
    """The currencies of each country there is today; unions of several are none."""
    from babel import Locale
    from babel.numbers import get_territory_currencies

    two = [key for key in map(str, Locale("en").territories) if len(key) == 2 and key.isalpha()]
    found = {key: [str(each) for each in get_territory_currencies(key)] for key in two if key not in ("EU", "EZ", "UN")}
    return {key: used for key, used in found.items() if used}


def _by_name(named: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(named.items(), key=lambda each: unicodedata.normalize("NFKD", each[1]).casefold())


def day(value: date, *, today: date) -> str:
    """A day in few words: "Wed 6 May", with the year when it is not this year's."""
    from babel.dates import format_date, format_skeleton

    if _language == "en":
        return str(format_date(value, "EEE d MMM" if value.year == today.year else "EEE d MMM y", locale="en"))
    if _language == "de":
        weekday = format_date(value, "EEEEEE", locale="de").rstrip(".")
        return f"{weekday} {short_day(value, today=today)}"
    if _language == "zh_TW":
        return f"{short_day(value, today=today)}（{format_date(value, 'EEE', locale='zh_Hant_TW')}）"
    skeleton = "MMMEd" if value.year == today.year else "yMMMEd"
    return _one_piece(str(format_skeleton(skeleton, value, locale=_babel_locale())))


def short_day(value: date, *, today: date) -> str:
    """A day for narrow columns: "28 Apr", "28. Apr.", with the year when it is not this year's."""
    from babel.dates import format_date, format_skeleton

    if _language == "en":
        return str(format_date(value, "d MMM" if value.year == today.year else "d MMM y", locale="en"))
    shown = str(format_skeleton("MMMd" if value.year == today.year else "yMMMd", value, locale=_babel_locale()))
    return _one_piece(shown)


def _one_piece(shown: str) -> str:
    """A shown day in which no line ends between day and month."""
    return shown.replace(". ", ".\xa0", 1) if _language == "de" else shown.replace(" thg ", "\xa0thg\xa0")


def day_in_sentence(value: date, *, today: date) -> str:
    """Like `short_day`, for a sentence that may end in it: German then writes the month in full, without a dot."""
    if _language != "de":
        return short_day(value, today=today)
    from babel.dates import format_date

    return str(format_date(value, "d.\xa0MMMM" if value.year == today.year else "d.\xa0MMMM y", locale="de"))


def full_day(value: date) -> str:
    """A day in full, as typed dates are echoed: "Friday, 8 May 2026"."""
    from babel.dates import format_date

    return str(format_date(value, "EEEE, d MMMM y" if _language == "en" else "full", locale=_babel_locale()))


def clock(value: time | datetime) -> str:
    """A time of day: "14:02"."""
    return value.strftime("%H:%M")


def moment(stored: str, *, today: date) -> str:
    """A stored moment (UTC, as ISO text) where the person is: "28 Apr, 14:02"."""
    at = datetime.fromisoformat(stored).astimezone()
    return _("{day}, {time}").format(day=short_day(at.date(), today=today), time=clock(at))


def initials_of(name: str) -> str:
    """Two letters that stand for a person's name: "Jana Lindner" is "JL", "陳怡君" is "陳"."""
    parts = [part for part in name.split() if part]
    if not parts:
        return ""
    if len(parts) == 1:
        return parts[0][:1].upper()
    return (parts[0][0] + parts[-1][0]).upper()
