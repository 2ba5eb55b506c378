"""How the file is read: encoding and delimiter, found by themselves and changed here."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from crmdesk.exchange.csv_file import CsvShape
from crmdesk.exchange.csv_records import DELIMITERS
from crmdesk.exchange.text import ENCODINGS
from crmdesk.ui.fields import ChoiceField
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel
from crmdesk.words import N_, _

ENCODING_WORDS: dict[str, str] = {
    "utf-8": "UTF-8",
    "cp1252": N_("Western (Windows)"),
    "cp1250": N_("Central European (Windows)"),
    "cp1251": N_("Cyrillic (Windows)"),
    "cp1258": N_("Vietnamese (Windows)"),
    "cp950": N_("Traditional Chinese (Big5)"),
    "gb18030": N_("Simplified Chinese (GB18030)"),
    "shift_jis": N_("Japanese (Shift JIS)"),
    "euc_kr": N_("Korean (EUC-KR)"),
    "mac_roman": N_("Western (Mac)"),
    "cp850": N_("Western (DOS)"),
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
}
DELIMITER_WORDS: dict[str, str] = {
    ",": N_("Comma"),
    ";": N_("Semicolon"),
    "\t": N_("Tab"),
    "|": N_("Vertical bar"),
}


class ShortChoice(ChoiceField):
    """A list that is as wide as what is chosen, up to `most` px; its popup is as wide as it needs."""

    most = 180

    def sizeHint(self) -> QSize:
        """The chosen words and the mark."""
        metrics, px = QFontMetrics(self.font()), self.theme.px
        widest = max(metrics.horizontalAdvance(text) for _value, text in self.choices.listed)
        return QSize(min(widest + px(42), px(self.most)), self.theme.metrics.size("control"))


class HowRead(QWidget):
    """The two boxes.

    Signals: changed() when a person chose another encoding or delimiter.
    """

    changed = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        encodings = [(key, _(ENCODING_WORDS.get(key, key))) for key in ENCODINGS]
        delimiters = [(key, _(DELIMITER_WORDS[key])) for key in DELIMITERS]
        self.encoding = ShortChoice(theme, encodings, name=_("Encoding"))
        self.delimiter = ShortChoice(theme, delimiters, name=_("Delimiter"))
        self.encoding.setMaxVisibleItems(len(encodings) + 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for words, box in ((_("Encoding"), self.encoding), (_("Delimiter"), self.delimiter)):
            label = PlainLabel(theme, words, token="small", role="text-2")
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box)
            row.addSpacing(theme.px(8) if box is self.encoding else 0)
            box.chosen.connect(self._on_chosen)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_shape(self, shape: CsvShape) -> None:
        """What the file was read with; an encoding that is not offered is added."""
        if self.encoding.choices.row_of(shape.encoding) < 0:
            self.encoding.choices.add(shape.encoding, shape.encoding)
        self.encoding.set_value(shape.encoding)
        self.delimiter.set_value(shape.delimiter)

    def _on_chosen(self, _value: str) -> None:
        self.changed.emit()
