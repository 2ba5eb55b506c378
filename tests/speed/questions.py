"""Parts that ask the services and count no pixels: search, totals, lists, records, the day, duplicates."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial

from crmdesk.domain.cards import BoardFilter
from crmdesk.domain.list_columns import COLUMNS
from crmdesk.domain.lists import PLACES, ListFilter, ListQuery
from crmdesk.services import boards, convert, dossiers, lists, moves, profiles, searches, timelines, today, workspace
from crmdesk.services.boards import ANYTHING
from crmdesk.storage.database import Database
from crmdesk.ui.list_reader import FIRST
from tests.speed.ground import Ground
from tests.speed.measure import Figure, timed, times
from tests.speed.world import some

_TYPED = {
    "latin": ("smith james", "kowalski", "p4711@", "thompson mary walker"),
    "german": ("müller jörg", "schaefer", "oberländer", "groß kathe"),
    "vietnamese": ("nguyễn văn anh", "tran thi", "hương", "dang minh chau"),
    "chinese": ("陳怡君", "林家", "王淑芬", "黃"),
}
_COMMON = ("smith james", "nguyen anh", "muller anna", "nguyen van binh", "wang 怡")


def search(ground: Ground) -> Iterator[Figure]:
    """Every keystroke of some texts in four scripts, phone fragments, two common words."""
    raw = min(ground.raw("SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT 50", one)
              for one in ('"kowalski" *', '"schaefer" *'))  # fmt: skip
    with ground.database() as db:
        find = partial(searches.find, db)
        for script, texts in _TYPED.items():
            keys = [text[: end + 1] for text in texts for end in range(len(text))]
            yield _search(f"search keystroke, {script}", times(find, keys), raw)
        drawn = random.Random(5)
        numbers = [str(drawn.randrange(10**6, 10**7))[: 3 + each % 5] for each in range(60)]
        yield _search("search, fragment of a number", times(find, numbers), raw)
        yield _search("search, two common words", times(find, _COMMON * 6), raw)


def _search(what: str, found: tuple[float, ...], raw: float) -> Figure:
    return Figure(what=what, times=found, floor=raw, floor_is="raw FTS5, 50 rows", goal="p99 <= 2 ms")


def totals(ground: Ground) -> Iterator[Figure]:
    """The heads of the boards, plain and filtered; pages at the top and far down; where a card lies."""
    one = ground.raw("SELECT * FROM tally WHERE owner_id = 0 AND event_id = ?", 0)
    with ground.database() as db:
        owner = workspace.members(db)[3].id
        shown = BoardFilter(owner_id=owner)
        owners = [BoardFilter(owner_id=each.id) for each in workspace.members(db)]
        stage = workspace.vocabulary(db).path[0]
        count = next(each.count for each in boards.columns(db) if each.stage == stage)
        heads = times(partial(_columns, db), (ANYTHING, shown) * 20)
        yield Figure(what="board totals", times=heads, floor=one, floor_is="raw tally", goal="<= 1 ms")
        funnels = times(lambda _each: [boards.columns(db, one) for one in owners], range(20))
        yield Figure(what="funnel of each owner in turn", times=funnels, goal="<= 150 ms")
        deals = times(partial(_deal_columns, db), (ANYTHING, shown) * 20)
        yield Figure(what="deals board totals", times=deals, floor=one, floor_is="raw tally", goal="<= 1 ms")
        page = times(lambda _each: boards.page(db, stage, limit=64), range(30))
        yield Figure(what="first page of a column", times=page, goal="growth <= 1.2")
        far = [count * each // 10 for each in range(1, 10)]
        anchors = times(lambda at: boards.anchor(db, stage, offset=at), far)
        yield Figure(what="jump to a far page (anchor)", times=anchors, goal="growth <= 1.2")
        cards = some(db, "card", where=f"stage = '{stage}'", count=60)
        places = times(lambda card: boards.position(db, card), cards)
        yield Figure(what="where a card lies (position)", times=places, goal="growth <= 1.2")


def _columns(db: Database, shown: BoardFilter) -> None:
    boards.columns(db, shown)


def _deal_columns(db: Database, shown: BoardFilter) -> None:
    boards.columns(db, shown, lane=boards.DEALS)


def listing(ground: Ground) -> Iterator[Figure]:
    """The lists: the first and all ids by each column, filtered, counted, and one screenful of rows."""
    floor = timed(lambda: ground.all_of("SELECT id FROM list_row WHERE place = 'people' ORDER BY name"))
    with ground.database() as db:
        owner, stage = workspace.members(db)[3].id, workspace.vocabulary(db).path[0]
        for place in PLACES:
            first = times(lambda _each, of=place: lists.ids(db, ListQuery(place=of), FIRST), range(20))
            yield Figure(what=f"list {place}: first rows", times=first, goal="growth <= 1.2")
            by_name = times(lambda _each, of=place: lists.ids(db, ListQuery(place=of)), range(3), warm=1)
            yield Figure(what=f"list {place}: open", times=by_name, floor=floor, floor_is="raw ids of people")
            rows = lists.ids(db, ListQuery(place=place))
            pages = [list(rows[at : at + 64]) for at in range(0, max(1, len(rows) - 64), max(1, len(rows) // 30))]
            yield Figure(
                what=f"list {place}: 64 rows", times=times(lambda ids, of=place: lists.rows(db, of, ids), pages)
            )
        for column in COLUMNS["people"]:
            if column.sort and column.sort != "name":
                query = ListQuery(place="people", sort=column.sort)
                first = times(lambda _each, of=query: lists.ids(db, of, FIRST), range(4), warm=1)
                yield Figure(what=f"list people: first by {column.sort}", times=first)
                sorted_by = times(lambda _each, of=query: lists.ids(db, of), range(2), warm=1)
                yield Figure(what=f"list people: sort by {column.sort}", times=sorted_by, floor=floor)
        for what, wanted in (
            ("owner", ListFilter(owners=(owner,))),
            ("no step", ListFilter(no_step=True)),
            ("text", ListFilter(text="nguyen anh")),
            ("text, stage and owner", ListFilter(text="nguyen a", stages=(stage,), owners=(owner,))),
        ):
            query = ListQuery(place="people", filter=wanted)
            first = times(lambda _each, of=query: lists.ids(db, of, FIRST), range(10), warm=1)
            yield Figure(what=f"list people: first, filtered by {what}", times=first, goal="growth <= 1.2")
            ids = times(lambda _each, of=query: lists.ids(db, of), range(5), warm=1)
            yield Figure(what=f"list people: filter by {what}", times=ids, floor=floor)
            counts = times(lambda _each, of=query: lists.count(db, of), range(10), warm=1)
            yield Figure(what=f"list people: count by {what}", times=counts)
        counted = times(lambda place: lists.count(db, ListQuery(place=place)), PLACES[:2] * 5)
        yield Figure(what="list: count of a whole place", times=counted, goal="growth <= 1.2")


def record(ground: Ground) -> Iterator[Figure]:
    """What one record's page and panel read, and what each selection asks."""
    with ground.database() as db:
        people, leads, deals = (some(db, each, count=60) for each in ("person", "lead", "opportunity"))
        floor = ground.raw("SELECT * FROM person WHERE id = ?", people[0])
        for what, ids in (("person", people), ("deal", deals)):
            read = times(partial(profiles.read, db), ids)
            yield Figure(what=f"record page of a {what}", times=read, floor=floor, floor_is="raw row")
        yield Figure(what="dossier of a lead", times=times(partial(dossiers.read, db), leads), floor=floor)
        line = times(partial(timelines.timeline, db), leads)
        yield Figure(what="timeline of a lead", times=line, floor=floor)
        forecast = times(lambda card: moves.forecast(db, [card]), leads)
        yield Figure(what="forecast of a drag", times=forecast, floor=floor)


def day(ground: Ground) -> Iterator[Figure]:
    """The page of today and its count in the navigation."""
    floor = ground.raw("SELECT count(*) FROM task WHERE done_at = '' AND due_on = ?", "2026-05-05")
    with ground.database() as db:
        listed = times(lambda _each: today.listed(db), range(12))
        yield Figure(what="today: the page", times=listed, floor=floor, floor_is="raw count", goal="growth <= 1.2")
        count = times(lambda _each: today.count(db), range(20))
        yield Figure(what="today: the count", times=count, floor=floor, floor_is="raw count", goal="growth <= 1.2")


def duplicates(ground: Ground) -> Iterator[Figure]:
    """Who is likely the same, as the conversion asks."""
    with ground.database() as db:
        wanted = some(db, "lead", where="exit = ''", count=60)
        likely = times(partial(convert.propose, db), wanted)
        yield Figure(what="duplicate lookup for a conversion", times=likely, goal="p99 <= 16.7 ms")
