"""Who is there already is found, filled and never doubled; what fits no field is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmdesk.domain.records import (
    ContactPoint,
    Lead,
    Organisation,
    Person,
)
from crmdesk.services import capture, importing, workspace
from crmdesk.storage import journal
from crmdesk.storage.database import Database
from tests.support.dump import dump
from tests.support.import_lists import Bring, all_of, planned, points_of


def test_a_second_import_of_the_same_list_adds_nothing_and_no_step(db: Database, organiser: Path) -> None:
    importing.apply(db, planned(db, organiser))
    with db.read() as connection:
        before, steps = dump(connection), len(journal.steps(connection, 100))
    result = importing.apply(db, planned(db, organiser))
    assert (result.imported, result.merged, result.skipped, result.reported) == (0, 0, 6, 1)
    with db.read() as connection:
        assert dump(connection) == before
        assert len(journal.steps(connection, 100)) == steps


def test_blanks_are_filled_and_nothing_is_overwritten(db: Database, bring: Bring) -> None:
    added = capture.add(db, given="Anna", family="Müller", email="anna@x.example", job_title="Buyer")
    result = bring(
        "Vorname;Nachname;E-Mail;Position;Abteilung;Tel.\nAnna M.;Müller;ANNA@x.example;CEO;Sales;030 1234567\n"
    )
    assert (result.merged, result.imported) == (1, 0)
    anna = next(person for person in all_of(db, Person) if person.id == added.person_id)
    assert (anna.given, anna.job_title, anna.department) == ("Anna", "Buyer", "Sales")
    assert "030 1234567" in points_of(db, anna)
    assert "“Buyer” stays; theirs, “CEO”, is kept as a note." in [problem.what for problem in result.problems]
    assert len(all_of(db, Lead)) == 1


def test_a_phone_number_in_another_writing_is_the_same(db: Database, bring: Bring) -> None:
    bring("Name;Tel.\nAnna Müller;030 / 23125 014\n")
    assert bring("Name;Tel.\nMüller, Anna;+49 30 23125014\n").skipped == 1


def test_a_shared_number_or_office_address_does_not_make_two_people_one(db: Database, bring: Bring) -> None:
    result = bring(
        "Name;Firma;E-Mail;Tel.\nAnna Ek;Ek AB;info@ek.example;030 1234567\nBo Lund;Ek AB;info@ek.example;030 1234567\n"
    )
    assert result.imported == 2
    assert [problem.line for problem in result.problems if problem.kept] == [3]


def test_an_own_address_is_the_same_person_whatever_the_first_name_s_writing(db: Database, bring: Bring) -> None:
    bring("Name;E-Mail\nAnna Müller;anna@x.example\n")
    assert bring("Name;E-Mail\nA. Müller;anna@x.example\n").imported == 0
    assert bring("Name;E-Mail\nKarl Huber;anna@x.example\n").imported == 1


def test_people_without_any_channel_are_not_doubled_by_a_second_import(db: Database, bring: Bring) -> None:
    content = "Vorname;Nachname;Firma\nAnna;Müller;Ek AB\nBo;Ek;\n"
    bring(content)
    assert bring(content).skipped == 2


def test_a_name_alike_at_the_same_firm_is_remarked(db: Database, bring: Bring, tmp_path: Path) -> None:
    bring("Name;Firma;E-Mail\nKatrin Meyer;Ek AB;k@ek.example\n")
    path = tmp_path / "next.csv"
    path.write_text("Name;Firma;E-Mail\nKathrin Meyer;Ek AB;kathrin@ek.example\n", encoding="utf-8")
    assert "likely the same person" in planned(db, path).odd[0].what
    result = bring("Name;Firma;E-Mail\nKathrin Meyer;Ek AB;kathrin@ek.example\n")
    assert result.imported == 1
    assert "likely the same person" in result.problems[0].what


def test_firms_of_one_name_and_two_forms_stay_two(db: Database, bring: Bring) -> None:
    bring("Firma;Vorname\nMüller GmbH;Anna\nMueller;Bo\nMüller AG;Kim\n")
    assert [firm.name for firm in all_of(db, Organisation)] == ["Müller GmbH", "Müller AG"]


def test_a_firm_alone_is_enough_and_keeps_its_channels(db: Database, bring: Bring) -> None:
    result = bring("Vorname;Nachname;Firma;E-Mail;Tel.;Position\n;;Geist AG;info@geist.example;030 1234567;Founder\n")
    assert (result.imported, result.problems[0].kept) == (1, True)
    assert not all_of(db, Person)
    firm = all_of(db, Organisation)[0]
    assert {point.organisation_id for point in all_of(db, ContactPoint)} == {firm.id}
    assert (firm.note, all_of(db, Lead)[0].organisation_id) == ("Job title: Founder", firm.id)


@pytest.mark.parametrize(
    "row",
    [";;0171 5551234;;", ";anna@x.example;;;", ";;;HM-417;", ";;;;https://linkedin.com/in/anna", ";;kein 0815 2 4;;"],
)
@pytest.mark.parametrize("country", ["DE", "US"])
def test_a_row_with_one_point_and_no_name_is_known_when_it_comes_again(
    db: Database, bring: Bring, row: str, country: str
) -> None:
    workspace.change(db, country=country)
    content = f"Name;E-Mail;Tel.;Badge;LinkedIn\n{row}\nAnna Müller;;;HM-9;\nBo Ek;;;HM-9;\n"
    assert bring(content).imported == 3
    again = bring(content)
    assert (again.imported, again.merged, again.skipped) == (0, 0, 3)


def test_a_nameless_row_stays_apart_from_those_of_another_firm_or_with_a_name(db: Database, bring: Bring) -> None:
    bring("Name;Firma;Badge\nAnna Müller;Ek AB;HM-1\n;Ek AB;HM-2\n")
    assert bring("Name;Firma;Badge\n;Ek AB;HM-1\n;Lund AB;HM-2\n").imported == 2


def test_a_nameless_row_is_known_again_although_its_firm_is_not_named(db: Database, bring: Bring) -> None:
    bring("Name;Firma;Badge\n;Ek AB;HM-1\n")
    assert bring("Name;Firma;Badge\n;;HM-1\n").imported == 0


@pytest.mark.parametrize("country", ["DE", "US"])
def test_one_number_and_one_address_written_two_ways_stay_one_channel(db: Database, bring: Bring, country: str) -> None:
    workspace.change(db, country=country)
    header = "Name;E-Mail;Telefon;Straße;PLZ;Ort;Land\n"
    bring(f"{header}Anna Müller;a@x.example;0171 5551234;Weg 1;10115;Berlin;Deutschland\n")
    again = bring(f"{header}Anna Müller;a@x.example;+49 171 5551234;Weg 1;10115;Berlin;DE\n")
    assert (again.imported, again.merged, again.skipped) == (0, 0, 1)
    assert bring(f"{header}Anna Müller;a@x.example;+49 171 5551235;Weg 2;10115;Berlin;DE\n").merged == 1
    assert len(all_of(db, ContactPoint)) == 5
