"""A stage's definition as rows of label and words, the same on screen and on paper."""

from __future__ import annotations

from crmdesk.domain import facts
from crmdesk.domain.vocabulary import DATA, PLACES, READINESS, TEAMS, TRACKS, Requirement, Stage
from crmdesk.words import _, pgettext


def rows(stage: Stage) -> list[tuple[str, str]]:
    """Everything that is agreed about a stage, label and words; what is empty is left out."""
    found = [
        (_("Required"), required(stage.requires)),
        (_("Signs"), labels(stage.signs)),
        (_("Suggests Not a fit if no"), labels(stage.blocks)),
        *agreed(stage),
    ]
    return [(label, text) for label, text in found if text]


def agreed(stage: Stage) -> list[tuple[str, str]]:
    """What is agreed besides the facts."""
    between = pgettext("between the items of a list", ", ")
    return [
        (_("Aim"), stage.aim),
        (_("Usual tasks"), stage.tasks),
        (_("Team"), f"{_(TEAMS[stage.team])} · {_(TRACKS[stage.track])}"),
        (_("Data on hand"), _(DATA[stage.data])),
        (_("Readiness to buy"), between.join(_(READINESS[each]) for each in stage.readiness)),
        (_("Place in the funnel"), _(PLACES[stage.place])),
    ]


def required(requires: tuple[Requirement, ...]) -> str:
    """All that is required in one line: "Reachable; (Fit + Deeper interest) or Pursued"."""
    return pgettext("between requirements that must all be met", "; ").join(one(ways) for ways in requires)


def one(ways: Requirement) -> str:
    """One requirement: a fact, or the ways of which one must hold."""
    return pgettext("between ways of which one is enough", " or ").join(
        _("({facts})").format(facts=_way(way)) if len(ways) > 1 and len(way) > 1 else _way(way) for way in ways
    )


def labels(keys: tuple[str, ...]) -> str:
    """Facts as they head rows, in one line."""
    return pgettext("between the items of a list", ", ").join(facts.label(fact) for fact in keys)


def _way(way: tuple[str, ...]) -> str:
    return pgettext("between facts that must hold together", " + ").join(facts.label(fact) for fact in way)
