"""Qt's own texts follow the language of the program."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit

from crmdesk.ui import qt_words


@pytest.fixture
def spoken(qapp):
    yield lambda language: qt_words.use(qapp, language)
    qt_words.use(qapp, "en")


@pytest.mark.parametrize(
    ("language", "cancel", "undo", "kind"),
    [
        ("en", "Cancel", "&Undo", "Files of &type:"),
        ("de", "Abbrechen", "&Rückgängig", "Dateien des &Typs:"),
        ("vi", "Hủy", "&Hoàn tác", "&Loại tệp:"),
        ("zh_TW", "取消", "復原(&U)", "檔案類型(&T)："),
    ],
)
def test_buttons_menus_and_file_dialogs_speak_the_language(qtbot, spoken, language, cancel, undo, kind):
    spoken(language)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    line = QLineEdit("text")
    qtbot.addWidget(buttons)
    qtbot.addWidget(line)
    menu = line.createStandardContextMenu()
    qtbot.addWidget(menu)
    assert buttons.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == cancel
    assert menu.actions()[0].text().split("\t")[0] == undo
    assert QCoreApplication.translate("QFileDialog", "Files of &type:") == kind


def test_one_language_follows_another_and_nothing_of_it_stays(spoken):
    spoken("vi")
    spoken("de")
    spoken("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") in ("Cancel", "")
    assert QCoreApplication.translate("QLineEdit", "&Undo") == "&Undo"
