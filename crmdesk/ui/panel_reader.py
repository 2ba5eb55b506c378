"""Reads what the record panel and the search list show, and words it: services in, plain values out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from crmdesk import words
from crmdesk.domain import activity_kinds, exits, qualify
from crmdesk.domain.deals import HAND, PARTS, shipped_word
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.errors import NotFound
from crmdesk.domain.records import Activity, Id, Opportunity, StageMove, Task
from crmdesk.domain.schedule import day_of
from crmdesk.domain.search import Hit
from crmdesk.domain.timeline import Happening
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services import deals, dossiers, timelines
from crmdesk.ui import record_items
from crmdesk.ui.context import Context
from crmdesk.ui.dialogs.deal import FACTS, probability_text
from crmdesk.ui.views.panel_view import DealFact, DealView, Line, PanelView, PartLine, WhyView
from crmdesk.ui.views.search import Found
from crmdesk.words import N_, _

_EXITS: dict[str, str] = {
    "not_now": N_("Not now"),
    "not_a_fit": N_("Not a fit"),
    "converted": N_("Converted"),
    "won": N_("Won"),
    "lost": N_("Lost"),
}
_DEAL_LABELS = {
    "deal_stage": N_("Stage"),
    "amount": N_("Amount"),
    "probability": N_("Probability"),
    "expected_close": N_("Expected close"),
    **FACTS,
}
_ICONS = {"call": "call", "mail": "mail", "meeting": "meeting", "note": "note", "stand_talk": "stand_talk"}


def why(context: Context, record: Id) -> WhyView | None:
    """Why a lead or an opportunity is where it is; None when it is not there (any more)."""
    try:
        dossier = dossiers.read(context.db, record)
    except NotFound:
        return None
    told = qualify.why(context.vocabulary, dossier, today=context.clock.today())
    return WhyView(dossier=dossier, why=told, vocabulary=context.vocabulary)


def read(context: Context, record: Id) -> PanelView | None:
    """A lead or an opportunity as the panel shows it; None when it is not there (any more)."""
    found = why(context, record)
    if found is None:
        return None
    dossier, today = found.dossier, context.clock.today()
    return PanelView(
        dossier=dossier,
        why=found.why,
        vocabulary=found.vocabulary,
        today=today,
        timeline=sorted_lines(dossier, context.vocabulary, today=today, deal_word=deal_words(context)),
        history=tuple(history_lines(context, record)),
        deal=deal_view(context, dossier.opportunity) if dossier.opportunity else None,
    )


def deal_view(context: Context, deal: Opportunity) -> DealView:
    """What is known of a deal, worded, and who has which part in it."""
    today = context.clock.today()
    stage = next((each.label for each in deals.stages(context.db) if each.key == deal.deal_stage), deal.deal_stage)
    since, close = day_of(deal.deal_stage_since), day_of(deal.expected_close)
    closed = deal.exit in record_items.CLOSED
    if closed:
        stage, left = _(exits.OUTCOMES[deal.exit]), day_of(deal.exit_on)
        if left is not None:
            stage = _("{state}, {day}").format(state=stage, day=words.short_day(left, today=today))
    elif since is not None:
        stage = _("{stage}, since {day}").format(stage=stage, day=words.day_in_sentence(since, today=today))
    facts = {
        "deal_stage": stage,
        "amount": words.money(deal.amount_cents, deal.currency) if deal.amount_cents is not None else "",
        "probability": probability_text(deal.probability, by_hand=deal.probability_from == HAND),
        "expected_close": words.day(close, today=today) if close else "",
        "supplier": deal.supplier,
        "terms": deal.terms,
        "contract": deal.contract,
    }
    parts = deals.parts(context.db, deal.id)
    return DealView(
        facts=tuple(
            DealFact(key, _(label), facts[key])
            for key, label in _DEAL_LABELS.items()
            if key != "probability" or not closed
        ),
        parts=tuple(PartLine(each.id, each.name, each.job_title, _(PARTS.get(each.role, ""))) for each in parts),
    )


def card_of(context: Context, record: Id) -> Id | None:
    """The card to show for whatever was found; None for somebody on file without one."""
    try:
        return dossiers.card_of(context.db, record)
    except NotFound:
        return None


def found(context: Context, hits: Sequence[Hit]) -> tuple[Found, ...]:
    """Hits as the list shows them: each opens its newest card."""
    return tuple(_found(context.vocabulary, hit) for hit in hits)


def deal_words(context: Context) -> Callable[[str], str]:
    """The word of a deal stage by its key: the workspace's, else that of a shipped one."""
    known = {each.key: each.label for each in deals.stages(context.db)}

    def word(key: str) -> str:
        return known.get(key) or shipped_word(key)

    return word


def sorted_lines(
    dossier: Dossier, vocabulary: Vocabulary, *, today: date, deal_word: Callable[[str], str]
) -> tuple[Line, ...]:
    """What happened, newest first: activities, stage moves, steps done."""
    moments = [(activity_kinds.moment(each), _activity_line(each, today)) for each in dossier.activities]
    moments += [(move.at, _move_line(move, vocabulary, today, deal_word)) for move in dossier.moves]
    moments += [
        (task.done_at, line_of(task, vocabulary, today=today, deal_word=deal_word))
        for task in dossier.tasks
        if task.done_at
    ]
    return tuple(line for _at, line in sorted(moments, key=_first, reverse=True))


def line_of(happening: Happening, vocabulary: Vocabulary, *, today: date, deal_word: Callable[[str], str]) -> Line:
    """One happening of a timeline in words."""
    if isinstance(happening, Activity):
        return _activity_line(happening, today)
    if isinstance(happening, StageMove):
        return _move_line(happening, vocabulary, today, deal_word)
    if isinstance(happening, Task):
        return Line(_day(happening.done_at, today), "done", _("Done: {what}").format(what=happening.title))
    return Line(_day(happening.at, today), "deal", _("Converted"))


def history_lines(context: Context, record: Id) -> Iterator[Line]:
    """What was changed in the record, newest first."""
    today = context.clock.today()
    for past in reversed(timelines.history(context.db, record)):
        yield Line(_day(past.at, today), "history", timelines.worded(past, context.vocabulary.word), past.member)


def _first(pair: tuple[str, Line]) -> str:
    return pair[0]


def _found(vocabulary: Vocabulary, hit: Hit) -> Found:
    state = _(_EXITS[hit.exit]) if hit.exit in _EXITS else vocabulary.word(hit.stage) if hit.card_id else ""
    section = _("Deals") if hit.kind == "opportunity" else _("People")
    return Found(hit.card_id or hit.id, hit.kind, hit.name, hit.matched or hit.organisation, state, section)


def _activity_line(activity: Activity, today: date) -> Line:
    icon = _ICONS.get(activity.kind, "note")
    if activity.kind == "call" and activity.direction == "in":
        icon = "call_in"
    label = activity_kinds.activity_label(activity)
    text = _("{what}: {subject}").format(what=label, subject=activity.subject) if activity.subject else label
    return Line(_day(activity_kinds.moment(activity), today), icon, text, activity.note)


def _move_line(move: StageMove, vocabulary: Vocabulary, today: date, deal_word: Callable[[str], str]) -> Line:
    day = _day(move.at, today)
    detail = _("Moved anyway: “{reason}”").format(reason=move.reason) if move.reason and move.kind != "exit" else ""
    if move.kind == "exit":
        reason = exits.REASONS.get(move.to_stage, {}).get(move.reason, move.reason)
        return Line(day, move.to_stage, _(_EXITS.get(move.to_stage, move.to_stage)), _(reason) if reason else "")
    if move.kind == "deal":
        text = _("{from_stage} → {to_stage}").format(
            from_stage=deal_word(move.from_stage), to_stage=deal_word(move.to_stage)
        )
        return Line(day, "deal", text)
    if move.kind == "placed" or not move.from_stage:
        return Line(day, "moved", _("Placed in {stage}").format(stage=vocabulary.word(move.to_stage)), detail)
    back = not vocabulary.reaches(move.from_stage, move.to_stage)
    text = _("{from_stage} → {to_stage}").format(
        from_stage=vocabulary.word(move.from_stage), to_stage=vocabulary.word(move.to_stage)
    )
    return Line(day, "stepped_back" if back else "moved", text, detail)


def _day(moment: str, today: date) -> str:
    day = day_of(moment)
    return words.short_day(day, today=today) if day else ""
