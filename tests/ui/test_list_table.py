"""A list's model and table: rows read in blocks, ticks that stay with their records, keys and mouse."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from crmdesk.domain import vocabulary
from crmdesk.domain.list_columns import COLUMNS, shown_first
from crmdesk.domain.lists import ListFilter, Row
from crmdesk.domain.records import Id
from crmdesk.ui.list_words import ListWords
from crmdesk.ui.models.table import BLOCK, BLOCKS_KEPT, TableModel
from crmdesk.ui.models.ticks import Difference, Ticks
from crmdesk.ui.theme import Theme
from crmdesk.ui.views.bulk_bar import EDGE, BulkBar
from crmdesk.ui.views.list_filters import Choices, ListFilters
from crmdesk.ui.views.list_head import Shape
from crmdesk.ui.views.list_table import ListTable

TODAY = date(2026, 5, 5)
KEY = Qt.Key


class Source:
    """Rows made up on the spot, and how often they were asked for."""

    def __init__(self) -> None:
        self.asked = 0

    def rows(self, ids: Sequence[Id]) -> list[Row]:
        self.asked += 1
        return [
            Row(id=each, place="people", ref="R", name=f"Person {each}", organisation="Firm", created_at="2026-05-01")
            for each in ids
            if each % 1000 != 999
        ]


def words() -> ListWords:
    shipped = vocabulary.load(vocabulary.shipped_text("dialogue"), "dialogue")
    return ListWords(shipped, {"needs": "Needs"}, today=TODAY)


def numbers(count: int, first: int = 1) -> array[int]:
    return array("q", range(first, first + count))


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def model(qapp: object, source: Source) -> TableModel:
    made = TableModel(COLUMNS["people"], source.rows, words())
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


@pytest.fixture
def table(model: TableModel, theme: Theme, qtbot: QtBot) -> ListTable:
    made = ListTable(model, theme, name="People")
    made.head.take(Shape(shown_first("people"), {}))
    made.resize(1200, 400)
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    made.show_ids(numbers(200), words())  # type: ignore[arg-type]
    return made


def test_a_million_rows_cost_their_ids_and_a_few_blocks(qapp: object, source: Source) -> None:
    model = TableModel(COLUMNS["people"], source.rows, words())  # the tester would read all of them
    model.show(numbers(1_000_000), words())  # type: ignore[arg-type]
    assert model.rowCount() == 1_000_000
    assert source.asked == 0
    for row in (0, BLOCK - 1, 999_999, 500_000):
        assert model.row(row).name == f"Person {row + 1}"  # type: ignore[union-attr]
    assert source.asked == 3
    for block in range(BLOCKS_KEPT + 5):
        model.row(block * BLOCK)
    assert model.blocks_held() == BLOCKS_KEPT


def test_ticks_stay_with_their_records_and_go_with_those_that_are_gone(model: TableModel) -> None:
    model.show(numbers(10), words())  # type: ignore[arg-type]
    model.tick(0, on=True)
    model.tick(4, on=True)
    assert model.chosen_ids() == [1, 5]
    model.show(array("q", [5, 4, 3]), words())  # type: ignore[arg-type]
    assert model.chosen_ids() == [5]
    assert model.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert model.setData(model.index(2, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert model.chosen_ids() == [5, 3]
    model.tick_all(on=True)
    assert model.chosen_count == 3
    model.tick_all(on=False)
    assert model.chosen_ids() == []


def test_all_are_ticked_but_some_and_nothing_that_comes_is(model: TableModel) -> None:
    model.tick_all(on=True)
    model.show(numbers(6), words())  # type: ignore[arg-type]
    assert model.chosen_count == 0
    model.tick_all(on=True)
    assert model.chosen_count == 6
    model.tick(2, on=False)
    assert model.chosen_ids() == [1, 2, 4, 5, 6]
    assert not model.is_ticked(2)
    model.show(array("q", [7, 6, 5, 4, 3]), words())  # type: ignore[arg-type]
    assert model.chosen_ids() == [6, 5, 4]
    assert model.chosen_count == 3


def test_all_of_a_long_list_are_ticked_without_naming_one(model: TableModel) -> None:
    model.show(numbers(900), words())  # type: ignore[arg-type]
    model.tick_all(on=True)
    assert model.chosen_count == 900
    assert model.ticks == Ticks(others=True)
    model.tick(7, on=False)
    assert model.ticks == Ticks(frozenset({Id(8)}), others=True)


@pytest.mark.parametrize(("first", "last"), [(0, 5), (1, 5), (1, 4), (2, 2), (0, 0), (3, 5)])
@pytest.mark.parametrize("before", [Ticks(), Ticks(frozenset({Id(1), Id(4)})), Ticks(frozenset({Id(2)}), others=True)])
def test_a_stretch_ticks_its_rows_and_keeps_the_others(before: Ticks, first: int, last: int) -> None:
    listed = [Id(each) for each in range(1, 7)]
    expected = [each for at, each in enumerate(listed) if first <= at <= last or each in before]
    after = before.stretched(listed, first, last)
    assert list(after.of(listed)) == expected
    assert after.count(listed) == len(expected)


@pytest.mark.parametrize("ticks", [Ticks(), Ticks(frozenset({Id(1), Id(4)})), Ticks(frozenset({Id(2)}), others=True)])
@pytest.mark.parametrize("now", [(), (6, 5, 4, 3, 2, 1), (9, 1, 4), (2,), tuple(range(1, 30)), (20, 21)])
@pytest.mark.parametrize("known", [False, True])
def test_ticks_stay_with_their_records_in_any_other_list(ticks: Ticks, now: tuple[Id, ...], known: bool) -> None:
    before = [Id(each) for each in range(1, 7)]
    after = ticks.kept(before, now, Difference.between(before, now) if known else None)
    assert list(after.of(now)) == [each for each in now if each in before and each in ticks]
    assert after.count(now) == len(after.of(now))


def test_a_few_ticks_are_told_by_a_walk_down_to_the_last_of_them_once_a_tick(qapp: object, source: Source) -> None:
    walked: list[int] = []

    class Watched(array):  # type: ignore[type-arg]
        def __iter__(self) -> Iterator[int]:
            for each in super().__iter__():
                walked.append(each)
                yield each

    model = TableModel(COLUMNS["people"], source.rows, words())
    model.show(Watched("q", range(1, 1001)), words())  # type: ignore[arg-type]
    model.tick(2, on=True)
    model.tick(0, on=True)
    walked.clear()
    assert (model.chosen_ids(), model.chosen_ids()) == ([1, 3], [1, 3])
    assert walked == [1, 2, 3]
    model.tick(1, on=True)
    assert model.chosen_ids() == [1, 2, 3]


def test_a_row_that_is_gone_meanwhile_stays_empty(model: TableModel) -> None:
    model.show(numbers(1000), words())  # type: ignore[arg-type]
    assert model.row(998) is None
    assert model.index(998, 1).data() is None
    assert model.cell(998, 1) is None
    assert model.row(-1) is None


def test_cells_say_their_words_and_read_them_aloud(model: QAbstractItemModel) -> None:
    assert isinstance(model, TableModel)
    model.show(numbers(3), words())  # type: ignore[arg-type]
    assert model.index(0, 1).data() == "Person 1"
    cell = model.cell(0, 1)
    assert cell is not None
    assert cell.strong
    assert model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Name: Person 1"
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Person 1, Firm"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Name"


def test_arrows_go_along_and_space_ticks(table: ListTable, qtbot: QtBot) -> None:
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Space, KEY.Key_Down, KEY.Key_Space):
        qtbot.keyClick(table, key)
    assert table.rows.chosen_ids() == [3, 4]
    qtbot.keyClick(table, KEY.Key_Space)
    assert table.rows.chosen_ids() == [3]
    qtbot.keyClick(table, KEY.Key_End)
    assert table.current_id() == 200
    assert table.row_rect(199).bottom() <= table.viewport().height()
    qtbot.keyClick(table, KEY.Key_Home)
    assert table.current_id() == 1


def test_shift_and_arrows_tick_a_stretch_and_take_it_back(table: ListTable, qtbot: QtBot) -> None:
    qtbot.keyClick(table, KEY.Key_Down)
    for _press in range(3):
        qtbot.keyClick(table, KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.rows.chosen_ids() == [2, 3, 4, 5]
    qtbot.keyClick(table, KEY.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert table.rows.chosen_ids() == [2, 3, 4]


def test_a_stretch_keeps_what_was_ticked_before(table: ListTable, qtbot: QtBot) -> None:
    for key in (KEY.Key_Space, KEY.Key_Down, KEY.Key_Down):
        qtbot.keyClick(table, key)
    qtbot.keyClick(table, KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.rows.chosen_ids() == [1, 3, 4]


def test_control_a_ticks_all_and_escape_none(table: ListTable, qtbot: QtBot) -> None:
    qtbot.keyClick(table, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.rows.chosen_count == 200
    qtbot.keyClick(table, KEY.Key_Escape)
    assert table.rows.chosen_count == 0


def test_enter_and_a_double_click_open(table: ListTable, qtbot: QtBot) -> None:
    heard: list[Id] = []
    table.opened.connect(heard.append)
    qtbot.keyClick(table, KEY.Key_Down)
    qtbot.keyClick(table, KEY.Key_Return)
    where = table.row_rect(4).center()
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert heard == [2, 5]


def test_a_click_goes_a_click_on_the_box_ticks_and_shift_ticks_a_stretch(table: ListTable, qtbot: QtBot) -> None:
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(table.viewport(), left, pos=table.row_rect(2).center())
    assert table.current_id() == 3
    assert not table.rows.chosen_count
    qtbot.mouseClick(table.viewport(), left, pos=QPoint(18, table.row_rect(1).center().y()))
    assert table.rows.chosen_ids() == [2]
    qtbot.mouseClick(table.viewport(), left, Qt.KeyboardModifier.ShiftModifier, pos=table.row_rect(4).center())
    assert table.rows.chosen_ids() == [2, 3, 4, 5]
    qtbot.mouseClick(table.viewport(), left, Qt.KeyboardModifier.ControlModifier, pos=table.row_rect(6).center())
    assert table.rows.chosen_ids() == [2, 3, 4, 5, 7]


def test_a_stretch_after_all_were_ticked_takes_none_away(table: ListTable, qtbot: QtBot) -> None:
    qtbot.keyClick(table, KEY.Key_Home)
    qtbot.keyClick(table, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table, KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.rows.chosen_count == 200


def test_the_box_in_the_head_ticks_all_and_then_none(table: ListTable, qtbot: QtBot) -> None:
    for expected in (200, 0):
        qtbot.mouseClick(table.head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(18, 16))
        assert table.rows.chosen_count == expected


def test_a_click_on_a_label_wants_its_order(table: ListTable, qtbot: QtBot) -> None:
    heard: list[str] = []
    table.head.sort_wanted.connect(heard.append)
    for section in (2, 9):
        place = table.head.sectionViewportPosition(section) + 40
        if not table.head.isSectionHidden(section):
            qtbot.mouseClick(table.head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 16))
    assert heard == ["organisation"]


def test_the_current_row_and_the_place_stay_with_their_records(table: ListTable, qtbot: QtBot) -> None:
    table.go_to(120)
    before = table.row_rect(120).top()
    table.show_ids(array("q", [*range(1000, 1010), *range(1, 201)]), words())  # type: ignore[arg-type]
    assert table.current_id() == 121
    assert table.row_rect(130).top() == before


def test_columns_keep_to_the_room_there_is(table: ListTable) -> None:
    table.resize(1400, 400)
    assert table.head.length() == table.viewport().width()
    shape = table.head.shape
    assert shape.shown == shown_first("people")
    table.head.take(Shape(("name", "email", "stage"), {"stage": 300}))
    assert table.head.shape == Shape(("name", "email", "stage"), {"stage": 300})
    assert table.head.sectionSize(1 + [column.key for column in table.rows.columns].index("stage")) == 300
    assert table.head.length() == table.viewport().width()


def test_the_last_row_can_be_seen_above_what_covers_the_foot(table: ListTable, qtbot: QtBot) -> None:
    table.cover(80)
    qtbot.keyClick(table, KEY.Key_End)
    assert table.row_rect(199).bottom() < table.viewport().height() - 79


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "{}",
        '{"shown": 3, "widths": {}}',
        '{"shown": ["x"], "widths": {"name": "a"}}',
        '{"shown": ["name"], "widths": {"name": 1e999}}',
        "[" * 100_000,
    ],
)
def test_a_damaged_shape_is_the_usual_one(text: str) -> None:
    assert Shape.load(text, COLUMNS["people"], ("name",)) == Shape(("name",), {})


def test_of_a_shape_with_columns_there_are_not_the_others_stay_and_the_name_is_always_shown() -> None:
    text = '{"shown": ["stage", "fish"], "widths": {"stage": 90, "fish": 9}}'
    assert Shape.load(text, COLUMNS["people"], ("name",)) == Shape(("name", "stage"), {"stage": 90})


def test_a_shape_comes_back_as_it_was_written() -> None:
    shape = Shape(("stage", "name"), {"name": 90}, "stage", True)
    assert Shape.load(shape.dump(), COLUMNS["people"], ("name",)) == shape


def test_filters_stand_as_chips_and_are_taken_away_by_their_cross(theme: Theme, qtbot: QtBot) -> None:
    row = ListFilters(theme)
    qtbot.addWidget(row)
    row.resize(1200, 48)
    row.offer(lambda: Choices({"owners": [(Id(1), "Jana"), (Id(2), "Tobias"), (Id(3), "Thomas"), (Id(4), "Mai")]}))
    heard: list[ListFilter] = []
    row.changed.connect(heard.append)
    row.show()
    row.take(ListFilter(owners=(Id(1), Id(2)), quiet=True))
    assert row.chips["owners"].text() == "Owner: Jana or Tobias"
    assert row.chips["quiet"].text() == "Quiet"
    assert not row.chips["events"].isVisible()
    row.take(ListFilter(owners=(Id(1), Id(2), Id(3), Id(4))))
    assert row.chips["owners"].text() == "Owner: Jana, Tobias or 2 others"
    chip = row.chips["owners"]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 16, 16))
    assert heard == [ListFilter()]
    assert not chip.isVisible()


def test_the_menu_of_filters_adds_and_takes_away(theme: Theme, qtbot: QtBot) -> None:
    row = ListFilters(theme)
    qtbot.addWidget(row)
    row.offer(lambda: Choices({"owners": [(Id(1), "Jana"), (Id(2), "Tobias")]}))
    row.take(ListFilter())
    menu = row.choices_menu("owners")
    for place in (0, 1, 0):
        menu.actions()[place].trigger()
    assert row.filter == ListFilter(owners=(Id(2),))
    whole = {action.text(): action for action in row.menu().actions()}
    whole["No next step"].trigger()
    assert row.filter == ListFilter(owners=(Id(2),), no_step=True)
    assert "Event" not in whole


def test_the_bar_says_how_many_and_floats_over_the_foot(theme: Theme, table: ListTable) -> None:
    bar = BulkBar(theme, parent=table)
    bar.say(3, 1)
    assert (bar.count.text(), bar.consent.text()) == ("3 selected", "1 without consent")
    assert bar.isVisible()
    bar.say(0, None)
    assert not bar.isVisible()


def test_the_bar_says_its_numbers_one_above_the_other_before_it_cuts_a_word(theme: Theme, table: ListTable) -> None:
    bar = BulkBar(theme, parent=table)
    bar.say(3, 1)
    needed = bar.minimumSizeHint().width()
    table.resize(needed - 2 * EDGE + 16 - bar.count.width(), 400)
    bar.place()
    assert bar.consent.y() > bar.count.y()
    assert all(button.width() >= button.minimumSizeHint().width() for button in bar.buttons.values())
    table.resize(1200, 400)
    bar.place()
    assert bar.consent.y() == bar.count.y()
