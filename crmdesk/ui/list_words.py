"""What the cells of a list say: text, icon, chip and colour role by column. Painting and reading aloud share it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from crmdesk import words
from crmdesk.domain import consent, exits
from crmdesk.domain.entry import SOURCES, source_label
from crmdesk.domain.lists import Row
from crmdesk.domain.schedule import day_of
from crmdesk.domain.vocabulary import Vocabulary
from crmdesk.ui import card_words
from crmdesk.words import N_, _, pgettext

_CONSENT_ROLES = {"given": "good", "legitimate_interest": "good", "declined": "bad", "withdrawn": "bad"}
_CHANCE_FROM = {"stage": N_("{percent} %, by stage"), "hand": N_("{percent} %, by hand")}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words in a colour role, an icon before them in `icon_role` (its own role when ""), or a chip."""

    text: str = ""
    role: str = "text-2"
    icon: str = ""
    icon_role: str = ""
    chip: str = ""
    strong: bool = False
    before: str = ""  # what of a next step's line stands before and after its title, which alone is shortened
    after: str = ""

    @property
    def whole(self) -> str:
        """All of its words."""
        return self.before + self.text + self.after


class ListWords:
    """Words the rows of one list, as the workspace names its stages on the day `today`."""

    def __init__(self, vocabulary: Vocabulary, deal_stages: dict[str, str], *, today: date) -> None:
        self._vocabulary, self._deal_stages, self._today = vocabulary, deal_stages, today
        self._cells: dict[str, Callable[[Row], Cell]] = {
            "name": self._name,
            "stage": self._stage,
            "step": self._step,
            "consent": self._consent,
            "source": self._source,
            "amount": self._amount,
            "chance": self._chance,
            "reason": self._reason,
            "deal_stage": self._deal_stage,
            "last_contact": self._day("last_contact"),
            "since": self._day("stage_since"),
            "left": self._day("exit_on"),
            "close": self._day("expected_close"),
            "created": self._day("created_at"),
        }

    def cell(self, row: Row, column: str) -> Cell:
        """What a row says in a column."""
        found = self._cells.get(column)
        return found(row) if found is not None else Cell(_plain(row, column))

    def spoken(self, row: Row, columns: tuple[str, ...]) -> str:
        """The row as a screen reader says it: the words of these columns."""
        return ", ".join(text for column in columns if (text := self.cell(row, column).whole))

    def state(self, row: Row) -> str:
        """Where a row stands: its stage, or how it left; "" without a lead or an opportunity."""
        if row.card_id is None:
            return ""
        if row.exit and row.exit != "won":
            return _(exits.OUTCOMES.get(row.exit, row.exit))
        return self._vocabulary.word(row.stage)

    def _name(self, row: Row) -> Cell:
        return Cell(row.name or row.ref, role="text", strong=True)

    def _stage(self, row: Row) -> Cell:
        gone = row.exit not in ("", "won") or row.card_id is None
        return Cell(self.state(row), role="text-2" if gone else "text")

    def _step(self, row: Row) -> Cell:
        if row.exit == "not_now" and row.wake_on:
            return self._wakes(row.wake_on)
        if row.has_step:
            line = card_words.step(row, self._today)
            role = "text" if line.role == "text-2" else line.role
            return Cell(line.text, role, line.icon, line.role, before=line.before, after=line.after)
        if row.card_id is None or row.exit not in ("", "won"):
            return Cell()
        role = self._vocabulary.stage(row.stage).role if row.stage in self._vocabulary.path else ""
        chip = card_words.quiet_chip(row, self._today, role)
        if chip is not None:
            return Cell(chip.text, icon=chip.icon, chip=chip.kind)
        return Cell(pgettext("no next step, in a list", "none"))

    def _wakes(self, wake_on: str) -> Cell:
        day = day_of(wake_on)
        when = words.day(day, today=self._today) if day else wake_on
        return Cell(_("Wakes {day}").format(day=when), role="text", icon="waking", icon_role="text-2")

    def _consent(self, row: Row) -> Cell:
        if not row.consent:
            return Cell()
        role = _CONSENT_ROLES.get(row.consent, "text-2")
        text = _(consent.STATES.get(row.consent, row.consent))
        return Cell(text, role="bad" if role == "bad" else "text", icon=row.consent, icon_role=role)

    def _source(self, row: Row) -> Cell:
        return Cell(source_label(row.source) if row.source in SOURCES else row.source)

    def _amount(self, row: Row) -> Cell:
        if row.amount_cents is None:
            return Cell()
        return Cell(words.money(row.amount_cents, row.currency), role="text")

    def _chance(self, row: Row) -> Cell:
        if row.probability is None or row.exit in ("won", "lost"):
            return Cell()
        pattern = _(_CHANCE_FROM.get(row.probability_from, N_("{percent} %")))
        return Cell(pattern.format(percent=row.probability))

    def _reason(self, row: Row) -> Cell:
        shipped = exits.REASONS.get(row.exit, {}).get(row.exit_reason, "")
        return Cell(_(shipped) if shipped else row.exit_reason)

    def _deal_stage(self, row: Row) -> Cell:
        if row.exit:
            return Cell(_(exits.OUTCOMES.get(row.exit, row.exit)), icon=row.exit)
        return Cell(self._deal_stages.get(row.deal_stage, row.deal_stage), role="text")

    def _day(self, field: str) -> Callable[[Row], Cell]:
        def cell(row: Row) -> Cell:
            day = day_of(getattr(row, field))
            return Cell(words.short_day(day, today=self._today) if day else "")

        return cell


_FIELDS = {"job": "job_title"}


def _plain(row: Row, column: str) -> str:
    value = getattr(row, _FIELDS.get(column, column))
    if isinstance(value, tuple):
        return pgettext("between the items of a list", ", ").join(value)
    if isinstance(value, int):
        return words.number(value) if value else ""
    return str(value)
