"""Where new records come from: the sources, what each one means by itself, and where the entry table places them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from crmdesk.domain.errors import NotFound
from crmdesk.words import N_, _

if TYPE_CHECKING:
    from crmdesk.domain.records import Consent


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One way in. `lines` are offline and/or online, the usual one first; `is_fair` says it happens at a trade show.

    A source is evidence by itself: of `interest` (they did something), of `details_given` (they handed their details
    over, rather than being found), of an earlier `purchase`. None is by itself a *second* sign of interest.
    """

    key: str
    label: str
    lines: tuple[str, ...]
    is_fair: bool = False
    interest: bool = False
    details_given: bool = False
    purchase: bool = False

    @property
    def line(self) -> str:
        """The line a new record gets when nobody says otherwise."""
        return self.lines[0]


_OFFLINE = ("offline",)
_ONLINE = ("online",)

_SOURCES = (
    Source(
        key="business_card",
        label=N_("Business card, no talk"),
        lines=_OFFLINE,
        is_fair=True,
        interest=True,
        details_given=True,
    ),
    Source(
        key="business_card_short",
        label=N_("Business card, short talk"),
        lines=_OFFLINE,
        is_fair=True,
        interest=True,
        details_given=True,
    ),
    Source(
        key="business_card_talk",
        label=N_("Business card, in-depth talk"),
        lines=_OFFLINE,
        is_fair=True,
        interest=True,
        details_given=True,
    ),
    Source(key="badge_scan", label=N_("Badge scan"), lines=_OFFLINE, is_fair=True, interest=True, details_given=True),
    Source(key="bought_list", label=N_("Bought list"), lines=_OFFLINE),
    Source(key="directory", label=N_("Directory"), lines=("online", "offline")),
    Source(key="address_book", label=N_("Own address book"), lines=_OFFLINE),
    Source(key="sourced", label=N_("Found by sales"), lines=_OFFLINE),
    Source(key="referral", label=N_("Referral"), lines=_OFFLINE),
    Source(key="webinar", label=N_("Webinar"), lines=_ONLINE, interest=True),
    Source(key="web_form", label=N_("Web form"), lines=_ONLINE, interest=True, details_given=True),
    Source(key="gated_content", label=N_("Gated content"), lines=_ONLINE, interest=True, details_given=True),
    Source(key="newsletter", label=N_("Newsletter request"), lines=_ONLINE, interest=True, details_given=True),
    Source(key="inbound_call", label=N_("Call from them"), lines=_OFFLINE, interest=True, details_given=True),
    Source(key="inbound_email", label=N_("Question by e-mail"), lines=_ONLINE, interest=True, details_given=True),
    Source(key="social", label=N_("Social media"), lines=_ONLINE, interest=True),
    Source(key="site_visit", label=N_("Site visit, no details"), lines=_ONLINE, interest=True),
    Source(key="existing_customer", label=N_("Existing customer"), lines=_OFFLINE, purchase=True),
)

SOURCES: dict[str, Source] = {source.key: source for source in _SOURCES}

TALKS: dict[str, str] = {"business_card_short": "short", "business_card_talk": "deep"}
"""The sources that say by themselves how deep a talk at the stand was."""

LINES: dict[str, str] = {"offline": N_("Offline"), "online": N_("Online")}

CHANNELS: dict[str, str] = {"email": N_("E-mail"), "phone": N_("Phone")}
"""The channels a permission of the entry table may be limited to."""

REMARKS: dict[str, str] = {
    "or_stand": N_("or as asked at the stand"),
    "stand": N_("as asked at the stand"),
    "organiser": N_("unless the organiser's terms say more"),
    "no_mailing": N_("no mailing"),
    "form": N_("as the form said"),
    "confirmation": N_("after confirmation"),
    "request": N_("to answer this request"),
    "contract": N_("for the contract"),
}
"""What the entry table adds to a permission: who may say more, or what it is limited to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """Where a record from `source` starts: a stage's key, or "" for the off-board list Names.

    `permission` is a consent state, for `channel` ("" is any) and `purpose` ("" is any) only; `remark` is a key of
    REMARKS or "". `registered` is the stage of those who registered with their details, "" when it makes no difference.
    """

    source: str
    stage: str
    line: str
    permission: str
    channel: str = ""
    purpose: str = ""
    remark: str = ""
    registered: str = ""


class HasEntry(Protocol):
    """What has an entry table: a vocabulary."""

    @property
    def entry(self) -> Mapping[str, EntryRow]:
        """Source → row."""
        ...


def placing(vocabulary: HasEntry, source: str, *, registered: bool = False) -> EntryRow:
    """The row of the entry table for a source, its stage already the one for those who registered; else NotFound."""
    row = vocabulary.entry.get(source)
    if row is None:
        what = _("No source is called “{source}”.").format(source=source)
        raise NotFound(what, _("Choose one of: {sources}.").format(sources=", ".join(SOURCES)))
    return replace(row, stage=row.registered) if registered and row.registered else row


def agreed(row: EntryRow, kind: str) -> Consent | None:
    """What a source agrees by itself for a channel of that kind; whose, when and by whom is not said. None: nothing."""
    from crmdesk.domain.records import Consent  # a start shows its first page without the records

    if row.permission == "not_asked" or row.channel not in ("", kind):
        return None
    return Consent(
        purpose=row.purpose or "offers",
        state=row.permission,
        evidence=source_label(row.source),
        wording=_(REMARKS[row.remark]) if row.remark else "",
    )


def source_label(source: str) -> str:
    """The source in the language in use; the key itself when it is none of ours, "" when there is none."""
    return _(SOURCES[source].label) if source in SOURCES else source
