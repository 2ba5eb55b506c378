"""The table of what a person can do: every service function, callable by name with plain JSON.

`@verb` marks one that writes, `@question` one that only reads. Both leave the function as it is. The terminal's `do`,
its documentation and the property test over every verb work from this table, so that nothing escapes them.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from crmdesk import services
from crmdesk.domain.errors import BadInput, NotFound
from crmdesk.domain.records import RECORD_TYPES, Id
from crmdesk.storage import records
from crmdesk.storage.database import Database
from crmdesk.words import Label, _

F = TypeVar("F", bound=Callable[..., Any])
_COLLECTIONS = (list, tuple, set, frozenset)


@dataclass(frozen=True, slots=True)
class Verb:
    """One service function: its name ("moves.move"), and whether it writes."""

    name: str
    function: Callable[..., Any]
    writes: bool

    @property
    def arguments(self) -> tuple[inspect.Parameter, ...]:
        """The parameters that can be given as JSON: all but the database and functions handed in."""
        hints = _hints(self.function)
        given = list(inspect.signature(self.function).parameters.values())[1:]
        return tuple(each for each in given if not _is_function(hints[each.name]))

    @property
    def documentation(self) -> str:
        """Signature and docstring as `do --list` prints them."""
        hints = _hints(self.function)
        arguments = ", ".join(_argument(each, hints[each.name]) for each in self.arguments)
        head = f"{self.name}({arguments}) → {type_words(hints.get('return', Any))}"
        return f"{head}\n{inspect.getdoc(self.function) or ''}".rstrip()


_TABLE: dict[str, Verb] = {}


def verb(function: F) -> F:
    """Registers a service function that writes: one named step."""
    return _register(function, writes=True)


def question(function: F) -> F:
    """Registers a service function that only reads."""
    return _register(function, writes=False)


@cache
def every() -> Mapping[str, Verb]:
    """All verbs and questions by name, sorted; imports every module of the services room."""
    for module in pkgutil.iter_modules(services.__path__):
        importlib.import_module(f"{services.__name__}.{module.name}")
    return dict(sorted(_TABLE.items()))


def call(db: Database, name: str, arguments: Mapping[str, Any]) -> Any:
    """Runs a verb with JSON arguments and gives its result as plain JSON: ids are references on both sides.

    Raises NotFound for an unknown verb or reference, BadInput for arguments that do not fit, and what the verb raises.
    """
    found = every().get(name)
    if found is None:
        raise NotFound(_("There is no verb “{name}”.").format(name=name), _("“crmdesk do --list” names them all."))
    given = _typed(db, found, arguments)
    result = found.function(db, **given)
    return plain(db, result, _hints(found.function).get("return", Any))


def plain(db: Database, value: Any, kind: Any = Any) -> Any:
    """`value` as plain JSON. Ids become references: where the type says Id, in records and in fields named *_id."""
    ids: set[Id] = set()
    _plain(value, kind, _collector(ids))
    references = references_of(db, ids)
    return _plain(value, kind, references.get)


def references_of(db: Database, ids: set[Id]) -> dict[Id, str]:
    """The references of records of any type; ids of nothing are left out. One query a table, until all are found."""
    found: dict[Id, str] = {}
    with db.read() as connection:
        for record_type in RECORD_TYPES:
            missing = ids - found.keys()
            if not missing:
                break
            rows = records.many(connection, record_type, sorted(missing))
            found.update((each, row.ref) for each, row in rows.items())
    return found


def type_words(kind: Any) -> str:
    """A type as the documentation names it: "reference", "list of reference", "text", "true or false"."""
    simple = {str: "text", int: "whole number", bool: "true or false", Id: "reference", type(None): "nothing"}
    if isinstance(kind, typing.Hashable) and kind in simple:
        return simple[kind]
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(type_words(each) for each in inside)
    if _is_collection(origin):
        return f"list of {type_words(inside[0])}"
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        fields = (f"{each.name}: {type_words(hints[each.name])}" for each in dataclasses.fields(kind))
        return (
            f"{kind.__name__} {{{', '.join(fields)}}}" if kind.__name__.endswith(("Input", "Choice")) else kind.__name__
        )
    return getattr(kind, "__name__", str(kind))


def _register(function: F, *, writes: bool) -> F:
    name = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"
    _TABLE[name] = Verb(name, function, writes)
    return function


@cache
def _hints(thing: Callable[..., Any]) -> dict[str, Any]:
    return typing.get_type_hints(thing)


def _argument(parameter: inspect.Parameter, kind: Any) -> str:
    words = f"{parameter.name}: {type_words(kind)}"
    return words if parameter.default is parameter.empty else f"{words} = {parameter.default!r}"


def _is_function(kind: Any) -> bool:
    inside = (kind, *typing.get_args(kind))
    return any(typing.get_origin(each) is Callable or each is Callable for each in inside)


def _is_collection(origin: Any) -> bool:
    return (
        inspect.isclass(origin)
        and (origin in _COLLECTIONS or issubclass(origin, typing.Collection))
        and not _is_table(origin)
    )


def _is_table(origin: Any) -> bool:
    return inspect.isclass(origin) and issubclass(origin, Mapping)


def _typed(db: Database, found: Verb, arguments: Mapping[str, Any]) -> dict[str, Any]:
    allowed = {each.name: each for each in found.arguments}
    for name in arguments:
        if name not in allowed:
            raise BadInput(
                _("“{verb}” has no argument “{name}”.").format(verb=found.name, name=name),
                _("It takes: {names}.").format(names=", ".join(allowed)),
            )
    for name, parameter in allowed.items():
        if parameter.default is parameter.empty and name not in arguments:
            raise BadInput(_("“{verb}” needs the argument “{name}”.").format(verb=found.name, name=name))
    hints = _hints(found.function)
    return {name: _convert(db, name, value, hints[name]) for name, value in arguments.items()}


def _convert(db: Database, name: str, value: Any, kind: Any) -> Any:
    import msgspec

    prepared = _prepare(db, value, kind)
    try:
        return msgspec.convert(prepared, kind)
    except msgspec.ValidationError as error:
        raise BadInput(
            _("The argument “{name}” does not fit: {problem}.").format(name=name, problem=error),
            _("It is: {kind}.").format(kind=type_words(kind)),
        ) from None


def _prepare(db: Database, value: Any, kind: Any) -> Any:
    """`value` with references replaced by ids and text that cannot be stored cleaned, following the type."""
    if kind is Id:
        return _id_of(db, value)
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        real = [each for each in inside if each is not type(None)]
        return None if value is None else _prepare(db, value, real[0])
    if isinstance(value, list) and _is_collection(origin):
        return [_prepare(db, each, inside[0]) for each in value]
    if isinstance(value, dict) and isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = _hints(kind)
        unknown = [each for each in value if each not in hints]
        if unknown:
            raise BadInput(_("“{name}” is not a field of {kind}.").format(name=unknown[0], kind=type_words(kind)))
        return {each: _prepare(db, inner, hints[each]) for each, inner in value.items()}
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return value


def _id_of(db: Database, value: Any) -> Id:
    if not isinstance(value, str):
        raise BadInput(_("“{value}” is not a reference.").format(value=value), _("References look like K7Q2-9FXD."))
    with db.read() as connection:
        return records.by_ref(connection, value.strip().upper())[1]


def _collector(ids: set[Id]) -> Callable[[Id], None]:
    def note(each: Id) -> None:
        ids.add(each)

    return note


def _plain(value: Any, kind: Any, reference: Callable[[Id], str | None]) -> Any:
    if value is None or isinstance(value, bool | str | float):
        return value
    if isinstance(value, int):
        return reference(Id(value)) if _says_id(kind) else value
    if isinstance(value, Label):
        return value.text()
    if isinstance(value, date | datetime):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        return dict(_fields(value, reference))
    if isinstance(value, Mapping):
        key_kind, inner = typing.get_args(kind) if _is_table(typing.get_origin(kind)) else (Any, Any)
        return {str(_plain(key, key_kind, reference)): _plain(each, inner, reference) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        inner = next(iter(typing.get_args(_without_none(kind))), Any)
        return [_plain(each, inner, reference) for each in value]
    return str(value)


def _fields(value: Any, reference: Callable[[Id], str | None]) -> Iterator[tuple[str, Any]]:
    kind: Callable[..., Any] = type(value)
    hints = _hints(kind)
    for each in dataclasses.fields(value):
        if each.name == "id" and "ref" in hints:
            continue
        yield each.name, _plain(getattr(value, each.name), hints[each.name], reference)


def _without_none(kind: Any) -> Any:
    inside = [each for each in typing.get_args(kind) if each is not type(None)]
    return inside[0] if typing.get_origin(kind) in (typing.Union, types.UnionType) else kind


def _says_id(kind: Any) -> bool:
    return _without_none(kind) is Id
