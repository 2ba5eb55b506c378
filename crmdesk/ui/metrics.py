"""Lengths and fonts that grow with the text size: `px(84)` at 150 % is 126, `font("small")` the type token in use."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from crmdesk.ui.tokens import Tokens

SMALLEST, LARGEST = 80, 200
POINTS_PER_INCH = 72
CJK = {
    "win32": ("Microsoft JhengHei UI",),
    "darwin": ("PingFang TC",),
    "linux": ("Noto Sans CJK TC", "WenQuanYi Micro Hei"),
}
LATIN = {
    "win32": ("Segoe UI Variable Text", "Segoe UI"),
    "darwin": (),
    # The last two are nearly everywhere: a generic face may be one for Han alone, without bold and with wide quotes.
    "linux": ("Inter", "Noto Sans", "Liberation Sans", "DejaVu Sans"),
}


class Metrics:
    """Scaled lengths and fonts for one text size in percent (80 to 200)."""

    def __init__(self, tokens: Tokens, *, percent: int = 100, families: Iterable[str] | None = None) -> None:
        self.tokens = tokens
        self.percent = max(SMALLEST, min(LARGEST, percent))
        self.families = list(families) if families is not None else installed_families()
        self._fonts: dict[tuple[str, int, bool], QFont] = {}

    def px(self, length: float) -> int:
        """A length in px at 100 % as device-independent px at the text size in use."""
        return round(length * self.percent / 100)

    def size(self, name: str) -> int:
        """A length of the token file's [size], scaled."""
        return self.px(self.tokens.size[name])

    def radius(self, name: str) -> int:
        """A corner of the token file's [radius]; corners do not grow with the text."""
        return self.tokens.radius[name]

    def card_height(self) -> int:
        """A card's height: its lines grow with the text, its edges of 9 do not (84, and 120 at 150 %)."""
        height = (self.tokens.size["card"] - 18) * self.percent / 100 + 18
        return int(-(-height // 4) * 4)

    def line(self, token: str) -> int:
        """The line height of a type token in px, scaled."""
        return self.px(self.tokens.type[token].line)

    def font(self, token: str = "body", *, weight: int = 0, tabular: bool = False) -> QFont:
        """The font of a type token; `weight` 0 is the token's own, `tabular` gives figures of one width."""
        kind = self.tokens.type[token]
        key = (token, weight or kind.weight, tabular)
        if key not in self._fonts:
            self._fonts[key] = self._make(kind.px, key[1], tabular=tabular)
        return QFont(self._fonts[key])

    def strong(self, token: str = "body") -> QFont:
        """The font of a type token in its strong weight, as names and section heads use it."""
        return self.font(token, weight=self.tokens.type[token].strong)

    def _make(self, size: int, weight: int, *, tabular: bool) -> QFont:
        font = QFont()
        font.setFamilies(self.families)
        font.setPointSizeF(size * self.percent / 100 * POINTS_PER_INCH / _dots_per_inch())
        font.setWeight(QFont.Weight(weight))
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font


def installed_families(platform: str = sys.platform) -> list[str]:
    """The platform's own face, then faces for Han characters of Taiwan; only those that are installed."""
    own = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    there = set(QFontDatabase.families())
    generic = own.lower() in ("sans serif", "sans", "sans-serif", "")
    latin = [name for name in LATIN.get(platform, LATIN["linux"]) if name in there]
    first = latin[:1] if generic or (platform == "win32" and latin) else [own]
    rest = [name for name in CJK.get(platform, CJK["linux"]) if name in there]
    return [*(first or [own]), *rest]


def _dots_per_inch() -> float:
    screen = QGuiApplication.primaryScreen()
    return screen.logicalDotsPerInch() if screen else 96.0
