"""Contact points and firms: cleaned, shown, and matched by what two writings have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain import points
from crmdesk.domain.records import ContactPoint


@pytest.mark.parametrize(
    ("kind", "written", "clean"),
    [
        ("email", " Anna Müller <Anna@Firma.Example> ", "Anna@Firma.Example"),
        ("email", "mailto:anna@firma.example", "anna@firma.example"),
        ("phone", "tel:+49\u00a030 1234", "+49 30 1234"),
        ("address", "Hauptstr. 1 \r\n\r\n 10115  Berlin", "Hauptstr. 1\n10115 Berlin"),
        ("web", "\u200bfirma.example\x00", "firma.example"),
        ("handle", "@anna", "@anna"),
    ],
)
def test_a_value_is_cleaned_but_stays_as_written(kind: str, written: str, clean: str) -> None:
    assert points.clean(kind, written) == clean


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("email", "ANNA@Firma.Example", "anna@firma.example."),
        ("email", "a@müller.example", "a@xn--mller-kva.example"),
        ("phone", "0049 (0)30 / 23125-014", "+49 30 23125014"),
        ("web", "https://www.Firma.example/", "firma.example"),
        ("address", "Hauptstr. 1\n10115 Berlin", "hauptstr 1, 10115 BERLIN"),
        ("handle", "@Anna", "anna"),
    ],
)
def test_two_writings_have_one_key(kind: str, one: str, other: str) -> None:
    assert points.match_key(kind, one) == points.match_key(kind, other) != ""


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("email", "anna at firma"),
        ("phone", "030 1234567"),
        ("web", "none"),
        ("web", "http://[x"),
        ("note", "x"),
        ("email", ""),
    ],
)
def test_what_cannot_be_matched_has_no_key(kind: str, value: str) -> None:
    assert points.match_key(kind, value) == ""


@pytest.mark.parametrize(
    ("name", "key", "form"),
    [
        ("Müller & Söhne GmbH & Co. KG", "mueller & soehne", "gmbh & co kg"),
        ("MUELLER + SOEHNE", "mueller & soehne", ""),
        ("Müller und Söhne mbH", "mueller & soehne", "gmbh"),
        ("Bäcker Huber e.K.", "baecker huber", "ek"),
        ("Bar UG (haftungsbeschränkt) & Co. KG", "bar", "ug & co kg"),
        ("Acme, Inc.", "acme", "inc"),
        ("Foo Co., Ltd.", "foo", "ltd"),
        ("Test S.p.A.", "test", "spa"),
        ("Nord A/S", "nord", "as"),
        ("Công ty TNHH MTV Hoa Sen", "hoa sen", "tnhh"),
        ("Công ty Cổ phần Thép Việt", "thep viet", "co phan"),
        ("臺灣精密股份有限公司", "台灣精密", "股份"),
        ("協鼎機電有限公司", "協鼎機電", "有限"),
        ("GmbH", "gmbh", ""),
        ("AT&T", "at & t", ""),
        ("", "", ""),
    ],
)
def test_a_firm_is_matched_without_its_legal_form(name: str, key: str, form: str) -> None:
    assert (points.organisation_key(name), points.legal_form(name)) == (key, form)


def test_two_spellings_of_different_firms_stay_apart() -> None:
    assert points.organisation_key("Bauer GmbH") != points.organisation_key("Baur GmbH")


@given(st.text())
def test_cleaned_text_can_always_be_stored(text: str) -> None:
    clean = points.many_lines(text + "\ud800")
    clean.encode("utf-8")
    assert "\x00" not in clean
    assert points.many_lines(clean) == clean


@given(st.text(max_size=40))
def test_whether_a_firm_has_a_key_is_no_matter_of_capital_letters(name: str) -> None:
    assert bool(points.organisation_key(name)) == bool(points.organisation_key(name.upper()))


def test_addresses_and_sites_are_shown_in_one_line() -> None:
    assert points.show("web", "https://www.firma.example/") == "firma.example"
    assert points.show("address", "Hauptstr. 1\n10115 Berlin") == "Hauptstr. 1, 10115 Berlin"
    assert points.email_domain("anna@Firma.example") == "firma.example"


def test_one_point_in_two_writings_is_the_same_and_two_points_are_not() -> None:
    def number(text: str) -> ContactPoint:
        return ContactPoint(kind="phone", value=text, match_key=points.match_key("phone", text))

    def place(street: str, country: str) -> ContactPoint:
        return ContactPoint(kind="address", value=f"{street}\n{country}", street=street, town="Bonn", country=country)

    assert points.is_same(number("0171 5551234"), number("+49 171 5551234"))
    assert not points.is_same(number("+1 171 5551234"), number("+49 171 5551234"))
    assert not points.is_same(number("1234"), number("030 551234"))
    assert points.is_same(place("Weg 1", "Deutschland"), place("weg 1", "DE"))
    assert not points.is_same(place("Weg 1", "DE"), place("Weg 2", "DE"))


@pytest.mark.parametrize(
    ("value", "parts", "told"),
    [
        ("Kiel", {}, False),
        ("Kiel", {"town": "Kiel"}, False),
        ("24103 Kiel\nDeutschland", {"postcode": "24103", "town": "Kiel"}, False),
        ("24103 Kiel\nDeutschland", {}, False),
        ("Hafenstraße 3", {"street": "Hafenstraße 3"}, False),
        ("Hafenstraße 3\nKiel", {"street": "Hafenstraße 3", "town": "Kiel"}, True),
        ("Postfach 12\n24103", {"street": "Postfach 12", "postcode": "24103"}, True),
        ("台北市中山區民生東路一段10號", {}, True),
    ],
)
def test_a_town_alone_tells_no_place(value: str, parts: dict[str, str], told: bool) -> None:
    assert points.tells_a_place(ContactPoint(kind="address", value=value, **parts)) is told
