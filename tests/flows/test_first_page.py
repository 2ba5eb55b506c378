"""What the first page reads is read while the window is made, beside the thread of the windows."""

from __future__ import annotations

from threading import current_thread, main_thread

from crmdesk.services import today
from crmdesk.ui.main_window import MainWindow


def test_who_is_on_the_day_is_read_beside_the_window(fair, monkeypatch):
    read, on = today._OnTheDay.__call__, []

    def noted(question, connection):
        on.append(current_thread())
        return read(question, connection)

    fair.driver.until(lambda: not fair.window.context.work.busy, "it still works")
    monkeypatch.setattr(today._OnTheDay, "__call__", noted)
    fair.program.opening.show_start([])
    fair.program.opening.choose(str(fair.path))
    fair.driver.until(lambda: isinstance(fair.program.window, MainWindow), "the workspace does not open")
    assert on
    assert main_thread() not in on
