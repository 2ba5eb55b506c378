"""The qualification sheet: only the facts a stage still misses, filled here, and the ways on and back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.domain.facts import FACTS, listed
from crmdesk.ui.chips import ChoiceChip
from crmdesk.ui.controls import DANGER, Button
from crmdesk.ui.dialogs.asked_block import AskedBlock
from crmdesk.ui.dialogs.asking import Asking, Filled
from crmdesk.ui.dialogs.block import Block
from crmdesk.ui.dialogs.derived_block import DerivedBlock
from crmdesk.ui.dialogs.reason_band import ReasonBand
from crmdesk.ui.evidence import STATES, FactMark
from crmdesk.ui.flow import FlowRow
from crmdesk.ui.sheet import Draft, Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Divider, PlainLabel
from crmdesk.ui.typed import Typed
from crmdesk.words import N_, _

_TITLES = {
    1: N_("One fact before {stage}"),
    2: N_("Two facts before {stage}"),
    3: N_("Three facts before {stage}"),
    4: N_("Four facts before {stage}"),
    5: N_("Five facts before {stage}"),
}
_MANY = N_("{count} facts before {stage}")


class QualificationSheet(Sheet):
    """Asks for what a card lacks. `filled` carries `Filled`; `because` in it is empty for *Fill and move*.

    Signals: besides those of a sheet, rejected(reason key, Filled) when a blocking *no* leads to *Not a fit…*.
    """

    rejected = Signal(str, object)

    def __init__(self, theme: Theme, asking: Asking, typed: Typed) -> None:
        super().__init__(theme, title=_title(len(asking.gate.missing), asking.stage_word), width=640, divided=True)
        self.asking = asking
        self.blocks: dict[str, Block] = {}
        self._dividers: dict[str, Divider] = {}
        self._add_head()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._typed = typed
        for fact in asking.gate.missing:
            self._add_block(fact)
        self._add_other_ways()
        band = ReasonBand(theme)
        self.because, self.reasons = band.line, band.suggestions
        self.body.addWidget(band)
        self.anyway = Button(theme, _("Move anyway, because…"))
        self.anyway.clicked.connect(self._on_anyway)
        self.reject = Button(theme, _("Not a fit…"), kind=DANGER)
        self.reject.clicked.connect(self._on_reject)
        self.set_footer(_("Put back"), _("Fill and move"), others=(self.reject, self.anyway), back_icon="undo")
        self._on_changed()

    def restyle(self) -> None:
        """The head has more below it than a question's."""
        px = self.theme.px
        self.head.setContentsMargins(px(24), px(20), px(24), px(12))

    def value(self) -> Filled | None:
        """What was filled in, for *Fill and move*."""
        return self._filled("") if self._all_valid() else None

    def submit(self) -> None:
        """Ctrl+Enter does what can be done: fill and move, else move anyway when a reason is given, else it says
        what is missing, where it is missing.
        """
        if self._ready():
            super().submit()
        elif not self.because.text().strip() and (missing := self._first_open()) is not None:
            self._point_out(missing)
        else:
            self._on_anyway()

    def draft(self) -> Draft:
        """All that was typed in the blocks, and the reason."""
        return {
            "because": self.because.text(),
            "blocks": {fact: block.draft() for fact, block in self.blocks.items()},
            "others": [chip.text() for chip, _number, _way in self._ways if chip.chosen],
        }

    def restore(self, draft: Draft) -> None:
        """Takes it back."""
        for chip, _number, _way in self._ways:
            if (chip.text() in draft["others"]) != chip.chosen:
                chip.click()
        for fact, typed in draft["blocks"].items():
            if fact in self.blocks:
                self.blocks[fact].restore(typed)
        self.because.setText(draft["because"])
        self._on_changed()

    @property
    def ways(self) -> list[ChoiceChip]:
        """The chips of the other ways."""
        return [chip for chip, _number, _way in self._ways]

    # Building

    def _add_head(self) -> None:
        asking, theme = self.asking, self.theme
        text = asking.name
        if asking.organisation:
            text = _("{name}, {organisation}").format(name=asking.name, organisation=asking.organisation)
        who = PlainLabel(theme, text, role="text-2", strong_parts=[asking.name], strong_role="text")
        self.head.addWidget(who)
        if not asking.gate.satisfied:
            return
        known = FlowRow(theme, gap=12)
        for fact in asking.gate.satisfied:
            each = asking.known[fact]
            icon, role = STATES[each.state]
            words = _("{fact}: {evidence}").format(fact=each.label, evidence=each.text) if each.text else each.label
            known.add(FactMark(theme, words, icon=icon, role=role))
        self.head.addSpacing(theme.px(4))
        self.head.addWidget(known)

    def _add_block(self, fact: str) -> None:
        make = AskedBlock if FACTS[fact].asked else DerivedBlock
        block: Block = make(self.theme, fact, self.asking, self._typed)
        block.changed.connect(self._on_changed)
        self.blocks[fact] = block
        self._dividers[fact] = Divider(self.theme)
        self.body.addWidget(self._dividers[fact])
        self.body.addWidget(block)

    def _add_other_ways(self) -> None:
        """The other ways to meet a requirement: each shows the blocks it needs instead of the nearest way's."""
        self._ways: list[tuple[ChoiceChip, int, tuple[str, ...]]] = []
        for number, group in enumerate(self.asking.gate.groups):
            lacking = [self._lacking(way) for way in group.ways if way != group.nearest and not group.met]
            for way in filter(None, lacking):
                chip = ChoiceChip(self.theme, listed(way))
                chip.clicked.connect(self._on_way)
                chip.removed.connect(self._on_way)
                self._ways.append((chip, number, way))
        if self._ways:
            self._add_way_row()
        self._show_wanted()

    def _add_way_row(self) -> None:
        row = FlowRow(self.theme)
        row.add(PlainLabel(self.theme, _("Or instead:"), role="text-2"))
        for chip, _number, way in self._ways:
            row.add(chip)
            for fact in way:
                if fact not in self.blocks:
                    self._add_block(fact)
        holder, px = QWidget(), self.theme.px
        column = QVBoxLayout(holder)
        column.setContentsMargins(px(24), 0, px(24), px(16))
        column.addWidget(row)
        self.body.addWidget(holder)

    def _lacking(self, way: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(fact for fact in way if not self.asking.known[fact].met)

    def _show_wanted(self) -> None:
        """Shows the blocks of single facts, and of each group those of the way that is chosen, else of the nearest."""
        unmet = {number: group for number, group in enumerate(self.asking.gate.groups) if not group.met}
        chosen = {number: way for chip, number, way in self._ways if chip.chosen}
        nearest = {fact for group in unmet.values() for fact in self._lacking(group.nearest)}
        wanted = {fact for fact in self.asking.gate.missing if fact not in nearest}
        for number, group in unmet.items():
            wanted.update(chosen.get(number, self._lacking(group.nearest)))
        wanted.update(self.asking.gate.blocked)
        first = True
        for fact, block in self.blocks.items():
            block.setVisible(fact in wanted)
            self._dividers[fact].setVisible(fact in wanted and not first)
            first = first and fact not in wanted
        self.title.setText(_title(len(wanted), self.asking.stage_word))
        self.setAccessibleName(self.title.text())

    # What holds

    def _is_shown(self, fact: str) -> bool:
        return not self.blocks[fact].isHidden()

    def _done(self, fact: str) -> bool:
        if fact in self.asking.gate.satisfied:
            return True
        return fact in self.blocks and self._is_shown(fact) and self.blocks[fact].met

    def _ready(self) -> bool:
        """Whether all that is required would be met: single facts each, of the ways of a group any one."""
        groups = self.asking.gate.groups
        in_groups = {fact for group in groups for way in group.ways for fact in way}
        single = all(self._done(fact) for fact in self.asking.gate.missing if fact not in in_groups)
        ways = all(any(all(self._done(fact) for fact in way) for way in group.ways) for group in groups)
        return single and ways and not self._blocking()

    def _blocking(self) -> str:
        """The first fact whose answer suggests *Not a fit*; "" when none does."""
        return next((fact for fact, block in self.blocks.items() if block.blocking), "")

    def _first_open(self) -> Block | None:
        """The first fact shown about which nothing has been said."""
        return next((block for fact, block in self.blocks.items() if self._is_shown(fact) and block.open), None)

    def _point_out(self, block: Block) -> None:
        if FACTS[block.fact].asked:
            what = _("“{fact}” has no answer yet. Choose one, or move anyway and say why.")
        else:
            what = _("Nothing is recorded for “{fact}” yet. Record it here, or move anyway and say why.")
        if block.point_out(what.format(fact=_(FACTS[block.fact].label))):
            self.middle.ensureWidgetVisible(block, 0, 24)
        else:
            self.because.setFocus(Qt.FocusReason.OtherFocusReason)

    def _all_valid(self) -> bool:
        """Every block is looked at, so that each one marks what cannot be read."""
        unreadable = [fact for fact, block in self.blocks.items() if self._is_shown(fact) and not block.valid()]
        return not unreadable

    def _filled(self, because: str) -> Filled:
        shown = [block for fact, block in self.blocks.items() if self._is_shown(fact)]
        return Filled(
            answers=tuple(answer for block in shown if (answer := block.answer()) is not None),
            evidence=tuple(shows for block in shown if (shows := block.evidence()) is not None),
            because=because,
        )

    # Slots

    def _on_changed(self) -> None:
        shown = [block for fact, block in self.blocks.items() if self._is_shown(fact)]
        done = sum(block.answered for block in shown)
        self.note.setText(_("{done} of {count} answered").format(done=done, count=len(shown)))
        ready = self._ready()
        assert self.primary is not None
        assert self.footer is not None
        self.primary.setEnabled(ready)
        self.anyway.setEnabled(not ready)
        self.reject.setVisible(bool(self._blocking()))
        self.footer.relay()

    def _on_way(self) -> None:
        """Chooses this way of its group, or the nearest one again."""
        pressed = self.sender()
        group = next(number for chip, number, _way in self._ways if chip is pressed)
        for chip, number, _way in self._ways:
            if chip is pressed or number == group:
                chip.set_choice(chip.text(), chosen=chip is pressed and not chip.chosen)
        self._show_wanted()
        self._on_changed()

    def _on_anyway(self) -> None:
        because = self.because.text().strip()
        if not because:
            self.because.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._all_valid():
            self.filled.emit(self._filled(because))

    def _on_reject(self) -> None:
        fact = self._blocking()
        if fact and self._all_valid():
            self.rejected.emit(FACTS[fact].exit_reason, self._filled(""))


def _title(count: int, stage_word: str) -> str:
    return _(_TITLES.get(count, _MANY)).format(count=count, stage=stage_word)
