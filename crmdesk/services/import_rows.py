"""One row of a list, read into a draft of what it would store. Nothing is looked up or written here.

Nothing is lost either: what fits no field becomes a line of the note, and is remarked where it was meant for one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from crmdesk.domain import dates, points
from crmdesk.domain.column_values import NO, YES
from crmdesk.domain.lengths import LONGEST_LINE, LONGEST_TEXT
from crmdesk.domain.mapping import ADDRESS_PARTS, FIELDS, Target
from crmdesk.exchange.csv_file import unguarded
from crmdesk.exchange.csv_records import CsvRecord
from crmdesk.services import import_channels as channels
from crmdesk.services import normalise
from crmdesk.services.import_drafts import Draft
from crmdesk.services.normalise import PersonName
from crmdesk.words import _

_DEPTHS = {
    **dict.fromkeys(("1", "card", "karte", "visitenkarte", "danh thiếp", "名片"), "card"),
    **dict.fromkeys(("2", "short", "kurz", "kurzes gespräch", "ngắn", "簡短"), "short"),
    **dict.fromkeys(("3", "deep", "tief", "intensiv", "lang", "sâu", "深入"), "deep"),
}
_NO_VALUE = frozenset(["n/a", "n.a.", "k.a.", "k. a.", "keine angabe", "null", "none", "#n/a", "#nv", "nan"])
_NAME_PARTS = ("given", "family", "middle", "suffix", "nickname")
_NAMES = ("given", "family", "name")
_SHOWN = 40  # letters of what is too long

_KEPT_AS_THEY_ARE = frozenset(("depth", "consent", "opt_out", "remark", "note", "talk_note"))
_LONGEST_NO_VALUE = max(map(len, _NO_VALUE))

# Fields that are read together, in the order of their columns.
_TOGETHER: dict[str, str] = {
    **dict.fromkeys(("email", "phone", "web", "handle", "badge"), "channels"),
    **dict.fromkeys(("email_label", "phone_label", "web_label", "handle_label", "address_label"), "labels"),
    **dict.fromkeys(("address", *ADDRESS_PARTS), "addresses"),
    **dict.fromkeys(("birth_year", "birth_month", "birth_day"), "birth"),
    **dict.fromkeys(("consent", "opt_out"), "consents"),
}


class _Column(NamedTuple):
    """Where a column goes, and together with which others it is read: told once for all rows."""

    header: str
    target: Target
    together: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How the rows of one list are read: where its columns go, and what country, language and dates mean in it."""

    targets: tuple[Target, ...]
    headers: tuple[str, ...]
    delimiter: str
    country: str  # ISO 3166, of numbers without a country code
    language: str  # of people's names, "" when it is not known
    month_first: bool

    @cached_property
    def columns(self) -> list[_Column]:
        """The columns of the header; it grows as longer rows ask for `column`."""
        return [self._column(index) for index in range(len(self.targets))]

    def column(self, index: int) -> _Column:
        """A column by its place; beyond the header it is kept as a note."""
        while index >= len(self.columns):
            self.columns.append(self._column(len(self.columns)))
        return self.columns[index]

    @cached_property
    def letters(self) -> int:
        """How many letters the headers have, which the note of a row may repeat."""
        return sum(map(len, self.headers))

    @cached_property
    def has_names(self) -> bool:
        """Whether any column holds people's names."""
        return any(target.field in ("name", "given", "family") for target in self.targets)

    def _column(self, index: int) -> _Column:
        header = points.one_line(self.headers[index]) if index < len(self.headers) else ""
        target = self.targets[index] if index < len(self.targets) else Target("note")
        together = _TOGETHER.get(target.field, target.field)
        return _Column(header or _("Column {number}").format(number=index + 1), target, together)


class Cell(NamedTuple):
    """A cell with something in it, and where it goes."""

    header: str
    target: Target
    value: str

    @property
    def as_note(self) -> str:
        """A line of the note."""
        return f"{self.header}: {self.value}"


Cells = Mapping[str, Sequence[Cell]]
"""The cells of a row by the fields that are read together, each in the order of the columns."""


def read(record: CsvRecord, reading: Reading) -> Draft:
    """The draft of a record; its remarks say what is odd, and whether it is refused."""
    draft = Draft(line=record.line, cells=record.cells, delimiter=reading.delimiter)
    if record.broken:
        draft.remark("open_quote")
        return draft
    cells = _cells(draft, record, reading)
    _read_name(draft, cells, reading)
    _read_work(draft, cells, reading)
    _read_channels(draft, cells, reading)
    _read_addresses(draft, cells)
    _read_talk(draft, cells, reading)
    _read_consent(draft, cells)
    _read_notes(draft, cells)
    _settle(draft, reading)
    _refuse_endless(draft, reading)
    return draft


def _cells(draft: Draft, record: CsvRecord, reading: Reading) -> Cells:
    width = len(reading.targets)
    if len(record.cells) > width and any(cell.strip() for cell in record.cells[width:]):
        draft.remark("longer")
    elif len(record.cells) < width:
        draft.remark("shorter")
    if any("\ufffd" in cell for cell in record.cells):
        draft.remark("damaged")
    cells: dict[str, list[Cell]] = {}
    for index, raw in enumerate(record.cells):
        if not raw:
            continue
        header, target, together = reading.column(index)
        value = points.many_lines(unguarded(raw.strip(" ")))
        if together == "leave_out" or _is_blank(value, target.field):
            continue
        if len(value) > LONGEST_LINE and target.field not in _KEPT_AS_THEY_ARE:
            draft.remark("too_long", text=points.one_line(value[:_SHOWN]))
            target, together = Target("note"), "note"
        if value.startswith("=") and not any(remark.key == "formula" for remark in draft.remarks):
            draft.remark("formula")
        cells.setdefault(together, []).append(Cell(header, target, value))
    return cells


def _is_blank(value: str, field: str) -> bool:
    """Nothing, only signs such as "--", or a word that says there is none; a family may well be called None."""
    if field in _KEPT_AS_THEY_ARE:
        return not value
    if not value[:1].isalnum() and not any(unicodedata.category(letter)[0] in "LNS" for letter in value):
        return True
    return len(value) <= _LONGEST_NO_VALUE and value.casefold() in _NO_VALUE and field not in _NAMES


def _single(draft: Draft, cells: Cells, field: str) -> str:
    """The first value of a field; others that differ are kept in the note."""
    values = cells.get(field)
    if not values:
        return ""
    first = points.one_line(values[0].value)
    draft.notes.extend(cell.as_note for cell in values[1:] if points.one_line(cell.value) != first)
    return first


def _read_name(draft: Draft, cells: Cells, reading: Reading) -> None:
    parts = {field: _single(draft, cells, field) for field in _NAME_PARTS}
    prefix = " ".join(dict.fromkeys(points.one_line(cell.value) for cell in cells.get("prefix", ())))
    whole = _single(draft, cells, "name")
    split = normalise.split_name(whole, language=reading.language)
    if split.doubled:
        draft.remark("two_names")
    if not (prefix or any(parts.values())):
        draft.name = split
        return
    if parts["given"] or parts["family"]:
        joined = normalise.join_name(
            given=parts["given"], family=parts["family"], middle=parts["middle"], language=reading.language
        )
        _keep_other_writing(draft, whole, " ".join((prefix, *parts.values())))
        name = _filled_up(joined, split) if _same_name(joined, split) else joined
    else:
        name = replace(split, middle=parts["middle"] or split.middle)
    draft.name = replace(
        name,
        prefix=prefix or name.prefix,
        suffix=parts["suffix"] or name.suffix,
        nickname=parts["nickname"] or name.nickname,
    )


def _same_name(name: PersonName, other: PersonName) -> bool:
    return (name.given, name.family) == (other.given, other.family)


def _filled_up(name: PersonName, other: PersonName) -> PersonName:
    return replace(
        name,
        prefix=name.prefix or other.prefix,
        middle=name.middle or other.middle,
        suffix=name.suffix or other.suffix,
    )


def _keep_other_writing(draft: Draft, whole: str, known: str) -> None:
    """A display name that says more than the parts do is kept."""
    words = set(re.findall(r"\w+", known.casefold()))
    if set(re.findall(r"\w+", whole.casefold())) - words and not _only_adds_titles(whole, known):
        draft.notes.append(whole)


def _only_adds_titles(whole: str, known: str) -> bool:
    """Whether the parts of a display name are those known, with titles, middle names and suffixes around them."""
    split = normalise.split_name(whole)
    words = known.casefold()
    return bool(split.given and split.family) and split.given.casefold() in words and split.family.casefold() in words


def _read_work(draft: Draft, cells: Cells, reading: Reading) -> None:
    draft.organisation = _single(draft, cells, "organisation")
    draft.job_title = _single(draft, cells, "job_title")
    draft.department = _single(draft, cells, "department")
    draft.language = _single(draft, cells, "language")
    for field in ("industry", "size"):
        if draft.organisation:
            setattr(draft, field, _single(draft, cells, field))
        else:
            draft.notes.extend(cell.as_note for cell in cells.get(field, ()))
    draft.birthday = _birthday(draft, cells, reading)


def _birthday(draft: Draft, cells: Cells, reading: Reading) -> str:
    given = cells.get("birthday", ())
    parts = {cell.target.field: cell for cell in cells.get("birth", ())}
    if not given and not parts:
        return ""
    text = "-".join(parts[field].value for field in ("birth_year", "birth_month", "birth_day") if field in parts)
    if given:
        text = given[0].value
    if not text or re.fullmatch(r"--\d\d-\d\d", text):
        return text
    day = dates.read_day(text, month_first=reading.month_first)
    if day is None:
        draft.remark("no_date", value=text)
        draft.notes.extend(cell.as_note for cell in (*given, *parts.values()))
    return day.isoformat() if day else ""


def _read_channels(draft: Draft, cells: Cells, reading: Reading) -> None:
    labels = _labels(cells)
    for cell in cells.get("channels", ()):
        target = cell.target
        told = labels.get(target.group, "") if target.group else ""
        label = target.label or channels.label_of(told)
        before = len(draft.notes)
        if target.field == "email":
            draft.points.extend(channels.emails(draft, cell.value, label=label))
        elif target.field == "phone":
            draft.points.extend(channels.phones(draft, cell.value, label=label, country=reading.country))
        elif target.field == "web":
            draft.points.extend(channels.webs(draft, cell.value, label=label))
        elif target.field == "handle":
            draft.points.extend(channels.handles(cell.value, told, label=target.label))
        else:
            draft.points.extend(channels.handles(cell.value, "", label="badge"))
        draft.notes[before:] = [f"{cell.header}: {value}" for value in draft.notes[before:]]


def _labels(cells: Cells) -> dict[str, str]:
    """What the row calls the channels and addresses of each group."""
    return {cell.target.group: cell.value for cell in cells.get("labels", ())}


def _read_addresses(draft: Draft, cells: Cells) -> None:
    found = cells.get("addresses", ())
    labels = {each.target.group: each.value for each in cells.get("labels", ()) if each.target.field == "address_label"}
    for group in dict.fromkeys(cell.target.group for cell in found):
        mine = [cell for cell in found if cell.target.group == group]
        parts: dict[str, list[str]] = {}
        for cell in mine:
            parts.setdefault(cell.target.field, []).append(cell.value)
        label = mine[0].target.label or channels.label_of(labels.get(group, ""))
        formatted = "\n".join(parts.pop("address", ()))
        lines = {field: [points.one_line(value) for value in values] for field, values in parts.items()}
        point = channels.address(lines, formatted, label=label)
        if point is None:
            draft.notes.extend(cell.as_note for cell in mine)
        else:
            draft.points.append(point)


def _read_talk(draft: Draft, cells: Cells, reading: Reading) -> None:
    for cell in cells.get("met_on", ()):
        day = dates.read_day(cell.value, month_first=reading.month_first)
        if day is None or draft.met_on:
            draft.notes.append(cell.as_note)
        if day is None:
            draft.remark("no_date", value=cell.value)
        else:
            draft.met_on = draft.met_on or day.isoformat()
    for cell in cells.get("depth", ()):
        draft.depth = draft.depth or _DEPTHS.get(cell.value.casefold(), "")
        if cell.value.casefold() not in _DEPTHS:
            draft.remark("no_depth", value=cell.value)
            draft.notes.append(cell.as_note)
    draft.talk_note = "\n".join(cell.value for cell in cells.get("talk_note", ()))


def _read_consent(draft: Draft, cells: Cells) -> None:
    for cell in cells.get("consents", ()):
        word = cell.value.casefold()
        if word not in YES | NO:
            draft.remark("no_consent", value=cell.value)
            draft.notes.append(cell.as_note)
        elif cell.target.field == "opt_out":
            draft.opted_out = draft.opted_out or word in YES
        else:
            declined = draft.consent == "declined" or word in NO
            draft.consent = "declined" if declined else "given"
        draft.consent_words = "\n".join(filter(None, (draft.consent_words, cell.as_note)))
    if not any(point.kind == "email" for point in draft.points):
        draft.notes.extend(cell.as_note for cell in cells.get("consents", ()) if cell.value.casefold() in YES | NO)


def _read_notes(draft: Draft, cells: Cells) -> None:
    """Notes as they are; columns without a field as lines, unless they only repeat what is stored anyway."""
    remarks, notes = cells.get("remark", ()), cells.get("note", ())
    if not remarks and not notes:
        return
    known = {point.value.casefold() for point in draft.points}
    name = draft.name
    known |= {
        " ".join(filter(None, parts)).casefold() for parts in ((name.given, name.family), (name.family, name.given))
    }
    lines = [cell.as_note for cell in notes if cell.value.casefold() not in known]
    draft.notes = [*(cell.value for cell in remarks), *draft.notes, *lines]


def _settle(draft: Draft, reading: Reading) -> None:
    """Whose the contact points are, and whether there is anything to keep."""
    if len(draft.points) > 1:
        alone = {(point.kind, point.match_key or point.value): point for point in reversed(draft.points)}
        draft.points = list(reversed(alone.values()))
    if not (draft.named or draft.organisation or any(point.kind != "address" for point in draft.points)):
        draft.remark("nothing")
    elif draft.organisation and not draft.has_person:
        draft.points = [replace(point, firm=True) for point in draft.points]
        work = {field: getattr(draft, field) for field in ("job_title", "department")}
        draft.notes = [*(f"{_(FIELDS[field])}: {value}" for field, value in work.items() if value), *draft.notes]
        if reading.has_names:
            draft.remark("no_name")
    elif not draft.organisation:
        draft.points = [replace(point, firm=False) if point.firm else point for point in draft.points]
        if not draft.named:
            draft.remark("only_point")


def _refuse_endless(draft: Draft, reading: Reading) -> None:
    """A row whose cells, put together, are more than one record takes is reported as it is."""
    if reading.letters + sum(map(len, draft.cells)) <= LONGEST_LINE:
        return
    lines = (draft.name.prefix, *(point.value for point in draft.points))
    pages = (draft.note, draft.talk_note, draft.consent_words)
    if max(map(len, lines)) > LONGEST_LINE or max(map(len, pages)) > LONGEST_TEXT:
        draft.remark("endless", text=draft.text[:_SHOWN])
