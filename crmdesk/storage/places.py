"""Places where a workspace does not lie safely: folders that a cloud service synchronises, and network shares.

Known by the names of the folders and, on Linux, by the table of mounts; a folder somebody renamed is not noticed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath

CLOUD, NETWORK = "cloud", "network"

MOUNTS = Path("/proc/self/mounts")

# What the name of a folder begins with, and the service it belongs to.
_FOLDERS = (
    ("dropbox", "Dropbox"),
    ("onedrive", "OneDrive"),
    ("icloud drive", "iCloud"),
    ("iclouddrive", "iCloud"),
    ("mobile documents", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
)
_NETWORK_TYPES = ("nfs", "cifs", "smb", "afs", "ncp", "9p", "davfs", "ceph", "glusterfs", "lustre", "fuse.sshfs")
_CLOUD_TYPES = (("fuse.google", "Google Drive"), ("fuse.rclone", "rclone"), ("fuse.onedriver", "OneDrive"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file lies that is better elsewhere: cloud or network, and the name of the service or share."""

    kind: str
    name: str


def of(path: Path, *, mounts: Path | None = None) -> Place | None:
    """The unsafe place a file lies in, or None. `mounts` is the table of mounts, the system's own by default."""
    folder = path.absolute().parent.resolve()
    return _by_folder(folder) or _by_share(folder) or _by_mount(folder, mounts or MOUNTS)


def _by_folder(folder: PurePath) -> Place | None:
    for part in reversed(folder.parts):
        name = part.casefold()
        for beginning, service in _FOLDERS:
            rest = name.removeprefix(beginning)
            if rest != name and not rest[:1].isalpha():
                return Place(CLOUD, service)
    return None


def _by_share(folder: PurePath) -> Place | None:
    r"""A share of Windows (\\server\share) or one that the desktop has mounted for the person."""
    if folder.drive.startswith("\\\\"):
        return Place(NETWORK, folder.drive)
    return Place(NETWORK, folder.parts[-1]) if "gvfs" in folder.parts and "run" in folder.parts else None


def _by_mount(folder: Path, mounts: Path) -> Place | None:
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    found = [fields for line in lines if len(fields := line.split(" ")) > 2 and _holds(fields[1], folder)]
    if not found:
        return None
    source, _point, kind = max(found, key=_length)[:3]
    for beginning, service in _CLOUD_TYPES:
        if kind.startswith(beginning):
            return Place(CLOUD, service)
    return Place(NETWORK, source) if kind.startswith(_NETWORK_TYPES) else None


def _holds(point: str, folder: Path) -> bool:
    return folder.is_relative_to(point.replace("\\040", " "))


def _length(fields: list[str]) -> int:
    return len(fields[1])
