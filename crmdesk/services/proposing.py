"""What a conversion could use and what it would lead to: candidates with reasons, a first choice, the live sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from crmdesk.domain import names
from crmdesk.domain.deals import PARTS, DealStageView, part_of
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.records import Answer, Id, Opportunity, Organisation, Person
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.services import alike, deal_stages, joining, workspace
from crmdesk.services.alike import Candidate
from crmdesk.services.subjects import name_of, one_of
from crmdesk.storage import records
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database
from crmdesk.words import N_, _, day, money, ngettext

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertChoice:
    """What a person chose in the conversion sheet.

    `account` is existing (`organisation_id`), new (the lead's own organisation, or one of `organisation_name`) or none
    (a private person). `contact` is this (the lead's person), existing (`person_id`, joined with this one) or none.
    `opportunity` is new (`name`, amount in whole cents, `deal_stage` or "" for the first one, `expected_close` as ISO
    day or ""), join (`opportunity_id`) or none. `role` is the person's part in it. `because` is a reason to convert
    without all facts.
    """

    account: str = "new"
    organisation_id: Id | None = None
    organisation_name: str = ""
    contact: str = "this"
    person_id: Id | None = None
    opportunity: str = "new"
    opportunity_id: Id | None = None
    name: str = ""
    amount_cents: int | None = None
    currency: str = ""
    deal_stage: str = ""
    role: str = ""
    expected_close: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What there is to use, best first, and the choice that is made for a start.

    `accounts_now` says whether the vocabulary has accounts from the opportunity on; else they come with the sale.
    `stages` are the deal stages a new opportunity may start in.
    """

    accounts: tuple[Candidate, ...]
    contacts: tuple[Candidate, ...]
    opportunities: tuple[Candidate, ...]
    default: ConvertChoice
    accounts_now: bool
    stages: tuple[DealStageView, ...]


def propose(db: Database, dossier: Dossier) -> Proposal:
    """Candidates for account, contact and opportunity of a lead, and a first choice. Reads by index only."""
    with db.read() as connection:
        own_currency = workspace.currency(connection)
        accounts = alike.accounts(connection, dossier)
        contacts = alike.contacts(connection, dossier)
        stages = tuple(deal_stages.read(connection))
        opportunities = alike.opportunities(connection, dossier, accounts, {each.key: each.label for each in stages})
    return Proposal(
        accounts=accounts,
        contacts=contacts,
        opportunities=opportunities,
        default=replace(_default(dossier, accounts, own_currency), deal_stage=stages[0].key),
        accounts_now=accounts_now(workspace.vocabulary(db)),
        stages=stages,
    )


def accounts_now(vocabulary: Vocabulary) -> bool:
    """Whether converting makes an account, rather than the first sale."""
    deal = vocabulary.by_role("in_deal")
    return deal is not None and deal.key == vocabulary.account_from


def check_kinds(choice: ConvertChoice) -> None:
    """Raises BadInput when account, contact or opportunity of a choice are none of what they can be."""
    one_of(choice.account, ("existing", "new", "none"), "account")
    one_of(choice.contact, ("this", "existing", "none"), "contact")
    one_of(choice.opportunity, ("new", "join", "none"), "opportunity")


def preview(db: Database, dossier: Dossier, choice: ConvertChoice) -> str:
    """What will exist after converting, as one sentence each for contact and account, opportunity, and what is kept."""
    check_kinds(choice)
    now = accounts_now(workspace.vocabulary(db))
    with db.read() as connection:
        sentences = [
            _people_sentence(connection, dossier, choice, now=now),
            _deal_sentence(connection, choice, name_of(dossier), today=db.clock.today()),
            _filled_sentence(connection, dossier, choice),
            _consent_sentence(connection, dossier, choice),
        ]
    text = ""
    for sentence in filter(None, sentences):
        text = _("{sentence} {next_sentence}").format(sentence=text, next_sentence=sentence) if text else sentence
    return text


def _default(dossier: Dossier, accounts: tuple[Candidate, ...], own_currency: str) -> ConvertChoice:
    lead = dossier.lead
    assert lead is not None
    answers = {each.fact: each for each in dossier.answers}
    amount, currency = _amount(dossier, answers.get("means"), own_currency)
    authority = answers.get("authority")
    own = dossier.organisation
    sure = next((each for each in accounts if each.sure), None)
    return ConvertChoice(
        account="existing" if sure else "new" if own else "none",
        organisation_id=sure.id if sure else None,
        organisation_name="" if sure or own is None else own.name,
        contact="this" if lead.person_id else "none",
        name=_deal_name(dossier, answers.get("need")),
        amount_cents=amount,
        currency=currency,
        role=part_of(authority.buying_role) if authority else "",
    )


def _amount(dossier: Dossier, means: Answer | None, own_currency: str) -> tuple[int | None, str]:
    subject = dossier.subject
    if subject.amount_cents is not None:
        return subject.amount_cents, subject.currency or own_currency
    if means is not None and means.value == "yes" and means.amount_cents is not None:
        return means.amount_cents, means.currency or own_currency
    return None, own_currency


def _deal_name(dossier: Dossier, need: Answer | None) -> str:
    """What they need, when that is said in few words; else who it is for."""
    note = need.note.strip() if need is not None and need.value == "yes" else ""
    if note and len(note) <= _LONGEST_NAME and "\n" not in note:
        return note
    return dossier.organisation.name if dossier.organisation else name_of(dossier)


_WITH_ACCOUNT = {
    ("this", "existing"): N_("{person} becomes a contact of {account}."),
    ("this", "new"): N_("{account} becomes a new account with {person} as contact."),
    ("this", "none"): N_("{person} becomes an account without an organisation."),
    ("existing", "existing"): N_("{person} is joined with {other}, who is a contact of {account}."),
    ("existing", "new"): N_("{account} becomes a new account; {person} is joined with {other} as contact."),
    ("existing", "none"): N_("{person} is joined with {other}, who becomes an account without an organisation."),
    ("none", "existing"): N_("{account} is the account, without a contact."),
    ("none", "new"): N_("{account} becomes a new account, without a contact."),
    ("none", "none"): N_("Neither an account nor a contact is made."),
}
_BEFORE_ACCOUNT = {
    ("this", "existing"): N_("{person} becomes a contact at {account}."),
    ("this", "new"): N_("{person} becomes the contact at {account}, an account from the first sale on."),
    ("this", "none"): N_("{person} becomes an account from the first sale on, without an organisation."),
    ("existing", "existing"): N_("{person} is joined with {other}, contact at {account}."),
    ("existing", "new"): N_(
        "{person} is joined with {other}, contact at {account}, an account from the first sale on."
    ),
    ("existing", "none"): N_("{person} is joined with {other}, who becomes an account from the first sale on."),
    ("none", "existing"): N_("{account} is kept, without a contact."),
    ("none", "new"): N_("{account} becomes an account from the first sale on, without a contact."),
    ("none", "none"): N_("Neither an account nor a contact is made."),
}


def _people_sentence(connection: Connection, dossier: Dossier, choice: ConvertChoice, *, now: bool) -> str:
    person = dossier.person
    contact = choice.contact if person is not None or choice.contact == "existing" else "none"
    pattern = (_WITH_ACCOUNT if now else _BEFORE_ACCOUNT)[contact, choice.account]
    other = records.find(connection, Person, choice.person_id) if choice.person_id else None
    return _(pattern).format(
        person=names.display(person) if person is not None else name_of(dossier),
        other=names.display(other) if other is not None else "",
        account=_account_name(connection, dossier, choice),
    )


def _account_name(connection: Connection, dossier: Dossier, choice: ConvertChoice) -> str:
    if choice.account == "existing" and choice.organisation_id is not None:
        found = records.find(connection, Organisation, choice.organisation_id)
        return found.name if found is not None else ""
    return choice.organisation_name.strip() or (dossier.organisation.name if dossier.organisation else "")


def _deal_sentence(connection: Connection, choice: ConvertChoice, otherwise: str, *, today: date) -> str:
    if choice.opportunity == "none":
        return _("No opportunity is made.")
    if choice.opportunity == "join":
        return _join_sentence(connection, choice)
    with_amount = choice.amount_cents is not None
    if choice.expected_close:
        pattern = (
            _("A new opportunity, {opportunity}, {amount}, starts in {deal_stage}, with {close} as its close date.")
            if with_amount
            else _("A new opportunity, {opportunity}, starts in {deal_stage}, with {close} as its close date.")
        )
    else:
        pattern = (
            _("A new opportunity, {opportunity}, {amount}, starts in {deal_stage} without a close date.")
            if with_amount
            else _("A new opportunity, {opportunity}, starts in {deal_stage} without a close date.")
        )
    return pattern.format(
        opportunity=choice.name.strip() or otherwise,
        amount=money(choice.amount_cents, choice.currency) if choice.amount_cents is not None else "",
        deal_stage=_stage_label(connection, choice.deal_stage),
        close=_close(choice.expected_close, today),
    )


def _stage_label(connection: Connection, key: str) -> str:
    stages = deal_stages.read(connection)
    return next((each.label for each in stages if each.key == key), key or stages[0].label)


def _close(text: str, today: date) -> str:
    """The day a person typed as sentences say it; what is no day stays as it is until it is refused."""
    try:
        return day(date.fromisoformat(text), today=today)
    except ValueError:
        return text


def _join_sentence(connection: Connection, choice: ConvertChoice) -> str:
    deal = records.find(connection, Opportunity, choice.opportunity_id) if choice.opportunity_id else None
    name = deal.name if deal is not None else ""
    if choice.role in PARTS:
        return _("They join the opportunity {opportunity} as: {role}.").format(
            opportunity=name, role=_(PARTS[choice.role])
        )
    return _("They join the opportunity {opportunity}.").format(opportunity=name)


def _filled_sentence(connection: Connection, dossier: Dossier, choice: ConvertChoice) -> str:
    """How many blanks of existing records are filled; "" when no existing record is used."""
    count, used = 0, False
    if choice.account == "existing" and choice.organisation_id is not None:
        used = True
        own = dossier.organisation
        account = records.find(connection, Organisation, choice.organisation_id)
        if own is not None and account is not None and own.id != account.id:
            count += len(joining.blanks(account, own))
    if choice.contact == "existing" and choice.person_id is not None and dossier.person is not None:
        used = True
        other = records.find(connection, Person, choice.person_id)
        if other is not None and other.id != dossier.person.id:
            count += len(joining.blanks(other, dossier.person))
    if not used:
        return ""
    if not count:
        return _("Nothing is overwritten.")
    pattern = ngettext(
        "{count} blank is filled, nothing is overwritten.", "{count} blanks are filled, nothing is overwritten.", count
    )
    return pattern.format(count=count)


def _consent_sentence(connection: Connection, dossier: Dossier, choice: ConvertChoice) -> str:
    if choice.contact != "existing" or choice.person_id is None or dossier.person is None:
        return ""
    if choice.person_id == dossier.person.id:
        return ""
    strict = joining.stricter(connection, dossier.person.id, choice.person_id)
    return _("The stricter consent stays.") if strict else ""
