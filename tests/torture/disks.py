"""Small disks of a test's own: an ext4 image in a loop device, or memory. Only root may mount them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

MEGABYTES = 24

_IS_ROOT = sys.platform == "linux" and os.geteuid() == 0
needs_mount = pytest.mark.skipif(
    not (_IS_ROOT and shutil.which("mount") and shutil.which("mkfs.ext4")), reason="only root can mount a small disk"
)


class Disk:
    """A mounted disk: "ext4" with its image beside it, or "tmpfs". Skips the test where the system does not let us."""

    def __init__(self, root: Path, kind: str, *, image: Path | None = None) -> None:
        self.folder, self.image = root / "mounted", image or root / "image"
        self.folder.mkdir(parents=True)
        if kind == "tmpfs":
            _do("mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}M", "none", str(self.folder))
            return
        if image is None:
            with self.image.open("wb") as file:
                file.truncate(MEGABYTES << 20)
            _do("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", str(self.image))
        _do("mount", "-o", "loop", str(self.image), str(self.folder))

    def only_readable(self) -> None:
        _do("mount", "-o", "remount,ro", str(self.folder))

    def fill(self) -> Path:
        """Writes until there is no room for another byte; the file that takes it all."""
        ballast = self.folder / "ballast"
        with ballast.open("ab", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                try:
                    while True:
                        file.write(b"\x55" * size)
                except OSError:
                    continue
        return ballast

    def close(self) -> None:
        subprocess.run(["umount", "-l", str(self.folder)], check=False, capture_output=True)


def _do(*command: str) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"{command[0]} is not allowed here: {done.stderr.strip()[:80]}")
