"""Who uses a workspace: named, added, one of them me; each a step that can be taken back."""

from __future__ import annotations

import pytest

from crmdesk.domain.errors import BadInput
from crmdesk.domain.records import Activity, Member
from crmdesk.services import activities, capture, undo, workspace
from crmdesk.services.team import MemberInput
from crmdesk.storage import journal, records
from crmdesk.storage.database import Database


def test_what_is_written_after_i_am_another_one_is_theirs_and_undo_makes_me_the_one_before(db: Database) -> None:
    jana = db.member_id
    thomas = workspace.add_member(db, "Thomas Koch")
    workspace.be(db, thomas)
    assert (db.member_id, workspace.settings(db).member) == (thomas, thomas)
    lead = capture.add(db, name="Anna Berg").lead_id
    logged = activities.log(db, lead, kind="call")
    with db.read() as connection:
        assert records.get(connection, Activity, logged).member_id == thomas
    for _step in range(3):
        undo.undo(db)
    assert db.member_id == jana


def test_a_new_name_brings_its_initials_unless_others_are_given(db: Database) -> None:
    me = db.member_id
    assert me is not None
    workspace.change(db, members=[MemberInput(member=me, name="Anna Berg")])
    assert [(each.name, each.initials) for each in workspace.members(db)] == [("Anna Berg", "AB")]
    workspace.change(db, members=[MemberInput(member=me, name="Anna Berg", initials="AnB")])
    assert workspace.members(db)[0].initials == "AnB"
    with pytest.raises(BadInput):
        workspace.change(db, members=[MemberInput(member=me, name=" ")])


def test_two_of_the_team_have_no_name_in_common(db: Database) -> None:
    thomas = workspace.add_member(db, "Thomas Koch")
    with pytest.raises(BadInput):
        workspace.change(db, members=[MemberInput(member=thomas, name="Jana Lindner")])


@pytest.mark.parametrize("name", ["Thomas Koch", "thomas KOCH"])
def test_nobody_comes_to_the_team_twice_whatever_the_case_of_letters(db: Database, name: str) -> None:
    thomas = workspace.add_member(db, "Thomas Koch")
    assert workspace.add_member(db, name) == thomas
    with pytest.raises(BadInput):
        workspace.change(db, members=[MemberInput(name=name)])
    assert db.member_id is not None
    with pytest.raises(BadInput):
        workspace.change(db, members=[MemberInput(member=db.member_id, name=name)])
    workspace.change(db, members=[MemberInput(member=thomas, name=name)])
    assert [each.name for each in workspace.members(db)] == ["Jana Lindner", name]


def test_settings_and_team_change_in_one_step(db: Database) -> None:
    jana = db.member_id
    team = [MemberInput(member=jana, name="Jana Berg"), MemberInput(name="Thomas Koch", me=True)]
    workspace.change(db, name="Fair", country="at", currency="chf", members=team)
    now = workspace.settings(db)
    assert (now.name, now.country, now.currency) == ("Fair", "AT", "CHF")
    assert [(each.name, each.initials) for each in workspace.members(db)] == [
        ("Jana Berg", "JB"),
        ("Thomas Koch", "TK"),
    ]
    assert db.member_id == workspace.members(db)[1].id
    undo.undo(db)
    assert (db.member_id, [each.name for each in workspace.members(db)]) == (jana, ["Jana Lindner"])
    assert workspace.settings(db).currency == "EUR"


def test_when_the_one_i_am_is_taken_back_i_am_the_first_of_the_team(db: Database) -> None:
    jana = db.member_id
    thomas = workspace.add_member(db, "Thomas Koch")
    with db.read() as connection:
        added = records.get(connection, Member, thomas)
    workspace.be(db, added.id)
    with db.read() as connection:
        step = journal.steps(connection, 10)[1].id
    undo.undo_step(db, step)
    assert workspace.settings(db).member == jana == db.member_id
    assert workspace.check(db) == []
