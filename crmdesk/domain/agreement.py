"""A workspace's own words and rules over the text of its vocabulary: the teams' agreement as it is now.

What differs is kept as JSON, stage by stage; the shipped text stays as it was, so that a stage can go back to it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from crmdesk.domain import vocabulary as vocabularies
from crmdesk.domain.errors import BadInput
from crmdesk.domain.facts import FACTS
from crmdesk.domain.points import one_line
from crmdesk.domain.vocabulary import Requirement, Stage, Vocabulary
from crmdesk.words import LANGUAGES, _

EVERY_LANGUAGE = "*"
LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChange:
    """What is to be another in one stage.

    `labels` are names by language, "*" is all of them. `requires` is the whole list: each requirement is a list of ways
    of which one must hold, each way a list of facts that hold together. `signs` is the whole list of facts that are
    shown and never stand in the way. None keeps what there is. `reset` goes back to the shipped text first.
    """

    stage: str
    labels: dict[str, str] = field(default_factory=dict)
    requires: list[list[list[str]]] | None = None
    signs: list[str] | None = None
    reset: bool = False


@lru_cache(maxsize=16)
def load(text: str, file: str, *, changes: str, version: int, dated: str) -> Vocabulary:
    """The vocabulary that `text` says with the workspace's changes over it.

    Raises BadFile for a text without sense, ValueError for changes without.
    """
    shipped = vocabularies.load(text, file)
    own = _read(changes)
    if not own and (version, dated) == (shipped.version, shipped.dated):
        return shipped
    stages = tuple(_restated(stage, own.get(stage.key, {})) for stage in shipped.stages)
    texts = shipped.texts
    if any("label" in each for each in own.values()):  # the sentence speaks of the stages by their shipped names
        texts = {**texts, "summary": {}}
    return replace(shipped, stages=stages, version=version, dated=dated, texts=texts)


def changed(shipped: Vocabulary, changes: str, change: StageChange) -> str:
    """The changes as JSON after one more; what is as in the shipped text is left out.

    Raises NotFound for an unknown stage, BadInput for words and facts that cannot be.
    """
    base = shipped.stage(change.stage)
    own = _read(changes)
    given = {} if change.reset else dict(own.get(change.stage, {}))
    now = _restated(base, given)
    labels = {**now.texts["label"], **_labels(change.labels)}
    requires = now.requires if change.requires is None else _requires(base, change.requires)
    signs = _signs(now.signs if change.signs is None else change.signs, requires)
    differs: dict[str, Any] = {}
    if labels != base.texts["label"]:
        differs["label"] = labels
    if requires != base.requires:
        differs["requires"] = requires
    if signs != base.signs:
        differs["signs"] = signs
    kept = {key: value for key, value in own.items() if key != change.stage}
    if differs:
        kept[change.stage] = differs
    _refuse_equal_labels(shipped, kept)
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def own_stages(changes: str) -> frozenset[str]:
    """The keys of the stages that are another than in the shipped text."""
    return frozenset(_read(changes))


def _read(changes: str) -> dict[str, dict[str, Any]]:
    own = json.loads(changes or "{}")
    if not isinstance(own, dict) or not all(_makes_sense(each) for each in own.values()):
        raise ValueError(changes)
    return own


def _makes_sense(own: Any) -> bool:
    try:
        facts = {fact for ways in own.get("requires", ()) for way in ways for fact in way} | {*own.get("signs", ())}
        labels = own.get("label", {}).items()
        return facts <= FACTS.keys() and all(code in LANGUAGES and isinstance(label, str) for code, label in labels)
    except (TypeError, AttributeError):
        return False


def _restated(stage: Stage, own: Mapping[str, Any]) -> Stage:
    if not own:
        return stage
    requires = tuple(tuple(tuple(way) for way in ways) for ways in own.get("requires", stage.requires))
    return replace(
        stage,
        requires=requires,
        signs=tuple(own.get("signs", stage.signs)),
        texts={**stage.texts, "label": {**stage.texts["label"], **own.get("label", {})}},
    )


def _labels(given: Mapping[str, str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for language, label in given.items():
        if language != EVERY_LANGUAGE and language not in LANGUAGES:
            what = _("“{language}” is not a language of this program.").format(language=language)
            raise BadInput(what, _("Use one of: {words}.").format(words=", ".join((*LANGUAGES, EVERY_LANGUAGE))))
        cleaned = one_line(label)
        if not cleaned:
            raise BadInput(_("A stage needs a name."), _("Write what you call it."))
        if len(cleaned) > LONGEST_LABEL:
            what = _("“{label}” is too long for the head of a column.").format(label=cleaned[:LONGEST_LABEL])
            raise BadInput(what, _("Use at most {count} letters.").format(count=LONGEST_LABEL))
        named |= dict.fromkeys(LANGUAGES, cleaned) if language == EVERY_LANGUAGE else {language: cleaned}
    return named


def _requires(stage: Stage, given: Sequence[Sequence[Sequence[str]]]) -> tuple[Requirement, ...]:
    kept = (tuple(dict.fromkeys(tuple(dict.fromkeys(way)) for way in ways if way)) for ways in given)
    requires = tuple(dict.fromkeys(ways for ways in kept if ways))
    if not requires:
        raise BadInput(_("This stage requires nothing."), _("Choose at least one fact."))
    facts = {fact for ways in requires for way in ways for fact in way}
    _refuse_unknown(facts)
    bought = (("purchase",),)
    if stage.role == "customer" and bought not in requires:
        raise BadInput(_("Only who has bought is a customer."), _("Keep the purchase among what is required."))
    if stage.role != "customer" and "purchase" in facts:
        raise BadInput(
            _("Nobody has bought before the last stage."), _("Leave the purchase to the stage of those who bought.")
        )
    return requires


def _signs(given: Sequence[str], requires: tuple[Requirement, ...]) -> tuple[str, ...]:
    """What is required is no sign as well."""
    _refuse_unknown(given)
    required = {fact for ways in requires for way in ways for fact in way}
    return tuple(fact for fact in dict.fromkeys(given) if fact not in required)


def _refuse_unknown(facts: Sequence[str] | set[str]) -> None:
    for fact in facts:
        if fact not in FACTS:
            what = _("“{word}” is not known.").format(word=fact)
            raise BadInput(what, _("Use one of: {words}.").format(words=", ".join(FACTS)))


def _refuse_equal_labels(shipped: Vocabulary, own: Mapping[str, Mapping[str, Any]]) -> None:
    stages = [_restated(stage, own.get(stage.key, {})) for stage in shipped.stages]
    for code in LANGUAGES:
        taken: set[str] = set()
        for stage in stages:
            label = stage.texts["label"][code]
            if label.casefold() in taken:
                what = _("Two stages are called “{label}” in the language “{language}”.")
                what = what.format(label=label, language=LANGUAGES[code])
                raise BadInput(what, _("Give each stage a name of its own."))
            taken.add(label.casefold())
