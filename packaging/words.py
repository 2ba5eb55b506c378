"""The catalogues of translations: `update` takes every marked string from the code, `check` says what is wrong.

The template is `resources/i18n/crmdesk.pot`, the translations `<language>.po` beside it, what the program loads
`<language>/LC_MESSAGES/crmdesk.mo`. `qt/qtbase_<language>.ts` holds what Qt's own translation of the language lacks,
compiled beside it to `.qm`. After editing a translation run `update` once more.
"""

from __future__ import annotations

import argparse
import io
import shutil
import string
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
DOMAIN = "crmdesk"
TEMPLATE = FOLDER / f"{DOMAIN}.pot"
LANGUAGES = ("de", "vi", "zh_TW")  # each of these has to be complete

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "NN_": (1, 2), "pgettext": ((1, "c"), 2)}
DAY = datetime(2026, 1, 1, tzinfo=UTC)  # a fixed date in every header: the same words make the same files


def main() -> int:
    """One of the two commands; the exit code is 1 when `check` found something."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["update", "check"])
    if parser.parse_args().command == "update":
        update()
        return 0
    problems = list(check())
    print("\n".join(problems) if problems else f"{len(read(TEMPLATE))} messages, complete in: {', '.join(LANGUAGES)}")
    return 1 if problems else 0


def update() -> None:
    """Writes the template from the code, brings every translation up to it, and compiles them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    template = extract()
    TEMPLATE.write_bytes(po_bytes(template))
    for language in LANGUAGES:
        source = FOLDER / f"{language}.po"
        catalog = read(source, language) if source.exists() else blank(language)
        catalog.update(template, no_fuzzy_matching=False, update_header_comment=False)
        catalog.obsolete.clear()
        source.write_bytes(po_bytes(catalog))
        compiled(language).parent.mkdir(parents=True, exist_ok=True)
        compiled(language).write_bytes(mo_bytes(read(source, language)))
        print(f"{language}: {len(catalog)} messages, {len(list(unfinished(catalog)))} to translate")
    for source in qt_sources():
        source.with_suffix(".qm").write_bytes(qm_bytes(source))


def check() -> Iterator[str]:
    """One line for everything that is not in order."""
    template = extract()
    if not TEMPLATE.exists() or TEMPLATE.read_bytes() != po_bytes(template):
        yield f"{shown(TEMPLATE)} is not what the code says. Run: .venv/bin/python packaging/words.py update"
    for language in LANGUAGES:
        source = FOLDER / f"{language}.po"
        if not source.exists():
            yield f"{shown(source)} is missing. Run: .venv/bin/python packaging/words.py update"
            continue
        catalog = read(source, language)
        yield from (f"{shown(source)}: {line}" for line in problems_of(catalog, template))
        if not compiled(language).exists() or compiled(language).read_bytes() != mo_bytes(catalog):
            yield f"{shown(compiled(language))} is not compiled from {source.name}. Run: packaging/words.py update"
    for source in qt_sources():
        target = source.with_suffix(".qm")
        if not target.exists() or target.read_bytes() != qm_bytes(source):
            yield f"{shown(target)} is not compiled from {source.name}. Run: packaging/words.py update"


def problems_of(catalog: Catalog, template: Catalog) -> Iterator[str]:
    """What a complete translation must not have: messages missing, unfinished or gone, and other placeholders."""
    for message in template:
        if message.id and catalog.get(message.id, message.context) is None:
            yield f"missing: {one(message)}"
    for message in catalog:
        if message.id and template.get(message.id, message.context) is None:
            yield f"not in the code: {one(message)}"
    for message in unfinished(catalog):
        yield f"{'fuzzy' if message.fuzzy else 'not translated'}: {one(message)}"
    for message in catalog:
        yield from placeholder_problems(message)


def unfinished(catalog: Catalog) -> Iterator[Message]:
    """The messages without a translation a person has agreed to."""
    for message in catalog:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and (message.fuzzy or not all(forms)):
            yield message


def placeholder_problems(message: Message) -> Iterator[str]:
    """A line for each translated form whose {placeholders} are not those of the message.

    The last form stands for most counts and must have all of the plural's; the others may leave out the count.
    """
    if not message.id or not message.string:
        return
    if not isinstance(message.id, tuple | list):
        if placeholders(message.string) != placeholders(message.id):
            yield f"placeholders differ: {message.id} → {message.string}"
        return
    wanted = placeholders(message.id[1])
    for form in filter(None, message.string):
        found = placeholders(form)
        if found is None or wanted is None or not wanted - {"count"} <= found <= wanted:
            yield f"placeholders differ: {message.id[1]} → {form}"
    if message.string[-1] and placeholders(message.string[-1]) != wanted:
        yield f"placeholders differ: {message.id[1]} → {message.string[-1]}"


def placeholders(text: str) -> frozenset[str] | None:
    """The names in braces, as `str.format` reads them; None when the braces do not pair up."""
    try:
        return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    except ValueError:
        return None


def extract() -> Catalog:
    """Every marked string of the code, in the order of the files."""
    catalog = blank()
    for path in sorted((ROOT / "crmdesk").rglob("*.py")):
        found = extract_from_file("python", path, keywords=KEYWORDS, comment_tags=("Translators:",))
        for _line, message, comments, context in found:
            catalog.add(message, locations=[(shown(path), 0)], auto_comments=comments, context=context)
    return catalog


def blank(language: str | None = None) -> Catalog:
    """A catalogue without messages."""
    comment = f"# The words of CrmDesk{f', {language}' if language else ''}. Renewed by packaging/words.py update."
    return Catalog(
        locale=language,
        domain=DOMAIN,
        header_comment=comment,
        project="CrmDesk",
        version="1",
        copyright_holder="CrmDesk",
        msgid_bugs_address="none",
        last_translator="none",
        language_team="none",
        fuzzy=False,
    )


def read(path: Path, language: str | None = None) -> Catalog:
    """A catalogue from a file."""
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def po_bytes(catalog: Catalog) -> bytes:
    """The catalogue as text, the same for the same words: files without line numbers, fixed dates."""
    target = io.BytesIO()
    write_po(target, dated(catalog), width=120, include_lineno=False, sort_by_file=False, ignore_obsolete=True)
    return target.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """The catalogue as the program loads it; unfinished messages are left out and appear in English."""
    target = io.BytesIO()
    write_mo(target, dated(catalog))
    return target.getvalue()


def qt_sources() -> list[Path]:
    """The translations of Qt's own texts that are ours."""
    return sorted((FOLDER / "qt").glob("*.ts"))


def qm_bytes(source: Path) -> bytes:
    """A translation of Qt's texts as Qt loads it, compiled by the tool that comes with PySide6."""
    tool = shutil.which("pyside6-lrelease", path=Path(sys.executable).parent) or "pyside6-lrelease"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "compiled.qm"
        subprocess.run([tool, "-silent", source, "-qm", target], check=True)
        return target.read_bytes()


def dated(catalog: Catalog) -> Catalog:
    """The same catalogue with the fixed date in its header."""
    catalog.creation_date = catalog.revision_date = DAY
    return catalog


def compiled(language: str) -> Path:
    """Where the program looks for a language."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.mo"


def one(message: Message) -> str:
    """The message in one piece, for a line in a report."""
    return " / ".join(message.id) if isinstance(message.id, tuple | list) else str(message.id)


def shown(path: Path) -> str:
    """A path from the root of the checkout."""
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    sys.exit(main())
