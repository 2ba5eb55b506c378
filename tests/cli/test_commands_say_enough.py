"""The terminal says what there is to know, in the words of the window, and where to go on."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from crmdesk.domain import facts
from crmdesk.domain.vocabulary import shipped
from crmdesk.services import boards, verbs, workspace
from crmdesk.ui import card_words
from tests.support.terminal import Run, as_json, card_of


def test_a_card_is_shown_with_the_job_title_the_note_and_all_that_was_logged(run: Run, sample: str) -> None:
    card = card_of(run, sample, "Katrin Bauer")
    person = as_json(run("show", sample, card, "--json"))["person"]
    asked = [
        {
            "id": 1,
            "verb": "people.edit",
            "args": {"person": person, "job_title": "Head of purchasing", "note": "Prefers mornings\nNo fax"},
        },
        {
            "id": 2,
            "verb": "activities.log",
            "args": {"about": card, "kind": "call", "direction": "out", "subject": "Hall 3", "note": "Wants a layout."},
        },
    ]
    code, answers, _error = run("do", sample, lines="\n".join(map(json.dumps, asked)).encode())
    assert code == 0, answers
    told = as_json(run("show", sample, card, "--json"))
    assert (told["job_title"], told["note"]) == ("Head of purchasing", "Prefers mornings\nNo fax")
    out = run("show", sample, card)[1]
    assert all(text in out for text in ("\nHead of purchasing\n", "\n  Prefers mornings\n  No fax\n"))
    assert "Hall 3 – Wants a layout." in out


def test_words_that_are_no_reference_are_sent_to_the_search(run: Run, sample: str) -> None:
    code, _out, error = run("show", sample, "Katrin Bauer")
    assert code == 1
    assert '“crmdesk search sample.crmdesk "Katrin Bauer"” finds by words' in error


def test_a_file_with_spaces_is_quoted_in_the_hint(run: Run, sample: str) -> None:
    file = shutil.copy(sample, Path(sample).with_name("our fair.crmdesk"))
    assert '“crmdesk search "our fair.crmdesk" Bauer”' in run("show", str(file), "Bauer")[2]


def test_who_has_left_the_path_is_named_by_the_exit(run: Run, sample: str) -> None:
    card = card_of(run, sample, "Katrin Bauer")
    asked = {"id": 1, "verb": "moves.not_a_fit", "args": {"ids": [card], "reason": "no_value"}}
    assert run("do", sample, lines=json.dumps(asked).encode())[0] == 0
    assert "Not a fit" in run("search", sample, "Katrin Bauer")[1]
    assert run("show", sample, card)[1].splitlines()[1].split("  ")[1] == "Not a fit"


def test_the_help_for_a_new_workspace_says_what_each_vocabulary_is(run: Run) -> None:
    out = run("new", "--help")[1]
    assert re.search(r"dialogue +Dialogue: Two-way talk decides", out)
    assert all(f"\n  {key} " in out for key in shipped())


def test_the_list_says_what_the_board_says(run: Run, sample: str) -> None:
    """Quiet is only what has been quiet for too long; a card that has nothing else says that no step is planned."""
    db = workspace.open(Path(sample), read_only=True)
    words_of_cards = {}
    for stage in workspace.vocabulary(db).stages:
        for card in boards.every_card(db, stage.key):
            said = card_words.of(card, today=db.clock.today(), role=stage.role)
            line = said.line.before + said.line.text + said.line.after if said.line else ""
            words_of_cards[card.ref] = line or (said.quiet.text if said.quiet else "")
    db.close()
    listed = {row.split()[0]: row for row in run("list", sample)[1].splitlines() if row.startswith("  ")}
    assert listed.keys() == words_of_cards.keys()
    assert [text for ref, text in words_of_cards.items() if text not in listed[ref]] == []
    quiet = {ref for ref, row in listed.items() if "d quiet" in row}
    assert quiet == {ref for ref, text in words_of_cards.items() if "d quiet" in text}
    assert "No next step" in words_of_cards.values()


def test_an_undo_says_so_in_the_history(run: Run, sample: str) -> None:
    run("undo", sample)
    assert "Undone: Plan “Visit” for Thomas Wiegand\n" in run("history", sample)[1]
    run("redo", sample)
    assert "Done again: Plan “Visit” for Thomas Wiegand\n" in run("history", sample)[1]


def test_what_an_answer_takes_stands_in_its_documentation() -> None:
    told = set(re.findall(r"\w+", verbs.every()["qualify.answer"].documentation))
    asked = {key for key, fact in facts.FACTS.items() if fact.asked}
    assert asked | set(facts.ANSWERS) | set(facts.BASES) | set(facts.BUYING_ROLES) <= told


def test_a_lead_on_its_way_into_a_deal_is_sent_to_the_verb_that_converts(run: Run, sample: str) -> None:
    card = card_of(run, sample, "Katrin Bauer")
    asked = {"id": 1, "verb": "moves.move", "args": {"ids": [card], "stage": "opportunity", "because": "They said so"}}
    answer = json.loads(run("do", sample, lines=json.dumps(asked).encode())[1])
    assert answer["kind"] == "NeedsConversion"
    assert "“convert.convert”" in answer["message"]
