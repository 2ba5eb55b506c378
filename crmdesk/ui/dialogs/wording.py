"""Words that several sheets share."""

from __future__ import annotations

from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.words import N_, _

POINT_WORDS: dict[str, str] = {
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "address": N_("Address"),
    "handle": N_("Handle"),
    "web": N_("Web site"),
}
"""Kind of a channel → label."""


def starting_place(vocabulary: Vocabulary, source: str) -> str:
    """Where a new record of this source starts, as a sentence."""
    stage = vocabulary.entry[source].stage
    if stage:
        return _("Starts at the stage {stage}, by its source.").format(stage=vocabulary.word(stage))
    return _("Is kept among the names, off the board, by its source.")
