"""The file of the week as plain SELECTs of another reader find it, in the shape of the independent model."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

Row = dict[str, Any]
Rows = list[Row]


class File:
    """All rows of one file, read once."""

    def __init__(self, path: Path) -> None:
        connection = driver.connect(f"file:{path}?mode=ro", uri=True)
        try:
            connection.row_factory = driver.Row
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            self.tables: dict[str, Rows] = {
                name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')]
                for name in tables
                if name in _RECORDS
            }
        finally:
            connection.close()

    def contents(self) -> dict[str, dict[Any, Row]]:
        """Every record by what people would call it."""
        self._name_all()
        return {table: read(self) for table, read in _READERS.items()}

    def _name_all(self) -> None:
        self.channels: dict[int, list[str]] = {}
        for point in self.tables["contact_point"]:
            if point["kind"] != "handle":
                self.channels.setdefault(point["person_id"], []).append(point["value"])
        self.firm = {row["id"]: row["name"] for row in self.tables["organisation"]} | {None: ""}
        self.person = {row["id"]: self._called(row) for row in self.tables["person"]} | {None: ""}
        self.owner = {row["id"]: row["name"] for row in self.tables["member"]} | {None: ""}
        self.event = {row["id"]: row["name"] for row in self.tables["event"]} | {None: ""}
        self.lead = {
            row["id"]: (self.person[row["person_id"]] or self.firm[row["organisation_id"]], row["attempt"])
            for row in self.tables["lead"]
        } | {None: ("", 0)}
        self.deal = {row["id"]: (row["name"], row["attempt"]) for row in self.tables["opportunity"]} | {None: ("", 0)}

    def _called(self, row: Row) -> str:
        names = [row["given"], row["middle"], row["family"]]
        if row["family_first"]:
            names.reverse()
        told = " ".join(name for name in names if name)
        points = [each["value"] for each in self.tables["contact_point"] if each["person_id"] == row["id"]]
        return told or points[0]


def _people(file: File) -> dict[Any, Row]:
    return {
        file.person[row["id"]]: {
            "firm": file.firm[row["organisation_id"]],
            "channels": frozenset(file.channels.get(row["id"], [])),
            "job": row["job_title"],
            "owner": file.owner[row["owner_id"]],
        }
        for row in file.tables["person"]
    }


def _firms(file: File) -> dict[Any, Row]:
    return {
        row["name"]: {
            "account": row["account_since"],
            "industry": row["industry"],
            "owner": file.owner[row["owner_id"]],
        }
        for row in file.tables["organisation"]
    }


def _left(file: File, row: Row) -> Row:
    return {
        "stage": row["stage"], "source": row["source"], "owner": file.owner[row["owner_id"]], "exit": row["exit"],
        "reason": row["exit_reason"], "note": row["exit_note"], "left": row["exit_on"], "wake": row["wake_on"],
    }  # fmt: skip


def _leads(file: File) -> dict[Any, Row]:
    return {
        file.lead[row["id"]]: {
            **_left(file, row),
            "firm": file.firm[row["organisation_id"]],
            "event": file.event[row["event_id"]],
            "before": file.lead[row["previous_id"]][1],
        }
        for row in file.tables["lead"]
    }


def _deals(file: File) -> dict[Any, Row]:
    return {
        file.deal[row["id"]]: {
            **_left(file, row),
            "firm": file.firm[row["organisation_id"]],
            "who": file.person[row["person_id"]],
            "from": file.lead[row["lead_id"]][1],
            "deal_stage": row["deal_stage"],
            "percent": row["probability"],
            "cents": row["amount_cents"],
            "currency": row["currency"],
            "before": file.deal[row["previous_id"]][1],
        }
        for row in file.tables["opportunity"]
    }


def _tasks(file: File) -> dict[Any, Row]:
    return {
        (file.lead[row["lead_id"]][0], row["title"]): {
            "due": row["due_on"],
            "done": row["done_at"][:10],
            "kind": row["kind"],
            "attempt": file.lead[row["lead_id"]][1],
        }
        for row in file.tables["task"]
    }


def _answers(file: File) -> dict[Any, Row]:
    return {
        (*(file.lead[row["lead_id"]] if row["lead_id"] else file.deal[row["opportunity_id"]]), row["fact"]): {
            "value": row["value"],
            "note": row["note"],
        }
        for row in file.tables["answer"]
    }


def _taggings(file: File) -> dict[Any, Row]:
    tags = {row["id"]: row["name"] for row in file.tables["tag"]}
    return {(tags[row["tag_id"]], file.person[row["person_id"]]): {} for row in file.tables["tagging"]}


def _talks(file: File) -> dict[Any, Row]:
    return {
        (file.lead[row["lead_id"]][0], row["depth"] or row["kind"], row["at"][:10]): {"outcome": row["outcome"]}
        for row in file.tables["activity"]
    }


def _parts(file: File) -> dict[Any, Row]:
    return {
        (*file.deal[row["opportunity_id"]], file.person[row["person_id"]]): {"role": row["role"]}
        for row in file.tables["buying_part"]
    }


def _consents(file: File) -> dict[Any, Row]:
    points = {row["id"]: row for row in file.tables["contact_point"]}
    return {
        (file.person[points[row["contact_point_id"]]["person_id"]], points[row["contact_point_id"]]["value"],
         row["purpose"]): {"state": row["state"]}
        for row in file.tables["consent"]
    }  # fmt: skip


def _views(file: File) -> dict[Any, Row]:
    return {
        row["name"]: {"place": row["place"], "words": json.loads(row["body"])["filter"]["text"]}
        for row in file.tables["saved_view"]
    }


def _names(table: str, column: str = "name") -> Callable[[File], dict[Any, Row]]:
    def read(file: File) -> dict[Any, Row]:
        return {row[column]: {} for row in file.tables[table]}

    return read


_READERS: dict[str, Callable[[File], dict[Any, Row]]] = {
    "people": _people,
    "firms": _firms,
    "leads": _leads,
    "deals": _deals,
    "tasks": _tasks,
    "answers": _answers,
    "taggings": _taggings,
    "tags": _names("tag"),
    "members": _names("member"),
    "events": _names("event"),
    "views": _views,
    "talks": _talks,
    "parts": _parts,
    "consents": _consents,
    "trash": _names("removal"),
}
_RECORDS = {
    "answer", "activity", "buying_part", "consent", "contact_point", "conversion", "deal_stage", "event", "exit_reason",
    "lead", "member", "opportunity", "organisation", "person", "removal", "saved_view", "setting", "stage_move", "tag",
    "tagging", "task", "vocabulary",
}  # fmt: skip
