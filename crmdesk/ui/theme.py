"""The look in use: colours light or dark, text size, motion. Makes the palette, the style sheet and the fonts.

"Follow the system" is an input (`set_system_dark`), because Qt reports no change on every platform.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from crmdesk.ui import shadows, style
from crmdesk.ui.icons import Icons
from crmdesk.ui.metrics import LARGEST, SMALLEST, Metrics
from crmdesk.ui.settings import Settings
from crmdesk.ui.tokens import DARK, LIGHT, Tokens, load

MODES = ("system", "light", "dark")
STEPS = (80, 90, 100, 110, 125, 150, 175, 200)


class Theme(QObject):
    """Colours, lengths, fonts and icons for everything that is drawn.

    Nothing moves by itself with `reduced_motion`.

    Signals: changed() after colours or text size became others.
    """

    changed = Signal()

    def __init__(
        self,
        *,
        mode: str = "system",
        percent: int = 100,
        system_dark: bool = False,
        reduced_motion: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.tokens: Tokens = load()
        self.mode = mode if mode in MODES else "system"
        self.system_dark = system_dark
        self.reduced_motion = reduced_motion
        self.metrics = Metrics(self.tokens, percent=percent)
        self.icons = Icons()
        self.high_contrast: QPalette | None = None
        self._colours: dict[str, QColor] = {}
        self._shadows: dict[tuple[int, float], QPixmap] = {}

    @classmethod
    def of(cls, settings: Settings, *, parent: QObject | None = None) -> Theme:
        """The look that this computer remembers."""
        return cls(
            mode=settings.mode,
            percent=settings.percent,
            system_dark=system_is_dark(),
            reduced_motion=settings.reduced_motion,
            parent=parent,
        )

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in use."""
        return self.system_dark if self.mode == "system" else self.mode == "dark"

    @property
    def percent(self) -> int:
        """The text size in percent."""
        return self.metrics.percent

    def colour(self, role: str) -> QColor:
        """The colour of a role of the token file, light or dark as in use; KeyError for an unknown role."""
        if role not in self._colours:
            self._colours[role] = self._resolve(role)
        return self._colours[role]

    def px(self, length: float) -> int:
        """A length at 100 % as px at the text size in use."""
        return self.metrics.px(length)

    def font(self, token: str = "body", *, weight: int = 0, tabular: bool = False) -> QFont:
        """The font of a type token (page, title, bar, head, body, small, micro)."""
        return self.metrics.font(token, weight=weight, tabular=tabular)

    def pixmap(self, icon: str, role: str = "text-2", *, size: int = 16, ratio: float = 1.0) -> QPixmap:
        """An icon in a role's colour; `size` in px at 100 %."""
        return self.icons.pixmap(icon, self.colour(role), size=self.px(size), ratio=ratio)

    def icon(self, icon: str, role: str = "text-2", *, size: int = 16) -> QIcon:
        """The same as a QIcon for menus and native parts, greyed when disabled."""
        made = QIcon()
        for ratio in (1.0, 2.0):
            made.addPixmap(self.pixmap(icon, role, size=size, ratio=ratio))
            made.addPixmap(self.pixmap(icon, "edge", size=size, ratio=ratio), QIcon.Mode.Disabled)
        return made

    def shadow(self, level: int, *, ratio: float = 1.0) -> QPixmap:
        """The nine-part shadow pixmap of a level (1 floats, 2 sheets), made once per scheme and scale."""
        key = (level, ratio)
        if key not in self._shadows:
            token = self.tokens.shadow[level]
            self._shadows[key] = shadows.nine_part(token, opacity=token.opacity[self._column()], ratio=ratio)
        return self._shadows[key]

    def ms(self, motion: str) -> int:
        """How long a motion of the token file lasts; 0 with reduced motion."""
        return 0 if self.reduced_motion else self.tokens.motion[motion]

    def set_mode(self, mode: str) -> None:
        """Light, dark or as the system says."""
        self.mode = mode if mode in MODES else "system"
        self._refresh()

    def set_system_dark(self, dark: bool) -> None:
        """Tells what the system has chosen."""
        self.system_dark = dark
        self._refresh()

    def set_high_contrast(self, palette: QPalette | None) -> None:
        """The system's palette when it asks for high contrast: window, text and highlight replace all tints."""
        self.high_contrast = palette
        self._refresh()

    def set_percent(self, percent: int) -> None:
        """The text size, 80 to 200 percent; beyond is cut to that."""
        self.metrics = Metrics(self.tokens, percent=percent, families=self.metrics.families)
        self._refresh()

    def step(self, direction: int) -> int:
        """The next text size up (+1) or down (-1), in percent."""
        beyond = [size for size in STEPS if (size - self.percent) * direction > 0]
        limit = LARGEST if direction > 0 else SMALLEST
        return min(beyond, key=lambda size: abs(size - self.percent), default=limit)

    def apply(self, app: QApplication) -> None:
        """Gives the application palette, font and style sheet."""
        if not app.styleSheet():  # from then on the style has another name, and a new one is given to every widget
            app.setStyle("fusion")
        app.setPalette(self.palette())
        app.setFont(self.font("body"))
        app.setStyleSheet(style.sheet(self))

    def palette(self) -> QPalette:
        """The roles as a QPalette, for the parts Qt draws itself."""
        palette = QPalette()
        for role, name in style.PALETTE.items():
            palette.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text-3"))
        return palette

    def _column(self) -> int:
        return DARK if self.dark else LIGHT

    def _resolve(self, role: str) -> QColor:
        colour = QColor(self.tokens.colours[role][self._column()])
        if self.high_contrast is None:
            return colour
        return style.high_contrast(role, self.high_contrast)

    def _refresh(self) -> None:
        self._colours.clear()
        self._shadows.clear()
        self.icons.clear()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self.apply(app)
        self.changed.emit()


def system_is_dark() -> bool:
    """What the platform says about its colour scheme; light when it says nothing."""
    hints = QGuiApplication.styleHints()
    return hints is not None and hints.colorScheme() == Qt.ColorScheme.Dark
