"""Every window test runs with the light colours, 100 % text and nothing that moves by itself."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QMainWindow
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
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    made.resize(1280, 800)
    made.menuBar().addMenu("File")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made
