"""Cells of a list that hold addresses and numbers, read into contact points; several may stand in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from crmdesk.domain import points
from crmdesk.domain.header_words import LABEL_WORDS
from crmdesk.domain.mapping import ADDRESS_PARTS
from crmdesk.services import normalise
from crmdesk.services.import_drafts import Draft, DraftPoint

_BETWEEN_EMAILS = re.compile(r"\s*(?::::|[;,|\n]|\s/\s)\s*")
_BETWEEN_PHONES = re.compile(r"\s*(?::::|[;|\n])\s*")
_MAYBE_BETWEEN_PHONES = re.compile(r"\s+/\s+|\s*,\s*")
_ROUNDED = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)
_SOCIAL = re.compile(r"linkedin\.|xing\.|facebook\.|twitter\.|instagram\.|//x\.com|tiktok\.", re.IGNORECASE)
_WEB = re.compile(r"https?://\S|[^\s.]+\.[^\s.]", re.IGNORECASE)
_ROLE_ADDRESS = re.compile(
    r"(?:info|office|kontakt|contact|e?mail|sales|vertrieb|verkauf|service|support|post|zentrale|hello|hallo|team|"
    r"admin|einkauf|marketing|buero|empfang|welcome|anfrage|inquiry|lienhe|kinhdoanh)[\d._-]*@.*"
)
_STREET_LINE = re.compile(r"(?P<postcode>[A-Z]{0,2}-?\d{4,6})\s+(?P<town>\S.*)")


def emails(draft: Draft, value: str, *, label: str) -> Iterator[DraftPoint]:
    """The addresses in a cell; what is none is remarked and left to the caller as nothing."""
    for part in _parts(_BETWEEN_EMAILS, value):
        address = points.clean("email", part)
        if normalise.is_email(address):
            key = points.email_key(address)
            yield DraftPoint(
                kind="email", label=label, value=address, match_key=key, personal=not is_shared_address(key)
            )
        else:
            draft.remark("no_email", value=part)
            draft.notes.append(part)


def phones(draft: Draft, value: str, *, label: str, country: str) -> Iterator[DraftPoint]:
    """The numbers in a cell, as they are written; what has no digits to speak of is remarked."""
    for part in _phone_parts(value, country):
        if _ROUNDED.fullmatch(part):
            draft.remark("rounded", value=part)
            draft.notes.append(part)
        elif _is_number(part):
            key = normalise.phone_key(part, country=country)
            yield DraftPoint(kind="phone", label=label, value=part, match_key=key, personal=label in ("mobile", "home"))
        else:
            draft.remark("no_phone", value=part)
            draft.notes.append(part)


def _is_number(text: str) -> bool:
    """Whether at least three digits stand there, and no fewer than letters."""
    digits = sum(map(str.isdigit, text))
    return digits >= max(3, sum(map(str.isalpha, text)))


def webs(draft: Draft, value: str, *, label: str) -> Iterator[DraftPoint]:
    """The web sites in a cell; a firm's, unless it is a profile of somebody. Other words go to the note."""
    for part in _parts(_BETWEEN_PHONES, value):
        if not _WEB.match(part):
            draft.notes.append(part)
            continue
        profile = label not in ("", "work") or bool(_SOCIAL.search(part))
        yield DraftPoint(
            kind="web", label=label, value=part, match_key=points.match_key("web", part), firm=not profile,
            personal=profile,
        )  # fmt: skip


def handles(value: str, labels: str, *, label: str) -> Iterator[DraftPoint]:
    """The handles in a cell, each with the label that stands at its place in `labels` ("Skype ::: ICQ")."""
    named = [part.strip() for part in labels.split(":::")]
    for index, part in enumerate(value.split(":::")):
        if cleaned := points.clean("handle", part):
            found = named[index] if index < len(named) else ""
            yield DraftPoint(
                kind="handle", label=found or label, value=cleaned, match_key=points.match_key("handle", cleaned),
                personal=True,
            )  # fmt: skip


def address(parts: Mapping[str, list[str]], formatted: str, *, label: str) -> DraftPoint | None:
    """One address from its parts, else as it stands in one cell; None when there is nothing but a country."""
    joined = {name: ", ".join(parts.get(name, ())) for name in ADDRESS_PARTS}
    if any(value for name, value in joined.items() if name != "country"):
        joined["street"] = ", ".join(part for part in (joined["street"], joined.pop("po_box")) if part)
        town = " ".join(part for part in (joined["postcode"], joined["town"]) if part)
        lines = (joined["street"], town, joined["region"], joined["country"])
        value = "\n".join(line for line in lines if line)
    else:
        value = points.clean("address", formatted)
        joined = _street_and_town(value) | {name: joined[name] for name in ("country",) if joined[name]}
    if not value:
        return None
    key = points.match_key("address", value)
    return DraftPoint(kind="address", label=label, value=value, match_key=key, parts=joined)


def label_of(text: str) -> str:
    """Another program's word for a label as ours ("* Home" is home, "workFax" is fax), else its own word."""
    if not text:
        return ""
    plain = points.one_line(text).strip("* ")
    words = [word.casefold() for word in re.findall(r"[A-Z]?[^\W\d_A-Z]+", plain)]
    found = [LABEL_WORDS[word] for word in words if word in LABEL_WORDS]
    ours = next((label for label in ("fax", "mobile", "pager") if label in found), next(iter(found), ""))
    return ours or plain


def is_shared_address(key: str) -> bool:
    """Whether an address belongs to an office rather than to somebody: info@, sales@."""
    return bool(_ROLE_ADDRESS.fullmatch(key))


def _parts(between: re.Pattern[str], value: str) -> list[str]:
    return list(filter(None, map(points.one_line, between.split(value))))


def _phone_parts(value: str, country: str) -> Iterator[str]:
    """One number an entry; a slash or a comma divides only what are numbers on both sides."""
    for part in _parts(_BETWEEN_PHONES, value):
        maybe = _parts(_MAYBE_BETWEEN_PHONES, part) if "/" in part or "," in part else [part]
        several = len(maybe) > 1 and all(len(re.sub(r"\D", "", each)) > 7 for each in maybe)
        yield from maybe if several and all(normalise.phone_key(each, country=country) for each in maybe) else [part]


def _street_and_town(value: str) -> dict[str, str]:
    """Street, postcode and town of an address in lines, as far as they are plain to see."""
    lines = value.split("\n") if "\n" in value else [part.strip() for part in value.split(",")]
    for line in lines[1:]:
        found = _STREET_LINE.fullmatch(line)
        if found:
            return {"street": lines[0], "postcode": found["postcode"], "town": found["town"]}
    return {}
