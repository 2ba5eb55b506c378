"""The details of a record as rows: what is shown and typed for each field of the four kinds. Tables, and no widgets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from crmdesk import words
from crmdesk.domain import names
from crmdesk.domain.column_words import COLUMNS, POINTS
from crmdesk.domain.deals import HAND, DealStageView
from crmdesk.domain.entry import SOURCES, source_label
from crmdesk.domain.exits import OUTCOMES
from crmdesk.domain.mapping import LABELS
from crmdesk.domain.points import show
from crmdesk.domain.profile import Profile
from crmdesk.domain.records import ContactPoint, Lead, Member, Opportunity, Organisation, Person
from crmdesk.services.values import birthday_words, day_words
from crmdesk.ui.amount import amount_text
from crmdesk.ui.views.record_view import CHOICE, LINES, LINK, Item
from crmdesk.words import _

_NAME = ("prefix", "given", "middle", "family", "suffix", "nickname")
CLOSED = ("won", "lost")
_ALWAYS = frozenset(("given", "family", "job_title", "organisation_id", "name", "industry", "size", "supplier"))


def items(
    profile: Profile, *, members: Sequence[Member], stages: Sequence[DealStageView], today: date
) -> Iterator[Item]:
    """The details in order."""
    record = profile.record
    if isinstance(record, Person):
        yield from _person(record, profile, today)
    elif isinstance(record, Organisation):
        yield from _plain(record, ("name",))
        yield from _points(profile.points)
        yield from _plain(record, ("industry", "size", "supplier"))
    else:
        yield from _parties(profile)
        yield from _lead(record, profile) if isinstance(record, Lead) else _deal(record, stages, today)
        yield from _points(profile.points)
    chosen = profile.owner
    yield Item(
        key="owner",
        label=_("Owner"),
        shown=chosen.name if chosen else "",
        text=chosen.ref if chosen else "",
        kind=CHOICE,
        choices=(("", _("Nobody")), *((each.ref, each.name) for each in members)),
    )
    yield Item(key="ref", label=_("Reference"), shown=record.ref, kind=LINK)


def _person(record: Person, profile: Profile, today: date) -> Iterator[Item]:
    yield from _plain(record, _NAME)
    yield from _plain(record, ("job_title", "department"))
    firm = profile.organisation
    yield Item(
        key="organisation",
        label=_column("organisation_id"),
        shown=firm.name if firm else "",
        text=firm.name if firm else "",
        link=firm.id if firm else None,
    )
    yield from _points(profile.points)
    yield Item(
        key="birthday",
        label=_column("birthday"),
        shown=birthday_words(record.birthday, today=today) if record.birthday else "",
        text=record.birthday,
        core=False,
    )
    spoken = dict(words.LANGUAGES)
    known = {**spoken, record.language: spoken.get(record.language, record.language)} if record.language else spoken
    yield Item(
        key="language",
        label=_column("language"),
        shown=known.get(record.language, ""),
        text=record.language,
        kind=CHOICE,
        choices=(("", _("Not known yet")), *known.items()),
        core=False,
    )


def _parties(profile: Profile) -> Iterator[Item]:
    if profile.person is not None:
        name = names.display(profile.person) or profile.person.ref
        yield Item(key="person", label=_column("person_id"), shown=name, kind=LINK, link=profile.person.id)
    if profile.organisation is not None:
        firm = profile.organisation
        yield Item(key="firm", label=_column("organisation_id"), shown=firm.name, kind=LINK, link=firm.id)


def _lead(record: Lead, profile: Profile) -> Iterator[Item]:
    yield _source(record)
    event = profile.event.name if profile.event else ""
    yield Item(key="event", label=_column("event_id"), shown=event, text=event)
    yield _amount(record)
    yield from _plain(record, ("supplier",))


def _deal(record: Opportunity, stages: Sequence[DealStageView], today: date) -> Iterator[Item]:
    yield from _plain(record, ("name",))
    if record.exit in CLOSED:
        yield Item(key="exit", label=_column("deal_stage"), shown=_(OUTCOMES[record.exit]), kind=LINK)
        yield _amount(record)
    else:
        yield from _open_deal(record, stages)
    yield Item(
        key="expected_close",
        label=_column("expected_close"),
        shown=day_words(record.expected_close, today=today) if record.expected_close else "",
        text=record.expected_close,
    )
    yield from _plain(record, ("supplier",))
    for column in ("terms", "contract"):
        value = getattr(record, column)
        yield Item(key=column, label=_column(column), shown=value, text=value, kind=LINES)
    yield _source(record)


def _open_deal(record: Opportunity, stages: Sequence[DealStageView]) -> Iterator[Item]:
    """Where it stands and how likely it is: a deal that is won or lost has neither."""
    yield Item(
        key="deal_stage",
        label=_column("deal_stage"),
        shown=next((each.label for each in stages if each.key == record.deal_stage), record.deal_stage),
        text=record.deal_stage,
        kind=CHOICE,
        choices=tuple((each.key, each.label) for each in stages),
    )
    yield _amount(record)
    yield Item(
        key="probability",
        label=_column("probability"),
        shown=chance(record),
        text="" if record.probability is None else str(record.probability),
    )


def _column(name: str) -> str:
    return _(COLUMNS[name])


def chance(deal: Opportunity) -> str:
    """A deal's probability and where the number came from; "" without one."""
    if deal.probability is None:
        return ""
    pattern = _("{percent} %, by hand") if deal.probability_from == HAND else _("{percent} %, stage default")
    return pattern.format(percent=deal.probability)


def _source(record: Lead | Opportunity) -> Item:
    return Item(
        key="source",
        label=_column("source"),
        shown=source_label(record.source),
        text=record.source,
        kind=CHOICE,
        choices=tuple((key, _(source.label)) for key, source in SOURCES.items()),
    )


def _amount(record: Lead | Opportunity) -> Item:
    none = record.amount_cents is None
    return Item(
        key="amount",
        label=_column("amount_cents"),
        shown="" if none else words.money(record.amount_cents or 0, record.currency),
        text="" if none else f"{amount_text(record.amount_cents or 0)} {record.currency}",
    )


def _plain(record: Person | Organisation | Lead | Opportunity, columns: Sequence[str]) -> Iterator[Item]:
    for column in columns:
        value = str(getattr(record, column))
        yield Item(key=column, label=_column(column), shown=value, text=value, core=column in _ALWAYS)


def _points(found: Sequence[ContactPoint]) -> Iterator[Item]:
    order = {kind: place for place, kind in enumerate(("web", "phone", "email", "handle", "address"))}
    for point in sorted(found, key=lambda each: (order.get(each.kind, 9), -each.preferred, each.id)):
        if point.kind == "address" and point.street:
            yield from _address(point)
            continue
        yield Item(
            key=f"point:{point.ref}",
            label=_point_label(point),
            shown=show(point.kind, point.value) if point.kind != "address" else point.value,
            text=point.value,
            kind=LINES if point.kind == "address" else "line",
            point=point.id,
            broken=bool(point.broken),
            preferred=bool(point.preferred),
        )


def _point_label(point: ContactPoint) -> str:
    kind = _("Badge id") if point.label == "badge" else _(POINTS[point.kind]) if point.kind in POINTS else point.kind
    label = _(LABELS[point.label]) if point.label in LABELS else point.label
    return kind if not label or point.label == "badge" else _("{channel}, {label}").format(channel=kind, label=label)


def _address(point: ContactPoint) -> Iterator[Item]:
    town = " ".join(part for part in (point.postcode, point.town) if part)
    rows = (
        ("street", _("Street"), point.street),
        ("town", _("Town"), town),
        ("region", _("Region"), point.region),
        ("country", _("Country"), point.country),
    )
    for part, label, value in rows:
        if value or part in ("street", "town", "country"):
            marks = point.id if part == "street" else None
            yield Item(
                key=f"point:{point.ref}:{part}", label=label, shown=value, text=value, point=marks,
                broken=bool(point.broken), preferred=bool(point.preferred),
            )  # fmt: skip
