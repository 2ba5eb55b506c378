"""An amount with its currency, in one frame: figures at the right, the currency as a list behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from crmdesk.domain.errors import CrmError
from crmdesk.ui import paint
from crmdesk.ui.fields import ChoiceField
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import Themed
from crmdesk.words import _, number

ParseMoney = Callable[[str, str], tuple[int, str]]


class AmountField(Themed, QWidget):
    """Typed money; `parse` turns a text and the currency of the list into whole cents and the currency meant.

    Signals: changed() after every key or choice.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        parse: ParseMoney,
        *,
        name: str,
        currencies: Sequence[str],
        cents: int | None = None,
        currency: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parse = parse
        self.error = ""
        self.line = QLineEdit(self)
        self.line.setProperty("bare", True)
        self.line.setAccessibleName(name)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        shown = list(dict.fromkeys([*([currency] if currency else []), *currencies]))
        self.list = ChoiceField(
            theme,
            [(code, code) for code in shown],
            name=_("Currency of: {field}").format(field=name),
            value=shown[0] if shown else "",
            bare=True,
        )
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(10), 0, theme.px(6), 0)
        row.setSpacing(theme.px(4))
        row.addWidget(self.line, 1)
        row.addWidget(self.list)
        if cents is not None:
            self.line.setText(amount_text(cents))
        self.line.textChanged.connect(self._on_changed)
        self.list.chosen.connect(self._on_changed)
        self.line.installEventFilter(self)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes the font with figures of one width."""
        self.line.setFont(self.theme.font("body", tabular=True))
        self.setFixedHeight(self.theme.metrics.size("control"))

    def sizeHint(self) -> QSize:
        """150 wide, as in the sheets."""
        return QSize(self.theme.px(150), self.theme.metrics.size("control"))

    @property
    def amount(self) -> tuple[int | None, str]:
        """Whole cents and currency; None without an amount. BadInput when it cannot be read."""
        text = self.line.text().strip()
        if not text:
            return None, ""
        return self._parse(text, self.list.value)

    @property
    def valid(self) -> bool:
        """Whether it is empty or can be read; `error` says why not."""
        try:
            self.error = ""
            return self.amount is not None
        except CrmError as error:
            self.error = str(error)
            return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The frame shows the focus of the line inside it."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame."""
        colour = self.theme.colour
        focus, bad = self.line.hasFocus(), bool(self.error)
        paint.box(
            QPainter(self),
            self.rect(),
            radius=self.theme.metrics.radius("control"),
            fill=colour("surface"),
            edge=colour("bad" if bad else "accent" if focus else "edge"),
            width=2 if focus or bad else 1,
        )

    def _on_changed(self, _text: str) -> None:
        self.error = ""
        self.update()
        self.changed.emit()


def amount_text(cents: int) -> str:
    """Cents as figures without the currency: "48,000", "12.50"."""
    whole, rest = divmod(abs(cents), 100)
    figures = number(whole) + (f"{'.' if _is_english() else ','}{rest:02d}" if rest else "")
    return f"-{figures}" if cents < 0 else figures


def _is_english() -> bool:
    from crmdesk import words

    return words.language() in ("en", "zh_TW")
