"""Where names repeat, an import compares few and reads few; a plan foresees what comes of every row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmdesk.domain import dedupe
from crmdesk.domain.records import Lead, Person
from crmdesk.services import import_names, importing
from crmdesk.storage import records
from crmdesk.storage.database import Database
from tests.support.import_lists import Bring, planned

HEADER = "Vorname;Nachname;Firma;E-Mail;Tel;Badge\n"
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Anna", "A", "Anna M", "Annna", "Bo", "明娜", ""]),
        st.sampled_from(["Ek", "EK", "Müller", "王", ""]),
        st.sampled_from(["", "", "Bauer GmbH", "Bauer", "Bauer AG", "Ölwerk"]),
        st.sampled_from(["", "", "", "anna@x.example", "bo@x.example", "info@x.example"]),
        st.sampled_from(["", "", "", "+49 30 1234567", "123"]),
        st.sampled_from(["", "", "", "B1", "B2"]),
    ),
    max_size=12,
)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], list[int]]:
    """Counts the calls of a function from now on, and the length of what it answers where it is a list."""

    def count(owner: Any, name: str) -> list[int]:
        real, calls = getattr(owner, name), list[int]()

        def asked(*args: Any, **more: Any) -> Any:
            answer = real(*args, **more)
            calls.append(len(answer) if isinstance(answer, list) else 1)
            return answer

        monkeypatch.setattr(owner, name, asked)
        return calls

    return count


def many_of_few_names(count: int, *, start: int = 0) -> str:
    names = ("Anna;Ek", "Bo;Lee", "Kim;Müller", "Jan;王")
    rows = (f"{names[each % 4]};Bauer GmbH;p{each}@x.example;;\n" for each in range(start, start + count))
    return HEADER + "".join(rows)


def test_a_list_of_few_names_reads_and_compares_as_little_at_its_end_as_at_its_start(
    db: Database, bring: Bring, counted: Callable[[Any, str], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "SLICE_SECONDS", 100)
    bring(many_of_few_names(400))
    compared, read = counted(dedupe, "person_profile"), counted(records, "where_in")
    bring(many_of_few_names(40, start=400))
    assert sum(compared) <= 2 * 2 * 40, "the colleagues of one name are compared one by one"
    assert sum(read) <= 10 * 40, "all colleagues are read, with what lies around them"


def test_a_name_alone_is_compared_with_each_other_name_once(
    db: Database, bring: Bring, tmp_path: Path, counted: Callable[[Any, str], list[int]]
) -> None:
    bring(many_of_few_names(200))
    path = tmp_path / "names.csv"
    path.write_text(HEADER + "Anna;Ek;Bauer GmbH;;;\n" * 20 + "Bo;Ek;Bauer GmbH;;;\n", encoding="utf-8")
    compared = counted(import_names, "is_same_name")
    plan = planned(db, path)
    assert (plan.same, plan.new) == (20, 1)
    assert sum(compared) < 5 * plan.read


def test_the_oldest_of_one_name_is_the_one_that_is_meant(db: Database, bring: Bring) -> None:
    bring("Vorname;Nachname;Firma;E-Mail\n" + "".join(f"Anna;Ek;Bauer;a{each}@x.example\n" for each in range(3)))
    bring("Vorname;Nachname;Firma;Position\nA.;Ek;Bauer GmbH;CEO\n", name="more.csv")
    with db.read() as connection:
        people = records.where(connection, Person)
        assert [person.job_title for person in people] == ["CEO", "", ""]
        assert len(records.where(connection, Lead)) == 3


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists=st.lists(ROWS, min_size=1, max_size=2), size=st.sampled_from([2, 200]))
def test_what_a_plan_foresees_comes_true(
    make: Callable[[], Database], tmp_path: Path, lists: list[list[tuple[str, ...]]], size: int
) -> None:
    db = make()
    path = tmp_path / "odd.csv"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(importing, "SLICE_ROWS", size)
        for rows in lists:
            path.write_text(HEADER + "".join(";".join(row) + "\n" for row in rows), encoding="utf-8")
            plan = planned(db, path)
            result = importing.apply(db, plan)
            assert (result.imported, result.merged + result.skipped) == (plan.new, plan.same + plan.doubled)
            assert (result.read, result.reported) == (plan.read, plan.reported)
    db.close()
