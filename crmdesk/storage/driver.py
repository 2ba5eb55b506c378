"""The driver, sqlcipher3: bare connections to a workspace file, and the files that lie beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlcipher3 import dbapi2

WAIT_SECONDS = 5.0

# The driver throws the newest statement out of a full cache, and the triggers alone fill its usual 128: then every
# statement of a step would be compiled again, three milliseconds a write.
STATEMENTS = 4096

ROLLBACK = "-journal"  # while a file that is not in WAL mode yet, a restored one, is brought into it


def beside(path: Path, suffix: str) -> Path:
    """SQLite's companion of a file: its write-ahead log, shared memory or rollback journal."""
    return path.with_name(path.name + suffix)


def connect(path: Path, *, mode: str) -> Any:
    """A bare driver connection in autocommit: `mode` is ro, rw or rwc, or immutable for media that never change."""
    how = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    address = f"file:{quote(str(path.absolute()))}?{how}"
    return dbapi2.connect(
        address,
        uri=True,
        timeout=WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=STATEMENTS,
    )
