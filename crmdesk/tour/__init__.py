"""The tour: the first day with the program, driven through the real windows, checked on disk, one picture a screen.

It stands on a fixed day with fixed ids, so that two tours write the same pictures, and in a folder of its own.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from crmdesk import paths
from crmdesk.driver import NothingFollowed
from crmdesk.tour import agreement, beginning, day, journey, leaving, people, safety
from crmdesk.tour.ground import Look, Tour
from crmdesk.ui.application import has_screen

ACTS: tuple[Callable[[Tour], None], ...] = (
    beginning.start,
    beginning.sample,
    journey.workspace_of_the_story,
    day.work_through,
    journey.board,
    journey.import_list,
    journey.drag,
    journey.gate,
    journey.convert,
    journey.why,
    journey.sheets,
    journey.undo,
    day.quick_add,
    day.palette,
    leaving.exits,
    leaving.deals,
    people.people,
    people.organisations,
    people.edit_in_place,
    people.deal_page,
    people.remove,
    agreement.definitions,
    agreement.language,
    safety.back_up,
    safety.crash,
    safety.damaged,
    safety.again,
)
"""The acts in their order; each goes on where the one before ended."""

__all__ = ["ACTS", "Look", "run"]


def run(out: Path, look: Look, *, file: Path | None = None) -> list[Path]:
    """Does the tour and gives the pictures it wrote. Raises NothingFollowed when something did not work.

    `file` is a workspace, open nowhere, with the people of the story among others; without one the tour makes its own.
    """
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    out.mkdir(parents=True, exist_ok=True)
    usual = paths.data_folder()
    with tempfile.TemporaryDirectory(prefix="crmdesk-tour-") as folder:
        paths.live_in(Path(folder))
        tour = Tour(Path(folder), out, look, usual=usual, file=file)
        try:
            for act in ACTS:
                try:
                    act(tour)
                except NothingFollowed as error:
                    raise NothingFollowed(f"{act.__name__}: {error}") from error
        finally:
            tour.end()
            paths.live_in(None)
        return tour.driver.pictures
