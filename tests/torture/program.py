"""The real program in a process of its own, broken where `CRMDESK_TORTURE_BROKEN` says so (see `BROKEN`).

With the arguments of `crmdesk`, or with `typing WORKSPACE WHAT` for `tests.support.typing_program`.
"""

from __future__ import annotations

import os
import sys

from crmdesk import cli
from tests.torture.breaking import BROKEN


def main(arguments: list[str]) -> int:
    BROKEN[os.environ.get("CRMDESK_TORTURE_BROKEN", "")]()
    if arguments[:1] != ["typing"]:
        return cli.main(arguments)
    from tests.support import typing_program

    return typing_program.main(arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
