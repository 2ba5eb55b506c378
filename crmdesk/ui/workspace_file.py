"""The file of a workspace and its name: where a new one will lie, what stands against that, what a window is called."""

from __future__ import annotations

import os
from pathlib import Path

from crmdesk import paths
from crmdesk.words import _

LONGEST = 80


def path_of(folder: Path, name: str) -> Path:
    """The file of a workspace of that name: the name as every file system takes it."""
    kept = "".join(each if each not in '\\/:*?"<>|' and each.isprintable() else " " for each in name)
    stem = " ".join(kept.split()).strip(". ")[:LONGEST] or "workspace"
    return folder / f"{stem}{paths.SUFFIX}"


def free_name(folder: Path, name: str) -> str:
    """The name, or the name with the first number behind it that makes it free."""
    number, found = 1, name
    while os.path.lexists(path_of(folder, found)):
        number += 1
        found = f"{name} {number}"
    return found


def title(path: Path, name: str) -> str:
    """What stands over the window of a workspace: its name, and that of its file where it is another, as of a copy."""
    if path == path_of(path.parent, name):
        return _("{workspace} – CrmDesk").format(workspace=name)
    return _("{workspace} ({file}) – CrmDesk").format(workspace=name, file=path.name)


def problem(folder: Path, name: str) -> str:
    """Why no workspace of that name can be made there, with what helps; "" when it can."""
    if not name.strip():
        return _("A name is missing. It becomes the name of the file.")
    path = path_of(folder, name)
    if os.path.lexists(path):
        return _("“{name}” is there already. Choose another name, or open that one.").format(name=path.name)
    if not os.access(folder, os.W_OK):
        return _("Nothing can be saved in “{folder}”. Choose another folder.").format(folder=folder)
    return ""
