"""Reports of what went wrong in the program itself, fit to be shown to anybody.

A report has versions, sizes and counts, the type of the exception, and its traceback as files of the program, lines and
functions. It has no messages, no values, no names and no folders: all of those can tell of people.
"""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType

from crmdesk import __version__, paths, words

MOST_KEPT = 20
_DEEPEST = 60  # frames of one traceback; the innermost are kept
_PACKAGE = Path(__file__).resolve().parents[1]
_LIBRARY = ("site-packages", "dist-packages")
_DUMPED = re.compile(r'File "(?P<file>[^"]*)", line (?P<line>\d+|\?+) in (?P<function>\S+)')


@dataclass(frozen=True, slots=True)
class Report:
    """A stored report: `at` is when, aware, in UTC."""

    at: datetime
    text: str


class Elsewhere(Exception):
    """A mistake of the program in another process of it; `there` is its traceback, as `traced` tells it."""

    def __init__(self, there: str) -> None:
        super().__init__(there)
        self.there = there


def folder() -> Path:
    """Where the reports lie; made with mode 0700 when missing."""
    return paths.private(paths.state_folder() / "crashes")


def versions() -> dict[str, str]:
    """Program, Python, Qt, SQLite, system and language, without naming computer or person."""
    from crmdesk.storage import versions as storage

    try:
        qt = version("PySide6_Essentials")
    except PackageNotFoundError:
        qt = "?"
    return {
        "CrmDesk": __version__,
        "Python": platform.python_version(),
        "Qt": qt,
        "SQLite": storage.sqlite(),
        "System": f"{platform.system()} {platform.release()} {platform.machine()}",
        "Language": words.language(),
    }


def described(error: BaseException, *, where: str, facts: Mapping[str, object]) -> str:
    """The report of an exception; `where` is a word for who caught it, `facts` more sizes and counts."""
    return "\n".join([*_heads(facts), f"Caught by: {where}", "", traced(error)]) + "\n"


def traced(error: BaseException) -> str:
    """The traceback of an exception and of what led to it: files of the program, lines, functions, types."""
    blocks = ["\n".join([*_frames(link.__traceback__), _type_of(link)]) for link in _chain(error)]
    blocks.extend(link.there for link in _chain(error) if isinstance(link, Elsewhere))
    return "\n\n".join(blocks)


def described_dump(dump: str, *, facts: Mapping[str, object]) -> str:
    """The report of a hard crash, from what faulthandler wrote before the end."""
    lines = [*_heads(facts), "Caught by: faulthandler", ""]
    for line in dump.splitlines()[: 4 * _DEEPEST]:
        found = _DUMPED.search(line)
        if found:
            lines.append(f"  {place(found['file'])}:{found['line']} in {found['function']}")
        elif line.startswith(("Fatal Python error: ", "Windows fatal exception: ")):
            lines.append(line.partition(": ")[2].partition(":")[0])
        elif line.startswith(("Thread ", "Current thread ")):
            lines.append("Current thread" if line.startswith("Current") else "Thread")
    return "\n".join(lines).rstrip() + "\n"


def signature(error: BaseException) -> str:
    """The same for the same mistake: its type and where it was raised."""
    frames = _frames(error.__traceback__)
    return f"{_type_of(error)} {frames[-1] if frames else ''}"


def place(file: str) -> str:
    """A source file without the folders before its package: nothing of the person's own is in it."""
    path = Path(file)
    try:
        return f"crmdesk/{path.resolve().relative_to(_PACKAGE).as_posix()}"
    except (ValueError, OSError):
        pass
    for mark in _LIBRARY:
        if mark in path.parts:
            return "/".join(path.parts[path.parts.index(mark) + 1 :])
    if file.startswith("<"):
        return file if file in ("<string>", "<stdin>") or file.startswith("<frozen ") else "<…>"
    base = Path(os.__file__).parent
    return f"python/{path.relative_to(base).as_posix()}" if path.is_relative_to(base) else "…"


def write(text: str) -> Path:
    """Stores a report for its owner alone; the oldest of more than twenty goes. Raises OSError."""
    home = folder()
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    path = home / f"{stamp}.txt"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    for old in sorted(home.glob("*.txt"))[:-MOST_KEPT]:
        old.unlink(missing_ok=True)
    return path


def listed(most: int = 3) -> list[Report]:
    """The newest reports, newest first; none when nothing went wrong."""
    found = []
    for path in sorted(folder().glob("*.txt"), reverse=True)[:most]:
        try:
            at = datetime.strptime(path.stem, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
        except ValueError:
            continue
        found.append(Report(at, path.read_text(encoding="utf-8", errors="replace")))
    return found


def _heads(facts: Mapping[str, object]) -> Iterator[str]:
    for name, value in {**versions(), **facts}.items():
        yield f"{name}: {value}"


def _chain(error: BaseException) -> list[BaseException]:
    """What led to the exception, first to last."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain and len(chain) < 8:
        chain.insert(0, link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return chain


def _frames(trace: TracebackType | None) -> list[str]:
    lines = []
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"  {place(code.co_filename)}:{trace.tb_lineno} in {code.co_qualname}")
        trace = trace.tb_next
    return lines[-_DEEPEST:]


def _type_of(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
