"""The board over a real workspace: what is dragged by hand is on disk and on the screen, and undone from there."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from crmdesk.services import boards, capture, convert, deals, moves, people, quick, tasks, trash, undo, workspace
from crmdesk.ui.board_source import DealSource, ServiceSource
from crmdesk.ui.bus import Bus
from crmdesk.ui.views.board import Board
from crmdesk.words import Label

LEFT, NOTHING, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
NAMES = ("Sabine Oberländer", "Lê Hoàng Nam", "王淑芬", "Grace Holloway", "Stefan Rühl")


@pytest.fixture
def db(tmp_path, clock, ids):
    made = workspace.create(
        tmp_path / "board.crmdesk",
        vocabulary="qualified",
        country="DE",
        currency="EUR",
        me="Jana Lindner",
        clock=clock,
        ids=ids,
    )
    yield made
    made.close()


@pytest.fixture
def leads(db):
    made = []
    for number, name in enumerate(NAMES):
        lead = capture.add(db, name=name, email=f"{number}@firm.example").lead_id
        tasks.plan(db, lead, title="Call", kind="call", due_on=f"2026-05-{10 + number}")
        made.append(lead)
    return made


@pytest.fixture
def board(db, leads, theme, qtbot):
    made = Board(ServiceSource(db), theme, today=lambda: date(2026, 5, 5))
    qtbot.addWidget(made)
    bus = Bus(db, made)
    bus.changed.connect(made.refresh)
    made.resize(1200, 760)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    bus.close()


def carry_out(db, drop):
    moves.move(db, list(drop.ids), drop.stage, before=drop.before, door=drop.door, because="seen at the stand")


def untrue(board, source):
    """The columns that show other heads or cards than a fresh look at the file would."""
    heads = {head.stage: head for head in source.columns(board.shown)}
    return [
        column.stage
        for column in board.strip.columns
        if column.column != heads[column.stage]
        or [column.model.card(row) for row in range(column.model.rowCount())]
        != list(source.page(column.stage, board.shown, after=None, limit=100))
    ]


def spot(board, stage, row):
    cards = board.strip.column_of(stage).list
    return cards.viewport().mapTo(board, cards.card_rect(row).center())


def drag(board, start, end, modifier=NOTHING):
    window = board.windowHandle()
    QTest.mousePress(window, LEFT, NOTHING, start)
    for step in (1, 2, 3):
        QTest.mouseMove(window, start + (end - start) * step / 3)
    QTest.mouseRelease(window, LEFT, modifier, end)


def on_disk(db, stage):
    return [card.id for card in boards.page(db, stage)]


def on_screen(board, stage):
    model = board.strip.column_of(stage).model
    return [model.card(row).id for row in range(model.rowCount())]


def over(board, stage):
    column = board.strip.column_of(stage)
    return column.mapTo(board, QPoint(column.width() // 2, 300))


def test_the_cards_of_the_workspace_lie_in_the_order_of_their_next_step(board, db, leads):
    assert on_screen(board, "lead") == leads
    assert board.strip.column_of("lead").model.card(2).name == "王淑芬"


def test_a_dragged_card_is_moved_on_disk_and_on_screen_and_comes_back_by_undo(board, db, leads, qtbot):
    with qtbot.waitSignal(board.dropped) as dropped:
        drag(board, spot(board, "lead", 1), over(board, "prospect"))
    carry_out(db, dropped.args[0])
    assert on_disk(db, "prospect") == on_screen(board, "prospect") == [leads[1]]
    assert on_screen(board, "lead") == [leads[0], *leads[2:]]
    undo.undo(db)
    assert on_screen(board, "lead") == on_disk(db, "lead") == leads


def test_several_dragged_cards_move_in_one_step(board, db, leads, qtbot):
    window = board.windowHandle()
    QTest.mouseClick(window, LEFT, NOTHING, spot(board, "lead", 0))
    QTest.mouseClick(window, LEFT, SHIFT, spot(board, "lead", 2))
    with qtbot.waitSignal(board.dropped) as dropped:
        drag(board, spot(board, "lead", 1), over(board, "prospect"))
    carry_out(db, dropped.args[0])
    assert on_screen(board, "prospect") == leads[:3]
    assert sorted(board.selected_ids()) == sorted(leads[:3])
    undo.undo(db)
    assert on_screen(board, "lead") == leads


def test_the_same_by_keys(board, db, leads, qtbot):
    QTest.mouseClick(board.windowHandle(), LEFT, NOTHING, spot(board, "lead", 0))
    cards = board.strip.column_of("lead").list
    with qtbot.waitSignal(board.dropped) as dropped:
        QTest.keyClick(cards, Qt.Key.Key_Right, CONTROL)
    carry_out(db, dropped.args[0])
    assert on_screen(board, "prospect") == [leads[0]]
    assert board.strip.column_of("prospect").list.hasFocus()
    with qtbot.waitSignal(board.dropped) as dropped:
        QTest.keyClick(board.strip.column_of("prospect").list, Qt.Key.Key_Left, CONTROL)
    carry_out(db, dropped.args[0])
    assert on_screen(board, "lead") == leads


def test_the_slot_is_where_the_card_then_lies(board, db, leads, qtbot):
    for lead in (leads[0], leads[4]):
        moves.move(db, [lead], "prospect", because="assessed")
    window, start, end = board.windowHandle(), spot(board, "lead", 1), over(board, "prospect")
    QTest.mousePress(window, LEFT, NOTHING, start)
    QTest.mouseMove(window, (start + end) / 2)
    QTest.mouseMove(window, end)
    place = board.strip.column_of("prospect").slot.place
    with qtbot.waitSignal(board.dropped) as dropped:
        QTest.mouseRelease(window, LEFT, NOTHING, end)
    carry_out(db, dropped.args[0])
    assert on_screen(board, "prospect").index(dropped.args[0].ids[0]) == place == 1


def test_placed_by_hand_a_card_lies_before_the_one_it_was_put_on(board, db, leads, qtbot):
    with qtbot.waitSignal(board.dropped) as dropped:
        drag(board, spot(board, "lead", 4), spot(board, "lead", 1) - QPoint(0, 30), SHIFT)
    assert dropped.args[0].before == leads[1]
    carry_out(db, dropped.args[0])
    assert on_screen(board, "lead").index(leads[4]) == on_screen(board, "lead").index(leads[1]) - 1


def test_a_card_added_below_is_seen_at_once(board, db, qtbot):
    line = board.strip.column_of("lead").quick_add.line
    line.setFocus()
    QTest.keyClicks(line, "Anna Beispiel, anna@beispiel.example")
    with qtbot.waitSignal(board.quick_add) as added:
        QTest.keyClick(line, Qt.Key.Key_Return)
    stage, text = added.args
    quick.add(db, text, stage=stage)
    model = board.strip.column_of("lead").model
    assert "Anna Beispiel" in {model.card(row).name for row in range(model.rowCount())}
    assert board.strip.column_of("lead").column.count == 6


def test_heads_forecast_what_the_services_will_do(board, db, leads):
    window, start = board.windowHandle(), spot(board, "lead", 0)
    QTest.mousePress(window, LEFT, NOTHING, start)
    QTest.mouseMove(window, start + QPoint(40, 0))
    hints = {column.stage: column.head._hint.text for column in board.strip.columns}
    board.drag.cancel()
    assert hints["lead"] == "It is here now"
    assert hints["prospect"] == "Will ask for facts"
    assert hints["opportunity"] == "Will ask for facts"
    assert hints["customer"] == "Needs a won deal"
    QTest.mouseRelease(window, LEFT, NOTHING, start)


def steps_of_a_day(db, leads):
    """Steps that leave some columns alone, by what is written: one after the other."""
    first, second, third, fourth, fifth = leads
    yield moves.move(db, [first, second], "prospect", because="assessed")
    yield moves.move(db, [fifth], "lead", before=third)
    yield undo.undo(db)
    yield undo.redo(db)
    yield people.set_owner(db, [third], None)
    yield moves.park(db, [fourth], wake_on="2026-06-01")
    yield undo.undo(db)
    yield convert.convert(db, second, replace(convert.propose(db, second).default, because="assessed"))
    deal = boards.page(db, "opportunity")[0].id
    yield deals.move(db, [deal], deals.stages(db)[1].key)
    yield deals.edit(db, deal, amount_cents=1_200_00)
    yield undo.undo(db)
    with db.write(Label("One comes as another goes")):
        moves.move(db, [first], "lead", because="came back")
        moves.move(db, [third], "prospect", because="assessed")
    yield
    yield undo.undo(db)
    yield moves.won(db, [deal])
    yield trash.remove(db, [third])
    yield undo.undo(db)


@pytest.mark.parametrize("kind", [ServiceSource, DealSource])
def test_every_column_shows_what_is_in_the_file_after_every_step(db, leads, theme, qtbot, kind):
    source = kind(db)
    board = Board(source, theme, today=lambda: date(2026, 5, 5), folded=())
    qtbot.addWidget(board)
    with contextlib.closing(Bus(db, board)) as bus:
        bus.changed.connect(board.refresh)
        board.resize(1200, 760)
        board.show()
        for number, _step in enumerate(steps_of_a_day(db, leads)):
            assert untrue(board, source) == [], number


def test_a_card_put_elsewhere_in_its_column_has_no_other_column_read_again(board, db, leads, monkeypatch):
    moves.move(db, leads[:2], "prospect", because="assessed")
    board.grab()  # what was seen is read at once
    read: list[str] = []
    pages = ServiceSource.page

    def page(source, stage, *where, **how):
        read.append(stage)
        return pages(source, stage, *where, **how)

    monkeypatch.setattr(ServiceSource, "page", page)
    moves.move(db, [leads[2]], "lead", before=leads[4])
    assert set(read) == {"lead"}
    moves.move(db, [leads[0]], "lead", because="came back")
    assert set(read) == {"lead", "prospect"}
