"""Cards that could not just move: one sheet after the other asks what is missing, converts, takes a conversion back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout

from crmdesk import words
from crmdesk.domain.errors import CrmError, NeedsConversion
from crmdesk.domain.records import Id
from crmdesk.services import convert, dossiers, moves, workspace
from crmdesk.services.moves import Asked, Moved
from crmdesk.services.proposing import ConvertChoice
from crmdesk.services.subjects import name_of
from crmdesk.services.transitions import ASKS, CONVERTS, TAKES_BACK
from crmdesk.ui.context import Context
from crmdesk.ui.dialogs.asking import Filled, asking
from crmdesk.ui.dialogs.conversion import ConversionSheet
from crmdesk.ui.dialogs.known import Known
from crmdesk.ui.dialogs.qualification import QualificationSheet
from crmdesk.ui.dialogs.taking_back import TakingBackSheet
from crmdesk.ui.link import Link
from crmdesk.ui.sheet import Sheet
from crmdesk.ui.themed import PlainLabel
from crmdesk.ui.turns import soon
from crmdesk.ui.typed import Typed
from crmdesk.words import _, ngettext


@dataclass(frozen=True, slots=True)
class Question:
    """A card that is to be asked about, on its way to a stage."""

    asked: Asked
    stage: str


class Questions(QObject):
    """Asks one question at a time; leaving a sheet by Esc puts that card back and goes on with the next.

    Signals: answered(object) the id of the card that is on the board now.
    """

    answered = Signal(object)

    def __init__(self, context: Context, typed: Typed, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._typed = typed
        self._waiting: deque[Question] = deque()
        self._now: Question | None = None
        self._place = self._count = 0  # of the cards that were put in line together
        self._because = ""
        self._done: Id | None = None
        self._openers: dict[str, Callable[[Question], None]] = {
            ASKS: self._open_qualification,
            CONVERTS: self._open_conversion,
            TAKES_BACK: self._open_taking_back,
        }

    def ask(self, questions: Iterable[Question]) -> None:
        """Puts questions in line; what can neither be asked nor done is said."""
        before = len(self._waiting)
        self._waiting.extend(questions)
        self._count += len(self._waiting) - before
        if self._now is None:
            self._later()

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
            self._place = self._count = 0
            return
        self._place += 1
        opener = self._openers.get(self._now.asked.kind)
        if opener is None:
            self._blocked(self._now)
            self._later()
            return
        if self._now.asked.kind != CONVERTS:
            self._because = ""
        opener(self._now)

    def _blocked(self, question: Question) -> None:
        name = name_of(dossiers.read(self._context.db, question.asked.id))
        self._context.notify.failed(
            _("{name} cannot go there.").format(name=name), _("It left the board meanwhile; bring it back first.")
        )

    def _on_closed(self) -> None:
        """The focus is back in the window: only now the card is shown where it lies."""
        self._now = None
        done, self._done = self._done, None
        if done is not None:
            self.answered.emit(done)
        self._later()

    def _ask(self, sheet: Sheet, filled: Callable[..., None], key: str) -> None:
        """A sheet is much to make, and much to show: a turn each."""
        soon(partial(self._show, sheet, filled, key), self)

    def _show(self, sheet: Sheet, filled: Callable[..., None], key: str) -> None:
        sheet.closed.connect(self._on_closed)
        if self._count > 1:
            sheet.head.insertLayout(0, self._in_line())
        self._context.ask(sheet, filled, key)

    def _in_line(self) -> QHBoxLayout:
        """Which of the cards it is, and the way out for all that are left."""
        theme, row = self._context.theme, QHBoxLayout()
        text = _("Card {number} of {count}").format(number=words.number(self._place), count=words.number(self._count))
        row.addWidget(PlainLabel(theme, text, token="small", role="text-2"), 1)
        if self._waiting:
            rest = Link(theme, _("Put all the rest back"), icon="undo")
            rest.clicked.connect(self._on_rest_put_back)
            row.addWidget(rest)
        return row

    def _on_rest_put_back(self) -> None:
        self._waiting.clear()
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
        card, stage = question.asked.id, question.stage
        try:
            done = moves.fill_and_move(
                self._context.db,
                card,
                stage,
                answers=list(filled.answers),
                evidence=list(filled.evidence),
                because=filled.because,
            )
        except NeedsConversion:
            self._convert_next(card, stage, filled.because)
        except CrmError as error:
            self._context.refuse(error)
            return
        else:
            if done.moved:
                self.say_moved(done, stage)
                self._done = card
            elif done.asked:
                self._convert_next(card, stage, filled.because)
        self._context.sheets.done()

    def _convert_next(self, card: Id, stage: str, because: str) -> None:
        """The reason given to move anyway holds for the conversion that follows."""
        self._because = because
        self._place -= 1  # the same card
        self._waiting.appendleft(Question(Asked(id=card, kind=CONVERTS), stage))

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
            because=self._because,
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

        self._context.attempt(take_back, _("The conversion is taken back."))
