"""Clocks, ids and references."""

from __future__ import annotations

import random
import re
import threading
from datetime import UTC, date, datetime, timedelta, timezone

from crmdesk.domain.ids import EPOCH, FixedClock, IdSource, SystemClock, utc

TUESDAY = datetime(2026, 5, 5, 12, 2, tzinfo=UTC)


def test_a_fixed_clock_stands_still_unless_it_has_a_step():
    still, walking = FixedClock(TUESDAY), FixedClock(TUESDAY, timedelta(seconds=2))
    assert still.now() == still.now() == TUESDAY
    assert [walking.now(), walking.now()] == [TUESDAY, TUESDAY + timedelta(seconds=2)]


def test_today_is_the_day_where_the_person_is():
    late = FixedClock(datetime(2026, 5, 5, 23, 30, tzinfo=UTC), zone=timezone(timedelta(hours=8)))
    assert late.today() == date(2026, 5, 6)


def test_the_system_clock_is_aware_and_in_utc():
    assert SystemClock().now().utcoffset() == timedelta(0)
    assert abs((SystemClock().today() - SystemClock().now().date()).days) <= 1


def test_ids_grow_even_when_the_clock_is_set_back():
    clock = FixedClock(TUESDAY)
    source = IdSource(clock, random.Random(1))
    ids = [source.new_id() for _ in range(1000)]
    clock.advance(-timedelta(days=400))
    ids += [source.new_id() for _ in range(1000)]
    assert ids == sorted(set(ids))


def test_an_id_tells_the_millisecond_it_was_made_in_and_fits_63_bits():
    made = IdSource(FixedClock(TUESDAY)).new_id()
    assert made >> 22 == (TUESDAY - EPOCH) // timedelta(milliseconds=1)
    assert IdSource(FixedClock(EPOCH + timedelta(milliseconds=2**41 - 1))).new_id() < 2**63


def test_many_ids_at_once_do_not_overlap_with_single_ones():
    source = IdSource(FixedClock(TUESDAY), random.Random(1))
    ids = [source.new_id(), *source.new_ids(500), source.new_id(), *source.new_ids(1), source.new_id()]
    assert len(ids) == 504
    assert ids == sorted(set(ids))
    assert source.new_ids(0) == []


def test_threads_never_get_the_same_id():
    source = IdSource(FixedClock(TUESDAY), random.Random(1))
    found: list[int] = []

    def ask() -> None:
        for _ in range(200):
            found.extend([source.new_id(), *source.new_ids(5)])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == len(found) == 4 * 200 * 6


def test_the_same_seed_makes_the_same_ids_and_references():
    one, other = (IdSource(FixedClock(TUESDAY), random.Random(7)) for _ in range(2))
    assert [(one.new_id(), one.new_ref()) for _ in range(5)] == [(other.new_id(), other.new_ref()) for _ in range(5)]


def test_a_reference_has_eight_letters_that_nobody_mixes_up():
    source = IdSource(FixedClock(TUESDAY), random.Random(7))
    references = [source.new_ref() for _ in range(500)]
    assert all(re.fullmatch(r"[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}", reference) for reference in references)
    assert len(set(references)) == 500


def test_references_of_what_comes_in_together_share_a_half_and_are_different():
    references = IdSource(FixedClock(TUESDAY), random.Random(7)).new_refs(2500)
    assert all(re.fullmatch(r"[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}", reference) for reference in references)
    assert len(set(references)) == len(references) == 2500
    assert len({reference[:4] for reference in references}) == 3


def test_times_are_stored_in_utc_to_the_millisecond():
    assert utc(TUESDAY) == "2026-05-05T12:02:00.000Z"
    saigon = datetime(2026, 5, 5, 19, 2, 0, 123999, tzinfo=timezone(timedelta(hours=7)))
    assert utc(saigon) == "2026-05-05T12:02:00.123Z"
