"""How every page and every sheet is opened over the sample people. A new one needs its row here: a test asks for it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import crmdesk.ui
from crmdesk import paths
from crmdesk.domain import vocabulary as vocabularies
from crmdesk.domain.records import Id, Opportunity, Person
from crmdesk.services import convert, deals, dossiers
from crmdesk.storage import records
from crmdesk.ui.dialogs.answer import AnswerSheet
from crmdesk.ui.dialogs.closing import ClosingSheet, UnkeptSheet
from crmdesk.ui.dialogs.consent import ConsentSheet
from crmdesk.ui.dialogs.conversion import ConversionSheet
from crmdesk.ui.dialogs.crash import CrashSheet
from crmdesk.ui.dialogs.deal import DealSheet
from crmdesk.ui.dialogs.definition import DefinitionSheet
from crmdesk.ui.dialogs.exits import ParkSheet, ReasonSheet
from crmdesk.ui.dialogs.history import HistorySheet
from crmdesk.ui.dialogs.importing import ImportSheet
from crmdesk.ui.dialogs.keys import KeysSheet
from crmdesk.ui.dialogs.known import Known
from crmdesk.ui.dialogs.later import LaterSheet
from crmdesk.ui.dialogs.list_sheet import Entry, ListSheet
from crmdesk.ui.dialogs.list_sheets import ChooseSheet, RemoveSheet, TagSheet
from crmdesk.ui.dialogs.log import LogSheet
from crmdesk.ui.dialogs.new_contact import NewContactSheet
from crmdesk.ui.dialogs.next_step import NextStepSheet
from crmdesk.ui.dialogs.part import AddPartSheet, PartSheet
from crmdesk.ui.dialogs.point import PointSheet
from crmdesk.ui.dialogs.qualification import QualificationSheet
from crmdesk.ui.dialogs.quick_add import QuickAddSheet
from crmdesk.ui.dialogs.rename import RenameSheet
from crmdesk.ui.dialogs.restoring import PastBackup, RestoreSheet
from crmdesk.ui.dialogs.stage_definition import StageDefinitionSheet
from crmdesk.ui.dialogs.start_lead import StartLeadSheet
from crmdesk.ui.dialogs.taking_back import TakingBackSheet
from crmdesk.ui.dialogs.trash import TrashSheet
from crmdesk.ui.dialogs.unopened import Came, SalvagedSheet, UnopenedSheet, Way
from crmdesk.ui.dialogs.words_apart import WordsApartSheet
from crmdesk.ui.dialogs.workspace_settings import WorkspaceSheet
from crmdesk.ui.main_window import MainWindow
from crmdesk.ui.pages import Page
from crmdesk.ui.screens import SCREENS
from crmdesk.ui.sheet import Sheet
from crmdesk.ui.typed import Typed
from crmdesk.ui.views.first_start import FirstStart
from crmdesk.words import _

LIST = paths.resources() / "sample" / "fair_list.csv"
Opener = Callable[[MainWindow], None]


def card(window: MainWindow, stage: str) -> Id:
    """The first card of a stage."""
    column = window.board.strip.column_of(stage)
    assert column is not None
    return column.model.card(0).id


def a_deal(window: MainWindow) -> Opportunity:
    """Some open deal."""
    with window.context.db.read() as connection:
        return next(each for each in records.where(connection, Opportunity) if not each.exit)


def act(name: str, stage: str = "lead") -> Opener:
    """An action of the table, on the first card of a stage."""

    def open_it(window: MainWindow) -> None:
        window.show_card(card(window, stage))
        window.actions_.get(name).trigger()

    return open_it


def shown(make: Callable[[MainWindow], Sheet]) -> Opener:
    """A sheet made here."""

    def open_it(window: MainWindow) -> None:
        window.sheets.open(make(window), key="shown by a test")

    return open_it


def person(window: MainWindow) -> Person:
    """Somebody with a firm."""
    with window.context.db.read() as connection:
        return next(each for each in records.where(connection, Person) if each.organisation_id)


def first_start(window: MainWindow) -> Sheet:
    """The page of the first start."""
    known = [vocabularies.load(vocabularies.shipped_text(key), key) for key in vocabularies.shipped()]
    return FirstStart(window.context.theme, known, folder=Path("/home/somebody/Documents"), today=date(2026, 5, 5))


def conversion(window: MainWindow) -> Sheet:
    """A conversion, past the questions before it."""
    context, chosen = window.context, card(window, "prospect")
    known = Known.of(dossiers.read(context.db, chosen), today=context.clock.today())
    preview = partial(convert.preview, context.db, chosen)
    return ConversionSheet(
        context.theme, known, convert.propose(context.db, chosen), typed=typed(window), preview=preview, because=""
    )


def typed(window: MainWindow) -> Typed:
    """What is typed, understood for this workspace."""
    return Typed(window.context.clock.today, "EUR")


def unopened(window: MainWindow) -> Sheet:
    """A file that was not opened, with its ways on."""
    ways = [Way("backup", _("Restore a backup"), _("Choose another folder.")), Way("other", _("Open a workspace"))]
    what, remedy = _("The search was stopped."), _("Copy it to a folder of yours and choose it there.")
    return UnopenedSheet(
        window.context.theme, title="“fair.crmdesk” was not opened", what=what, remedy=remedy, ways=ways
    )


def deal_stages(window: MainWindow) -> None:
    """The list of deal stages."""
    entries = [Entry(key=each.key, text=each.label, percent="20") for each in deals.stages(window.context.db)]
    sheet = ListSheet(
        window.context.theme,
        entries,
        title=_("Deal stages"),
        hint=_("In the order of the board. Each gives its deals a probability in percent, unless set by hand."),
        entry_name=_("Stage"),
        add=_("Add a stage"),
        with_percent=True,
    )
    window.sheets.open(sheet, key="shown by a test")


SHEETS: dict[type[Sheet], Opener] = {
    AddPartSheet: shown(
        lambda window: AddPartSheet(
            window.context.theme, deals.candidates(window.context.db, a_deal(window).id), deal=a_deal(window).name
        )
    ),
    AnswerSheet: lambda window: window.recorder.fact(card(window, "lead"), "need"),
    ChooseSheet: shown(
        lambda window: ChooseSheet(
            window.context.theme,
            [("a", "Jana Lindner"), ("b", "Tom Weber")],
            title=_("Owner"),
            name=_("Owner"),
            button=_("Save"),
            icon="person",
        )
    ),
    ClosingSheet: shown(lambda window: ClosingSheet(window.context.theme, "visitors.csv")),
    UnkeptSheet: shown(lambda window: UnkeptSheet(window.context.theme)),
    ConsentSheet: act("consent"),
    ConversionSheet: shown(conversion),
    CrashSheet: shown(lambda window: CrashSheet(window.context.theme, "ValueError\n  crmdesk/ui/board.py:12")),
    DealSheet: shown(
        lambda window: DealSheet(window.context.theme, a_deal(window), deals.stages(window.context.db), typed(window))
    ),
    DefinitionSheet: shown(lambda window: DefinitionSheet(window.context.theme, window.context.vocabulary)),
    FirstStart: shown(first_start),
    HistorySheet: lambda window: window.undoing.show_history(),
    ImportSheet: lambda window: window.importer.import_file(str(LIST)),
    KeysSheet: shown(lambda window: KeysSheet(window.context.theme)),
    LaterSheet: shown(lambda window: LaterSheet(window.context.theme, typed(window), title="Call back")),
    ListSheet: deal_stages,
    LogSheet: act("log"),
    NewContactSheet: lambda window: window.recorder.new_contact(),
    NextStepSheet: act("next_step"),
    ParkSheet: act("not_now"),
    PartSheet: shown(lambda window: PartSheet(window.context.theme, name="Katrin Bauer", role="decider")),
    PointSheet: act("add_channel"),
    QualificationSheet: lambda window: window.mover.move([card(window, "lead")], "opportunity"),
    QuickAddSheet: lambda window: window.recorder.quick(),
    ReasonSheet: act("not_a_fit"),
    RemoveSheet: shown(
        lambda window: RemoveSheet(window.context.theme, title=_("Trash"), text=_("It may have been undone meanwhile."))
    ),
    RenameSheet: act("edit"),
    RestoreSheet: shown(
        lambda window: RestoreSheet(
            window.context.theme, [PastBackup(1, "5 May, 12:00", "", "2 MB")], share=10, shares=(5, 10, 25)
        )
    ),
    SalvagedSheet: shown(
        lambda window: SalvagedSheet(
            window.context.theme,
            name="fair.crmdesk",
            aside="fair (damaged).crmdesk",
            came=[Came(what=_("Person"), kept=1200, lost=12), Came(what=_("Timeline"), kept=3000, lost=None)],
        )
    ),
    StageDefinitionSheet: shown(
        lambda window: StageDefinitionSheet(
            window.context.theme, window.context.vocabulary.stages[0], window.context.vocabulary.stages[0]
        )
    ),
    StartLeadSheet: lambda window: window.recorder.start_lead(person(window).id),
    TagSheet: shown(lambda window: TagSheet(window.context.theme, ["fair", "press"], title=_("Label"))),
    TakingBackSheet: shown(lambda window: TakingBackSheet(window.context.theme, "Katrin Bauer")),
    TrashSheet: shown(lambda window: TrashSheet(window.context.theme, [])),
    UnopenedSheet: shown(unopened),
    WordsApartSheet: shown(lambda window: WordsApartSheet(window.context.theme, window.context.vocabulary)),
    WorkspaceSheet: lambda window: window.workspace_edits.ask(),
}
"""How each kind of sheet is opened."""

PAGES = tuple(screen.key for screen in SCREENS)
"""Every screen shows its page by its key; the page of one record by the record."""

PAGE_KINDS = {screen.kind() for screen in SCREENS}
"""The pages seen this way."""


def show_page(window: MainWindow, key: str) -> Page:
    """Shows the page of a screen with something on it."""
    if key == "record":
        window.open_record(a_deal(window).id)
    else:
        window.go(key)
    return window.page


def kinds_of(base: type) -> Iterator[type]:
    """Every class of the program that derives from `base` and is itself no base of another, nor private."""
    for module in pkgutil.walk_packages(crmdesk.ui.__path__, "crmdesk.ui."):
        importlib.import_module(module.name)
    waiting = [base]
    while waiting:
        kind = waiting.pop()
        below = [each for each in kind.__subclasses__() if each.__module__.startswith("crmdesk.")]
        waiting += below
        if not below and kind is not base:
            yield kind
