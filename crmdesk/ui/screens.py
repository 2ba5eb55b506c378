"""The screens of a window: one row each, in the order of the navigation. A page is made when it is first shown.

What a page is made of is imported no earlier: the window is there before most of them are loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmdesk.words import N_

if TYPE_CHECKING:
    from crmdesk.storage.database import Database
    from crmdesk.ui.desk import Desk
    from crmdesk.ui.pages import Page

    Kind = Callable[[Desk], Page]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A screen: its key, its name (marked for the catalogue), its icon, and `kind`, which gives the class of its page.

    `group` separates it in the navigation from others; 0 has no entry there. `count` says how many lie behind it; it is
    asked after every change, off the thread of the windows.
    """

    key: str
    name: str
    icon: str
    kind: Callable[[], Kind]
    group: int = 1
    count: Callable[[Database], int] | None = None

    def make(self, desk: Desk) -> Page:
        """Its page."""
        return self.kind()(desk)


def _today() -> Kind:
    from crmdesk.ui.today_screen import TodayScreen

    return TodayScreen


def _board() -> Kind:
    from crmdesk.ui.board_screen import JourneyScreen

    return JourneyScreen


def _deals() -> Kind:
    from crmdesk.ui.deals_screen import DealsScreen

    return DealsScreen


def _people() -> Kind:
    from crmdesk.ui.list_screens import PeopleScreen

    return PeopleScreen


def _organisations() -> Kind:
    from crmdesk.ui.list_screens import OrganisationsScreen

    return OrganisationsScreen


def _definitions() -> Kind:
    from crmdesk.ui.definitions_screen import DefinitionsScreen

    return DefinitionsScreen


def _deal_list() -> Kind:
    from crmdesk.ui.list_screens import DealList

    return DealList


def _record() -> Kind:
    from crmdesk.ui.record_screen import RecordScreen

    return RecordScreen


def _to_do(db: Database) -> int:
    from crmdesk.services import today

    return today.count(db)


def _open_deals(db: Database) -> int:
    from crmdesk.services import boards

    return boards.count(db, lane=boards.DEALS)


def _all_people(db: Database) -> int:
    return _listed(db, "people")


def _all_organisations(db: Database) -> int:
    return _listed(db, "organisations")


def _listed(db: Database, place: str) -> int:
    from crmdesk.domain.lists import ListQuery
    from crmdesk.services import lists

    return lists.count(db, ListQuery(place=place)).count


SCREENS: tuple[Screen, ...] = (
    Screen(key="today", name=N_("Today"), icon="today", kind=_today, count=_to_do),
    Screen(key="board", name=N_("Board"), icon="board", kind=_board),
    Screen(key="deals", name=N_("Deals"), icon="deal", kind=_deals, count=_open_deals),
    Screen(key="people", name=N_("People"), icon="people", kind=_people, group=2, count=_all_people),
    Screen(
        key="organisations",
        name=N_("Organisations"),
        icon="organisation",
        kind=_organisations,
        group=2,
        count=_all_organisations,
    ),
    Screen(key="definitions", name=N_("Definitions"), icon="definitions", kind=_definitions, group=3),
    Screen(key="deal_list", name=N_("Deals"), icon="deal", kind=_deal_list, group=0),
    Screen(key="record", name=N_("Record"), icon="card", kind=_record, group=0),
)
FIRST = "today"
