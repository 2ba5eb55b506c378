"""The disk reports an error, or is full, at a call that writes: it is said in words, and then it goes on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.torture import acts, faults, judging
from tests.torture.test_kills import counts_of, needs_strace, points_of, states_of

pytestmark = [needs_strace, pytest.mark.timeout(3600)]

PEACEFUL = {"write", "unlink"}  # acknowledgements; and a file that cannot be removed is in nobody's way


@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
@pytest.mark.parametrize("act", acts.ACTS)
def test_an_error_of_the_disk_is_a_refusal_in_words_and_nothing_is_half(
    worker, ground, at_home, amount, act, error, tmp_path, tell
):
    if error == "ENOSPC" and not amount.full:
        pytest.skip("in the sample a really full disk stands for it: test_full_disk")
    here = ground(act)
    at_home(here.folder)
    states = states_of(worker, here)
    counts = counts_of(worker, here, tmp_path / "log")
    for each in PEACEFUL:
        del counts[each]
    wrong, refusals = {}, 0
    points = points_of(counts, amount, stride=5, sample=1)
    for call, number in points:
        said, refused = found_at(worker, here, states, f"{call}:error={error}:when={number}")
        refusals += refused
        if said:
            wrong[f"{call} {number}"] = said
    tell(f"{act}: {error} at {len(points)} calls, {refusals} refusals in words")
    assert not wrong


def found_at(worker: faults.Worker, ground, states: list[str], inject: str, **how: str) -> tuple[list[str], int]:
    """What is wrong after an error at one call, and how often something was refused."""
    ended = worker.run(ground.act, ground.fresh(), inject=inject, again=True, **how)
    if ground.act == "migration":  # it is whole and stays, though the file was refused afterwards
        ended = replace(ended, half=[each for each in ended.half if each not in states])
    return wrong_with(ended, states) + judging.judge(ground.folder), len(ended.refused)


def wrong_with(ended: faults.Ended, states: list[str]) -> list[str]:
    """All was done in the end, and where something was refused it was said in two sentences."""
    wrong = list(ended.mistakes)
    if not ended.mistakes and (ended.code or ended.done != len(states) - 1):
        wrong.append(f"ended with {ended.code} after {ended.done} edits")
    wrong += [f"{each['kind']} without words" for each in ended.refused if not (each["what"] and each["remedy"])]
    return wrong + [f"{'done' if each in states else 'half done'}, and refused" for each in ended.half]
