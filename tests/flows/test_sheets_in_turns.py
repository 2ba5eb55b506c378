"""A sheet that is made in one turn and shown in another is still there then, whenever Python collects its garbage."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest

from crmdesk.ui.dialogs.importing import ImportSheet
from crmdesk.ui.dialogs.qualification import QualificationSheet
from crmdesk.ui.sheet import Sheet


@pytest.fixture
def collected(fair, qapp) -> Callable[[type[Sheet]], Sheet]:
    """Waits for a sheet, with a collection after each pass of the loop."""

    def until(kind: type[Sheet]) -> Sheet:
        for _pass in range(100):
            qapp.processEvents()
            gc.collect()
            if isinstance(fair.window.sheets.current, kind):
                break
        return fair.wait_for_sheet(kind)

    return until


def test_the_sheet_of_an_import_comes(fair, tmp_path, collected):
    path = tmp_path / "visitors.csv"
    path.write_text("First name,Last name\nAnna,Adler\n", encoding="utf-8")
    fair.window.importer.import_file(str(path))
    assert collected(ImportSheet).look.name == "visitors.csv"


def test_what_a_stage_asks_for_comes(fair, collected):
    fair.window.go("board")
    card = fair.column("lead").model.card(0).id
    fair.window.mover.move([card], "prospect", door="key")
    assert collected(QualificationSheet)
