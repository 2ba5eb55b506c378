"""The workspace's definitions are shown, tried out, and changed in one step that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread, current_thread, main_thread
from typing import Any

import pytest

from crmdesk.domain.agreement import StageChange
from crmdesk.domain.errors import BadInput, Cancelled
from crmdesk.domain.records import Id
from crmdesk.services import activities, capture, convert, definitions, dossiers, moves, qualify, undo, workspace
from crmdesk.services.proposing import ConvertChoice
from crmdesk.storage.database import Database
from tests.support.statements import heard

SUSPECT = StageChange(stage="prospect", labels={"*": "Suspect"})
AUTHORITY = StageChange(stage="prospect", requires=[[["need"]], [["authority"]]])


def talked_to(db: Database, name: str, *facts: str) -> Id:
    """A lead with an in-depth talk at the stand, these facts answered yes, moved to Prospect by its gate."""
    email = f"{name.split()[0].lower()}@example.com"
    lead = capture.add(db, name=name, email=email, source="business_card_short").lead_id
    activities.log(db, lead, kind="stand_talk", direction="both", depth="deep", at="2026-05-04")
    for fact in ("need", "fit", *facts):
        qualify.answer(db, lead, fact=fact, value="yes")
    moves.move(db, [lead], "prospect")
    return lead


def stage_of(db: Database, lead: Id) -> str:
    return dossiers.read(db, lead).stage


def test_a_preview_counts_who_would_step_back_and_changes_nothing(db: Database) -> None:
    talked_to(db, "Anna Adler")
    talked_to(db, "Berta Busch", "authority")
    found = definitions.preview(db, AUTHORITY)
    assert (found.steps_back, found.stays) == (1, 0)
    assert found.names == ("Anna Adler",)
    assert workspace.vocabulary(db).version == 1


def test_who_did_not_meet_the_old_definition_either_is_not_counted(db: Database) -> None:
    lead = capture.add(db, name="Carl Conrad", email="carl@example.com").lead_id
    moves.move(db, [lead], "prospect", because="As agreed")
    assert definitions.preview(db, AUTHORITY).steps_back == 0
    definitions.change(db, AUTHORITY, step_back=True)
    assert stage_of(db, lead) == "prospect"


def test_a_change_moves_back_who_does_not_meet_it_any_more_in_one_step(db: Database) -> None:
    anna, berta = talked_to(db, "Anna Adler"), talked_to(db, "Berta Busch", "authority")
    assert definitions.change(db, AUTHORITY, step_back=True) == 1
    assert (stage_of(db, anna), stage_of(db, berta)) == ("lead", "prospect")
    words = workspace.vocabulary(db)
    assert (words.version, words.dated) == (2, "2026-05-05")
    assert words.stage("prospect").facts == ("need", "authority")
    assert dossiers.read(db, anna).moves[-1].vocabulary_version == 2
    undo.undo(db)
    assert stage_of(db, anna) == "prospect"
    assert workspace.vocabulary(db).version == 1
    assert workspace.vocabulary(db).stage("prospect").facts == ("dialogue", "interest", "need", "fit")
    assert workspace.check(db) == []


def test_without_stepping_back_everybody_stays(db: Database) -> None:
    anna = talked_to(db, "Anna Adler")
    assert definitions.change(db, AUTHORITY) == 0
    assert stage_of(db, anna) == "prospect"


def test_the_new_definition_guards_the_next_move(db: Database) -> None:
    definitions.change(db, AUTHORITY)
    lead = capture.add(db, name="Anna Adler", email="anna@example.com").lead_id
    assert qualify.gate(db, lead, "prospect").missing == ("need", "authority")


def test_opportunities_and_customers_stay_in_any_case(db: Database) -> None:
    lead = talked_to(db, "Dora Deal", "means", "timeframe")
    convert.convert(db, lead, ConvertChoice(account="none"))
    stricter = StageChange(stage="opportunity", requires=[[["need"]], [["terms"]]])
    found = definitions.preview(db, stricter)
    assert (found.steps_back, found.stays, found.names) == (0, 1, ("Dora Deal",))
    assert definitions.change(db, stricter, step_back=True) == 0


def test_the_first_stage_lets_nobody_fall(db: Database) -> None:
    capture.add(db, name="Anna Adler", email="anna@example.com")
    found = definitions.preview(db, StageChange(stage="lead", requires=[[["contract"]]]))
    assert (found.steps_back, found.stays) == (0, 0)


def test_the_same_as_before_is_no_step(db: Database) -> None:
    assert definitions.change(db, StageChange(stage="prospect", labels={"en": "Prospect"})) == 0
    assert workspace.vocabulary(db).version == 1


def test_a_reset_goes_back_to_the_shipped_text_and_counts_on(db: Database) -> None:
    definitions.change(db, SUSPECT)
    assert definitions.shown(db).stages[1].own
    definitions.change(db, StageChange(stage="prospect", reset=True))
    words = workspace.vocabulary(db)
    assert (words.stage("prospect").label, words.version) == ("Prospect", 3)
    assert not definitions.shown(db).stages[1].own


def test_a_refused_change_leaves_all_as_it_was(db: Database) -> None:
    with pytest.raises(BadInput):
        definitions.change(db, StageChange(stage="prospect", labels={"*": "Lead"}))
    assert workspace.vocabulary(db).version == 1


def test_a_preview_stops_when_it_is_told_to(db: Database) -> None:
    talked_to(db, "Anna Adler")
    with pytest.raises(Cancelled):
        definitions.preview(db, AUTHORITY, cancelled=lambda: True)


def test_all_of_it_is_shown_beside_what_others_call_the_same(make: Callable[..., Database]) -> None:
    db = make("contact-lead")
    capture.add(db, name="Anna Adler", email="anna@example.com")
    found = definitions.shown(db)
    assert next((each.label, each.count) for each in found.stages) == ("Contact", 1)
    assert found.account_from == "Customer"
    assert found.vocabularies == ("Contact and lead", "Lead first", "Qualified", "Dialogue", "Interest first")
    roles = {each.role: each.words for each in found.roles}
    assert roles["qualified"] == ("Lead", "Prospect", "Prospect", "Prospect", "")
    assert roles["interested"] == ("", "", "", "", "Prospect")
    assert roles["in_deal"] == ("Opportunity",) * 5


def test_more_than_a_batch_of_cards_is_counted(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(definitions, "BATCH", 2)
    for name in ("Anna A", "Berta B", "Carla C", "Dora D", "Eva E"):
        talked_to(db, name)
    found = definitions.preview(db, AUTHORITY)
    assert (found.steps_back, len(found.names)) == (5, 3)
    assert definitions.change(db, AUTHORITY, step_back=True) == 5


def test_others_write_while_it_is_read_who_steps_back(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    anna, berta = talked_to(db, "Anna Adler"), talked_to(db, "Berta Busch")
    read_many, wrote = definitions.dossiers.read_many, []

    def while_others_write(*arguments: Any) -> Any:
        if current_thread() is main_thread() and not wrote:
            other = Thread(target=lambda: wrote.append(moves.move(db, [anna], "lead")), daemon=True)
            other.start()
            other.join(timeout=5)
        return read_many(*arguments)

    monkeypatch.setattr(definitions.dossiers, "read_many", while_others_write)
    assert definitions.change(db, AUTHORITY, step_back=True) == 1
    assert wrote, "who wanted to write had to wait until the definition was changed"
    assert (stage_of(db, anna), stage_of(db, berta)) == ("lead", "lead")
    assert [each.to_stage for each in dossiers.read(db, anna).moves if each.from_stage == "prospect"] == ["lead"]


def test_the_shipped_gist_goes_when_a_stage_has_a_name_of_its_own(db: Database) -> None:
    assert definitions.shown(db).summary
    definitions.change(db, SUSPECT)
    assert definitions.shown(db).summary == ""
    definitions.change(db, StageChange(stage="prospect", reset=True))
    assert definitions.shown(db).summary


def test_other_words_alone_read_nobody_who_is_at_the_stage(db: Database) -> None:
    talked_to(db, "Anna Adler")
    with heard() as statements:
        definitions.preview(db, SUSPECT)
        definitions.change(db, SUSPECT, step_back=True)
    assert [statement for statement in statements if 'FROM "lead"' in statement] == []
