"""Which backups stay, by a long simulated calendar, also when the clock jumps."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from crmdesk.domain.keeping import Stored, to_remove

START = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)
PLENTY = 10**12


class Year:
    """Backups as they come in, thinned after each; the clock can be set."""

    def __init__(self, *, room: int = PLENTY) -> None:
        self.now, self.room, self.there, self.number = START, room, [], 0

    def back_up(self, *, kept: bool = False, size: int = 100) -> None:
        self.number += 1
        self.there.append(Stored(number=self.number, at=self.now, size=size, kept=kept))
        going = set(to_remove(self.there, room=self.room))
        assert self.number not in going, "the newest one never goes"
        self.there = [each for each in self.there if each.number not in going]

    def work(self, days: int, *, hours: int = 8) -> None:
        for _day in range(days):
            morning = self.now
            for _half in range(hours * 2):
                self.back_up()
                self.now += timedelta(minutes=30)
            self.now = morning + timedelta(days=1)

    def ages(self) -> list[float]:
        return [(self.there[-1].at - each.at) / timedelta(days=1) for each in reversed(self.there)]


def test_two_days_are_whole_then_days_weeks_and_months_are_kept_for_a_year():
    year = Year()
    year.work(500)
    ages = year.ages()
    assert sum(age < 2 for age in ages) == 32
    days = [age for age in ages if age >= 2]
    assert len(days) == 12 + 10 + 9
    gaps = [later - earlier for earlier, later in itertools.pairwise(days)]
    assert max(gaps[:11]) < 1.5
    assert max(gaps[11:21]) < 7.5
    assert max(gaps[21:]) <= 31 + 7, "the newest of a month is of its last week"
    assert 300 < days[-1] < 400


def test_whoever_works_once_a_month_keeps_two_years_and_more():
    year = Year()
    for _month in range(40):
        year.back_up()
        year.now += timedelta(days=30)
    assert len(year.there) == 1 + 12 + 10 + 9


def test_a_clock_set_back_thins_nothing_away():
    year = Year()
    year.work(120)
    before = {each.number for each in year.there}
    year.now -= timedelta(days=365)
    for _half in range(8):
        year.back_up()
        year.now += timedelta(minutes=30)
    stayed = {each.number for each in year.there}
    assert before <= stayed
    assert len(stayed) == len(before) + 8


def test_a_clock_set_back_again_and_again_keeps_what_the_order_says():
    year = Year()
    for round_ in range(30):
        year.now = START + timedelta(days=40 if round_ % 2 else 0)
        year.work(1, hours=2)
    numbers = [each.number for each in year.there]
    assert numbers == sorted(numbers)
    assert numbers[-1] == year.number


def test_what_was_kept_before_a_restore_never_goes_and_pushes_nothing_out():
    year = Year(room=1000)
    for _each in range(10):
        year.back_up()
    plain = [each.number for each in year.there]
    for _each in range(5):
        year.back_up(kept=True, size=900)
    assert [each.number for each in year.there if not each.kept] == plain
    year.work(400, hours=1)
    assert sum(each.kept for each in year.there) == 5


def test_the_oldest_go_first_when_room_is_short_and_the_newest_stays_however_large():
    year = Year(room=350)
    year.work(1)
    assert [each.number for each in year.there] == [14, 15, 16]
    year.back_up(size=10_000)
    assert [each.number for each in year.there] == [17]
