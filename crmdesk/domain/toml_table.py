"""Reads TOML that a person edits: each complaint names file, line and remedy. What the keys mean is not known here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from crmdesk.domain.errors import BadFile
from crmdesk.words import LANGUAGES, _

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[{1,2})\s*([A-Za-z0-9_.-]+)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_.-]+)\s*=")
_PLACE = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlTable:
    """One table of the file, read key by key; every reader raises BadFile when the value is not what it must be."""

    file: str
    source: tuple[str, ...]
    lines: Mapping[Path, int]
    path: Path
    values: Mapping[str, Any]

    def fault(self, key: str, what: str, remedy: str, *, near: str = "") -> BadFile:
        """The error to raise about `key`; `near` is the word of its value that is wrong."""
        line = self.lines.get((*self.path, key)) or self.lines.get(self.path, 1)
        if near:
            quoted = (number for number in range(line, len(self.source) + 1) if _quotes(self.source[number - 1], near))
            line = next(quoted, line)
        return _bad(self.file, line, what, remedy)

    def only(self, allowed: Collection[str]) -> None:
        """Refuses keys that are not `allowed`."""
        for key in self.values:
            if key not in allowed:
                what = _("“{key}” means nothing here.").format(key=key)
                raise self.fault(key, what, _one_of(allowed))

    def get(self, key: str, kind: type, example: str) -> Any:
        """The value of `key`, of this type; `example` shows how it is written."""
        remedy = _("Write it like this: {example}").format(example=example)
        if key not in self.values:
            raise self.fault(key, _("“{key}” is missing.").format(key=key), remedy)
        value = self.values[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.fault(key, _("“{key}” is not what it should be.").format(key=key), remedy)
        return value

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = str(self.get(key, str, f'{key} = "…"'))
        if not value.strip():
            raise self.fault(key, _("“{key}” is empty.").format(key=key), _("Write a text between the quotes."))
        return value

    def number(self, key: str) -> int:
        """A whole number from 1."""
        value = int(self.get(key, int, f"{key} = 1"))
        if value < 1:
            raise self.fault(key, _("“{key}” is below 1.").format(key=key), _("Write a whole number from 1."))
        return value

    def day(self, key: str) -> str:
        """A day, as ISO text."""
        value = self.get(key, date, f"{key} = 2026-05-01")
        if isinstance(value, datetime):
            what = _("“{key}” has a time of day.").format(key=key)
            raise self.fault(key, what, _("Write it like this: {example}").format(example=f"{key} = 2026-05-01"))
        return str(value.isoformat())

    def choice(self, key: str, allowed: Collection[str], *, default: str | None = None) -> str:
        """One of `allowed`; `default` when the key is not there."""
        if default is not None and key not in self.values:
            return default
        value = str(self.get(key, str, f'{key} = "{next(iter(allowed), "")}"'))
        if value not in allowed:
            what = _("“{key}” cannot be “{value}”.").format(key=key, value=value)
            raise self.fault(key, what, _one_of(allowed))
        return value

    def choices(self, key: str, allowed: Collection[str]) -> tuple[str, ...]:
        """Some of `allowed`, each once; none when the key is not there."""
        if key not in self.values:
            return ()
        found = self.get(key, list, f'{key} = ["{next(iter(allowed), "")}"]')
        self.check_words(key, found, allowed)
        return tuple(found)

    def check_words(self, key: str, found: Iterable[Any], allowed: Collection[str]) -> None:
        """Refuses a word of a list that is not `allowed`, or that stands there twice."""
        seen: set[str] = set()
        for word in found:
            if not isinstance(word, str) or word not in allowed:
                what = _("“{word}” is not known.").format(word=word)
                raise self.fault(key, what, _one_of(allowed), near=str(word))
            if word in seen:
                what = _("“{word}” stands there twice.").format(word=word)
                raise self.fault(key, what, _("Write it once."), near=word)
            seen.add(word)

    def child(self, key: str) -> TomlTable:
        """The table `[key]`."""
        return self._part((key,), self.get(key, dict, f"[{key}]"))

    def children(self, key: str) -> list[TomlTable]:
        """The tables `[[key]]`, in order."""
        found = self.get(key, list, f"[[{key}]]")
        if not found or not all(isinstance(values, dict) for values in found):
            what = _("“{key}” is not what it should be.").format(key=key)
            raise self.fault(key, what, _("Write it like this: {example}").format(example=f"[[{key}]]"))
        return [self._part((key, place), values) for place, values in enumerate(found)]

    def words(self, key: str) -> Mapping[str, str]:
        """A text in each of the program's languages."""
        table = self.child(key)
        table.only(LANGUAGES)
        for language in LANGUAGES:
            if language not in table.values:
                what = _("“{key}” has no text for the language “{language}”.").format(key=key, language=language)
                raise table.fault("", what, _("Write it like this: {example}").format(example=f'{language} = "…"'))
        return {language: table.text(language) for language in LANGUAGES}

    def _part(self, path: Path, values: Mapping[str, Any]) -> TomlTable:
        path = (*self.path, *path)
        return TomlTable(file=self.file, source=self.source, lines=self.lines, path=path, values=values)


def parse(text: str, file: str) -> TomlTable:
    """The whole file as a table; BadFile with the line when it is not TOML."""
    source = tuple(text.splitlines())
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_fault(str(error), file, last_line=len(source)) from error
    return TomlTable(file=file, source=source, lines=_locate(source), path=(), values=values)


def _syntax_fault(message: str, file: str, *, last_line: int) -> BadFile:
    place = _PLACE.search(message)
    line = int(place[1]) if place and place[1] else max(last_line, 1)
    cause = _PLACE.sub("", message).strip()
    what = _("this is not TOML ({cause}).").format(cause=cause)
    return _bad(file, line, what, _("Compare the line with its neighbours: quotes, brackets, commas, keys used twice."))


def _bad(file: str, line: int, what: str, remedy: str) -> BadFile:
    return BadFile(_("“{file}”, line {line}: {what}").format(file=file, line=line, what=what), remedy)


def _one_of(allowed: Iterable[str]) -> str:
    return _("Use one of: {words}.").format(words=", ".join(word or '""' for word in allowed))


def _quotes(line: str, word: str) -> bool:
    return f'"{word}"' in line or f"'{word}'" in line


def _locate(source: tuple[str, ...]) -> dict[Path, int]:
    """Where each table and each key stands. Inside a text of several lines nothing is a key."""
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    path: Path = ()
    inside = False
    for number, line in enumerate(source, 1):
        if not inside and (header := _HEADER.match(line)):
            path = _header_path(header[2].split("."), counts, new=header[1] == "[[")
            lines.setdefault(path, number)
        elif not inside and (key := _KEY.match(line)):
            lines.setdefault((*path, *key[1].split(".")), number)
        inside ^= (line.count('"""') + line.count("'''")) % 2 == 1
    return lines


def _header_path(names: list[str], counts: dict[Path, int], *, new: bool) -> Path:
    path: Path = ()
    for place, name in enumerate(names, 1):
        path = (*path, name)
        if new and place == len(names):
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = (*path, counts[path] - 1)
    return path
