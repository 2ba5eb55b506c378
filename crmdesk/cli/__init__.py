"""The terminal: the same services as the window. The workspace always comes first; without a command it opens.

Nothing but the standard library is imported here, so that the window starts as fast as it can.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from crmdesk import IMPORT_WORKER, paths, words
from crmdesk.cli.telling import mistake, of_bytes, of_system, say
from crmdesk.domain.errors import CrmError

COMMANDS = (
    "new", "import", "list", "show", "search", "undo", "redo", "history", "check", "report", "backup", "restore",
    "do", "tour",
)  # fmt: skip

DONE, REFUSED, USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Does what the command line says; the exit code: 0 done, 1 refused (the reason on stderr), 2 wrong usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    paths.keep_to_oneself()
    words.use(words.system_language())
    if given == [IMPORT_WORKER]:
        from crmdesk.services import import_process

        return import_process.serve()
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
        return _refused(of_system(error))
    except UnicodeError as error:
        return _refused(of_bytes(error))
    except Exception as error:
        return _refused(mistake(error))
    return code


def _is_command(given: Sequence[str]) -> bool:
    return bool(given) and (given[0] in COMMANDS or given[0].startswith("-"))


def _command(given: Sequence[str]) -> int:
    from crmdesk.cli import commands

    return commands.run(given)


def _window(given: Sequence[str]) -> int:
    gc.disable()  # what is imported from now on stays; the window's own collector begins once it is there
    if len(given) > 1:
        usage = words._("“{word}” is not a command. “crmdesk --help” names them all.").format(word=given[0])
        say(usage)
        return USAGE
    path = Path(given[0]) if given else None
    from crmdesk.exchange import running

    if path is not None and path.suffix != paths.SUFFIX and not path.exists():  # most likely a command, mistyped
        from crmdesk.storage import failures

        raise failures.missing(path)
    if running.hand_over(path):
        return DONE
    from crmdesk.ui import first_paint

    with first_paint.until_loaded("crmdesk.app", path) as first:
        if first is not None and not first.isVisible():
            return DONE
        from crmdesk import app

        return app.run_window(path, first)


def _refused(message: str) -> int:
    say(message)
    return REFUSED
