"""Qt's own words in the language in use: buttons of its dialogs, the menu of a line of text, keys, printing.

Qt ships most languages with itself. What it lacks lies in `resources/i18n/qt` (all of Vietnamese, some new words of
Chinese), and is asked after Qt's own.
"""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from crmdesk import paths

_NAME = "crmdesk-qt-words"


def use(app: QApplication, language: str) -> None:
    """Qt's words from now on come in `language` (a key of `words.LANGUAGES`); English is what Qt says by itself."""
    for translator in app.findChildren(QTranslator, _NAME):
        app.removeTranslator(translator)
        translator.deleteLater()
    shipped = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for folder in (str(paths.resources() / "i18n" / "qt"), shipped):  # the one installed last is asked first
        translator = QTranslator(app)
        translator.setObjectName(_NAME)
        # not by QLocale: that looks through the languages of the person, too
        if language == "en" or not translator.load(f"qtbase_{language}.qm", folder):
            translator.deleteLater()
            continue
        app.installTranslator(translator)
