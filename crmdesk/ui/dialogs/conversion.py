"""The conversion sheet: what we know, what will exist, and one sentence that says so before it happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.services.alike import Candidate
from crmdesk.services.proposing import ConvertChoice, Proposal
from crmdesk.ui import live
from crmdesk.ui.dialogs.deal_fields import DealFields
from crmdesk.ui.dialogs.known import Known, KnownPane
from crmdesk.ui.dialogs.option import Option, OptionCard
from crmdesk.ui.evidence import BlockHead, IconMark, SectionHead
from crmdesk.ui.fields import LineField
from crmdesk.ui.flow import LARGE, Row
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.ui.typed import Typed
from crmdesk.words import _

MOST_CANDIDATES = 3
LEFT_WIDTH = 360


class SentenceBand(Themed, QWidget):
    """The sentence of what will exist, on the soft ground between two lines."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.label = PlainLabel(theme, role="soft-text", wrap=True)
        row = QHBoxLayout(self)
        px = theme.px
        row.setContentsMargins(px(24), px(12), px(40), px(12))
        row.setSpacing(px(12))
        row.addWidget(IconMark(theme, "moved", role="soft-text", size=18))
        row.addWidget(self.label, 1)
        self.follow(theme)

    def say(self, text: str, strong: Sequence[str]) -> None:
        """Says the sentence; the names in it are strong."""
        self.label.set_strong_parts(strong)
        self.label.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground and the line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("soft"))
        painter.fillRect(QRect(0, 0, self.width(), 1), self.theme.colour("line"))


class ConversionSheet(Sheet):
    """Account, contact and opportunity, each chosen among what is there and what would be new.

    `preview` words what a choice leads to; `filled` carries the `ConvertChoice`.
    """

    def __init__(
        self,
        theme: Theme,
        known: Known,
        proposal: Proposal,
        *,
        typed: Typed,
        preview: Callable[[ConvertChoice], str],
        because: str = "",
    ) -> None:
        title = _("Convert {name}").format(name=known.name)
        super().__init__(theme, title=title, width=1100, height=760, divided=True)
        self.note.setText(_("Nothing is retyped. Undo works at any time."))
        self._known, self._proposal, self._preview = known, proposal, preview
        self._choice = replace(proposal.default, because=because)
        self.accounts, self.contacts, self.deals = (QButtonGroup(self) for _each in range(3))
        self.organisation = LineField(theme, name=_("Name of the organisation"), text=known.organisation)
        self.organisation.setPlaceholderText(_("Name of the organisation"))
        self.fields = DealFields(theme, self._choice, typed, stages=proposal.stages)
        self._right = QVBoxLayout()
        self._build()
        self.band = SentenceBand(theme)
        self.bands.addWidget(self.band)
        self.set_footer(_("Cancel"), _("Convert"), icon="deal")
        self._choose(self._choice)
        for group in (self.accounts, self.contacts, self.deals):
            group.buttonToggled.connect(self._on_changed)
        self.organisation.textChanged.connect(self._on_changed)
        self.fields.changed.connect(self._on_changed)
        self._on_changed()

    def restyle(self) -> None:
        """Two panes side by side; in large text what we know comes below what is chosen."""
        px = self.theme.px
        self.head.setContentsMargins(px(24), px(16), px(24), px(16))
        self.body.setContentsMargins(0, 0, 0, 0)
        if hasattr(self, "_panes"):
            self._panes.setDirection(self._direction())

    def first_field(self) -> QWidget | None:
        """The name of the new opportunity, the one thing that is written; in one column the first card."""
        if self.theme.percent >= LARGE:
            return self.accounts.checkedButton()
        return self.fields.name if self.chosen().opportunity == "new" else self.deals.checkedButton()

    def value(self) -> ConvertChoice | None:
        """The choice; None while amount or day cannot be read."""
        if self.chosen().opportunity == "new" and not self.fields.valid():
            return None
        return self.chosen()

    def chosen(self) -> ConvertChoice:
        """What is chosen now."""
        choice = self._choice
        account, contact, deal = (_option(group) for group in (self.accounts, self.contacts, self.deals))
        choice = replace(
            choice,
            account=account[0],
            organisation_id=account[1],
            organisation_name=self.organisation.text().strip() if account[0] == "new" else "",
            contact=contact[0],
            person_id=contact[1],
            opportunity=deal[0],
            opportunity_id=deal[1],
        )
        return self.fields.into(choice) if deal[0] == "new" else replace(choice, role=self.fields.role.value)

    def draft(self) -> Draft:
        """The choice and the fields."""
        return {
            "choice": asdict(self.chosen()),
            "fields": self.fields.draft(),
            "organisation": self.organisation.text(),
        }

    def restore(self, draft: Draft) -> None:
        """Takes them back; what is no longer offered is not chosen."""
        self.organisation.setText(draft["organisation"])
        self.fields.restore(draft["fields"])
        self._choose(ConvertChoice(**draft["choice"]))
        self._on_changed()

    # Building

    def _build(self) -> None:
        theme, px = self.theme, self.theme.px
        panes = QWidget()
        self._panes = QBoxLayout(self._direction(), panes)
        self._panes.setContentsMargins(0, 0, 0, 0)
        self._panes.setSpacing(0)
        left = KnownPane(theme, self._known)
        if theme.percent < LARGE:
            left.setFixedWidth(px(LEFT_WIDTH))
        self._panes.addWidget(left)
        self._right.setContentsMargins(px(24), px(16), px(24), px(20))
        self._right.setSpacing(px(8))
        self._right.addWidget(SectionHead(theme, _("What will exist")))
        head = _("Account") if self._proposal.accounts_now else _("Organisation")
        self._section(head, "organisation", self._account_cards(), self.accounts)
        self._section(_("Contact"), "person", self._contact_cards(), self.contacts)
        self._section(_("Opportunity"), "deal", self._deal_cards(), self.deals)
        self._right.addStretch(1)
        right = QWidget()
        right.setLayout(self._right)
        self._panes.addWidget(right, 1)
        self.body.addWidget(panes, 1)

    def _section(self, title: str, icon: str, cards: list[OptionCard], group: QButtonGroup) -> None:
        """A head, then the cards in pairs; a card with fields has the whole width."""
        self._right.addWidget(BlockHead(self.theme, title, icon=icon))
        pair: Row | None = None
        for card in cards:
            group.addButton(card)
            if card.inside.count() and card.option == ("new", None) and group is self.deals:
                self._right.addWidget(card)
                continue
            if pair is None or pair.box.count() == 2:
                pair = Row(self.theme)
                self._right.addWidget(pair)
            pair.add(card, 3 if pair.box.count() == 0 else 2, tall=True)
        self._right.addSpacing(self.theme.px(8))

    def _account_cards(self) -> list[OptionCard]:
        theme, own = self.theme, self._known.organisation
        cards = [
            OptionCard(
                theme, each.name, _why(each), value=("existing", each.id), badge=_("Use existing"), badge_icon="link"
            )
            for each in self._proposal.accounts[:MOST_CANDIDATES]
        ]
        text = _("“{name}”, as it stands in this lead").format(name=own) if own else _("Only its name is asked")
        title = _("New account") if self._proposal.accounts_now else _("New organisation")
        new = OptionCard(theme, title, text, value=("new", None))
        new.holds(self.organisation)
        cards.append(new)
        if self._proposal.default.contact != "none" and not own:
            cards.append(OptionCard(theme, _("No organisation"), _("The person is the account"), value=("none", None)))
        return cards

    def _contact_cards(self) -> list[OptionCard]:
        theme, cards = self.theme, []
        if self._proposal.default.contact != "none":
            title = _("{name}, this person").format(name=self._known.name)
            cards.append(OptionCard(theme, title, _("Stays one record and becomes the contact."), value=("this", None)))
        for each in self._proposal.contacts[:MOST_CANDIDATES]:
            title = _("Join “{name}”").format(name=each.name)
            cards.append(OptionCard(theme, title, _why(each), value=("existing", each.id)))
        if not cards or self._proposal.default.contact == "none":
            cards.append(OptionCard(theme, _("No contact"), _("Nobody is known by name"), value=("none", None)))
        return cards

    def _deal_cards(self) -> list[OptionCard]:
        theme = self.theme
        new = OptionCard(theme, _("New opportunity"), value=("new", None))
        new.holds(self.fields)
        joins = [
            OptionCard(theme, _("Join “{name}”").format(name=each.name), _why(each), value=("join", each.id))
            for each in self._proposal.opportunities[:MOST_CANDIDATES]
        ]
        none = OptionCard(theme, _("None"), _("Account and contact only"), value=("none", None))
        return [new, *joins, none]

    def _direction(self) -> QBoxLayout.Direction:
        large = self.theme.percent >= LARGE
        return QBoxLayout.Direction.BottomToTop if large else QBoxLayout.Direction.LeftToRight

    def _choose(self, choice: ConvertChoice) -> None:
        _check(self.accounts, (choice.account, choice.organisation_id))
        _check(self.contacts, (choice.contact, choice.person_id))
        _check(self.deals, (choice.opportunity, choice.opportunity_id))

    def _on_changed(self, *_what: object) -> None:
        choice = self.chosen()
        text = self._preview(choice)
        if text != self.band.label.text():
            self.band.say(text, self._strong(choice))
            live.announce(self.band, text)
        self.organisation.setVisible(choice.account == "new")
        assert self.primary is not None
        named = bool(choice.name) or choice.opportunity != "new"
        account = bool(choice.organisation_name) or choice.account != "new"
        self.primary.setEnabled(named and account)

    def _strong(self, choice: ConvertChoice) -> list[str]:
        """The names in the sentence that are set strong."""
        accounts = {each.id: each.name for each in self._proposal.accounts}
        account = accounts.get(choice.organisation_id, "") if choice.organisation_id else choice.organisation_name
        stage = next((each.label for each in self._proposal.stages if each.key == choice.deal_stage), "")
        return [account, choice.name, stage]


def _option(group: QButtonGroup) -> Option:
    button = group.checkedButton()
    assert isinstance(button, OptionCard)
    return button.option


def _check(group: QButtonGroup, option: Option) -> None:
    """Chooses the card of an option, else the first there is."""
    buttons = [button for button in group.buttons() if isinstance(button, OptionCard)]
    kind = option[0]
    wanted = option if kind in ("existing", "join") else (kind, None)
    chosen = next((button for button in buttons if button.option == wanted), buttons[0])
    chosen.setChecked(True)


def _why(candidate: Candidate) -> str:
    """Why it is offered, after what it is."""
    reasons = " · ".join(candidate.reasons)
    if reasons and candidate.detail:
        return _("{reasons}. {detail}").format(reasons=reasons, detail=candidate.detail)
    return reasons or candidate.detail
