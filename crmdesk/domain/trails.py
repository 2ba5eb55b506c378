"""The way of one attempt through the stages, and how many of those ever in a stage went on to a later one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def trail(moves: str, *stages: str) -> str:
    """The stages visited in their order, of which only each one's first and last visit counts; keys between blanks.

    `moves` are the stages moved to, oldest first; `stages` where the attempt stands now, in case no move tells it.
    Kept so short, few different ways describe a million attempts, and still tell what came after what.
    """
    visited = moves.split()
    visited += [stage for text in stages for stage in text.split() if stage not in visited]
    first = {stage: at for at, stage in reversed(list(enumerate(visited)))}
    last = {stage: at for at, stage in enumerate(visited)}
    kept = [stage for at, stage in enumerate(visited) if at in (first[stage], last[stage])]
    return " ".join(stage for at, stage in enumerate(kept) if at == 0 or kept[at - 1] != stage)


def rates(trails: Iterable[tuple[str, int]], path: Sequence[str]) -> Mapping[str, tuple[int, int]]:
    """For each stage of `path`: how many were ever there, and how many of those came to a later stage afterwards.

    `trails` are different ways, each with how many went it.
    """
    place = {stage: at for at, stage in enumerate(path)}
    entered = dict.fromkeys(path, 0)
    went_on = dict.fromkeys(path, 0)
    for way, count in trails:
        visits = [place[stage] for stage in way.split() if stage in place]
        for at in set(visits):
            entered[path[at]] += count
            if max(visits[visits.index(at) :]) > at:
                went_on[path[at]] += count
    return {stage: (entered[stage], went_on[stage]) for stage in path}
