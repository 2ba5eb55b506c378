"""The checksum by which an up-to-date workspace opens fast is that of what is made."""

from __future__ import annotations

from pathlib import Path

from crmdesk.storage import formats, opening, shape

FILE = Path(__file__).resolve().parents[2] / "resources" / "schema.txt"


def test_the_checksum_of_the_schema_is_up_to_date():
    assert FILE.read_text("ascii").strip() == formats.up_to_date(), "run packaging/schema.py"


def test_a_file_that_was_just_made_is_known_by_it(workspace):
    connection = opening.connect(workspace, mode="ro")
    things = connection.execute(shape.THINGS).fetchall()
    connection.close()
    assert shape.fingerprint(things) == formats.up_to_date()
