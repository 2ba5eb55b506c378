"""Small answers that every screen asks for: read once, and again after a step that touched them."""

from __future__ import annotations

from sqlalchemy import Engine, event

from crmdesk.services import undo, workspace
from crmdesk.storage.database import Database
from crmdesk.words import N_, Label


class _Heard:
    """The statements sent while it listens."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __enter__(self) -> list[str]:
        event.listen(Engine, "before_cursor_execute", self._hear)
        return self.statements

    def __exit__(self, *_left: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._hear)

    def _hear(self, _connection: object, _cursor: object, statement: str, *_more: object) -> None:
        self.statements.append(statement)


def test_the_words_and_the_settings_are_read_once(db: Database) -> None:
    before = (workspace.vocabulary(db), workspace.settings(db))
    with _Heard() as statements:
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
