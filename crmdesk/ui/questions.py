"""Cards that could not just move: one sheet after the other asks what is missing, converts, takes a conversion back.

Of several that lack the same, one answer may hold for all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout

from crmdesk import words
from crmdesk.domain.errors import CrmError, NeedsConversion
from crmdesk.domain.facts import FACTS
from crmdesk.domain.records import Id
from crmdesk.services import convert, dossiers, moves, workspace
from crmdesk.services.moves import Asked, Moved
from crmdesk.services.proposing import ConvertChoice
from crmdesk.services.subjects import name_of
from crmdesk.services.transitions import ASKS, CONVERTS, TAKES_BACK
from crmdesk.ui.checks import CheckBox
from crmdesk.ui.context import Context
from crmdesk.ui.controls import QUIET, Button
from crmdesk.ui.dialogs.asking import Filled, asking
from crmdesk.ui.dialogs.conversion import ConversionSheet
from crmdesk.ui.dialogs.known import Known
from crmdesk.ui.dialogs.qualification import QualificationSheet
from crmdesk.ui.dialogs.reason_band import Band
from crmdesk.ui.dialogs.taking_back import TakingBackSheet
from crmdesk.ui.keys import printed
from crmdesk.ui.sheet import Sheet
from crmdesk.ui.themed import PlainLabel
from crmdesk.ui.turns import soon
from crmdesk.ui.typed import Typed
from crmdesk.words import _, ngettext


@dataclass(frozen=True, slots=True)
class Question:
    """A card that is to be asked about, on its way to a stage; `because` is why it goes on although it lacks some."""

    asked: Asked
    stage: str
    because: str = ""


@dataclass(slots=True)
class _Line:
    """Cards that were put in line together: how many are asked about, the one in hand, and what became of them."""

    count: int = 0
    place: int = 0
    last: Id | None = None
    moved: int = 0
    left: list[Id] = field(default_factory=list)
    went_on: bool = False  # the card in hand is not put back although it has not moved


class Questions(QObject):
    """Asks one question at a time; leaving a sheet by Esc puts that card back and goes on with the next.

    Signals: answered(object) the id of the card that is on the board now; put_back(object) at the end, of several
    cards the ids of those that stayed where they were.
    """

    answered = Signal(object)
    put_back = Signal(object)

    def __init__(self, context: Context, typed: Typed, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._typed = typed
        self._waiting: deque[Question] = deque()
        self._now: Question | None = None
        self._line = _Line()
        self._same: CheckBox | None = None
        self._done: Id | None = None
        self._openers: dict[str, Callable[[Question], None]] = {
            ASKS: self._open_qualification,
            CONVERTS: self._open_conversion,
            TAKES_BACK: self._open_taking_back,
        }

    def ask(self, questions: Iterable[Question], *, moved: int = 0) -> None:
        """Puts questions in line; what can neither be asked nor done is said. `moved` cards needed none."""
        asked = list(questions)
        self._waiting.extend(asked)
        self._line.count += len(asked)
        self._line.moved += moved
        if self._now is None and asked:
            self._later()
        elif self._now is None:
            self._line = _Line()

    def say_moved(self, done: Moved, stage: str) -> None:
        """The toast after cards went to a stage."""
        word, count = self._context.vocabulary.word(stage), len(done.moved)
        if done.name:
            text = _("{name} moved to {stage}.").format(name=done.name, stage=word)
        else:
            text = ngettext("{count} card moved to {stage}.", "{count} cards moved to {stage}.", count).format(
                count=count, stage=word
            )
        self._context.notify.done(text)

    # One after the other

    def _later(self) -> None:
        soon(self._next, self)

    def _next(self) -> None:
        self._now = self._waiting.popleft() if self._waiting else None
        if self._now is None:
            self._end_line()
            return
        self._line.place += self._line.last != self._now.asked.id
        self._line.last = self._now.asked.id
        opener = self._openers.get(self._now.asked.kind)
        if opener is None:
            self._blocked(self._now)
            self._later()
            return
        opener(self._now)

    def _end_line(self) -> None:
        """Says of several cards how many have gone, and which have not."""
        line, self._line = self._line, _Line()
        if line.count + line.moved > 1 and line.left:
            total = line.moved + len(line.left)
            text = ngettext("{moved} of {count} card moved.", "{moved} of {count} cards moved.", total)
            text = text.format(moved=words.number(line.moved), count=words.number(total))
            self._context.notify.done(text, undo=line.moved > 0)
            self.put_back.emit(tuple(line.left))

    def _blocked(self, question: Question) -> None:
        name = name_of(dossiers.read(self._context.db, question.asked.id))
        self._line.left.append(question.asked.id)
        self._context.notify.failed(
            _("{name} cannot go there.").format(name=name), _("It left the board meanwhile; bring it back first.")
        )

    def _on_closed(self) -> None:
        """The focus is back in the window: only now the card is shown where it lies."""
        question, self._now, self._same = self._now, None, None
        done, self._done = self._done, None
        if done is not None:
            self.answered.emit(done)
        elif question is not None and not self._line.went_on:
            self._line.left.append(question.asked.id)
        self._line.went_on = False
        self._later()

    def _ask(self, sheet: Sheet, filled: Callable[..., None], key: str) -> None:
        """A sheet is much to make, and much to show: a turn each."""
        soon(partial(self._show, sheet, filled, key), self)

    def _show(self, sheet: Sheet, filled: Callable[..., None], key: str) -> None:
        sheet.closed.connect(self._on_closed)
        if self._line.count > 1:
            sheet.head.insertLayout(0, self._in_line())
            sheet.all_dismissed.connect(self._on_rest_put_back)
        if count := len(self._alike()):
            text = ngettext("The same for {count} more card", "The same for {count} more cards", count)
            self._same = CheckBox(self._context.theme, text.format(count=words.number(count)))
            band = Band(self._context.theme)
            band.column.addWidget(self._same)
            sheet.bands.addWidget(band)
        self._context.ask(sheet, filled, key)

    def _in_line(self) -> QHBoxLayout:
        """Which of the cards it is, and the way out for all that are left."""
        theme, row = self._context.theme, QHBoxLayout()
        place, count = words.number(self._line.place), words.number(self._line.count)
        text = _("Card {number} of {count}").format(number=place, count=count)
        row.addWidget(PlainLabel(theme, text, token="small", role="text-2"), 1)
        if self._waiting:
            rest = Button(theme, _("Put all the rest back"), kind=QUIET, icon="undo", key=printed("Shift+Esc"))
            rest.clicked.connect(self._on_rest_link)
            row.addWidget(rest)
        return row

    def _alike(self) -> list[Question]:
        """Those that wait and lack what the card in hand lacks, if one answer can hold for all of them."""
        now = self._now
        if now is None or now.asked.kind != ASKS or not all(map(_for_many, now.asked.missing)):
            return []
        alike = (now.stage, now.asked.kind, set(now.asked.missing))
        return [each for each in self._waiting if (each.stage, each.asked.kind, set(each.asked.missing)) == alike]

    def _on_rest_put_back(self) -> None:
        self._line.left.extend(each.asked.id for each in self._waiting)
        self._waiting.clear()

    def _on_rest_link(self) -> None:
        self._on_rest_put_back()
        if (sheet := self._context.sheets.current) is not None:
            sheet.dismiss()

    # Qualification

    def _open_qualification(self, question: Question) -> None:
        dossier = dossiers.read(self._context.db, question.asked.id)
        asked = asking(
            self._context.vocabulary, dossier, question.stage, today=self._context.clock.today(), me=self._context.me
        )
        sheet = QualificationSheet(self._context.theme, asked, self._typed)
        sheet.rejected.connect(self._on_rejected)
        self._ask(sheet, self._on_filled, f"gate:{question.asked.id}:{question.stage}")

    def _on_filled(self, filled: Filled) -> None:
        question = self._now
        if question is None:
            return
        try:
            done = self._fill(question, filled)
        except NeedsConversion:
            done = Moved(asked=(Asked(id=question.asked.id, kind=CONVERTS),))
        except CrmError as error:
            self._context.refuse(error)
            return
        self._line.moved += len(done.moved)
        if done.moved:
            self.say_moved(done, question.stage)
            self._done = done.moved[0]
        self._line.went_on = question.asked.id in {each.id for each in done.asked}
        # the reason given to move anyway holds for the conversion that follows
        again = (Question(each, question.stage, filled.because) for each in done.asked)
        self._waiting.extendleft(reversed(list(again)))
        self._context.sheets.done()

    def _fill(self, question: Question, filled: Filled) -> Moved:
        """Moves the card with what was filled in; those like it, too, when that was wanted."""
        db, card, stage = self._context.db, question.asked.id, question.stage
        answers, evidence = list(filled.answers), list(filled.evidence)
        if self._same is None or not self._same.isChecked():
            return moves.fill_and_move(db, card, stage, answers=answers, evidence=evidence, because=filled.because)
        alike = self._alike()
        cards = [card, *(each.asked.id for each in alike)]
        done = moves.fill_and_move_many(db, cards, stage, answers=answers, evidence=evidence, because=filled.because)
        for each in alike:
            self._waiting.remove(each)
        self._line.place += len(alike)
        return done

    def _on_rejected(self, reason: str, filled: Filled) -> None:
        question = self._now
        if question is None:
            return
        reject = partial(
            moves.not_a_fit,
            self._context.db,
            [question.asked.id],
            reason=reason,
            answers=list(filled.answers),
            evidence=list(filled.evidence),
            door="sheet",
        )
        if self._context.attempt(reject):
            self._line.went_on = True
            name = name_of(dossiers.read(self._context.db, question.asked.id))
            text = _("{name} left the board as not a fit. Search finds the card.").format(name=name)
            self._context.notify.done(text)

    # Conversion

    def _open_conversion(self, question: Question) -> None:
        card, context = question.asked.id, self._context
        sheet = ConversionSheet(
            context.theme,
            Known.of(dossiers.read(context.db, card), today=context.clock.today()),
            convert.propose(context.db, card),
            typed=self._typed,
            preview=partial(convert.preview, context.db, card),
            because=question.because,
        )
        self._ask(sheet, self._on_converted, f"convert:{card}")

    def _on_converted(self, choice: ConvertChoice) -> None:
        question = self._now
        if question is None:
            return
        try:
            made = convert.convert(self._context.db, question.asked.id, choice)
        except CrmError as error:
            self._context.refuse(error)
            return
        self._line.moved += 1
        card = self._done = made.opportunity_id or made.lead_id
        self._context.sheets.done()
        deal = workspace.vocabulary(self._context.db).by_role("in_deal")
        name = name_of(dossiers.read(self._context.db, card))
        self.say_moved(Moved(moved=(card,), name=name), deal.key if deal else question.stage)

    # Taking a conversion back

    def _open_taking_back(self, question: Question) -> None:
        name = name_of(dossiers.read(self._context.db, question.asked.id))
        sheet = TakingBackSheet(self._context.theme, name)
        self._ask(sheet, self._on_taken_back, f"back:{question.asked.id}")

    def _on_taken_back(self, _value: object) -> None:
        question = self._now
        if question is None:
            return

        def take_back() -> None:
            self._done = convert.take_back(self._context.db, question.asked.id, door="sheet")
            self._line.moved += 1

        self._context.attempt(take_back, _("The conversion is taken back."))


def _for_many(fact: str) -> bool:
    """Whether one answer can be true of several cards: a name, a channel, a consent, a purchase belong to one."""
    return FACTS[fact].remedy not in ("name", "point", "consent", "purchase")
