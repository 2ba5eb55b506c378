"""The help of the commands and what is said about a command line that was not understood, in the person's language.

Typer words these in English alone, most of them without gettext; here are the same parts with words of ours. Names of
options and what stands for their values stay as they are typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from crmdesk.cli.telling import say
from crmdesk.words import N_, _

_Formatter: Any = typer.Context.formatter_class
_Context: Any = TyperCommand.context_class

_HEADS = {"Arguments": N_("Arguments"), "Options": N_("Options"), "Commands": N_("Commands")}
_STAND_INS = (N_("[OPTIONS]"), N_("COMMAND [ARGS]..."))
_HELP = "Show this message and exit."
_REQUIRED = re.compile(r"\[required\]$")
_DEFAULT = re.compile(r"\[default: (?P<value>.*?)\]$", re.DOTALL)
_IN_BRACKETS = re.compile(r"\(([^()]*)\)$")
_TYPE = re.compile(r" <.*>$")
_BRACES = re.compile(r"\{([^{}]+)\}(?:\.\.\.)?")


class WordedFormatter(_Formatter):  # type: ignore[misc]
    """The page of help."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How a command is written."""
        for shown in _STAND_INS:
            args = args.replace(shown, _(shown))
        super().write_usage(prog, _BRACES.sub(r"\1", args), prefix or _("Usage: "))

    def section(self, name: str) -> Any:
        """A head with what stands below it."""
        return super().section(_(_HEADS[name]) if name in _HEADS else name)

    def write_dl(self, rows: Any, *args: Any, **kwargs: Any) -> None:
        """Names with what they are."""
        super().write_dl([(_TYPE.sub("", name), _remarks(text)) for name, text in rows], *args, **kwargs)


class WordedContext(_Context):  # type: ignore[misc]
    """Makes the pages."""

    formatter_class = WordedFormatter


class WordedCommand(TyperCommand):
    """One command."""

    context_class = WordedContext


class WordedGroup(TyperGroup):
    """All of them."""

    context_class = WordedContext


class Commands(typer.Typer):
    """A set of commands, each with its help in the person's language."""

    def command(
        self, name: str | None = None, *, cls: type[TyperCommand] | None = None, **kwargs: Any
    ) -> Callable[[Any], Any]:
        """Marks a function as a command."""
        return super().command(name, cls=cls or WordedCommand, **kwargs)


def explain(error: TyperException) -> int:
    """Says on standard error what was not understood and where the help is; the exit code."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        say(error.format_message())
        return error.exit_code
    context = getattr(error, "ctx", None)
    lines = [_sentence(error, kind)]
    if context is not None:
        lines = [context.get_usage(), *lines]
        lines.append(_("“{command} --help” says how it is used.").format(command=context.command_path))
    say("\n".join(lines))
    return error.exit_code


def _sentence(error: TyperException, kind: str) -> str:
    parameter = getattr(error, "param", None)
    if kind in ("NoSuchOption", "BadOptionUsage"):
        pattern = _("There is no option “{name}”.") if kind == "NoSuchOption" else _("“{name}” is not used like that.")
        return pattern.format(name=error.option_name)  # type: ignore[attr-defined]
    if kind == "MissingParameter":
        return _("“{key}” is missing.").format(key=_name(parameter))
    if parameter is not None:
        return _("The value of “{name}” does not fit.").format(name=_name(parameter))
    if kind == "UsageError" and (more := _IN_BRACKETS.search(error.message)):
        return _("“{words}” is more than this command takes.").format(words=more[1])
    return error.message


def _name(parameter: Any) -> str:
    """What a person types for a parameter: "--source", "WORKSPACE"."""
    if parameter.param_type_name == "option":
        return str(max(parameter.opts, key=len))
    return str(parameter.metavar or parameter.name)


def _remarks(text: str) -> str:
    if text == _HELP:
        return _("Show this page.")
    text = _REQUIRED.sub(_("[required]"), text)
    return _DEFAULT.sub(_told_default, text)


def _told_default(found: re.Match[str]) -> str:
    return _("[without it: {value}]").format(value=found["value"])
