"""A list comes in: looked at, planned, applied as one step; every row is accounted for and nothing is lost."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmdesk.domain.changes import Change
from crmdesk.domain.consent import in_force
from crmdesk.domain.errors import BadFile, BadInput, Cancelled, NotFound
from crmdesk.domain.names import display
from crmdesk.domain.records import (
    Activity,
    Consent,
    ContactPoint,
    Event,
    Id,
    Lead,
    Organisation,
    Person,
    StageMove,
)
from crmdesk.services import capture, importing, undo
from crmdesk.storage import records
from crmdesk.storage.database import Database
from tests.support.dump import dump
from tests.support.import_lists import Bring, all_of, person_named, planned, points_of


def test_a_look_says_what_a_file_is(organiser: Path) -> None:
    seen = importing.look(organiser)
    assert (seen.shape.encoding, seen.shape.delimiter, seen.rows, seen.blank) == ("utf-8", ";", 7, 0)
    assert seen.mapping[:3] == ("name", "organisation", "email:work")
    status = seen.columns[6]
    assert (status.header, status.field, status.how) == ("Status", "note", "stage")


def test_a_plan_counts_every_row_and_writes_nothing(db: Database, organiser: Path) -> None:
    with db.read() as connection:
        before = dump(connection)
    plan = planned(db, organiser)
    assert (plan.read, plan.new, plan.same, plan.doubled, plan.reported) == (7, 5, 0, 1, 1)
    with db.read() as connection:
        assert dump(connection) == before


def test_the_oddest_rows_are_shown_with_their_lines(db: Database, organiser: Path) -> None:
    assert [(row.line, row.what, row.level) for row in planned(db, organiser).odd] == [
        (3, "There are two writings of a name; one is kept as the nickname.", "warn"),
        (3, "“31.02.2026” is not a date; it is kept as a note.", "warn"),
        (4, "A formula was taken as text.", "warn"),
        (5, "There is no name, firm, e-mail address or number.", "bad"),
        (6, "There is only an address or a number, which is enough.", "good"),
    ]


def test_an_organiser_s_list_becomes_people_firms_and_leads(db: Database, organiser: Path) -> None:
    result = importing.apply(db, planned(db, organiser, event_name="Spring Fair 2026"))
    assert (result.read, result.imported, result.merged, result.skipped, result.reported) == (7, 5, 1, 0, 1)
    sabine = person_named(db, "Sabine Oberhaus-Schmitt")
    assert points_of(db, sabine) == {
        "s.schmitt@oberhaus.example": "work",
        "0049 (0)30 / 23125 014": "",
        "030 99 88 77 66": "",
        "HM-417": "badge",
    }
    assert sabine.note == "Status: prospect"
    assert sorted(firm.name for firm in all_of(db, Organisation)) == [
        "Böse GmbH",
        "Hydraulik Oberhaus GmbH",
        "Hydraulik Oberhaus GmbH & Co. KG",
        "協鼎機電有限公司",
    ]
    event = all_of(db, Event)[0]
    leads = all_of(db, Lead)
    assert len(leads) == 5
    assert {(lead.stage, lead.source, lead.line, lead.event_id) for lead in leads} == {
        ("lead", "badge_scan", "offline", event.id)
    }


def test_each_lead_is_placed_by_the_entry_table_without_a_gate(db: Database, bring: Bring) -> None:
    bring("E-Mail;Vorname\na@x.example;Anna\n", source="newsletter")
    lead, move = all_of(db, Lead)[0], all_of(db, StageMove)[0]
    assert lead.stage == "prospect"
    assert (move.kind, move.door, move.from_stage, move.to_stage, move.lead_id) == (
        "placed",
        "import",
        "",
        "prospect",
        lead.id,
    )
    assert '"reachable": "yes"' in move.facts


def test_the_facts_of_a_placing_are_those_of_the_panel(db: Database, bring: Bring) -> None:
    bring(
        "Vorname;E-Mail;DSGVO;Gesprächstiefe\nAnna;a@x.example;j;3\nBo;;;\nKim;k@x.example;j;3\nLee;l@x.example;j;1\n"
    )
    facts = {move.lead_id: move.facts for move in all_of(db, StageMove)}
    anna, bo, kim, lee = (facts[lead.id] for lead in all_of(db, Lead))
    assert anna == kim
    assert '"dialogue": "yes"' in anna
    assert '"dialogue": "no"' in lee
    assert '"permission": "yes"' in anna
    assert '"permission": "no"' in bo


def test_a_talk_becomes_an_activity_with_its_day_and_depth(db: Database, organiser: Path) -> None:
    importing.apply(db, planned(db, organiser, event_name="Spring Fair 2026"))
    sabine, binh = person_named(db, "Sabine Oberhaus-Schmitt"), person_named(db, "Trần Văn Bình")
    found = {activity.person_id: activity for activity in all_of(db, Activity)}
    talk, card = found[sabine.id], found[binh.id]
    assert (talk.kind, talk.depth, talk.at, talk.direction) == ("stand_talk", "short", "2026-04-21", "both")
    assert (card.kind, card.at, card.direction) == ("card", "2026-04-22", "in")
    assert len([activity for activity in all_of(db, Activity) if activity.person_id == sabine.id]) == 1


def test_consent_is_what_the_list_says_and_an_empty_cell_is_not_asked(db: Database, organiser: Path) -> None:
    importing.apply(db, planned(db, organiser))
    emails = {point.id: point.match_key for point in all_of(db, ContactPoint) if point.kind == "email"}
    states = {emails[consent.contact_point_id]: consent for consent in all_of(db, Consent) if consent.contact_point_id}
    assert {address: consent.state for address, consent in states.items()} == {
        "s.schmitt@oberhaus.example": "given",
        "boese@boese.example": "declined",
    }
    assert states["s.schmitt@oberhaus.example"].wording == "DSGVO: j"
    assert states["s.schmitt@oberhaus.example"].evidence == "aussteller.csv, line 2"


def test_a_stricter_consent_stays(db: Database, bring: Bring) -> None:
    bring("E-Mail;Email Opt Out\na@x.example;yes\n")
    bring("E-Mail;DSGVO\na@x.example;ja\n")
    assert {consent.state for consent in in_force(all_of(db, Consent)).values()} == {"declined"}
    assert {consent.purpose for consent in all_of(db, Consent)} == {"offers", "marketing"}


def test_the_source_s_own_permission_is_put_on_its_channel(db: Database, bring: Bring) -> None:
    bring("Vorname;E-Mail;Telefon\nAnna;a@x.example;030 1234567\n", source="inbound_email")
    consent = all_of(db, Consent)[0]
    point = next(point for point in all_of(db, ContactPoint) if point.id == consent.contact_point_id)
    assert (point.kind, consent.purpose, consent.state) == ("email", "offers", "legitimate_interest")
    assert len(all_of(db, Consent)) == 1


def test_people_only_brings_no_leads(db: Database, bring: Bring) -> None:
    result = bring("Vorname;E-Mail\nAnna;a@x.example\n", people_only=True)
    assert result.imported == 1
    assert not all_of(db, Lead)
    assert bring("Vorname;E-Mail\nAnna;a@x.example\n").merged == 1
    assert len(all_of(db, Lead)) == 1


def test_existing_customers_become_accounts(db: Database, bring: Bring) -> None:
    bring("Vorname;Firma\nAnna;Alt AG\nBo;\n", source="existing_customer")
    assert all_of(db, Organisation)[0].account_since == "2026-05-05"
    accounts = {display(person): person.account_since for person in all_of(db, Person)}
    assert accounts == {"Anna": "", "Bo": "2026-05-05"}


def test_columns_without_a_field_are_kept_in_the_note(db: Database, bring: Bring) -> None:
    bring("Vorname;Halle;Anmerkung;Lieblingsfarbe;Anna ;\nAnna;4;Nett;rot;;quer\n")
    assert all_of(db, Person)[0].note.split("\n") == ["Nett", "Halle: 4", "Lieblingsfarbe: rot", "Column 6: quer"]


def test_what_fits_no_field_is_kept_and_remarked(db: Database, bring: Bring) -> None:
    result = bring("Vorname;E-Mail;Tel.;Geburtstag\nAnna;anna at x;4,93E+11;31.2.1990\n")
    note = all_of(db, Person)[0].note
    assert all(text in note for text in ("E-Mail: anna at x", "Tel.: 4,93E+11", "Geburtstag: 31.2.1990"))
    assert len(result.problems) == 3
    assert all(problem.kept and problem.remedy for problem in result.problems)


def test_several_values_in_a_cell_are_several_channels(db: Database, bring: Bring) -> None:
    bring(
        "Name,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n"
        "Anna Müller,* Home,a@x.example ::: b@x.example,Mobile,+49 171 3920046 / +49 30 23125014\n"
    )
    assert points_of(db, all_of(db, Person)[0]) == {
        "a@x.example": "home",
        "b@x.example": "home",
        "+49 171 3920046": "mobile",
        "+49 30 23125014": "mobile",
    }


def test_guards_and_control_characters_are_taken_off(db: Database, bring: Bring) -> None:
    bring("Vorname;Tel.;Notiz\nAn\x00na\x07;'+49 30 1234567;'=1+1\nBo;=\"030 7654321\";x\n")
    anna = person_named(db, "Anna")
    assert points_of(db, anna) == {"+49 30 1234567": ""}
    assert anna.note == "=1+1"
    assert points_of(db, person_named(db, "Bo")) == {"030 7654321": ""}


def test_an_address_is_put_together_from_its_columns(db: Database, bring: Bring) -> None:
    bring("Vorname;Straße;PLZ;Ort;Land\nAnna;Hauptstr. 1;01067;Dresden;DE\n")
    point = all_of(db, ContactPoint)[0]
    assert (point.kind, point.value) == ("address", "Hauptstr. 1\n01067 Dresden\nDE")
    assert (point.street, point.postcode, point.town, point.country) == ("Hauptstr. 1", "01067", "Dresden", "DE")


def test_an_open_quote_is_reported_and_the_rest_comes_in(db: Database, bring: Bring) -> None:
    result = bring('Vorname;Nachname\nAnna;Müller\n"Bo;Ek\nKim;Lee\n')
    assert (result.imported, result.reported) == (2, 1)
    problem = result.problems[0]
    assert (problem.line, problem.kept, problem.text) == (3, False, '"Bo;Ek')


def test_reported_rows_are_written_beside_the_file_when_asked(db: Database, organiser: Path) -> None:
    assert importing.apply(db, planned(db, organiser)).beside == ""
    result = importing.apply(db, planned(db, organiser), problems_beside=True)
    beside = Path(result.beside)
    assert beside == organiser.with_name("aussteller problems.csv")
    rows = list(csv.reader(beside.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0][:3] == ["Line", "Problem", "Teilnehmer"]
    why = "There is no name, firm, e-mail address or number."
    assert [row[:2] + row[-1:] for row in rows[1:]] == [["5", why, "Halle 4"]]


def test_an_import_is_one_step_that_is_undone_and_done_again(
    db: Database, organiser: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "SLICE_ROWS", 2)
    capture.add(db, given="Sabine", family="Oberhaus-Schmitt", email="s.schmitt@oberhaus.example")
    with db.read() as connection:
        before = dump(connection)
    changes: list[Change] = []
    db.subscribe(changes.append)
    importing.apply(db, planned(db, organiser, event_name="Spring Fair 2026"))
    assert [change.label.text() for change in changes] == ["Import aussteller.csv"]
    with db.read() as connection:
        after = dump(connection)
    undo.undo(db)
    with db.read() as connection:
        assert dump(connection) == before
    undo.redo(db)
    with db.read() as connection:
        assert dump(connection) == after


def test_nothing_is_looked_up_where_no_index_serves(
    db: Database, organiser: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where_in, asked = records.where_in, []

    def counted(connection: object, kind: type[Person], column: str, values: list[int | str]) -> list[Person]:
        asked.append((kind.table, column))
        return where_in(connection, kind, column, values)  # type: ignore[arg-type]

    monkeypatch.setattr(records, "where_in", counted)
    planned(db, organiser)
    assert asked
    assert not any(column in ("family", "value") for _table, column in asked)


def test_slices_see_what_earlier_ones_wrote(db: Database, organiser: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "SLICE_ROWS", 1)
    result = importing.apply(db, planned(db, organiser))
    assert (result.imported, result.merged, result.skipped, result.reported) == (5, 1, 0, 1)


def test_cancelling_takes_everything_back(db: Database, organiser: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "SLICE_ROWS", 2)
    with db.read() as connection:
        before = dump(connection)
    done: list[int] = []

    def progress(rows: int, total: int) -> None:
        assert total == 7
        done.append(rows)

    def cancelled() -> bool:
        return len(done) == 2

    with pytest.raises(Cancelled):
        importing.apply(db, planned(db, organiser), progress=progress, cancelled=cancelled)
    assert done == [2, 4]
    with db.read() as connection:
        assert dump(connection) == before


def test_an_error_on_the_way_takes_everything_back(
    db: Database, organiser: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "SLICE_ROWS", 2)
    with db.read() as connection:
        before = dump(connection)

    def fail(rows: int, _total: int) -> None:
        if rows > 2:
            raise BadFile("Gone.", "Try again.")

    with pytest.raises(BadFile):
        importing.apply(db, planned(db, organiser), progress=fail)
    with db.read() as connection:
        assert dump(connection) == before


def test_what_cannot_be_planned_is_refused(db: Database, organiser: Path, tmp_path: Path) -> None:
    seen = importing.look(organiser)
    with pytest.raises(NotFound, match="source"):
        importing.plan(db, seen, source="hearsay")
    with pytest.raises(NotFound):
        importing.plan(db, seen, event=Id(12345))
    with pytest.raises(BadInput, match="10 columns"):
        importing.plan(db, seen, mapping=["name"])
    with pytest.raises(BadFile, match="no file"):
        importing.look(tmp_path / "none.csv")


def test_a_mapping_chosen_by_hand_is_used(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Wer;Was\nAnna;rot\n", encoding="utf-8")
    plan = importing.plan(db, importing.look(path, header=True), mapping=["given", "leave_out"])
    assert importing.apply(db, plan).imported == 1
    assert all_of(db, Person)[0].note == ""


def test_month_first_dates_are_read_as_such(db: Database, bring: Bring) -> None:
    bring("First Name,Scan time\nAnna,4/21/2026 2:03 pm\nBo,5/6/2026\n")
    assert sorted(activity.at for activity in all_of(db, Activity)) == ["2026-04-21", "2026-05-06"]


HEADERS = [
    "Name",
    "Vorname",
    "Nachname",
    "Firma",
    "E-Mail",
    "Tel.",
    "DSGVO",
    "Kontaktdatum",
    "Notiz",
    "Quark",
    "PLZ",
    "",
]
VALUES = st.sampled_from(
    ["", "Anna", "Müller, Anna", "Ek AB", "a@x.example", "info@x.example", "030 1234567", "j", "21.04.2026", "31.2.26",
     "=1+1", "'+49 30 1", '"', 'x"y', "a\nb", "陳怡君", "-", "\x00", "4,9E+11"]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)  # fmt: skip


@st.composite
def lists(draw: st.DrawFn) -> bytes:
    header = draw(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=6))
    rows = draw(st.lists(st.lists(VALUES, min_size=1, max_size=7), max_size=8))
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=draw(st.sampled_from(",;\t|"))).writerows([header, *rows])
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    return stream.getvalue().encode(encoding)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lists")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=lists())
def test_any_list_is_accounted_for_row_by_row(db: Database, folder: Path, content: bytes) -> None:
    path = folder / "list.csv"
    path.write_bytes(content)
    try:
        seen = importing.look(path)
    except BadFile:
        return
    plan = importing.plan(db, seen, source="badge_scan")
    assert plan.new + plan.same + plan.doubled + plan.reported == plan.read == seen.rows
    result = importing.apply(db, plan)
    assert result.imported + result.merged + result.skipped + result.reported == result.read == seen.rows
    assert result.reported == plan.reported == len({each.line for each in result.problems if not each.kept})
    again = importing.apply(db, importing.plan(db, seen, source="badge_scan"))
    assert (again.read, again.reported) == (result.read, result.reported)


def test_one_row_with_more_cells_than_the_header_is_remarked_and_the_others_are_not(db: Database, bring: Bring) -> None:
    header = ";".join(["Vorname", "Nachname", "E-Mail", *(f"Feld {number}" for number in range(4, 13))])
    rows = [f"Anna{letter};Ek;{letter}@x.example" + ";" * 9 for letter in "abcd"]
    rows[2] += ";blau;rund"
    result = bring("\n".join((header, *rows)) + "\n")
    assert [(each.line, each.what) for each in result.problems] == [
        (4, "It has more cells than the header; they are kept as a note.")
    ]
    assert person_named(db, "Annac Ek").note == "Column 13: blau\nColumn 14: rund"


def test_without_a_header_one_long_row_makes_no_column(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text("Anna;Ek;a@x.example\nBo;Lund;b@x.example;blau;rund\nKim;Lee;k@x.example\n", encoding="utf-8")
    plan = planned(db, path)
    assert len(plan.look.columns) == 3
    assert [(row.line, row.level) for row in plan.odd] == [(2, "warn")]
