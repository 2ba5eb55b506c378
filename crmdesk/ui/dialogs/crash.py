"""The sheet that tells of a mistake of the program: what is safe, and the report as it would be copied."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from crmdesk.services import crashes
from crmdesk.ui.controls import Button
from crmdesk.ui.sheet import Sheet
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import _, ngettext


class ReportText(Themed, QPlainTextEdit):
    """The report, to be read and selected."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self.setPlainText(text)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("The report"))
        self.follow(theme)

    def restyle(self) -> None:
        """Takes a face of even width, and the height of some lines."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self.theme.px(12))
        self.setFont(font)
        self.setFixedHeight(self.theme.px(232))


class CrashSheet(Sheet):
    """Shows one report; `before` says that it is of the run before this one.

    Signals: filled(text) when it was copied; the sheet stays.
    """

    def __init__(self, theme: Theme, report: str, *, before: bool = False) -> None:
        title = _("CrmDesk ended by itself last time") if before else _("The program made a mistake")
        super().__init__(theme, title=title, width=640)
        self._times = 0
        safe = _("Everything saved is in the file. What was typed and not yet saved is kept as a draft.")
        self.body.addWidget(PlainLabel(theme, safe, wrap=True))
        hint = _("The report below holds no names and nothing you wrote. Nothing is sent: copy it for who helps you.")
        self.body.addWidget(PlainLabel(theme, hint, token="small", role="text-2", wrap=True))
        self.report = ReportText(theme, report)
        self.body.addWidget(self.report)
        self.folder = Button(theme, _("Show the folder"))
        self.folder.clicked.connect(self._on_folder)
        self.set_footer(_("Close"), _("Copy the report"), others=[self.folder])
        self.filled.connect(self._on_filled)

    def value(self) -> str:
        """The report as it stands there."""
        return self.report.toPlainText()

    def first_field(self) -> QWidget | None:
        """The way to copy it."""
        return self.primary

    def happened_again(self) -> None:
        """The same, or another mistake, while this stands open."""
        self._times += 1
        again = ngettext("It happened {count} more time.", "It happened {count} more times.", self._times)
        self.note.setText(again.format(count=self._times))

    def _on_filled(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.note.setText(_("Copied."))

    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(crashes.folder())))
