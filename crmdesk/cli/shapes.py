"""What the commands print with --json: the shapes that the README fixes and a test holds."""

from __future__ import annotations

from typing import Any

from crmdesk.domain import facts
from crmdesk.domain.activity_kinds import activity_label
from crmdesk.domain.cards import Card
from crmdesk.domain.consent import in_force
from crmdesk.domain.deals import shipped_word
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.exits import OUTCOMES
from crmdesk.domain.qualify import Evidence, Why
from crmdesk.domain.records import ContactPoint, Conversion, Id, Record, StageMove, Task
from crmdesk.domain.search import Hit
from crmdesk.domain.timeline import Happening, Moment
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services import boards, dossiers, qualify, searches, timelines, verbs, workspace
from crmdesk.services.subjects import name_of
from crmdesk.storage.database import Database
from crmdesk.words import _


def cards(db: Database, stage: str) -> list[dict[str, Any]]:
    """The cards of a stage in their order, or of all stages for ""."""
    path = workspace.vocabulary(db).path if not stage else (workspace.vocabulary(db).stage(stage).key,)
    return [_card(card) for key in path for card in boards.every_card(db, key)]


def _card(card: Card) -> dict[str, Any]:
    return {
        "ref": card.ref,
        "kind": card.kind,
        "stage": card.stage,
        "name": card.name,
        "organisation": card.organisation,
        "owner": card.owner,
        "amount_cents": card.amount_cents,
        "currency": card.currency,
        "source": card.source,
        "next_step": _step(card),
        "quiet_since": card.quiet_since,
        "without": list(card.without),
    }


def _step(card: Card) -> dict[str, Any] | None:
    if not (card.step_title or card.step_due):
        return None
    return {
        "title": card.step_title,
        "kind": card.step_kind,
        "due_on": card.step_due,
        "due_time": card.step_time,
        "promise": card.step_promise,
    }


def found(db: Database, text: str) -> list[dict[str, Any]]:
    """What a search finds, best first."""
    hits = searches.find(db, text)
    references = verbs.references_of(db, {hit.card_id for hit in hits if hit.card_id is not None})
    return [_hit(hit, references) for hit in hits]


def _hit(hit: Hit, references: dict[Id, str]) -> dict[str, Any]:
    return {
        "ref": hit.ref,
        "kind": hit.kind,
        "name": hit.name,
        "organisation": hit.organisation,
        "stage": hit.stage,
        "exit": hit.exit,
        "card": references.get(hit.card_id) if hit.card_id is not None else None,
        "matched": hit.matched,
    }


def shown(db: Database, card: Id) -> dict[str, Any]:
    """All about one lead or opportunity, with why it is where it is."""
    dossier = dossiers.read(db, card)
    subject = dossier.subject
    return {
        "ref": subject.ref,
        "kind": "lead" if dossier.lead else "opportunity",
        "stage": subject.stage,
        "exit": subject.exit,
        "name": name_of(dossier),
        "title": dossier.opportunity.name if dossier.opportunity else "",
        "person": _ref(dossier.person),
        "job_title": dossier.person.job_title if dossier.person else "",
        "organisation": _named(dossier),
        "owner": dossier.owner.name if dossier.owner else "",
        "source": subject.source,
        "event": dossier.event.name if dossier.event else "",
        "note": _note(dossier),
        "amount_cents": subject.amount_cents,
        "currency": subject.currency,
        "channels": [_channel(point, dossier) for point in dossier.points],
        "tasks": [verbs.plain(db, task) for task in dossier.tasks if not task.done_at],
        "why": why(qualify.why(db, card)),
        "timeline": [_moment(moment, workspace.vocabulary(db)) for moment in timelines.timeline(db, card)],
    }


def why(told: Why) -> dict[str, Any]:
    """Why a card is where it is."""
    return {
        "sentence": told.sentence,
        "since": told.since,
        "facts": [_evidence(row) for row in told.rows],
        "lacking": list(told.lacking),
        "next_stage": told.also_needed_stage,
        "next_stage_needs": [_evidence(row) for row in told.also_needed],
        "moved_without": list(told.override),
        "moved_because": told.override_reason,
    }


def history(db: Database, record: Id | None) -> list[dict[str, Any]]:
    """The steps of the workspace, or those that changed one record."""
    word = workspace.vocabulary(db).word
    told: list[dict[str, Any]] = verbs.plain(db, timelines.history(db, record), word=word)
    return told


def _moment(moment: Moment, words: Vocabulary) -> dict[str, Any]:
    return {"at": moment.at, "kind": moment.record.table, "text": _happened(moment.record, words)}


def _happened(record: Happening, words: Vocabulary) -> str:
    if isinstance(record, Task):
        return _("Done: {title}").format(title=record.title)
    if isinstance(record, Conversion):
        return _("Converted")
    if isinstance(record, StageMove):
        return _moved(record, words)
    label, few, said = activity_label(record), record.subject, record.note
    if few and said:
        return _("{activity}: {subject} – {note}").format(activity=label, subject=few, note=said)
    return _("{activity}: {note}").format(activity=label, note=said or few) if said or few else label


def _moved(move: StageMove, words: Vocabulary) -> str:
    if move.kind == "exit":
        return _(OUTCOMES[move.to_stage]) if move.to_stage in OUTCOMES else move.to_stage
    if move.kind == "deal":
        before, after = shipped_word(move.from_stage), shipped_word(move.to_stage)
        return _("{from_stage} → {to_stage}").format(from_stage=before, to_stage=after)
    if move.kind == "placed":
        return _("Placed: {stage}").format(stage=words.word(move.to_stage))
    before, after = words.word(move.from_stage), words.word(move.to_stage)
    if move.reason:
        return _("{from_stage} → {to_stage}: “{reason}”").format(from_stage=before, to_stage=after, reason=move.reason)
    return _("{from_stage} → {to_stage}").format(from_stage=before, to_stage=after)


def _evidence(row: Evidence) -> dict[str, Any]:
    return {"fact": row.fact, "label": facts.label(row.fact), "state": row.state, "evidence": row.text}


def _ref(record: Record | None) -> str | None:
    return record.ref if record is not None else None


def _note(dossier: Dossier) -> str:
    """What was noted about the person, where there is none about the organisation."""
    whom = dossier.person or dossier.organisation
    return whom.note if whom else ""


def _named(dossier: Dossier) -> dict[str, str] | None:
    firm = dossier.organisation
    return {"ref": firm.ref, "name": firm.name, "account_since": firm.account_since} if firm else None


def _channel(point: ContactPoint, dossier: Dossier) -> dict[str, Any]:
    entries = in_force(each for each in dossier.consents if each.contact_point_id == point.id)
    return {
        "ref": point.ref,
        "kind": point.kind,
        "value": point.value,
        "label": point.label,
        "broken": bool(point.broken),
        "consent": {purpose: entry.state for (_point, purpose), entry in entries.items()},
    }
