"""Words that several sheets share."""

from __future__ import annotations

from crmdesk.words import N_

POINT_WORDS: dict[str, str] = {
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "address": N_("Address"),
    "handle": N_("Handle"),
    "web": N_("Web site"),
}
"""Kind of a channel → label."""
