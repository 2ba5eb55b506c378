"""What is known about a lead before it is converted: the left side of the conversion sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crmdesk.domain.consent import PURPOSES, STATES, in_force, strictest
from crmdesk.domain.dossier import Dossier
from crmdesk.domain.entry import SOURCES
from crmdesk.domain.evidence import Evidence, evidence
from crmdesk.domain.facts import FACTS
from crmdesk.domain.records import ContactPoint
from crmdesk.services.subjects import name_of
from crmdesk.ui.dialogs.wording import POINT_WORDS
from crmdesk.ui.evidence import EvidenceRow, IconMark, SectionHead, align
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import NN_, _, ngettext, pgettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One line: what it is, the value, and for a channel the state of its consent ("" when it has none)."""

    label: str
    value: str
    consent: str = ""
    consent_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything the left side shows, worded; `organisation` is the name of the lead's own one, or ""."""

    name: str
    second: str
    organisation: str
    details: tuple[Detail, ...]
    answers: tuple[Evidence, ...]
    supplier: str
    along: str

    @staticmethod
    def of(dossier: Dossier, *, today: date) -> Known:
        """What a dossier tells."""
        person, organisation = dossier.person, dossier.organisation
        asked = [answer.fact for answer in dossier.answers if FACTS[answer.fact].asked]
        second = [person.job_title if person else "", organisation.name if organisation and person else ""]
        return Known(
            name=name_of(dossier),
            organisation=organisation.name if organisation is not None else "",
            second=_list([part for part in second if part]),
            details=tuple(_details(dossier)),
            answers=tuple(evidence(dossier, fact, today=today) for fact in dict.fromkeys(asked)),
            supplier=dossier.subject.supplier,
            along=_along(dossier),
        )


class KnownPane(Themed, QWidget):
    """Shows `Known` on the ground of the window, with a line at its right."""

    def __init__(self, theme: Theme, known: Known) -> None:
        super().__init__()
        self.setAccessibleName(_("What we know"))
        self._column = QVBoxLayout(self)
        self.follow(theme)
        self._column.addWidget(SectionHead(theme, _("What we know")))
        self._column.addSpacing(theme.px(6))
        self._column.addWidget(PlainLabel(theme, known.name, token="head", wrap=True))
        if known.second:
            self._column.addWidget(PlainLabel(theme, known.second, role="text-2", wrap=True))
        self._column.addSpacing(theme.px(8))
        self._column.addWidget(_grid(theme, known))
        if known.answers:
            self._section(_("Answers"))
            rows = [
                EvidenceRow(theme, fact=each.label, evidence=each.text, state=each.state, word=each.word)
                for each in known.answers
            ]
            align(rows)
            for row in rows:
                self._column.addWidget(row)
        if known.supplier:
            self._section(_("Present supplier"))
            self._column.addWidget(PlainLabel(theme, known.supplier, wrap=True))
        if known.along:
            self._section(_("Coming along"))
            self._column.addWidget(PlainLabel(theme, known.along, role="text-2", wrap=True))
        self._column.addStretch(1)

    def restyle(self) -> None:
        """Takes the edges."""
        px = self.theme.px
        self._column.setContentsMargins(px(24), px(16), px(24), px(20))
        self._column.setSpacing(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground and the line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("window"))
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), self.theme.colour("line"))

    def _section(self, text: str) -> None:
        self._column.addSpacing(self.theme.px(16))
        self._column.addWidget(SectionHead(self.theme, text))
        self._column.addSpacing(self.theme.px(6))


def _grid(theme: Theme, known: Known) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(7))
    grid.setColumnMinimumWidth(0, theme.px(80))
    grid.setColumnStretch(1, 1)
    for row, detail in enumerate(known.details):
        grid.addWidget(PlainLabel(theme, detail.label, role="text-2"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(PlainLabel(theme, detail.value, wrap=True), row, 1)
        if detail.consent:
            role = {"given": "good", "declined": "bad", "withdrawn": "bad"}.get(detail.consent, "text-2")
            mark = IconMark(theme, detail.consent, role=role, name=detail.consent_text)
            grid.addWidget(mark, row, 2, Qt.AlignmentFlag.AlignTop)
    return holder


def _details(dossier: Dossier) -> list[Detail]:
    found = [_channel(dossier, point) for point in dossier.points if not point.broken]
    source = SOURCES.get(dossier.subject.source)
    if source is not None:
        found.append(Detail(label=_("Source"), value=_(source.label)))
    if dossier.event is not None:
        found.append(Detail(label=_("Event"), value=dossier.event.name))
    if dossier.owner is not None:
        found.append(Detail(label=_("Owner"), value=dossier.owner.name))
    return found


def _channel(dossier: Dossier, point: ContactPoint) -> Detail:
    """A channel with the strictest of what was agreed for it."""
    states = [
        entry.state for (about, purpose), entry in in_force(dossier.consents).items()
        if about == point.id and purpose in PURPOSES
    ]  # fmt: skip
    if point.label == "badge":
        return Detail(label=_("Badge id"), value=point.value)
    state = strictest(states)
    return Detail(
        label=_(POINT_WORDS.get(point.kind, point.kind)),
        value=point.value,
        consent=state,
        consent_text=_(STATES[state]),
    )


def _along(dossier: Dossier) -> str:
    """What comes along, counted: activities, open steps, entries about consent."""
    steps = sum(not task.done_at for task in dossier.tasks)
    counts = [
        (len(dossier.activities), NN_("{count} timeline entry", "{count} timeline entries")),
        (steps, NN_("{count} next step", "{count} next steps")),
        (len(dossier.consents), NN_("{count} consent", "{count} consents")),
    ]
    return _list([ngettext(*forms, count).format(count=count) for count, forms in counts if count])


def _list(parts: list[str]) -> str:
    return pgettext("between the items of a list", ", ").join(parts)
