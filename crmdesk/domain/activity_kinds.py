"""What happened, in kinds: their words, and what an activity means for the facts. Nothing is guessed from its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmdesk.words import N_, _

if TYPE_CHECKING:
    from crmdesk.domain.records import Activity

KINDS: dict[str, str] = {
    "call": N_("Call"),
    "mail": N_("Mail"),
    "meeting": N_("Meeting"),
    "note": N_("Note"),
    "stand_talk": N_("Stand talk"),
    "visit": N_("Visit"),
    "form": N_("Form filled in"),
    "download": N_("Download"),
    "webinar": N_("Webinar attended"),
    "social": N_("Social media"),
    "card": N_("Business card"),
    "quote_request": N_("Asked for a quote"),
    "demo_request": N_("Asked for a demo"),
    "visit_request": N_("Asked for a visit"),
    "purchase": N_("Purchase"),
}
"""Kind → label. A gated download is logged as a form: it is the form that hands over the details."""

DIRECTIONS: dict[str, str] = {"out": N_("From us"), "in": N_("From them"), "both": N_("Both ways")}

DEPTHS: dict[str, str] = {"card": N_("Card only"), "short": N_("Short talk"), "deep": N_("In-depth talk")}

_FROM_THEM = {
    "call": N_("Call from them"),
    "mail": N_("Mail from them"),
    "visit": N_("Visit from them"),
    "social": N_("Social media, from them"),
    "stand_talk": N_("Came to the stand"),
}
_AT_THE_STAND = {
    "card": N_("Business card at the stand"),
    "short": N_("Short stand talk"),
    "deep": N_("In-depth stand talk"),
}
_REQUESTS = frozenset(("quote_request", "demo_request", "visit_request"))
_MESSAGES = frozenset(("call", "mail", "meeting", "stand_talk", "visit", "social"))
_ALWAYS_THEIRS = frozenset(("form", "download", "webinar", "card")) | _REQUESTS
_THEIRS_IF_BOTH = frozenset(("stand_talk", "social"))
_HANDING_OVER = frozenset(("form", "card"))


def activity_label(activity: Activity) -> str:
    """What it was, in the language in use: "Call from them", "In-depth stand talk"."""
    return label(activity.kind, direction=activity.direction, depth=activity.depth)


def label(kind: str, *, direction: str, depth: str) -> str:
    """What an activity was, by its kind, direction and depth."""
    if kind == "stand_talk" and depth in _AT_THE_STAND:
        return _(_AT_THE_STAND[depth])
    if direction == "in" and kind in _FROM_THEM:
        return _(_FROM_THEM[kind])
    return _(KINDS[kind]) if kind in KINDS else kind


def moment(activity: Activity) -> str:
    """When it happened, as text that sorts; when it was written down, if nobody said."""
    return activity.at or activity.created_at


def is_sign(activity: Activity) -> bool:
    """Whether *they* did something that shows interest. Our own call, also an answered one, is none."""
    kind = _kind(activity)
    if kind in _ALWAYS_THEIRS:
        return activity.direction != "out"
    if activity.direction == "both":
        return kind in _THEIRS_IF_BOTH
    return activity.direction == "in" and kind in _MESSAGES


def is_request(activity: Activity) -> bool:
    """Whether they asked for a quote, a demo or a visit."""
    return activity.kind in _REQUESTS and activity.direction != "out"


def is_talk(activity: Activity) -> bool:
    """Whether it went both ways by itself. A card handed over with hardly a word did not."""
    return activity.direction == "both" and _kind(activity) in _MESSAGES


def is_message_to_them(activity: Activity) -> bool:
    """Whether we turned to them."""
    return activity.direction == "out" and _kind(activity) in _MESSAGES


def is_message_from_them(activity: Activity) -> bool:
    """Whether they turned to us, in a way that is or calls for an answer."""
    return is_request(activity) or (activity.direction == "in" and _kind(activity) in _MESSAGES)


def is_contact_by_us(activity: Activity) -> bool:
    """Whether we contacted them: outreach, or a talk."""
    return is_message_to_them(activity) or is_talk(activity)


def hands_over_details(activity: Activity) -> bool:
    """Whether they gave us their contact details themselves: by a form, a card or their own call."""
    if _kind(activity) in _HANDING_OVER:
        return activity.direction != "out"
    return activity.kind == "call" and activity.direction == "in"


def _kind(activity: Activity) -> str:
    return "card" if activity.kind == "stand_talk" and activity.depth == "card" else activity.kind
