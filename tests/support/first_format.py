"""A workspace as the first version of the program made it, with sample people and a step taken back."""

from __future__ import annotations

import gzip
from pathlib import Path

_STORED = Path(__file__).parent.parent / "data" / "format_1.crmdesk.gz"


def write_first_format(path: Path) -> Path:
    """Writes it to `path`, in the place of what is there; the path again."""
    path.write_bytes(gzip.decompress(_STORED.read_bytes()))
    return path
