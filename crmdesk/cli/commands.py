"""The commands and their options. Each opens the workspace, asks a service and prints; nothing is decided here."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from crmdesk.cli import backups as keeping
from crmdesk.cli import importing as imports
from crmdesk.cli import lines, printing, reports, shapes
from crmdesk.cli.usage import Commands, WordedCommand, WordedGroup, explain
from crmdesk.cli.writing import result_of, writing
from crmdesk.domain import vocabulary as vocabularies
from crmdesk.domain.errors import NotFound
from crmdesk.domain.records import Id
from crmdesk.domain.vocabulary import shipped
from crmdesk.services import dossiers, reporting, samples, timelines, verbs, workspace
from crmdesk.storage.database import Database
from crmdesk.words import LANGUAGES, _, system_language

app = Commands(
    cls=WordedGroup,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help=_(
        "A contact manager that is honest about its words. Without a command: crmdesk [WORKSPACE] opens the window."
    ),
)

_THEMES = ("light", "dark")
_SMALLEST, _LARGEST = (640, 480), (7680, 4320)

Workspace = Annotated[Path, typer.Argument(metavar="WORKSPACE", help=_("The workspace file."))]
AsJson = Annotated[bool, typer.Option("--json", help=_("Print JSON."))]


def run(arguments: Sequence[str]) -> int:
    """Runs a command line; the exit code. CrmError is for the caller to word."""
    try:
        code = app(list(arguments), prog_name="crmdesk", standalone_mode=False)
    except TyperException as error:
        return explain(error)
    return code if isinstance(code, int) else 0


class _WithVocabularies(WordedCommand):
    """A command whose help says what each shipped vocabulary is: read only when it is asked for."""

    def format_epilog(self, _ctx: Any, formatter: Any) -> None:
        """Name and reading of each, below the options."""
        found = vocabularies.all_shipped()
        pattern = _("{name}: {reading}")
        with formatter.section(_("Vocabularies")):
            formatter.write_dl([(each.key, pattern.format(name=each.name(), reading=each.reading())) for each in found])


@app.command(cls=_WithVocabularies, help=_("Make a new workspace."))
def new(
    path: Workspace,
    vocabulary: Annotated[
        str, typer.Option(metavar="NAME", help=_("One of: {names}.").format(names=", ".join(shipped())))
    ],
    sample: Annotated[bool, typer.Option("--sample", help=_("Fill it with invented people."))] = False,
) -> None:
    """Makes a workspace that speaks a shipped vocabulary."""
    db = workspace.create(path, vocabulary=vocabulary, sample=sample)
    try:
        if sample:
            samples.fill(db, year=True)
        words = workspace.vocabulary(db)
        printing.line(_("Created “{name}”. Vocabulary: {vocabulary}.").format(name=path.name, vocabulary=words.name()))
    finally:
        db.close()


@app.command("import", help=_("Import lists of people, each as one step."))
def import_(
    path: Workspace,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=_("CSV files."))],
    source: Annotated[
        str, typer.Option(metavar="KEY", help=_("Where they come from; it says the stage."))
    ] = "address_book",
    event: Annotated[str, typer.Option(metavar="NAME", help=_("The trade show they come from."))] = "",
    people_only: Annotated[bool, typer.Option("--people-only", help=_("Keep them as people, without leads."))] = False,
    as_json: AsJson = False,
) -> None:
    """Imports files and says what became of every record."""
    with writing(path) as writer, imports.watched() as progress:
        done = writer.bring_in(files, progress=progress, source=source, event=event, people_only=people_only)
    _print(done, as_json=as_json, human=printing.imported)


@app.command("list", help=_("List the cards of the board, by stage."))
def list_(
    path: Workspace,
    stage: Annotated[str, typer.Option(metavar="KEY", help=_("Only this stage."))] = "",
    as_json: AsJson = False,
) -> None:
    """Lists the cards in their order."""
    with _reading(path) as db:
        cards = shapes.cards(db, stage)
        if as_json:
            _json(cards)
        else:
            printing.cards(cards, workspace.vocabulary(db), today=db.clock.today())


@app.command(help=_("Show one card, and why it is where it is."))
def show(
    path: Workspace,
    ref: Annotated[str, typer.Argument(metavar="REF", help=_("A reference, like K7Q2-9FXD."))],
    as_json: AsJson = False,
) -> None:
    """Shows a lead or opportunity, or the newest one of a person or an organisation."""
    with _reading(path) as db:
        card = shapes.shown(db, dossiers.card_of(db, _record(db, ref)))
        if as_json:
            _json(card)
        else:
            printing.shown(card, workspace.vocabulary(db), today=db.clock.today())


@app.command(help=_("Find people, firms and opportunities."))
def search(
    path: Workspace,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=_("Words, or a part of a number."))],
    as_json: AsJson = False,
) -> None:
    """Finds by words or by a fragment of a number."""
    with _reading(path) as db:
        hits = shapes.found(db, text)
        if as_json:
            _json(hits)
        else:
            printing.hits(hits, workspace.vocabulary(db))


@app.command("undo", help=_("Take back the last step."))
def undo_(path: Workspace) -> None:
    """Takes back the newest step that is not taken back."""
    with writing(path) as writer:
        printing.undone(_("Undone: {what}."), result_of(writer, "undo.undo"))


@app.command(help=_("Do the step again that was taken back last."))
def redo(path: Workspace) -> None:
    """Does again what was taken back."""
    with writing(path) as writer:
        printing.undone(_("Done again: {what}."), result_of(writer, "undo.redo"))


@app.command(help=_("What was changed, when and by whom: everywhere, or in one record."))
def history(
    path: Workspace,
    ref: Annotated[str, typer.Argument(metavar="REF", help=_("A reference, like K7Q2-9FXD."))] = "",
    as_json: AsJson = False,
) -> None:
    """Lists the steps of the workspace, or those that changed one record."""
    with _reading(path) as db:
        record = _record(db, ref) if ref else None
        if as_json:
            _json(shapes.history(db, record))
        else:
            printing.history(timelines.history(db, record), workspace.vocabulary(db))


@app.command(help=_("Check that the workspace is sound."))
def check(path: Workspace) -> None:
    """Checks the file, its links, the board and the search; exit code 1 when something is wrong."""
    with _reading(path) as db:
        problems = workspace.check(db)
    for problem in problems:
        printing.line(problem)
    if problems:
        raise typer.Exit(1)
    printing.line(_("“{name}” is sound.").format(name=path.name))


@app.command(help=_("Make a backup, checked; also while a window has the workspace open."))
def backup(
    path: Workspace,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help=_("A copy there instead."))] = None,
    as_json: AsJson = False,
) -> None:
    """Makes a backup, or a copy as a file of its own."""
    with _reading(path) as db:
        told = keeping.make(db) if to is None else keeping.copy(db, to)
    _print(told, as_json=as_json, human=keeping.say_made)


@app.command(help=_("Put a backup in the place of the workspace; what lies there is kept as a backup."))
def restore(
    path: Workspace,
    number: Annotated[int | None, typer.Argument(metavar="NUMBER", help=_("The number of a backup."))] = None,
    only_list: Annotated[bool, typer.Option("--list", help=_("Only list the backups, newest first."))] = False,
    as_json: AsJson = False,
) -> None:
    """Restores a backup by its number, or lists them."""
    if only_list:
        _print(keeping.listed(path), as_json=as_json, human=keeping.say_listed)
    elif number is None:
        raise typer.BadParameter(_("The number of a backup is missing. “--list” lists them."))
    else:
        _print(keeping.restore(path, number), as_json=as_json, human=keeping.say_restored)


@app.command(help=_("Figures of a workspace without a name in them; without one, what to send when something broke."))
def report(
    path: Annotated[Path | None, typer.Argument(metavar="WORKSPACE", help=_("The workspace file."))] = None,
    as_json: AsJson = False,
) -> None:
    """Prints figures, or versions and the newest reports of mistakes."""
    if path is None:
        _print(reports.of_program(), as_json=as_json, human=reports.print_program)
        return
    with _reading(path) as db:
        figures = reporting.figures(db)
    if as_json:
        _json(asdict(figures))
    else:
        reports.print_figures(figures)


@app.command(help=_("Run verbs given as JSON lines on standard input; every answer is printed after its commit."))
def do(
    path: Annotated[Path | None, typer.Argument(metavar="WORKSPACE", help=_("The workspace file."))] = None,
    list_verbs: Annotated[bool, typer.Option("--list", help=_("Document every verb."))] = False,
) -> None:
    """Runs verbs, one a line; exit code 1 when one of them was refused."""
    if list_verbs:
        printing.line("\n\n".join(each.documentation for each in verbs.every().values()))
        return
    if path is None:
        raise typer.BadParameter(_("The workspace is missing."))
    with writing(path) as writer:
        fine = lines.answer_all(sys.stdin.buffer, sys.stdout, writer.answer)
    if not fine:
        raise typer.Exit(1)


@app.command(help=_("Drive the real windows through the story and write a picture of each screen."))
def tour(
    out: Annotated[Path, typer.Option(metavar="DIR", help=_("The folder for the pictures."))],
    language: Annotated[str, typer.Option(metavar="KEY", help=", ".join(LANGUAGES))] = "",
    theme: Annotated[str, typer.Option(metavar="NAME", help=", ".join(_THEMES))] = "light",
    text: Annotated[float, typer.Option(metavar="FACTOR", help=_("Text size: 0.8 to 2."), min=0.8, max=2.0)] = 1.0,
    size: Annotated[str, typer.Option(metavar="WIDTHxHEIGHT", help=_("The window's size."))] = "1440x900",
) -> None:
    """Runs the tour and names the pictures; refused when something did not work as it should."""
    measures, language = _size(size), language or system_language()
    _check_listed(theme, _THEMES, "--theme")
    _check_listed(language, tuple(LANGUAGES), "--language")
    from crmdesk import tour as guide

    look = guide.Look(language=language, theme=theme, percent=round(text * 100), size=measures)
    for picture in guide.run(out, look):
        printing.line(str(picture))


def _record(db: Database, ref: str) -> Id:
    """The record with a reference. NotFound says how to find one by words."""
    try:
        return verbs.id_of(db, ref)
    except NotFound as error:
        find = _("“crmdesk search {workspace} {text}” finds by words, and shows the references.")
        raise NotFound(error.what, find.format(workspace=_quoted(db.path.name), text=_quoted(ref))) from None


def _quoted(word: str) -> str:
    """A word of a command as it is typed: in quotes when it holds spaces."""
    return word if len(word.split()) == 1 else f'"{word}"'


def _size(text: str) -> tuple[int, int]:
    across, by, down = text.lower().partition("x")
    if not by or not across.isdecimal() or not down.isdecimal():
        raise typer.BadParameter(_("“{text}” is not a size like 1280x800.").format(text=text))
    found = int(across[:6]), int(down[:6])
    if not all(least <= each <= most for least, each, most in zip(_SMALLEST, found, _LARGEST, strict=True)):
        raise typer.BadParameter(
            _("Sizes go from {smallest} to {largest}.").format(
                smallest="×".join(map(str, _SMALLEST)), largest="×".join(map(str, _LARGEST))
            )
        )
    return found


def _check_listed(value: str, allowed: Sequence[str], option: str) -> None:
    if value not in allowed:
        message = _("“{value}” does not fit “{what}”.").format(value=value, what=option)
        remedy = _("It takes: {names}.").format(names=", ".join(allowed))
        raise typer.BadParameter(f"{message} {remedy}")


@contextmanager
def _reading(path: Path) -> Iterator[Database]:
    """The workspace to read from, also while the window has it open."""
    db = workspace.open(path, read_only=True)
    try:
        yield db
    finally:
        db.close()


def _print(told: Any, *, as_json: bool, human: Callable[[Any], None]) -> None:
    if as_json:
        _json(told)
    else:
        human(told)


def _json(told: Any) -> None:
    printing.line(json.dumps(told, ensure_ascii=False, indent=2))
