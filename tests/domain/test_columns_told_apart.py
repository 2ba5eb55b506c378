"""Columns of other programs' lists find their field, and what has none is kept."""

from __future__ import annotations

import pytest

from crmdesk.domain.mapping import FIELDS, Target, strength, suggest


def targets(header: str, *rows: str, named: bool = True) -> list[str]:
    samples = [row.split(";") for row in rows] or [["x"] * len(header.split(";"))]
    return [column.target.text for column in suggest(header.split(";"), samples, named=named)]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            "Teilnehmer;Firma;E-Mail geschäftlich;Tel.;Kontaktdatum;Gesprächstiefe;DSGVO;Lead-ID scanner;Halle_intern",
            "name organisation email:work phone met_on depth consent badge note",
        ),
        ("First Name;Last Name;URL;Email Address;Company;Position;Connected On",
         "given family web email organisation job_title note"),
        ("Person - Name;Person - Email;Person - Phone;Organization - Name", "name email phone organisation"),
        ("Record ID;First Name;Email;Phone Number;Associated Company;State/Region",
         "note given email phone organisation region"),
        ("Account Name;Mailing Street;Mailing Zip/Postal Code;Asst. Phone;Email Opt Out",
         "organisation street:work#work postcode:work#work note opt_out"),
        ("Vorname;Nachname;Primäre E-Mail-Adresse;Tel. dienstlich;Mobil-Tel.-Nr.;Privat: PLZ;Dienstlich: Ort",
         "given family email phone:work phone:mobile postcode:home#home town:work#work"),
        ("E-Mail-Adresse;Telefon geschäftlich;Fax privat;Land/Region geschäftlich;Mobiltelefon;Telefon Assistent",
         "email phone:work phone:fax country:work#work phone:mobile note"),
        ("E-mail 1 - Type;E-mail 1 - Value;Address 2 - City;Organization 1 - Title",
         "email_label#e-mail1 email#e-mail1 town#address2 job_title"),
        ("Họ;Tên;Công ty;SĐT;Trạng thái", "family given organisation phone note"),
        ("姓名;公司名稱;職稱;手機;電子郵件;備註", "name organisation job_title phone:mobile email remark"),
        ("Anrede;Vorname;Name", "prefix given family"),
        ("XFirst Name;XLast Name", "given family"),
        ("Home Address;Home Street;Work Address", "address:home#home street:home#home street:work#work"),
        ("Geburtstag;Geburtsjahr", "birth_day birth_year"),
        ("Status;Lead;Lifecycle Stage;潛在客戶;Khách hàng tiềm năng", "note note note note note"),
    ],
)  # fmt: skip
def test_known_headers_find_their_field(header: str, expected: str) -> None:
    assert targets(header) == expected.split()


def test_no_column_ever_sets_a_stage() -> None:
    column = suggest(["Status"], [["Lead"]])[0]
    assert column.how == "stage"
    assert "stage" not in FIELDS


def test_a_title_is_told_by_the_other_columns_and_by_its_values() -> None:
    assert targets("Title;Job Title") == ["prefix", "job_title"]
    assert targets("Titel", "Dr.", "Prof. Dr.") == ["prefix"]
    assert targets("Title", "Buyer") == ["job_title"]


def test_an_unknown_header_is_told_by_its_values() -> None:
    assert targets("Spalte;Nummer;Seite;Sonst", "a@b.example;+49 30 1234567;https://b.example;rot") == [
        "email",
        "phone",
        "web",
        "note",
    ]


def test_a_list_without_headers_is_told_by_its_values() -> None:
    rows = ["John;Doe;John Doe;;john@doe.example", "Jane;Doe;Jane Doe;;jane@doe.example"]
    assert targets("", *rows, named=False) == ["given", "family", "name", "note", "email"]
    assert targets("", "Anna Müller;Müller GmbH", "Bo Ek;Ek AB", named=False) == ["name", "organisation"]
    assert targets("", "Anna;Müller", "Bo;Ek", named=False) == ["given", "family"]
    assert targets("", "1;;3", named=False) == ["note", "note", "note"]


def test_empty_columns_are_said_to_be_empty_and_kept_should_something_stand_further_down() -> None:
    column = suggest(["Halle_intern"], [[""], [" "]])[0]
    assert (column.target.field, column.how) == ("note", "empty")


@pytest.mark.parametrize("text", ["email:work", "street:home#home", "note", "phone"])
def test_a_target_is_written_as_text_and_read_again(text: str) -> None:
    assert Target.of(text).text == text


def test_an_unknown_target_is_kept_as_a_note() -> None:
    assert Target.of("stage:lead") == Target("note")
    assert Target.of("email:work").words == "E-mail, work"


@pytest.mark.parametrize(
    ("cell", "how_sure"), [("E-Mail", 2), ("Status", 2), ("XFirst Name", 1), ("Anna", 0), ("a@email.example", 0)]
)
def test_a_cell_is_more_or_less_surely_a_header(cell: str, how_sure: int) -> None:
    assert strength(cell) == how_sure


def test_consent_is_told_by_its_header_and_by_yes_and_no_below_it() -> None:
    known = "Werbung erlaubt;Newsletter;Opt-in;Marketing consent;DSGVO Einwilligung"
    assert targets(known) == ["consent"] * 5
    similar = "Newsletter (ja/nein);Einwilligung in Werbung;E-Mail-Marketing ok"
    assert targets(similar, "ja;nein;x", "nein;ja;") == ["consent"] * 3
    assert targets(similar, "weekly;2026;Ek") == ["note"] * 3
    assert targets("Newsletter abbestellt;Widerruf Einwilligung;No marketing", "ja;ja;ja") == ["note"] * 3
