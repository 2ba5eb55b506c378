"""What is cleared out of a layout is gone, with the places it had there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from crmdesk.ui.layouts import clear


def test_nothing_of_a_cleared_layout_is_left(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    column, row = QVBoxLayout(host), QHBoxLayout()
    above, beside = QLabel("above"), QLabel("beside")
    row.addWidget(beside)
    row.addSpacing(4)
    column.addWidget(above)
    column.addLayout(row)
    column.addStretch(1)
    places = [layout.itemAt(at) for layout in (column, row) for at in range(layout.count())]

    assert clear(column) == [above, beside]
    assert column.count() == 0
    assert [isValid(each) for each in places] == [False] * 5

    assert isValid(above)  # until the loop comes round: it may be what was clicked
    assert isValid(beside)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(above)
    assert not isValid(beside)
