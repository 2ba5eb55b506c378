"""The words of typed dates in four languages, as data for `dates`: lower case, without full stops.

Where one word means two things ("mai" is May in German and tomorrow in Vietnamese) the language in use decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DateWords:
    """One language. A pattern's group `n` is a number, `unit` a word of `units`, `day` a weekday, `month` a month."""

    weekdays: tuple[str, ...]  # Monday first, alternatives split by a bar
    months: tuple[str, ...]  # January first
    days: Mapping[str, int]  # words for a day counted from today
    units: Mapping[str, str]
    numbers: Mapping[str, int]
    ahead: tuple[str, ...]  # "in 2 weeks"
    ago: tuple[str, ...]
    next_unit: tuple[str, ...]  # "next week"
    last_unit: tuple[str, ...]
    next_week_day: tuple[str, ...]  # a weekday of the next calendar week
    week_after_next_day: tuple[str, ...]
    day_ahead: tuple[str, ...]  # "Monday in 2 weeks": counted from the coming Monday
    coming_day: tuple[str, ...]
    last_day: tuple[str, ...]
    end_of_month: tuple[str, ...]  # of `month`, or of this month
    week_number: tuple[str, ...]
    spaced: bool = True
    weekday_of: Mapping[str, int] = field(init=False)
    month_of: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "weekday_of", _numbered(self.weekdays, 0))
        object.__setattr__(self, "month_of", _numbered(self.months, 1))

    def pattern(self, template: str) -> str:
        """A template with its groups filled in: N, UNIT, DAY, MONTH."""
        number = "|".join([r"\d{1,3}", *_longest_first(self.numbers)])
        return (
            template.replace("UNIT", f"(?P<unit>{'|'.join(_longest_first(self.units))})")
            .replace("MONTH", f"(?P<month>{'|'.join(_longest_first(self.month_of))})")
            .replace("DAY", f"(?P<day>{'|'.join(_longest_first(self.weekday_of))})")
            .replace("NUM", f"(?P<n>{number})")
        )


def _numbered(groups: tuple[str, ...], start: int) -> dict[str, int]:
    return {word: index for index, group in enumerate(groups, start) for word in group.split("|")}


def _longest_first(words: Mapping[str, object]) -> list[str]:
    return [re.escape(word) for word in sorted(words, key=len, reverse=True)]


ENGLISH = DateWords(
    weekdays=(
        "monday|mon|mo",
        "tuesday|tues|tue|tu",
        "wednesday|weds|wed|we",
        "thursday|thurs|thur|thu|th",
        "friday|fri|fr",
        "saturday|sat|sa",
        "sunday|sun|su",
    ),
    months=(
        "january|jan",
        "february|feb",
        "march|mar",
        "april|apr",
        "may",
        "june|jun",
        "july|jul",
        "august|aug",
        "september|sept|sep",
        "october|oct",
        "november|nov",
        "december|dec",
    ),
    days={"today": 0, "tod": 0, "tomorrow": 1, "tmr": 1, "tom": 1, "day after tomorrow": 2, "overmorrow": 2}
    | {"yesterday": -1, "day before yesterday": -2},
    units={"days": "day", "day": "day", "d": "day", "weeks": "week", "week": "week", "w": "week", "wk": "week"}
    | {"months": "month", "month": "month", "mth": "month", "years": "year", "year": "year", "y": "year"},
    numbers={"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
    | {"a couple of": 2, "half a": 0},
    ahead=(r"(?:in )?NUM ?UNIT(?: from now| from today)?", r"\+ ?NUM ?UNIT"),
    ago=(r"NUM ?UNIT ago",),
    next_unit=(r"next UNIT",),
    last_unit=(r"last UNIT",),
    week_after_next_day=(r"DAY the week after next", r"the week after next(?: on)? DAY"),
    next_week_day=(r"next DAY", r"DAY next week", r"next week(?: on)? DAY"),
    day_ahead=(r"(?:on )?DAY in NUM UNIT", r"NUM UNIT (?:on|from) DAY"),
    coming_day=(r"(?:on |this |coming |this coming )?DAY",),
    last_day=(r"(?:last|past) DAY",),
    end_of_month=(r"(?:the )?end of (?:the |this )?month", r"month ?end", r"(?:the )?end of MONTH"),
    week_number=(r"(?:week|wk|cw) ?(?P<n>\d{1,2})",),
)

GERMAN = DateWords(
    weekdays=(
        "montag|mo",
        "dienstag|di",
        "mittwoch|mi",
        "donnerstag|do",
        "freitag|fr",
        "samstag|sonnabend|sa",
        "sonntag|so",
    ),
    months=(
        "januar|jänner|jan",
        "februar|feber|feb",
        "märz|maerz|mär|mrz",
        "april|apr",
        "mai",
        "juni|jun|juno",
        "juli|jul",
        "august|aug",
        "september|sept|sep",
        "oktober|okt",
        "november|nov",
        "dezember|dez",
    ),
    days={"heute": 0, "morgen": 1, "übermorgen": 2, "uebermorgen": 2, "gestern": -1, "vorgestern": -2},
    units={"tagen": "day", "tage": "day", "tag": "day", "wochen": "week", "woche": "week", "monaten": "month"}
    | {"monate": "month", "monat": "month", "jahren": "year", "jahre": "year", "jahr": "year"},
    numbers={"einem": 1, "einer": 1, "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "zehn": 10},
    ahead=(r"(?:in )?NUM UNIT", r"\+ ?NUM ?UNIT"),
    ago=(r"vor NUM UNIT",),
    next_unit=(r"(?:nächste|kommende)[nrsm]? UNIT",),
    last_unit=(r"(?:letzte|vorige)[nrsm]? UNIT",),
    week_after_next_day=(r"(?:übernächste) woche DAY", r"DAY (?:übernächster|übernächste) woche", r"übernächsten DAY"),
    next_week_day=(r"(?:nächste|kommende) woche DAY", r"DAY (?:nächster|nächste|kommender|kommende) woche"),
    day_ahead=(r"(?:am )?DAY in NUM UNIT",),
    coming_day=(r"(?:am |diesen |nächsten |kommenden )?DAY",),
    last_day=(r"(?:letzten|vorigen|vergangenen) DAY",),
    end_of_month=(r"monatsende", r"ende (?:des|diesen|dieses) monats", r"ende MONTH"),
    week_number=(r"kw ?(?P<n>\d{1,2})", r"kalenderwoche (?P<n>\d{1,2})"),
)

VIETNAMESE = DateWords(
    weekdays=(
        "thứ hai|thứ 2|th 2|t2",
        "thứ ba|thứ 3|th 3|t3",
        "thứ tư|thứ 4|th 4|t4",
        "thứ năm|thứ 5|th 5|t5",
        "thứ sáu|thứ 6|th 6|t6",
        "thứ bảy|thứ bẩy|thứ 7|th 7|t7",
        "chủ nhật|chúa nhật|cn",
    ),
    months=(
        "tháng một|tháng giêng|tháng 1|tháng 01|thg 1",
        "tháng hai|tháng 2|tháng 02|thg 2",
        "tháng ba|tháng 3|tháng 03|thg 3",
        "tháng tư|tháng 4|tháng 04|thg 4",
        "tháng năm|tháng 5|tháng 05|thg 5",
        "tháng sáu|tháng 6|tháng 06|thg 6",
        "tháng bảy|tháng 7|tháng 07|thg 7",
        "tháng tám|tháng 8|tháng 08|thg 8",
        "tháng chín|tháng 9|tháng 09|thg 9",
        "tháng mười|tháng 10|thg 10",
        "tháng mười một|tháng 11|thg 11",
        "tháng mười hai|tháng chạp|tháng 12|thg 12",
    ),
    days={"hôm nay": 0, "nay": 0, "ngày mai": 1, "mai": 1, "ngày kia": 2, "ngày mốt": 2, "mốt": 2}
    | {"hôm qua": -1, "hôm kia": -2},
    units={"ngày": "day", "hôm": "day", "tuần": "week", "tháng": "month", "năm": "year"},
    numbers={"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "mười": 10},
    ahead=(r"(?:sau |trong )NUM UNIT(?: nữa| tới)?", r"NUM UNIT (?:nữa|sau|tới)", r"NUM UNIT", r"\+ ?NUM ?UNIT"),
    ago=(r"(?:cách đây )?NUM UNIT trước", r"cách đây NUM UNIT"),
    next_unit=(r"UNIT (?:sau|tới)",),
    last_unit=(r"UNIT (?:trước|rồi|qua)",),
    week_after_next_day=(r"DAY tuần sau nữa",),
    next_week_day=(r"DAY tuần (?:sau|tới)",),
    day_ahead=(r"DAY (?:sau|trong) NUM UNIT(?: nữa)?",),
    coming_day=(r"(?:vào )?DAY(?: này| tới| tuần này)?",),
    last_day=(r"DAY (?:trước|rồi|vừa rồi|tuần trước)",),
    end_of_month=(r"cuối tháng(?: này)?", r"cuối MONTH"),
    week_number=(r"tuần (?:thứ )?(?P<n>\d{1,2})",),
)

CHINESE = DateWords(
    weekdays=tuple(
        "|".join(f"{start}{day}" for day in days for start in ("星期", "禮拜", "週", "周"))
        for days in ("一", "二", "三", "四", "五", "六", "日天")
    ),
    months=tuple(
        f"{number}月|{index}月|{index:02}月" if index < 10 else f"{number}月|{index}月"
        for index, number in enumerate("一 二 三 四 五 六 七 八 九 十 十一 十二".split(), 1)  # noqa: SIM905
    ),
    days={"今天": 0, "今日": 0, "明天": 1, "明日": 1, "後天": 2, "后天": 2, "大後天": 3, "昨天": -1, "前天": -2},
    units={"天": "day", "日": "day", "週": "week", "周": "week", "個星期": "week", "星期": "week", "個禮拜": "week"}
    | {"個月": "month", "月": "month", "年": "year"},
    numbers={"一": 1, "兩": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10},
    ahead=(r"(?:再)?NUM ?UNIT(?:之後|以後|後|后|内|內)", r"\+ ?NUM ?UNIT"),
    ago=(r"NUM ?UNIT(?:之前|以前|前)",),
    next_unit=(r"(?:下個|下|明)UNIT",),
    last_unit=(r"(?:上個|上|去)UNIT",),
    next_week_day=(r"下(?:個)?DAY",),
    week_after_next_day=(r"下下(?:個)?DAY",),
    day_ahead=(r"NUM ?UNIT(?:之後|以後|後)的?DAY",),
    coming_day=(r"(?:這|这|本)?(?:個)?DAY",),
    last_day=(r"上(?:個)?DAY",),
    end_of_month=(r"(?:這個|本|這)?月底", r"MONTH底"),
    week_number=(r"第 ?(?P<n>\d{1,2}) ?[週周]",),
    spaced=False,
)

LANGUAGES: dict[str, DateWords] = {"en": ENGLISH, "de": GERMAN, "vi": VIETNAMESE, "zh_TW": CHINESE}
