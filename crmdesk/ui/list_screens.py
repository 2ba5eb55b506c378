"""The screens of lists there are: people, organisations, and the deals as a list beside their board."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crmdesk.domain.lists import ListFilter
from crmdesk.ui.deal_ways import LIST, DealWays
from crmdesk.ui.desk import Desk
from crmdesk.ui.list_screen import ListScreen, Segment
from crmdesk.words import N_, _

SCREEN_OF = {"people": "people", "leads": "people", "organisations": "organisations", "opportunities": "deal_list"}
"""The place of a view → the key of the screen that shows it."""


class PeopleScreen(ListScreen):
    """Everybody, contacts at accounts, and leads."""

    segments = (
        Segment(
            key="all",
            label=N_("All"),
            place="people",
            empty=N_("Nobody here yet. Import a list, or add somebody with Ctrl+N."),
        ),
        Segment(
            key="contacts",
            label=N_("Contacts"),
            place="people",
            empty=N_("No contacts yet. A conversion makes people contacts at an account."),
            base=ListFilter(contacts=True),
        ),
        Segment(
            key="leads",
            label=N_("Leads"),
            place="leads",
            empty=N_("No leads yet. Import a list, or add somebody with Ctrl+N."),
        ),
    )

    @property
    def title(self) -> str:
        """People."""
        return _("People")


class OrganisationsScreen(ListScreen):
    """Firms and bodies, accounts and others."""

    segments = (
        Segment(
            key="all",
            label=N_("All"),
            place="organisations",
            empty=N_("No organisations yet. They come with the people who work there."),
        ),
    )

    @property
    def title(self) -> str:
        """Organisations."""
        return _("Organisations")


class DealList(ListScreen):
    """The deals below each other: the other way to see their board."""

    segments = (
        Segment(
            key="all",
            label=N_("All"),
            place="opportunities",
            empty=N_("No deals yet. Drag a prospect here, or start one by hand."),
        ),
    )

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent=parent)
        self._ways = DealWays(desk.context.theme, LIST, desk.go, parent=self)
        self._ways.hide()

    @property
    def title(self) -> str:
        """Deals."""
        return _("Deals")

    @property
    def place(self) -> str:
        """Under the deals."""
        return "deals"

    @property
    def controls(self) -> QWidget | None:
        """Board or list."""
        return self._ways
