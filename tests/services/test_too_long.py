"""A text that no screen could show is refused where it would be stored, whatever asks for it."""

from __future__ import annotations

import pytest

from crmdesk.domain import lengths
from crmdesk.domain.errors import BadInput
from crmdesk.services import capture, deals, definitions, dossiers, events, lists, people, tags, tasks, workspace
from crmdesk.services.deal_stages import StageInput
from crmdesk.services.definitions import StageChange

HUGE = "x" * 1_000_000


@pytest.mark.parametrize(
    "ask",
    [
        lambda db, made: events.add(db, HUGE),
        lambda db, made: workspace.add_member(db, HUGE),
        lambda db, made: tags.add(db, [made.person_id], HUGE),
        lambda db, made: lists.save_view(db, lists.ListQuery(place="people"), HUGE),
        lambda db, made: capture.add(db, name=HUGE),
        lambda db, made: capture.add(db, name="Ben", organisation=HUGE),
        lambda db, made: people.edit(db, made.person_id, note=HUGE + "x"),
        lambda db, made: tasks.plan(db, made.lead_id, title=HUGE, due_on="2026-06-01"),
        lambda db, made: deals.start(db, person=made.person_id, name=HUGE),
        lambda db, made: deals.change_stages(db, [StageInput(text=HUGE)]),
        lambda db, made: definitions.change(db, StageChange(stage="prospect", labels={"*": HUGE})),
    ],
    ids=["event", "member", "tag", "view", "person", "firm", "note", "step", "deal", "deal stage", "stage"],
)
def test_a_text_too_long_is_refused_with_a_reason(db, ask):
    made = capture.add(db, name="Anna Neu")
    with pytest.raises(BadInput, match=r"too long|at most") as refused:
        ask(db, made)
    assert len(str(refused.value)) < 300


def test_a_note_of_many_pages_is_kept(db):
    made = capture.add(db, name="Anna Neu")
    note = ("word " * (lengths.LONGEST_TEXT // 6)).strip()
    people.edit(db, made.person_id, note=note)
    assert dossiers.read(db, made.lead_id).person.note == note
