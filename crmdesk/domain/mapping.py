"""Which of our fields a column of a list goes to: told by its header, by the other columns, or by its values.

Nothing is lost: a column without a field becomes a line of the note ("Header: value"). Words such as "Status" mean
different roles in different programs, so no column ever sets a stage.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crmdesk.domain import column_values, points
from crmdesk.domain import header_words as known
from crmdesk.domain.names import is_salutation
from crmdesk.words import N_, _

FIELDS: dict[str, str] = {
    "name": N_("Name"),
    "given": N_("Given name"),
    "family": N_("Family name"),
    "middle": N_("Middle name"),
    "prefix": N_("Title or form of address"),
    "suffix": N_("Name suffix"),
    "nickname": N_("Nickname"),
    "organisation": N_("Organisation"),
    "job_title": N_("Job title"),
    "department": N_("Department"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "web": N_("Web site"),
    "handle": N_("Social handle"),
    "address": N_("Address"),
    "street": N_("Street"),
    "po_box": N_("PO box"),
    "postcode": N_("Postcode"),
    "town": N_("Town"),
    "region": N_("Region"),
    "country": N_("Country"),
    "met_on": N_("Met on"),
    "depth": N_("Depth of talk"),
    "talk_note": N_("Note of the talk"),
    "consent": N_("Consent, e-mail offers"),
    "opt_out": N_("Does not want e-mail"),
    "badge": N_("Badge id"),
    "birthday": N_("Birthday"),
    "birth_year": N_("Year of birth"),
    "birth_month": N_("Month of birth"),
    "birth_day": N_("Day of birth"),
    "language": N_("Language"),
    "industry": N_("Industry"),
    "size": N_("Number of employees"),
    "remark": N_("Note"),
    "email_label": N_("Kind of e-mail"),
    "phone_label": N_("Kind of phone"),
    "web_label": N_("Kind of web site"),
    "handle_label": N_("Kind of handle"),
    "address_label": N_("Kind of address"),
    "note": N_("Note, with its header"),
    "leave_out": N_("Leave out"),
}

LABELS: dict[str, str] = {
    "work": N_("work"),
    "home": N_("home"),
    "mobile": N_("mobile"),
    "fax": N_("fax"),
    "pager": N_("pager"),
    "car": N_("car"),
    "other": N_("other"),
}

HOW: dict[str, str] = {
    "known": N_("known header"),
    "similar": N_("similar header"),
    "values": N_("told by its values"),
    "stage": N_("kept as a note: it never sets a stage"),
    "note": N_("kept as a note"),
    "empty": N_("empty in the first rows"),
    "chosen": N_("chosen by hand"),
}

ADDRESS_PARTS: tuple[str, ...] = ("street", "po_box", "postcode", "town", "region", "country")

_NUMBERED = re.compile(
    r"(?P<kind>e-mail|phone|address|website|im|organization|event|relation|custom field) (?P<n>\d+) - (?P<part>.+)"
)
_NUMBERED_PARTS: dict[tuple[str, str], str] = {
    ("e-mail", "value"): "email",
    ("phone", "value"): "phone",
    ("website", "value"): "web",
    ("im", "value"): "handle",
    ("im", "service"): "handle_label",
    ("im", "type"): "leave_out",
    ("address", "formatted"): "address",
    ("address", "street"): "street",
    ("address", "extended address"): "street",
    ("address", "po box"): "po_box",
    ("address", "city"): "town",
    ("address", "region"): "region",
    ("address", "postal code"): "postcode",
    ("address", "country"): "country",
    ("organization", "name"): "organisation",
    ("organization", "title"): "job_title",
    ("organization", "department"): "department",
    ("organization", "type"): "leave_out",
}
_LABEL_FIELDS = {"e-mail": "email_label", "phone": "phone_label", "website": "web_label", "address": "address_label"}
_JOINED_WORDS = (
    (r"\be[- ]?mail", "email"),
    (r"\bp\.?\s?o\.?[- ]?box\b", "pobox"),
    (r"\bpost\s?box\b", "pobox"),
    (r"country\s?/\s?region|land\s?/\s?region", "country"),
    (r"bundesland\s?/\s?kanton", "region"),
    (r"postal code|post code", "postal"),
    (r"['’]s\b", ""),
)


@dataclass(frozen=True, slots=True)
class Target:
    """A field of ours, with the label it gets (work, home, …), and what it belongs together with in the same row."""

    field: str
    label: str = ""
    group: str = ""

    @property
    def text(self) -> str:
        """As one text: "email", "phone:mobile", "street:home#home"."""
        return self.field + (f":{self.label}" if self.label else "") + (f"#{self.group}" if self.group else "")

    @property
    def words(self) -> str:
        """As people read it: "E-mail, work"."""
        name = _(FIELDS[self.field])
        if not self.label:
            return name
        return _("{field}, {label}").format(field=name, label=_(LABELS.get(self.label, self.label)))

    @staticmethod
    def of(text: str) -> Target:
        """The target that `text` writes; an unknown field is kept as a note."""
        rest, _hash, group = text.partition("#")
        field, _colon, label = rest.partition(":")
        return Target(field, label, group) if field in FIELDS else Target("note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a list: where it stands (from 0), its header, an example, where it goes and how that was told."""

    index: int
    header: str
    example: str
    target: Target
    how: str


def plain_header(header: str) -> str:
    """A header as the tables write it."""
    text = unicodedata.normalize("NFKC", points.one_line(header)).casefold().replace("_", " ")
    return " ".join(text.strip(" .:*#\"'").split())


def strength(header: str) -> int:
    """How surely a cell is a header: 2 it is known, 1 a known one stands in it, 0 neither."""
    plain = plain_header(header)
    if not plain or len(plain) > 60 or plain in known.ALSO_VALUES:
        return 0
    if plain in known.HEADERS or plain in known.NOT_A_STAGE or _by_pattern(plain) or _by_words(plain):
        return 2
    return int(any(len(word) > 5 and word in plain for word in known.HEADERS) and not re.search(r"[@\d]", plain))


def usual_width(rows: Sequence[Sequence[str]]) -> int:
    """How many cells most of the rows have, the more of two widths as common; 0 without rows."""
    widths = [len(row) for row in rows]
    return max(sorted(set(widths), reverse=True), key=widths.count, default=0)


def suggest(headers: Sequence[str], samples: Sequence[Sequence[str]], *, named: bool = True) -> tuple[Column, ...]:
    """Where each column most likely goes. `samples` are rows; `named` is false when the list has no header row.

    There are as many columns as headers, without headers as many as most rows have: one odd row adds none.
    """
    width = len(headers) if named else usual_width(samples)
    values = [
        [row[index].strip() for row in samples if index < len(row) and row[index].strip()] for index in range(width)
    ]
    columns = [
        _first_guess(index, headers[index] if index < len(headers) else "", values[index]) for index in range(width)
    ]
    columns = [_settled(column, columns, values[column.index]) for column in columns]
    columns = [_similar(column, columns) for column in columns]
    columns = [_consented(column, values[column.index]) for column in columns]
    columns = [_by_values(column, values[column.index]) for column in columns]
    return tuple(columns if named else _names_by_values(columns, samples, values))


def _first_guess(index: int, header: str, values: list[str]) -> Column:
    plain = plain_header(header)
    example = values[0] if values else ""
    target, how = Target("note"), "note"
    if plain in known.NOT_A_STAGE:
        how = "stage"
    elif found := _raw_target(plain):
        target, how = found, "known"
    if not values and target.field == "note":
        how = "empty"  # of the rows looked at: what stands further down is kept
    return Column(index=index, header=header, example=example, target=target, how=how)


def _raw_target(plain: str) -> Target | None:
    text = known.HEADERS.get(plain)
    if text:
        field, _colon, label = text.partition(":")
        return _grouped(field, label)
    return _by_pattern(plain) or _by_words(plain)


def _grouped(field: str, label: str) -> Target:
    return Target(field, label, label if field in (*ADDRESS_PARTS, "address") else "")


def _by_pattern(plain: str) -> Target | None:
    """Google's numbered columns; those that come in pairs share a group."""
    found = _NUMBERED.fullmatch(plain)
    if not found:
        return Target("leave_out") if re.fullmatch(r"e-mail(?: \d)?:? typ[e]?", plain) else None
    kind, number, part = found["kind"], found["n"], found["part"]
    if part in ("type", "label") and kind in _LABEL_FIELDS:
        return Target(_LABEL_FIELDS[kind], "", f"{kind}{number}")
    field = _NUMBERED_PARTS.get((kind, part))
    return Target(field, "", f"{kind}{number}" if kind != "organization" else "") if field else None


def _by_words(plain: str) -> Target | None:
    """A header whose every word is known: "E-Mail geschäftlich", "Mailing Zip/Postal Code", "Privat: PLZ"."""
    text = plain
    for pattern, word in _JOINED_WORDS:
        text = re.sub(pattern, word, text)
    tokens = re.findall(r"[^\W\d_]+|\d+", text)
    field = next((name for name, words in _KIND_WORDS if any(token in words for token in tokens)), "")
    labels = [known.LABEL_WORDS[token] for token in tokens if token in known.LABEL_WORDS]
    if not field and any(label in ("mobile", "fax", "pager") for label in labels):
        field = "phone"
    if not field or "assistant" in labels or not all(_is_header_word(token) for token in tokens):
        return None
    label = min(labels, key=_LABEL_ORDER.index, default="")
    return _grouped(field, label)


def _is_header_word(token: str) -> bool:
    if token in known.LABEL_WORDS or token in known.NEUTRAL_WORDS:
        return True
    return any(token in words for _field, words in _KIND_WORDS)


_KIND_WORDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("email", known.EMAIL_WORDS),
    ("phone", known.PHONE_WORDS),
    ("web", known.WEB_WORDS),
    ("po_box", known.PO_BOX_WORDS),
    ("postcode", known.POSTCODE_WORDS),
    ("town", known.TOWN_WORDS),
    ("region", known.REGION_WORDS),
    ("country", known.COUNTRY_WORDS),
    ("street", known.STREET_WORDS),
)
_NAME_PARTS = frozenset({"given", "family", "middle", "suffix"})
_LABEL_ORDER = ("mobile", "fax", "pager", "car", "home", "work", "other")


def _settled(column: Column, columns: list[Column], values: list[str]) -> Column:
    """What one word can mean is settled by the other columns: "Name" beside "Vorname" is the family name."""
    fields = [each.target.field for each in columns]
    field = column.target.field
    if field == "title":
        titles = "job_title" in fields or (bool(values) and all(map(_is_title, values)))
        return replace(column, target=Target("prefix" if titles else "job_title"))
    if field == "given_or_name":
        return replace(column, target=Target("given" if "family" in fields else "name"))
    if field == "birthday" and "birth_year" in fields:
        return replace(column, target=Target("birth_day"))
    if field == "street" and _is_whole_address(column, columns):
        return replace(column, target=replace(column.target, field="address"))
    if field == "organisation_or_note":
        spare = "organisation" in fields or not values
        return replace(column, target=Target("note" if spare else "organisation"), how="note" if spare else "known")
    if field == "name" and plain_header(column.header) == "name" and "given" in fields and "family" not in fields:
        return replace(column, target=Target("family"))
    return column


def _is_title(value: str) -> bool:
    return is_salutation(value) or bool(
        re.fullmatch(r"(?:(?:dr|prof|dipl|ing|mag|ts|ths|pgs|gs|med|h\.?c)[.\s-]*)+", value.casefold())
    )


def _is_whole_address(column: Column, columns: list[Column]) -> bool:
    """Whether "Home Address" stands beside "Home Street", which then has the parts."""
    streets = [plain_header(each.header) for each in columns if each.target == column.target]
    return "street" not in plain_header(column.header) and any("street" in header for header in streets)


def _similar(column: Column, columns: list[Column]) -> Column:
    """A part of a name whose known header only stands in this one: "Attendee first name"."""
    taken = {each.target.field for each in columns}
    if column.how != "note" or column.target.field != "note":
        return column
    plain = plain_header(column.header)
    for word in sorted(known.HEADERS, key=len, reverse=True):
        field = known.HEADERS[word]
        if field in _NAME_PARTS - taken and len(word) > 5 and word in plain and len(plain) < len(word) + 12:
            return replace(column, target=Target(field), how="similar")
    return column


def _consented(column: Column, values: list[str]) -> Column:
    """A header that speaks of consent over values that are yes and no: "Newsletter (ja/nein)"."""
    plain = plain_header(column.header)
    if column.how != "note" or not column_values.are_yes_or_no(values):
        return column
    told = any(part in plain for part in known.CONSENT_PARTS) and not any(part in plain for part in known.REFUSAL_PARTS)
    return replace(column, target=Target("consent"), how="similar") if told else column


def _by_values(column: Column, values: list[str]) -> Column:
    if column.how != "note" or column.target.field != "note" or not values:
        return column
    for field, fits in column_values.TESTS:
        if sum(map(fits, values)) >= 0.8 * len(values):
            return replace(column, target=Target(field), how="values")
    return column


def _names_by_values(columns: list[Column], samples: Sequence[Sequence[str]], values: list[list[str]]) -> list[Column]:
    """For a list without headers: the columns of names and firms, as far as the values show them."""
    found: dict[int, str] = {}
    free = [column.index for column in columns if column.target.field == "note"]
    for index in free:
        if column_values.are_firms(values[index]):
            found.setdefault(index, "organisation" if "organisation" not in found.values() else "note")
    words = [index for index in free if index not in found and column_values.are_words(values[index])]
    whole = next((index for index in words if column_values.is_whole(index, words, samples)), None)
    if whole is not None:
        given, family = [index for index in words if index != whole][:2]
        found |= {whole: "name", given: "given", family: "family"}
    elif words:
        several = [index for index in words if all(" " in value for value in values[index])]
        single = several or words[:1]
        found |= {single[0]: "name"} if several or len(words) == 1 else {words[0]: "given", words[1]: "family"}
    return [
        replace(each, target=Target(found[each.index]), how="values") if each.index in found else each
        for each in columns
    ]
