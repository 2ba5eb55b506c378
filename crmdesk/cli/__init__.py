"""The terminal: the same services as the window. The workspace always comes first; without a command it opens.

Nothing but the standard library is imported here, so that the window starts as fast as it can.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from crmdesk import words
from crmdesk.domain.errors import CrmError

COMMANDS = ("new", "import", "list", "show", "search", "undo", "redo", "history", "check", "do", "tour")

DONE, REFUSED, USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Does what the command line says; the exit code: 0 done, 1 refused (the reason on stderr), 2 wrong usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    words.use(words.system_language())
    try:
        code = _command(given) if _is_command(given) else _window(given)
        sys.stdout.flush()
    except CrmError as error:
        return _refused(str(error))
    except KeyboardInterrupt:
        return REFUSED
    except BrokenPipeError:
        # Who reads our output has enough. What is still buffered goes nowhere, or Python complains at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except OSError as error:
        return _refused(_of_system(error))
    except UnicodeError as error:
        return _refused(_of_bytes(error))
    except Exception as error:
        return _refused(mistake(error))
    return code


def mistake(error: Exception) -> str:
    """What a person is told of an error of the program itself; where CRMDESK_DEBUG is set, the traceback on stderr."""
    _trace(error)
    what = words._("The program made a mistake ({name}).").format(name=type(error).__name__)
    remedy = words._("Set CRMDESK_DEBUG=1 and do the same again to see where, and report that.")
    return f"{what} {remedy}"


def _of_system(error: OSError) -> str:
    _trace(error)
    cause = error.strerror or type(error).__name__
    remedy = words._("Check the name and the folder, then do it again.")
    if error.filename is None:
        what = words._("The system refused it: {cause}.").format(cause=cause)
    else:
        name = Path(os.fsdecode(error.filename)).name
        what = words._("“{name}” cannot be used: {cause}.").format(name=name, cause=cause)
    return f"{what} {remedy}"


def _of_bytes(error: UnicodeError) -> str:
    _trace(error)
    what = words._("Something holds bytes that are not text: a name, a word or a file.")
    remedy = words._("Write it in UTF-8, or rename the file.")
    return f"{what} {remedy}"


def _trace(error: Exception) -> None:
    if os.environ.get("CRMDESK_DEBUG"):
        _say("".join(traceback.format_exception(error)).rstrip())


def _is_command(given: Sequence[str]) -> bool:
    return bool(given) and (given[0] in COMMANDS or given[0].startswith("-"))


def _command(given: Sequence[str]) -> int:
    from crmdesk.cli import commands

    return commands.run(given)


def _window(given: Sequence[str]) -> int:
    if len(given) > 1:
        usage = words._("“{word}” is not a command. “crmdesk --help” names them all.").format(word=given[0])
        _say(usage)
        return USAGE
    from crmdesk import app

    return app.run_window(Path(given[0]) if given else None)


def _refused(message: str) -> int:
    _say(message)
    return REFUSED


def _say(text: str) -> None:
    """One message on stderr; what cannot be written, as of bytes in a name that are not text, is a question mark."""
    sys.stderr.write(text.encode("utf-8", "replace").decode("utf-8") + "\n")
