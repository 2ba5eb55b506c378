"""What a move of one card asks of the file and of the screen: little, and nothing that has not changed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest

from crmdesk.services import boards
from crmdesk.ui.resting import WARM_MS
from tests.support.statements import heard

CTRL = Qt.KeyboardModifier.ControlModifier
MOST = 38  # statements: one for each kind of record around the card, what the step writes, two columns, the status bar


class _Painted(QObject):
    """Which lists were painted."""

    def __init__(self, columns) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self._stages = {column.list.viewport(): column.stage for column in columns}
        for viewport in self._stages:
            viewport.installEventFilter(self)

    def eventFilter(self, watched, event) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self.seen.add(self._stages[watched])
        return False


def _into_the_second_column(fair) -> list[str]:
    """Gives the keys to a card of the second stage; the stages of the path."""
    path = list(fair.window.context.vocabulary.path)
    card = boards.page(fair.db, path[1], limit=1)[0]
    fair.window.board.show_card(card.id)
    fair.window.board.take_focus()
    QTest.qWait(2 * WARM_MS)  # what is made ready for the first step asks the file too
    fair.driver.until(lambda: not fair.window.context.work.busy, "it still works")
    return path


def test_a_move_by_key_asks_for_each_thing_once(sampled) -> None:
    path = _into_the_second_column(sampled)
    before = len(sampled.names(path[0]))
    with heard() as asked:
        sampled.driver.key(sampled.column(path[1]).list, Qt.Key.Key_Left, CTRL)
    assert len(sampled.names(path[0])) == before + 1
    assert len(asked) <= MOST, "\n".join(asked)


def test_a_move_paints_the_cards_of_its_two_columns_alone(sampled) -> None:
    path = _into_the_second_column(sampled)
    painted = _Painted([each for each in sampled.window.board.strip.columns if not each.folded])
    sampled.driver.key(sampled.column(path[1]).list, Qt.Key.Key_Left, CTRL)
    assert painted.seen == set(path[:2])
