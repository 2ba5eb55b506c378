"""The types of services' arguments and results: told in words, and values of them as plain JSON."""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from array import array
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from crmdesk.domain.records import Id
from crmdesk.words import Label

Word = Callable[[str], str]


def type_words(kind: Any) -> str:
    """A type as the documentation names it: "reference", "list of reference", "text", "true or false"."""
    simple = {str: "text", int: "whole number", bool: "true or false", Id: "reference", type(None): "nothing"}
    if isinstance(kind, typing.Hashable) and kind in simple:
        return simple[kind]
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(type_words(each) for each in inside)
    if is_pair(kind):
        return " with ".join(type_words(each) for each in inside)
    if is_table(origin):
        return f"{type_words(inside[0])} → {type_words(inside[1])}"
    if is_collection(origin):
        return f"list of {type_words(inside[0])}"
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = hints_of(kind)
        fields = (f"{each.name}: {type_words(hints[each.name])}" for each in dataclasses.fields(kind))
        own = kind.__module__.startswith(__package__)
        return f"{kind.__name__} {{{', '.join(fields)}}}" if own else kind.__name__
    return getattr(kind, "__name__", str(kind))


@cache
def hints_of(thing: Callable[..., Any]) -> dict[str, Any]:
    """The types of a function's parameters or a class's fields, by name."""
    return typing.get_type_hints(thing)


def is_function(kind: Any) -> bool:
    """Whether a type is a function handed in, which JSON cannot say."""
    inside = (kind, *typing.get_args(kind))
    return any(typing.get_origin(each) is Callable or each is Callable for each in inside)


def is_collection(origin: Any) -> bool:
    """Whether a type's origin is a list of some kind."""
    return inspect.isclass(origin) and issubclass(origin, typing.Collection) and not is_table(origin)


def is_pair(kind: Any) -> bool:
    """A tuple of several kinds, one each, rather than a list of one kind."""
    return typing.get_origin(kind) is tuple and Ellipsis not in typing.get_args(kind)


def is_table(origin: Any) -> bool:
    """Whether a type's origin maps keys to values."""
    return inspect.isclass(origin) and issubclass(origin, Mapping)


class Plain:
    """Makes plain JSON of values; `reference` gives what stands for an id."""

    def __init__(self, reference: Callable[[Id], str | None], word: Word | None) -> None:
        self._reference = reference
        self._word = word

    def of(self, value: Any, kind: Any) -> Any:
        """`value`, which is of the type `kind`."""
        if value is None or isinstance(value, bool | str | float):
            return value
        if isinstance(value, int):
            return self._reference(Id(value)) if without_none(kind) is Id else value
        if isinstance(value, Label):
            return value.text(self._word)
        if isinstance(value, date | datetime):
            return value.isoformat()
        if dataclasses.is_dataclass(value):
            return dict(self._fields(value))
        if isinstance(value, Mapping):
            key_kind, inner = typing.get_args(kind) if is_table(typing.get_origin(kind)) else (Any, Any)
            return {str(self.of(key, key_kind)): self.of(each, inner) for key, each in value.items()}
        if isinstance(value, list | tuple | set | frozenset | array):
            return [self.of(each, inner) for each, inner in zip(value, _kinds_inside(kind, len(value)), strict=True)]
        return str(value)

    def _fields(self, value: Any) -> Iterator[tuple[str, Any]]:
        kind: Callable[..., Any] = type(value)
        hints = hints_of(kind)
        for each in dataclasses.fields(value):
            if each.name != "id" or "ref" not in hints:
                yield each.name, self.of(getattr(value, each.name), hints[each.name])


def _kinds_inside(kind: Any, count: int) -> tuple[Any, ...]:
    """The types of the members of a collection."""
    kind = without_none(kind)
    inside = typing.get_args(kind)
    if is_pair(kind):
        return tuple(inside)
    return (inside[0] if inside else Any,) * count


def without_none(kind: Any) -> Any:
    """The type that an optional one is when it is something."""
    inside = [each for each in typing.get_args(kind) if each is not type(None)]
    return inside[0] if typing.get_origin(kind) in (typing.Union, types.UnionType) else kind
