"""Small answers that every screen asks for: read once, and again after a step that touched them."""

from __future__ import annotations

from crmdesk.services import undo, workspace
from crmdesk.storage.database import Database
from crmdesk.words import N_, Label
from tests.support.statements import heard


def test_the_words_and_the_settings_are_read_once(db: Database) -> None:
    before = (workspace.vocabulary(db), workspace.settings(db))
    with heard() as statements:
        assert (workspace.vocabulary(db), workspace.settings(db)) == before
    assert statements == []


def test_a_step_and_its_undo_are_seen_at_once(db: Database) -> None:
    before = workspace.settings(db).name
    workspace.change(db, name="Another one")
    assert workspace.settings(db).name == "Another one"
    undo.undo(db)
    assert workspace.settings(db).name == before


def test_a_step_sees_what_it_has_written_itself(db: Database) -> None:
    known = len(workspace.members(db))
    with db.write(Label(N_("Add {name} to the team"), args={"name": "Uwe Beispiel"})):
        workspace.add_member(db, "Uwe Beispiel")
        assert len(workspace.members(db)) == known + 1
    assert len(workspace.members(db)) == known + 1


def test_what_is_done_with_an_answer_does_not_change_it(db: Database) -> None:
    workspace.members(db).clear()
    assert workspace.members(db)
