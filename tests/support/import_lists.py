"""Lists that are imported: the organiser's, any other, and what came of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from crmdesk.domain.names import display
from crmdesk.domain.records import ContactPoint, Person, Record
from crmdesk.services import importing
from crmdesk.services.import_plans import ImportResult, Plan
from crmdesk.storage import records
from crmdesk.storage.database import Database

R = TypeVar("R", bound=Record)
Bring = Callable[..., ImportResult]

ORGANISER = """Teilnehmer;Firma;E-Mail geschäftlich;Tel.;Kontaktdatum;Gesprächstiefe;Status;DSGVO;Lead-ID scanner;Halle
Oberhaus-Schmitt, Sabine;Hydraulik Oberhaus GmbH;s.schmitt@oberhaus.example;0049 (0)30 / 23125 014;21.04.2026;2;\
prospect;j;HM-417;
王淑芬 / Wang, Shu-fen;協鼎機電有限公司;wang@hsieh.example;;31.02.2026;3;lead;;HM-418;
=HYPERLINK("http://x.example");Böse GmbH;boese@boese.example;;;;;n;;
;;;;;;;;;Halle 4
;;;0171 39200 46;;;;;;
"Trần, Văn Bình";Hydraulik Oberhaus GmbH & Co. KG;binh@oberhaus.example;030 23125 015;22.04.2026;1;;;;
Sabine Oberhaus-Schmitt;Hydraulik Oberhaus;S.Schmitt@oberhaus.example;030 99 88 77 66;21.04.2026;2;prospect;j;HM-417;
"""


def all_of(db: Database, kind: type[R]) -> list[R]:
    with db.read() as connection:
        return records.where(connection, kind)


def person_named(db: Database, name: str) -> Person:
    return next(person for person in all_of(db, Person) if display(person) == name)


def points_of(db: Database, person: Person) -> dict[str, str]:
    return {point.value: point.label for point in all_of(db, ContactPoint) if point.person_id == person.id}


def bringer(db: Database, tmp_path: Path) -> Bring:
    """Writes a list and imports it."""

    def bring_in(
        content: str, *, name: str = "list.csv", source: str = "badge_scan", **choices: object
    ) -> ImportResult:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        planned = importing.plan(db, importing.look(path), source=source, **choices)  # type: ignore[arg-type]
        result = importing.apply(db, planned)
        assert result.read == result.imported + result.merged + result.skipped + result.reported
        return result

    return bring_in


def organisers_list(tmp_path: Path) -> Path:
    path = tmp_path / "aussteller.csv"
    path.write_text(ORGANISER, encoding="utf-8")
    return path


def planned(db: Database, path: Path, **choices: object) -> Plan:
    return importing.plan(db, importing.look(path), source="badge_scan", **choices)  # type: ignore[arg-type]
