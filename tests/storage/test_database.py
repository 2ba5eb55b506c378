"""Creating, opening, reading and writing a workspace."""

from __future__ import annotations

from crmdesk.domain.records import Organisation, Person
from crmdesk.storage import records
from crmdesk.words import Label


def test_what_is_written_is_read(db):
    with db.write(Label("Add")) as tx:
        firm = tx.add(Organisation(name="Müller GmbH"))
        anna = tx.add(Person(given="Anna", organisation_id=firm.id))
    with db.read() as connection:
        assert records.get(connection, Person, anna.id) == anna
        assert records.where(connection, Person, organisation_id=firm.id) == [anna]
        assert records.by_ref(connection, anna.ref.lower()) == ("person", anna.id)
