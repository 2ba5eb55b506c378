"""A long list that comes in behind the window of a fair."""

from __future__ import annotations

from pathlib import Path

from crmdesk.ui.dialogs.importing import ImportSheet
from tests.flows.conftest import Fair

LINES = 3000  # read and written by a process of its own, so there is time to do something meanwhile


def let_a_list_come_in(fair: Fair, folder: Path) -> None:
    """visitors.csv is coming in, and its sheet was sent away."""
    path = folder / "visitors.csv"
    rows = [f"Given{number},Family{number},g{number}@long.example" for number in range(LINES)]
    path.write_text("\n".join(["First name,Last name,E-mail", *rows]), encoding="utf-8")
    fair.window.importer.import_file(str(path))
    sheet = fair.wait_for_sheet(ImportSheet)
    fair.driver.until(sheet.primary.isEnabled, "nothing is counted")
    fair.driver.click(sheet.primary)
    fair.driver.until(lambda: sheet.progress.bar.value() > 0, "nothing comes in")
    fair.driver.click(sheet.footer.back)
