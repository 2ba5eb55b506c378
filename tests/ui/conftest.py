"""Every window test runs with the light colours, 100 % text and nothing that moves by itself."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.ui.theme import Theme


@pytest.fixture(autouse=True)
def _nothing_is_left(qapp: QApplication) -> Iterator[None]:
    """What qtbot has closed is deleted before the next test; without an event loop nobody else would do it."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(mode="light", reduced_motion=True)
    made.apply(qapp)
    yield made
    qapp.setStyleSheet("")


@pytest.fixture
def host(qtbot: QtBot, theme: Theme) -> QWidget:
    """An open window of nothing but a column, for single parts."""
    made = QWidget()
    made.resize(600, 400)
    made.setLayout(QVBoxLayout())
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    made.resize(1280, 800)
    made.menuBar().addMenu("File")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made
