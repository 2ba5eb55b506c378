"""Small answers that every screen asks for: read once, and again after a step that touched them."""

from __future__ import annotations

import threading

from crmdesk.domain.records import Member
from crmdesk.services import events, team, undo, workspace
from crmdesk.storage.connection import Connection
from crmdesk.storage.database import Database
from crmdesk.storage.existing import open_beside
from crmdesk.storage.turns import Turns
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


def test_what_another_process_writes_in_its_turn_is_seen_at_once(db: Database) -> None:
    assert events.listed(db) == []
    with db.lend_turn(), open_beside(db.path, clock=db.clock, turns=Turns()) as other:
        events.add(other, "Spring Fair")
    assert [each.name for each in events.listed(db)] == ["Spring Fair"]


def test_what_was_read_before_a_step_is_not_kept_after_it(db: Database) -> None:
    def names(connection: Connection) -> list[str]:
        found = [each.name for each in team.listed(connection)]
        thread = threading.Thread(target=workspace.add_member, args=(db, "Thomas Koch"))
        thread.start()
        thread.join()
        return found

    assert db.kept(names, Member.table) == ["Jana Lindner"]
    assert db.kept(names, Member.table) == ["Jana Lindner", "Thomas Koch"]
