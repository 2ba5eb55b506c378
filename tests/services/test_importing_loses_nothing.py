"""What a list says and no field takes is kept elsewhere or told with its line; nothing is cut, nothing vanishes."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmdesk.domain.errors import BadFile
from crmdesk.domain.lengths import LONGEST_LINE, LONGEST_TEXT
from crmdesk.domain.records import Activity, Organisation, Person
from crmdesk.services import capture, importing, people
from crmdesk.storage import journal
from crmdesk.storage.database import Database
from tests.support.import_lists import Bring, all_of, person_named, planned

LONG = "A very long word ".strip() * (LONGEST_LINE // 10)


@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
def test_a_cell_too_long_for_its_field_is_kept_whole_in_the_note(db: Database, bring: Bring, known: bool) -> None:
    if known:
        capture.add(db, given="Anna", family="Neu", email="anna@x.example")
    result = bring(f"Name;E-Mail;Position\nAnna Neu;anna@x.example;{LONG}\nBo Lund;bo@x.example;Buyer\n")
    assert result.imported + result.merged == 2
    assert [(each.line, each.kept) for each in result.problems] == [(2, True)]
    assert result.problems[0].what.endswith("is too long; it is kept as a note.")
    anna = person_named(db, "Anna Neu")
    assert (anna.job_title, anna.note) == ("", f"Position: {LONG}")


def test_an_address_that_is_too_long_in_all_is_reported_and_the_others_come_in(db: Database, bring: Bring) -> None:
    part = "x" * (LONGEST_LINE - 1)
    result = bring(f"Name;Straße;PLZ;Ort\nAnna Neu;{part};10115;{part}\nBo Lund;Weg 1;10115;Berlin\n")
    assert (result.imported, result.reported) == (1, 1)
    assert [(each.line, each.kept) for each in result.problems] == [(2, False)]
    assert [person.given for person in all_of(db, Person)] == ["Bo"]


def test_a_row_longer_than_any_note_is_reported(db: Database, bring: Bring) -> None:
    half = "y" * (LONGEST_TEXT // 2)
    result = bring(f"Name;Halle;Notiz\nAnna Neu;{half};{half}\nBo Lund;4;\n")
    assert (result.imported, result.reported) == (1, 1)


def test_what_no_longer_fits_a_note_becomes_one_of_its_own(db: Database, bring: Bring) -> None:
    made = capture.add(db, given="Anna", family="Neu", email="anna@x.example")
    assert made.person_id is not None
    people.edit(db, made.person_id, note="z" * LONGEST_TEXT)
    assert bring("Name;E-Mail;Halle\nAnna Neu;anna@x.example;Halle 4\n").merged == 1
    assert person_named(db, "Anna Neu").note == "z" * LONGEST_TEXT
    assert [(each.kind, each.note, bool(each.at)) for each in all_of(db, Activity)] == [
        ("note", "Halle: Halle 4", True)
    ]


def test_two_talks_of_one_day_with_different_words_are_both_kept(db: Database, bring: Bring) -> None:
    head = "Name;E-Mail;Kontaktdatum;Gesprächsnotiz\n"
    bring(f"{head}Anna Neu;anna@x.example;2026-04-21;Wants a quote\nAnna Neu;anna@x.example;2026-04-21;Asked for Bo\n")
    assert sorted(each.note for each in all_of(db, Activity)) == ["Asked for Bo", "Wants a quote"]


def test_a_consent_without_an_address_stays_in_the_note(db: Database, bring: Bring) -> None:
    bring("Name;Tel.;DSGVO\nAnna Neu;030 1234567;n\n")
    assert person_named(db, "Anna Neu").note == "DSGVO: n"


def test_whatever_differs_from_what_is_stored_is_told(db: Database, bring: Bring) -> None:
    head = "Name;E-Mail;Firma;Abteilung;Geburtstag;Branche\n"
    bring(f"{head}Anna Neu;anna@x.example;Neu GmbH;Sales;1980-03-14;Steel\n")
    result = bring(f"{head}Anna Neu;anna@x.example;Neu GmbH;Service;1981-03-14;Wood\n")
    told = {problem.what for problem in result.problems}
    assert told == {
        "“Sales” stays; theirs, “Service”, is kept as a note.",
        "“1980-03-14” stays; theirs, “1981-03-14”, is kept as a note.",
        "“Steel” stays; theirs, “Wood”, is kept as a note.",
    }
    assert [firm.industry for firm in all_of(db, Organisation)] == ["Steel"]
    kept = {"Department: Service", "Birthday: 1981-03-14", "Industry: Wood"}
    assert set(person_named(db, "Anna Neu").note.splitlines()) == kept
    again = bring(f"{head}Anna Neu;anna@x.example;Neu GmbH;Service;1981-03-14;Wood\n")
    assert (again.skipped, again.merged) == (1, 0), "it is there already"


def test_a_file_that_was_changed_since_the_look_is_not_imported(db: Database, organiser: Path) -> None:
    plan = planned(db, organiser)
    with organiser.open("a", encoding="utf-8") as file:
        file.write("Bo Lund;Lund AB;bo@lund.example;;;;;;;\n")
    with pytest.raises(BadFile, match="changed"):
        importing.apply(db, plan)
    with db.read() as connection:
        assert [step.label.one for step in journal.steps(connection, 10)] == ["Create the workspace"]
    assert not all_of(db, Person)


def test_a_line_with_a_job_and_a_town_alone_is_nobody_and_is_reported_whole(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name;E-Mail;Position;Ort\n;;Trưởng phòng mua hàng;Hà Nội\nAnna Ek;;;Kiel\n", encoding="utf-8")
    result = importing.apply(db, planned(db, path), problems_beside=True)
    assert (result.imported, result.reported) == (1, 1)
    why = "There is no name, firm, e-mail address or number."
    assert [(each.line, each.what, each.kept) for each in result.problems] == [(2, why, False)]
    kept = Path(result.beside).read_text(encoding="utf-8-sig").splitlines()[1:]
    assert kept == [f"2;{why};;;Trưởng phòng mua hàng;Hà Nội"]


def test_a_line_that_is_odd_in_two_ways_takes_one_place_while_others_wait(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    rows = ["Ann,no-mail,12", "Ben,nor-this,", "Cat,c@odd.example,x", "Dan,d@odd.example,=1+1", ",,"]
    path.write_text("\n".join(["Name,E-mail,Phone", *rows, "Eva,e@odd.example,9"]), encoding="utf-8")
    odd = importing.plan(db, importing.look(path)).odd
    assert [row.line for row in odd] == [2, 3, 4, 5, 7]
    path.write_text("\n".join(["Name,E-mail,Phone", *rows[:1]]), encoding="utf-8")
    assert [row.line for row in importing.plan(db, importing.look(path)).odd] == [2, 2]
