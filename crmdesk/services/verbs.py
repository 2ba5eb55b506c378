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
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from crmdesk import services
from crmdesk.domain.errors import BadInput, NotFound
from crmdesk.domain.records import RECORD_TYPES, Id
from crmdesk.services.shapes import Plain, Word, hints_of, is_collection, is_function, is_pair, type_words
from crmdesk.storage import records
from crmdesk.storage.database import Database
from crmdesk.words import _

F = TypeVar("F", bound=Callable[..., Any])
_BITS = 63  # of the whole numbers that a file can hold


@dataclass(frozen=True, slots=True)
class Verb:
    """One service function: its name ("moves.move"), and whether it writes."""

    name: str
    function: Callable[..., Any]
    writes: bool

    @property
    def arguments(self) -> tuple[inspect.Parameter, ...]:
        """The parameters that can be given as JSON: all but the database and functions handed in."""
        hints = hints_of(self.function)
        given = list(inspect.signature(self.function).parameters.values())[1:]
        return tuple(each for each in given if not is_function(hints[each.name]))

    @property
    def documentation(self) -> str:
        """Signature and docstring as `do --list` prints them."""
        hints = hints_of(self.function)
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


def call(
    db: Database, name: str, arguments: Mapping[str, Any], *, door: str = "terminal", word: Word | None = None
) -> Any:
    """Runs a verb with JSON arguments and gives its result as plain JSON: ids are references on both sides.

    `door` is noted for verbs that note one and are not told; `word` turns a stage's key into the workspace's word.

    Raises NotFound for an unknown verb or reference, BadInput for arguments that do not fit, and what the verb raises.
    """
    found = every().get(name)
    if found is None:
        raise NotFound(_("There is no verb “{name}”.").format(name=name), _("“crmdesk do --list” names them all."))
    given = _typed(db, found, arguments)
    if any(each.name == "door" for each in found.arguments):
        given.setdefault("door", door)
    result = found.function(db, **given)
    return plain(db, result, hints_of(found.function).get("return", Any), word=word)


def plain(db: Database, value: Any, kind: Any = Any, *, word: Word | None = None) -> Any:
    """`value` as plain JSON: where a type says Id there is a reference, labels are worded."""
    ids: set[Id] = set()
    Plain(ids.add, word).of(value, kind)
    references = references_of(db, ids)
    return Plain(references.get, word).of(value, kind)


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


def id_of(db: Database, reference: Any) -> Id:
    """The id of the record with a reference, typed in any case. Raises NotFound, BadInput."""
    if not isinstance(reference, str):
        raise BadInput(_("“{value}” is not a reference.").format(value=reference), _("References look like K7Q2-9FXD."))
    with db.read() as connection:
        return records.by_ref(connection, reference.strip().upper())[1]


def _register(function: F, *, writes: bool) -> F:
    name = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"
    _TABLE[name] = Verb(name, function, writes)
    return function


def _argument(parameter: inspect.Parameter, kind: Any) -> str:
    words = f"{parameter.name}: {type_words(kind)}"
    return words if parameter.default is parameter.empty else f"{words} = {parameter.default!r}"


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
    hints = hints_of(found.function)
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
        return id_of(db, value)
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        real = [each for each in inside if each is not type(None)]
        return None if value is None else _prepare(db, value, real[0])
    if isinstance(value, list) and is_pair(kind):
        return [_prepare(db, each, inner) for each, inner in zip(value, inside, strict=False)] + value[len(inside) :]
    if isinstance(value, list) and is_collection(origin):
        return [_prepare(db, each, inside[0]) for each in value]
    if isinstance(value, dict) and isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = hints_of(kind)
        unknown = [each for each in value if each not in hints]
        if unknown:
            raise BadInput(_("“{name}” is not a field of {kind}.").format(name=unknown[0], kind=type_words(kind)))
        return {each: _prepare(db, inner, hints[each]) for each, inner in value.items()}
    if isinstance(value, int) and value.bit_length() > _BITS:
        return 0.5  # no whole number that anything could keep, and refused as none
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return value
