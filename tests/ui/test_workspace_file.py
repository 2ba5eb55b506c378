"""What a window is called after its workspace and its file."""

from __future__ import annotations

from pathlib import Path

from crmdesk.ui import workspace_file


def test_a_copy_is_told_apart_from_its_original_by_the_name_of_its_file() -> None:
    folder = Path("shops")
    own = workspace_file.path_of(folder, "Nord: Süd")
    assert workspace_file.title(own, "Nord: Süd") == "Nord: Süd – CrmDesk"
    assert workspace_file.title(folder / "Copy.crmdesk", "Nord: Süd") == "Nord: Süd (Copy.crmdesk) – CrmDesk"
