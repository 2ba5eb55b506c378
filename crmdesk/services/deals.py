"""Deals: their own stages and list of stages, what is known of them, the people in them and their part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from crmdesk.domain import names, points
from crmdesk.domain.deals import HAND, PARTS, DealStageView, viewed
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.entry import SOURCES
from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import BuyingPart, DealStage, Event, Id, Opportunity, Organisation, Person
from crmdesk.services import about as abouts
from crmdesk.services import (
    capture,
    deal_making,
    deal_stages,
    deal_starting,
    dossiers,
    editing,
    leaving,
    normalise,
    order,
    quick,
    quick_line,
    workspace,
)
from crmdesk.services.deal_stages import StageInput
from crmdesk.services.moves import DOORS, Forecast
from crmdesk.services.subjects import called, checked_amount, day, name_of, one_of
from crmdesk.services.verbs import question, verb
from crmdesk.storage import board, records
from crmdesk.storage import deals as stored_deals
from crmdesk.storage import dossiers as stored
from crmdesk.storage.database import Database
from crmdesk.storage.transaction import Transaction
from crmdesk.words import N_, NN_, Label, _

CLEARED = ("amount", "probability")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """A person's part in a deal: `role` is a key of `domain.deals.PARTS`, or "" for not known yet."""

    id: Id
    person: Id
    name: str
    job_title: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who could have a part in a deal."""

    person: Id
    name: str
    job_title: str


@question
def stages(db: Database) -> list[DealStageView]:
    """The workspace's deal stages in their order, each with its default probability in percent or None."""
    return viewed(db.kept(deal_stages.stored, DealStage.table))


@verb
def change_stages(db: Database, stages: list[StageInput], *, into: dict[str, str] | None = None) -> None:
    """Makes these the workspace's deal stages, in this order: renamed, added, removed, with other defaults.

    `into` says for each stage that goes where its deals go. Deals whose probability follows their stage take its new
    default. Raises RuleBroken when a stage that goes has deals and no place for them, or when none would be left.
    """
    with db.write(Label(N_("Change the deal stages"))) as tx:
        deal_stages.write(tx, stages, into or {})


@question
def in_stages(db: Database) -> dict[str, int]:
    """How many deals stand in each deal stage, closed ones too: those a removed stage has to send elsewhere."""
    with db.read() as connection:
        return stored_deals.in_stages(connection)


@verb
def edit(
    db: Database,
    opportunity: Id,
    *,
    name: str | None = None,
    amount_cents: int | None = None,
    currency: str | None = None,
    expected_close: str | None = None,
    probability: int | None = None,
    supplier: str | None = None,
    terms: str | None = None,
    contract: str | None = None,
    source: str | None = None,
    deal_stage: str | None = None,
    clear: list[str] | None = None,
    door: str = "sheet",
) -> None:
    """Changes what is given of a deal; the rest stays. Amounts are whole cents, a close an ISO day.

    A `probability` in percent is one by hand and stays when the deal moves on. `clear` names numbers to take away:
    amount, and probability, which then follows the deal stage again. A closed deal can be put right, but stays in its
    deal stage. Raises NotFound, RuleBroken for a lead and for moving what is closed, BadInput.
    """
    for each in clear or ():
        one_of(each, CLEARED, "clear")
    one_of(source or "", ("", *SOURCES), "source")
    texts = {"name": name, "supplier": supplier, "source": source}
    changed: dict[str, Any] = {key: points.one_line(text) for key, text in texts.items() if text is not None}
    longer = {"terms": terms, "contract": contract}
    changed |= {key: points.many_lines(text) for key, text in longer.items() if text is not None}
    if expected_close is not None:
        changed["expected_close"] = day(expected_close)
    if probability is not None:
        changed |= {"probability": deal_stages.checked_probability(probability), "probability_from": HAND}
    with db.write(Label(N_("Edit {name}"), args={"name": _name(db, opportunity)})) as tx:
        dossier = stored.read(tx.connection, opportunity)
        deal = leaving.opportunity_of(dossier)
        if deal_stage is not None and deal_stage != deal.deal_stage:
            _still_open(dossier)
            target = deal_stages.checked(deal_stages.read(tx.connection), deal_stage)
            deal = deal_stages.put_into(tx, deal, target.key, target.probability, door=one_of(door, DOORS, "door"))
        changed |= editing.amount(tx.connection, deal, amount_cents, currency)
        if "amount" in (clear or ()):
            changed |= {"amount_cents": None, "currency": ""}
        if "probability" in (clear or ()):
            changed |= deal_making.in_stage(tx.connection, deal.deal_stage)
        tx.put(replace(deal, **changed))


@verb
def move(db: Database, ids: list[Id], deal_stage: str, *, before: Id | None = None, door: str = "terminal") -> list[Id]:
    """Moves open deals to a deal stage, from any to any: there is no gate. The ids of those that moved, in one step.

    `before` places them by hand before that card. The probability follows the stage unless it was set by hand. Raises
    RuleBroken for a lead or a closed deal.
    """
    one_of(door, DOORS, "door")
    known = stages(db)
    target = deal_stages.checked(known, deal_stage)
    read = dossiers.read_many(db, list(dict.fromkeys(ids)))
    going = [(dossier, _still_open(dossier)) for dossier in read]
    with db.write(_move_label(read, deal_stages.word_id(known, deal_stage))) as tx:
        ranks = order.ranks(tx, deal_stage, before, len(going), lane=board.DEALS)
        for (_dossier, deal), rank in zip(going, ranks, strict=True):
            if deal.deal_stage != deal_stage:
                deal_stages.put_into(tx, deal, deal_stage, target.probability, door=door, rank=rank)
            elif before is not None:
                tx.put(replace(deal, rank=rank))
    return [deal.id for _dossier, deal in going if deal.deal_stage != deal_stage or before is not None]


@question
def forecast(db: Database, ids: list[Id]) -> dict[str, Forecast]:
    """What dropping these cards would do, for every deal stage. Nothing is changed."""
    known = stages(db)
    with db.read() as connection:
        deals = records.many(connection, Opportunity, ids)
    still_open = [each.deal_stage for each in deals.values() if not each.exit]
    blocked = len(set(ids)) - len(still_open)
    return {
        stage.key: Forecast(
            here=still_open.count(stage.key), at_once=len(still_open) - still_open.count(stage.key), blocked=blocked
        )
        for stage in known
    }


@verb
def start(
    db: Database,
    *,
    organisation: Id | None = None,
    person: Id | None = None,
    name: str = "",
    amount_cents: int | None = None,
    currency: str = "",
    deal_stage: str = "",
    expected_close: str = "",
    source: str = "",
    event: Id | None = None,
    role: str = "",
    door: str = "terminal",
) -> Id:
    """Starts a deal by hand with an organisation and/or a person who are on file; the opportunity's id.

    It stands in the first deal stage unless another is named; the owner is who starts it. A person alone brings their
    organisation along. Their open lead goes over into it as by a conversion, and keeps its owner. Raises BadInput
    without either.
    """
    one_of(role, ("", *PARTS), "role")
    one_of(source, ("", *SOURCES), "source")
    about = person or organisation
    if about is None:
        raise BadInput(_("A deal needs somebody to make it with."), _("Name an organisation or a person."))
    with db.read() as connection:
        whom = abouts.resolve(connection, about).name
    label = Label(N_("Start an opportunity with {name}"), args={"name": points.one_line(name) or whom})
    with db.write(label) as tx:
        if event is not None:
            records.get(tx.connection, Event, event)
        found = records.get(tx.connection, Person, person) if person else None
        firm_id = organisation or (found.organisation_id if found else None)
        firm = records.get(tx.connection, Organisation, firm_id) if firm_id else None
        cents, money = checked_amount(amount_cents, currency)
        deal = Opportunity(
            name=points.one_line(name) or (firm.name if firm else whom), amount_cents=cents, currency=money,
            deal_stage=deal_stage, expected_close=day(expected_close), source=source, event_id=event,
        )  # fmt: skip
        return deal_starting.begin(tx, workspace.vocabulary(db), deal, firm=firm, person=found, role=role, door=door)


@verb
def quick_start(db: Database, text: str, *, deal_stage: str, event: Id | None = None, door: str = "capture") -> Id:
    """Starts a deal with whom one typed line names, as in `quick.add`, its next step too; the opportunity's id.

    A firm or a person who is on file under that very name is used; who is not is added. Raises BadInput for an empty
    line, and for several people on a line each.
    """
    if quick_line.is_list(text, today=db.clock.today()):
        raise BadInput(_("These are several people, and a deal is with one."), _("Start one deal after the other."))
    vocabulary = workspace.vocabulary(db)
    typed = points.one_line(text)
    with db.read() as connection:
        on_file = deal_making.only_one_called(connection, typed)
    if on_file is not None:
        firm_id, person_id = (on_file.id, None) if on_file.kind == "organisation" else (None, on_file.id)
        return start(db, organisation=firm_id, person=person_id, deal_stage=deal_stage, event=event, door=door)
    line = quick_line.read(text, today=db.clock.today())
    entered = capture.entered_by(line)
    with db.write(Label(N_("Start an opportunity with {name}"), args={"name": capture.called_as(entered)})) as tx:
        firm, person = capture.put_parties(tx, entered)
        deal = Opportunity(
            name=firm.name if firm else capture.called_as(entered), deal_stage=deal_stage, event_id=event
        )
        begun = deal_starting.begin(tx, vocabulary, deal, firm=firm, person=person, door=door)
        quick.plan_step(db, line, begun)
    return begun


@question
def parts(db: Database, opportunity: Id) -> list[PartView]:
    """Who has which part in a deal, in the order they came to it."""
    with db.read() as connection:
        found = records.where(connection, BuyingPart, opportunity_id=opportunity)
        known = records.many(connection, Person, [each.person_id for each in found if each.person_id])
    return [
        PartView(id=part.id, person=who.id, name=names.display(who) or who.ref, job_title=who.job_title, role=part.role)
        for part in found
        if (who := known.get(part.person_id or Id(0))) is not None
    ]


@question
def candidates(db: Database, opportunity: Id) -> list[Candidate]:
    """People of the deal's organisation who have no part in it yet, by name; none without an organisation."""
    with db.read() as connection:
        deal = records.get(connection, Opportunity, opportunity)
        taken = {each.person_id for each in records.where(connection, BuyingPart, opportunity_id=deal.id)}
        firm = deal.organisation_id
        found = records.where(connection, Person, organisation_id=firm) if firm else []
    listed = [
        Candidate(person=each.id, name=names.display(each) or each.ref, job_title=each.job_title)
        for each in found
        if each.id not in taken
    ]
    return sorted(listed, key=_by_name)


@verb
def add_person(db: Database, opportunity: Id, person: Id, role: str = "") -> Id:
    """Gives a person a part in a deal: decides, uses, pays, advises, influences, blocks, introduces, or "" for not
    known yet. The part's id; of one who is in it already, that part with this role."""  # fmt: skip
    with db.read() as connection:
        who = abouts.resolve(connection, records.get(connection, Person, person).id).name
    with db.write(Label(N_("Add {name} to the opportunity"), args={"name": who})) as tx:
        return _put_part(tx, opportunity, person, role)


@verb
def add_new_person(db: Database, opportunity: Id, name: str, role: str = "") -> Id:
    """Gives somebody of that name a part in a deal; the part's id.

    One of the deal's organisation with this very name is taken, else somebody new there. Raises BadInput for an empty
    name.
    """
    parts = normalise.split_name(points.one_line(name))
    with db.write(Label(N_("Add {name} to the opportunity"), args={"name": points.one_line(name)})) as tx:
        deal = records.get(tx.connection, Opportunity, opportunity)
        firm = records.find(tx.connection, Organisation, deal.organisation_id) if deal.organisation_id else None
        person = capture.put_named(tx, parts, firm)
        return _put_part(tx, opportunity, person.id, role)


@verb
def change_part(db: Database, part: Id, role: str) -> None:
    """Changes what part a person has in a deal; "" is not known yet. Raises NotFound."""
    one_of(role, ("", *PARTS), "role")
    found, who = _part(db, part)
    with db.write(Label(N_("Change the part of {name}"), args={"name": who})) as tx:
        tx.put(replace(found, role=role))


@verb
def remove_part(db: Database, part: Id) -> None:
    """Takes a person out of a deal; the person stays on file. Raises NotFound."""
    found, who = _part(db, part)
    with db.write(Label(N_("Take {name} out of the opportunity"), args={"name": who})) as tx:
        tx.remove(BuyingPart, found.id)


def _put_part(tx: Transaction, opportunity: Id, person: Id, role: str) -> Id:
    one_of(role, ("", *PARTS), "role")
    deal = records.get(tx.connection, Opportunity, opportunity)
    known = records.where(tx.connection, BuyingPart, opportunity_id=deal.id, person_id=person)
    if known:
        tx.put(replace(known[0], role=role))
        return known[0].id
    return tx.add(BuyingPart(opportunity_id=deal.id, person_id=person, role=role)).id


def _part(db: Database, part: Id) -> tuple[BuyingPart, str]:
    with db.read() as connection:
        found = records.get(connection, BuyingPart, part)
        person = records.find(connection, Person, found.person_id) if found.person_id else None
    return found, called(person, None) or found.ref


def _still_open(dossier: Dossier) -> Opportunity:
    return leaving.opportunity_of(dossier, closed=("not_now", "won", "lost"))


def _name(db: Database, opportunity: Id) -> str:
    with db.read() as connection:
        deal = records.find(connection, Opportunity, opportunity)
        return (deal.name if deal else "") or abouts.card(connection, opportunity).name


def _move_label(going: Sequence[Dossier], word: str) -> Label:
    if len(going) == 1:
        return Label(N_("Move {name} to {deal_word}"), args={"name": name_of(going[0]), "deal_word": word})
    return Label(
        *NN_("Move {count} deal to {deal_word}", "Move {count} deals to {deal_word}"),
        count=len(going),
        args={"deal_word": word},
    )


def _by_name(candidate: Candidate) -> str:
    return candidate.name.casefold()
