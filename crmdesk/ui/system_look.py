"""What the system asks of the look: dark colours, and more contrast. Told to the theme now and whenever it changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from crmdesk.ui.theme import Theme


class SystemLook(QObject):
    """Follows the system as long as it lives. Whether things may move is asked of the system from Qt 6.12 on."""

    def __init__(self, app: QApplication, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._theme = app, theme
        self._hints = app.styleHints()  # held: with it goes what PySide knows of its parts
        self._hints.colorSchemeChanged.connect(self._on_scheme)
        needs = self._hints.accessibility()
        needs.contrastPreferenceChanged.connect(self._on_contrast)
        if needs.contrastPreference() == Qt.ContrastPreference.HighContrast:
            self._on_contrast(Qt.ContrastPreference.HighContrast)

    def _on_scheme(self, scheme: Qt.ColorScheme) -> None:
        self._theme.set_system_dark(scheme == Qt.ColorScheme.Dark)

    def _on_contrast(self, wanted: Qt.ContrastPreference) -> None:
        high = wanted == Qt.ContrastPreference.HighContrast
        self._theme.set_high_contrast(self._palette() if high else None)

    def _palette(self) -> QPalette:
        """The system's own colours, which ours lie over."""
        self._app.setPalette(QPalette())
        return QPalette(self._app.palette())
