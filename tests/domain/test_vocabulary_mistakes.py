"""Each mistake in a vocabulary file is named with the file, the line and what to do."""

from __future__ import annotations

import pytest

from crmdesk.domain import vocabulary
from crmdesk.domain.errors import BadFile

TEXT = vocabulary.shipped_text("dialogue")


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def refuse(text: str) -> BadFile:
    with pytest.raises(BadFile) as caught:
        vocabulary.load(text, "words.toml")
    assert caught.value.remedy, "no remedy"
    return caught.value


PROSPECT = 'requires = ["dialogue", "interest", "need", "fit"]'
# what is wrong, what is replaced, by what, where the line is found, what the message says
MISTAKES = [
    ("unknown fact", PROSPECT, 'requires = ["dialogue", "charm"]', "charm", "“charm” is not known"),
    ("fact twice", PROSPECT, 'requires = ["need", "need"]', '"need", "need"', "“need” stands there twice"),
    (
        "fact twice in a way",
        PROSPECT,
        'requires = [["fit", ["need", "need"]]]',
        '["need", "need"]',
        "“need” stands there twice",
    ),
    ("requires empty", PROSPECT, "requires = []", "requires = []", "requires nothing"),
    ("requires missing", PROSPECT + "\n", "", '[[stage]]\nkey = "prospect"', "“requires” is missing"),
    ("requires no list", PROSPECT, 'requires = "need"', 'requires = "need"', "“requires” is not what it should be"),
    ("any of one", PROSPECT, 'requires = [["need"]]', '[["need"]]', "fewer than two"),
    ("together one", PROSPECT, 'requires = [["need", ["fit"]]]', '["fit"]', "fewer than two"),
    ("too deep", PROSPECT, 'requires = [["need", ["fit", ["value"]]]]', '["value"]', "nested too deeply"),
    ("no word", PROSPECT, "requires = [3]", "requires = [3]", "not a fact"),
    ("sign unknown", 'signs = ["means",', 'signs = ["mood",', "mood", "“mood” is not known"),
    ("sign required", 'signs = ["means",', 'signs = ["fit",', 'signs = ["fit"', "required and a sign"),
    ("block derived", 'blocks = ["need", "value"]', 'blocks = ["interest"]', '["interest"]', "“interest” is not known"),
    ("role unknown", 'role = "qualified"', 'role = "hot"', '"hot"', "“role” cannot be “hot”"),
    ("role doubled", 'role = "qualified"', 'role = "known"', 'role = "known"\nrequires = ["dia', "the role “known”"),
    ("role no deal", 'role = "in_deal"', 'role = "reachable"', "[[stage]]", "No stage has the role “in_deal”"),
    ("key doubled", 'key = "prospect"', 'key = "lead"', 'key = "lead"\nrole = "qualified"', "key “lead”"),
    ("key odd", 'key = "prospect"', 'key = "hot prospect"', "hot prospect", "cannot be the key"),
    ("team unknown", 'team = "service"', 'team = "boss"', "boss", "“team” cannot be “boss”"),
    ("track unknown", 'track = "care"', 'track = "cure"', "cure", "“track” cannot be “cure”"),
    ("place unknown", 'place = "top"', 'place = "roof"', "roof", "“place” cannot be “roof”"),
    ("data unknown", 'data = "little"', 'data = "tiny"', "tiny", "“data” cannot be “tiny”"),
    ("readiness unknown", 'readiness = ["low"]', 'readiness = ["ripe"]', "ripe", "“ripe” is not known"),
    ("readiness empty", 'readiness = ["low"]', "readiness = []", "readiness = []", "“readiness” is missing"),
    ("typing mistake", 'team = "service"', 'taem = "service"', "taem", "“taem” means nothing here"),
    ("top typing mistake", "version = 1", "versoin = 1", "versoin", "“versoin” means nothing here"),
    ("label missing", 'vi = "Đầu mối"\n', "", "[stage.label]", "“label” has no text for the language “vi”"),
    ("label empty", '"Đầu mối"', '" "', 'vi = " "', "“vi” is empty"),
    ("label doubled", 'de = "Interessent"', 'de = "LEAD"', 'de = "LEAD"', "Two stages are called “LEAD”"),
    ("language unknown", 'vi = "Đầu mối"', 'vi = "x"\nfr = "piste"', 'fr = "', "“fr” means nothing here"),
    ("version text", "version = 1", 'version = "1"', 'version = "1"', "“version” is not what it should be"),
    ("version flag", "version = 1", "version = true", "version = true", "“version” is not what it should be"),
    ("version nought", "version = 1", "version = 0", "version = 0", "“version” is below 1"),
    ("date text", "date = 2026-05-01", 'date = "May"', 'date = "May"', "“date” is not what it should be"),
    ("date with time", "date = 2026-05-01", "date = 2026-05-01T08:00:00", "date =", "“date” has a time of day"),
    ("account unknown", 'from = "opportunity"', 'from = "lead"', "account_from", "cannot be “lead”"),
    ("entry stage", '{ stage = "",', '{ stage = "attic",', '"attic"', "“stage” cannot be “attic”"),
    ("entry source", "site_visit  ", "pigeon_post ", "pigeon_post", "“pigeon_post” means nothing here"),
    ("entry line", 'line = "offline"', 'line = "ashore"', '"ashore"', "“line” cannot be “ashore”"),
    ("entry permission", 'permission = "not_asked"', 'permission = "sure"', '"sure"', "cannot be “sure”"),
    ("entry text", "social  ", 'social = "lead" #', 'social = "lead"', "“social” is not what it should be"),
    ("quote open", 'key = "prospect"', 'key = "prospect', 'key = "prospect\n', "this is not TOML"),
    ("written twice", "version = 1", "version = 1\nversion = 2", "version = 2", "this is not TOML"),
]


@pytest.mark.parametrize(
    ("wrong", "by", "near", "says"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES]
)
def test_a_mistake_is_named_with_file_line_and_remedy(wrong, by, near, says):
    assert wrong in TEXT
    text = TEXT.replace(wrong, by, 1)
    error = refuse(text)
    assert says in error.what
    assert f"“words.toml”, line {line_of(text, near)}: " in error.what


def test_a_source_that_is_left_out_is_asked_for():
    text = "\n".join(line for line in TEXT.splitlines() if not line.startswith("referral"))
    error = refuse(text)
    assert f"line {line_of(text, '[entry]')}: “referral” is missing" in error.what
    assert 'referral = { stage = "lead"' in error.remedy


def test_the_deal_and_the_customer_come_last():
    first, _, rest = TEXT.partition("\n[[stage]]")
    parts = rest.split("\n[[stage]]")
    entry = parts[-1].index("# Where a new record starts")
    parts, tail = [*parts[:-1], parts[-1][:entry]], parts[-1][entry:]
    swapped = "\n[[stage]]".join([first, parts[0], parts[2], parts[1], parts[3]]) + tail
    error = refuse(swapped)
    assert "not the last two" in error.what
    where = line_of(swapped, 'role = "in_deal"')
    assert f"line {where}:" in error.what


def test_the_first_stage_is_no_deal():
    stages = TEXT.split("\n[[stage]]")
    text = "\n[[stage]]".join([stages[0], stages[3], stages[4]])
    error = refuse(text)
    assert "The first stage is already a deal" in error.what
    assert f"line {line_of(text, 'role =')}:" in error.what


def test_a_file_without_stages_says_so():
    head = TEXT[: TEXT.index("\n[[stage]]")]
    assert "“stage” is missing" in refuse(head).what
    assert "“stage” is not what it should be" in refuse("stage = [1]\n" + head).what


def test_an_empty_file_and_an_unfinished_one_say_where():
    assert "line 1: " in refuse("").what
    assert "line 2: this is not TOML" in refuse('key = "x"\n[name').what


def test_a_list_over_several_lines_and_a_long_text_do_not_confuse_the_line():
    wrong = 'requires = [\n  "dialogue",\n  ["need", "charm"],\n]'
    text = TEXT.replace(PROSPECT, wrong, 1)
    where = line_of(text, '"charm"')
    assert f"line {where}:" in refuse(text).what
    long_text = TEXT.replace('en = "Dialogue"', 'en = """\nteam = "nobody"\n[[stage]]\n"""', 1)
    text = long_text.replace('team = "service"', 'team = "boss"', 1)
    where = line_of(text, '"boss"')
    assert f"line {where}:" in refuse(text).what


def test_the_same_text_is_read_once():
    assert vocabulary.load(TEXT, "a.toml") is vocabulary.load(TEXT, "a.toml")
