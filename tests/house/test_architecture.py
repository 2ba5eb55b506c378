"""The rules of the house that import-linter and ruff do not know."""

from __future__ import annotations

import ast
import graphlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = {"crmdesk", "resources", "tests", "packaging", "pyproject.toml", "README.md", "LICENSE"}
# Long because it is one list of one kind of thing.
LISTS = {"crmdesk/storage/migrations/versions", "crmdesk/domain/records.py", "tests/services/test_every_verb.py"}


@cache
def parsed(*folders: str) -> list[tuple[str, ast.Module]]:
    """Path from the root and syntax tree of every Python file under these folders."""
    return [
        (path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]


def calls(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    """Every call of a function or method of this name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == name:
            yield node


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and top-level name of everything a module imports, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, (node.module or "").split(".")[0]


def test_the_top_level_is_exactly_what_the_readme_says():
    built = {"build", "dist"}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - built
    assert found == TOP_LEVEL


def test_packaging_hides_no_package_of_its_name():
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_ci_calls_exactly_the_command_of_the_readme():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines == ["#!/usr/bin/env bash", 'cd "$(dirname "$0")/.." && exec python3 packaging/develop.py test']
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_domain_needs_the_standard_library_alone():
    allowed = sys.stdlib_module_names | {"crmdesk"}
    offences = [
        f"{path}:{line} imports {name}"
        for path, tree in parsed("crmdesk/domain")
        for line, name in imported(tree)
        if name not in allowed
    ]
    assert offences == []


def test_set_up_needs_the_standard_library_alone():
    scripts = {"checks", "develop", "environment", "machine"}
    offences = [
        f"{path}:{line} imports {name}"
        for path, tree in parsed("packaging")
        if Path(path).stem in scripts
        for line, name in imported(tree)
        if name not in sys.stdlib_module_names | scripts
    ]
    assert offences == []


def test_imports_are_absolute():
    offences = [
        f"{path}:{node.lineno}"
        for path, tree in parsed("crmdesk")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert offences == []


def test_no_module_needs_itself_to_be_loaded():
    graph = grimp.build_graph("crmdesk", exclude_type_checking_imports=True, cache_dir=None)
    needs = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    graphlib.TopologicalSorter(needs).prepare()  # names the circle when there is one


def test_no_signal_cuts_an_id_to_32_bits():
    """`Signal(int)` may carry a direction or a count; a record's id has 63 bits and travels as `object`."""
    trees = parsed("crmdesk")
    whole_numbers = {name for _, tree in trees for name in signals_of_int(tree)}
    offences = [
        f"{path}:{call.lineno} {ast.unparse(call)}"
        for path, tree in trees
        for call in calls(tree, "emit")
        if isinstance(call.func, ast.Attribute) and getattr(call.func.value, "attr", "") in whole_numbers
        if any(re.search(r"\b(\w+_)?ids?\b", ast.unparse(argument)) for argument in call.args)
    ]
    assert offences == []


def signals_of_int(tree: ast.Module) -> Iterator[str]:
    """The names of the signals that carry an int."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and re.match(r"Signal\((.*\b)?int\b", ast.unparse(node.value)):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def test_no_signal_is_connected_to_a_lambda():
    offences = [
        f"{path}:{call.lineno}"
        for path, tree in parsed("crmdesk")
        for name in ("connect", "singleShot")
        for call in calls(tree, name)
        if any(isinstance(part, ast.Lambda) for argument in call.args for part in ast.walk(argument))
    ]
    assert offences == []


def test_no_function_is_longer_than_60_lines():
    offences = [
        f"{path}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1}"
        for path, tree in [*parsed("crmdesk"), *parsed("packaging")]
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno >= 60
    ]
    assert offences == []


def test_the_log_is_never_given_an_exception_or_its_words():
    """They may quote a name; its type and its traceback, as `crashes.traced` tells it, do not."""
    offences = []
    for path, tree in parsed("crmdesk"):
        caught = {each.name for each in ast.walk(tree) if isinstance(each, ast.ExceptHandler) and each.name} | {"error"}
        for name in ("debug", "info", "warning", "error", "exception", "critical"):
            for call in calls(tree, name):
                if isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "log":
                    given = [each.args[0] if is_text(each) else each for each in call.args]
                    bad = [
                        each for each in given if isinstance(each, ast.JoinedStr) or getattr(each, "id", "") in caught
                    ]
                    offences += [(path, each.lineno) for each in bad]
    assert offences == []


def is_text(node: ast.expr) -> bool:
    """Whether it is str(…) or repr(…) of something."""
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("str", "repr") and bool(node.args)


def test_no_file_is_longer_than_400_lines():
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for folder in ("crmdesk", "packaging", "tests")
        for path in (ROOT / folder).rglob("*.py")
    }
    assert {
        path: length for path, length in lengths.items() if length > 400 and not path.startswith(tuple(LISTS))
    } == {}


def test_nothing_in_the_project_names_the_machine_it_was_written_on():
    words = [f"{part}/" for part in ("/work", "/tmp/w", "/root", "/home/user")]
    offences = []
    for folder in [*TOP_LEVEL, ".ci", ".gitignore"]:
        path = ROOT / folder
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.suffix in {".png", ".pyc", ".mo"} or not file.is_file():
                continue
            text = file.read_text(encoding="utf-8", errors="replace")
            offences += [f"{file.relative_to(ROOT)}: {word}" for word in words if word in text]
    assert offences == []


def test_a_promise_to_do_it_later_is_not_committed():
    marks = ["TO" + "DO", "FIX" + "ME", "X" + "XX:"]
    offences = [
        f"{path.relative_to(ROOT)}: {mark}"
        for folder in ("crmdesk", "packaging", "tests", "resources")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".md", ".toml", ".json"}
        for mark in marks
        if mark in path.read_text(encoding="utf-8")
    ]
    assert offences == []


@pytest.mark.parametrize("heavy", ["PySide6", "sqlalchemy", "alembic"])
def test_the_terminal_starts_without(heavy):
    code = f"import sys, crmdesk.cli; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
