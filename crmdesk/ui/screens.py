"""The screens of a window: one row each, in the order of the navigation. A page is made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crmdesk.services import boards, today
from crmdesk.storage.database import Database
from crmdesk.ui.board_screen import JourneyScreen
from crmdesk.ui.deals_screen import DealsScreen
from crmdesk.ui.definitions_screen import DefinitionsScreen
from crmdesk.ui.desk import Desk
from crmdesk.ui.list_screen import DealList, OrganisationsScreen, PeopleScreen, count_organisations, count_people
from crmdesk.ui.pages import Page
from crmdesk.ui.record_screen import RecordScreen
from crmdesk.ui.today_screen import TodayScreen
from crmdesk.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A screen: its key, its name (marked for the catalogue), its icon, and how its page is made.

    `group` separates it in the navigation from others; 0 has no entry there. `count` says how many lie behind it; it is
    asked after every change, off the thread of the windows.
    """

    key: str
    name: str
    icon: str
    make: Callable[[Desk], Page]
    group: int = 1
    count: Callable[[Database], int] | None = None


SCREENS: tuple[Screen, ...] = (
    Screen(key="today", name=N_("Today"), icon="today", make=TodayScreen, count=today.count),
    Screen(key="board", name=N_("Board"), icon="board", make=JourneyScreen),
    Screen(key="deals", name=N_("Deals"), icon="deal", make=DealsScreen, count=boards.open_deals),
    Screen(key="people", name=N_("People"), icon="people", make=PeopleScreen, group=2, count=count_people),
    Screen(
        key="organisations",
        name=N_("Organisations"),
        icon="organisation",
        make=OrganisationsScreen,
        group=2,
        count=count_organisations,
    ),
    Screen(key="definitions", name=N_("Definitions"), icon="definitions", make=DefinitionsScreen, group=3),
    Screen(key="deal_list", name=N_("Deals"), icon="deal", make=DealList, group=0),
    Screen(key="record", name=N_("Record"), icon="card", make=RecordScreen, group=0),
)
FIRST = "today"
