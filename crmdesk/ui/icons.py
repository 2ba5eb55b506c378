"""Phosphor icons by their meaning, drawn from the font qtawesome ships, in any token's colour, sharp on any screen.

The font is loaded straight from qtawesome's folder: importing that package would cost 170 ms.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPixmap

IDS: Mapping[str, str] = {
    "today": "sun-horizon", "board": "columns", "deal": "handshake", "people": "users", "person": "user",
    "organisation": "buildings", "event": "calendar-blank", "inbox": "tray", "report": "chart-bar",
    "definitions": "book-open", "view": "funnel-simple", "capture": "camera", "search": "magnifying-glass",
    "met": "check-circle-fill", "not_met": "x-circle-fill", "unknown": "circle-dashed",
    "not_applicable": "minus-circle", "not_applicable_set": "minus-circle-fill", "yes": "check-circle",
    "no": "x-circle", "why": "question", "override": "flag", "quiet_1": "hourglass-low",
    "quiet_2": "hourglass-medium", "quiet_3": "hourglass-high", "overdue": "warning-circle",
    "error": "warning-circle-fill", "promise": "flag-banner", "waking": "alarm", "no_step": "dots-three-circle",
    "not_now": "moon", "not_a_fit": "prohibit", "won": "trophy", "lost": "x-circle",
    "undo": "arrow-counter-clockwise", "redo": "arrow-clockwise", "given": "shield-check",
    "legitimate_interest": "shield", "not_asked": "question", "declined": "shield-slash",
    "withdrawn": "hand-palm", "locked": "lock-simple", "call": "phone", "call_in": "phone-incoming",
    "mail": "envelope-simple", "meeting": "chats-circle", "stand_talk_deep": "chats-circle",
    "stand_talk_short": "chat-circle-text", "card": "identification-card", "stand_talk": "storefront",
    "visit": "map-pin", "note": "note-pencil", "document": "file-text", "moved": "arrow-right",
    "stepped_back": "arrow-u-up-left", "next_step": "flag", "merge": "git-merge",
    "history": "clock-counter-clockwise", "fit": "target", "reached": "phone-call", "voicemail": "voicemail",
    "wrong_number": "phone-x", "scan": "qr-code", "phone": "phone", "email": "envelope-simple",
    "address": "map-pin", "handle": "at", "web": "globe", "form": "clipboard-text", "download": "download-simple",
    "webinar": "monitor-play", "social": "share-network", "purchase": "receipt", "channels": "identification-card",
    "check": "check", "close": "x", "plus": "plus", "minus": "minus", "down": "caret-down", "right": "caret-right",
    "left": "caret-left", "fold": "caret-double-left", "unfold": "caret-double-right", "menu": "dots-three",
    "info": "info", "link": "link", "sort": "sort-ascending", "ascending": "arrow-up", "descending": "arrow-down",
    "filter": "funnel", "echo": "arrow-right", "tag": "tag", "save": "floppy-disk",
    "drop": "arrow-bend-right-down", "trash": "trash", "timeline": "clock", "saved": "check",
    "answered": "check", "computer": "desktop", "import": "upload-simple", "settings": "gear",
    "done": "check-circle", "edit": "pencil-simple", "onward": "arrow-down", "folder": "folder-simple",
}  # fmt: skip


class Icons:
    """Cached pixmaps of Phosphor glyphs; `name` is a meaning of IDS or a Phosphor id."""

    def __init__(self) -> None:
        folder = _font_folder()
        number = QFontDatabase.addApplicationFont(str(next(folder.glob("phosphor-*.ttf"))))
        self._family = QFontDatabase.applicationFontFamilies(number)[0]
        charmap = next(folder.glob("phosphor-charmap-*.json")).read_text("utf-8")
        self._glyphs: dict[str, str] = {name: chr(int(code, 16)) for name, code in json.loads(charmap).items()}
        self._pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}

    def glyph(self, name: str) -> str:
        """The character of an icon in the font; KeyError for a name nobody knows."""
        return self._glyphs[IDS.get(name, name)]

    def pixmap(self, name: str, colour: QColor, *, size: int, ratio: float = 1.0) -> QPixmap:
        """An icon of `size` device-independent px for a screen of `ratio`, drawn once and kept."""
        key = (name, colour.rgba(), size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(self.glyph(name), colour, size, ratio)
        return self._pixmaps[key]

    def clear(self) -> None:
        """Forgets the drawn pixmaps, after a change of colours or sizes."""
        self._pixmaps.clear()

    def _draw(self, glyph: str, colour: QColor, size: int, ratio: float) -> QPixmap:
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        font = QFont(self._family)
        font.setPixelSize(size)
        font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        painter = QPainter(pixmap)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, glyph)
        painter.end()
        return pixmap


def _font_folder() -> Path:
    spec = find_spec("qtawesome")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "fonts"
