"""Values in a file that others wrote to: shown as far as they make sense, or refused in words."""

from __future__ import annotations

import pytest

from crmdesk.domain.errors import BadFile
from crmdesk.services import boards, capture, moves, qualify, trash
from crmdesk.words import Label

NONSENSE = ["no JSON", "null", "7", '{"need": 1}', '[7, null, "need", {"a": 1}]', '["odd"]', "[" * 5000]


def overwrite(db, statement: str, value: str) -> None:
    with db.write(Label("Edit")) as tx:
        tx.connection.exec_driver_sql(statement, (value,))


@pytest.mark.parametrize("value", NONSENSE)
def test_what_was_missing_may_be_anything(db, value):
    lead = capture.add(db, name="Anna Neu").lead_id
    moves.move(db, [lead], "prospect", because="Sure")
    overwrite(db, "UPDATE stage_move SET missing = ?", value)
    assert qualify.why(db, lead)
    assert [card.id for card in boards.cards(db, [lead])] == [lead]


@pytest.mark.parametrize(
    "value", [*NONSENSE, '{"rows": [], "links": []}', '{"rows": [["odd", {"id": 1}]], "links": []}']
)
def test_a_removal_that_cannot_be_read_is_refused_and_stands_in_no_others_way(db, value):
    anna, ben = capture.add(db, name="Anna Neu"), capture.add(db, name="Ben Alt")
    first, second = trash.remove(db, [anna.person_id])[0], trash.remove(db, [ben.person_id])[0]
    overwrite(db, f"UPDATE removal SET body = ? WHERE id = {first}", value)
    with pytest.raises(BadFile, match="cannot be read"):
        trash.bring_back(db, first)
    assert trash.bring_back(db, second)
    assert len(trash.listed(db)) == 1
