"""What the window hands its pages: the workspace, who moves and records, and the ways to other screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crmdesk.domain.lists import ListQuery
from crmdesk.domain.records import Id
from crmdesk.ui.context import Context
from crmdesk.ui.dealing import Dealing
from crmdesk.ui.importer import Importer
from crmdesk.ui.mover import Mover
from crmdesk.ui.recorder import Recorder
from crmdesk.ui.typed import Typed
from crmdesk.ui.undoing import Undoing


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The hands of one window.

    `go` shows a screen by its key, `back` what was seen before; `open_record` the page of a person, an organisation, a
    lead or an opportunity; `show_card` a lead or an opportunity on its board, with the record panel open; `show_list` a
    list on the screen of its place.
    """

    context: Context
    typed: Typed
    mover: Mover
    dealing: Dealing
    recorder: Recorder
    importer: Importer
    undoing: Undoing
    go: Callable[[str], None]
    back: Callable[[], None]
    open_record: Callable[[Id], None]
    show_card: Callable[[Id], None]
    show_list: Callable[[ListQuery], None]
