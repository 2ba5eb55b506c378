"""`python -m crmdesk` is the same as the command `crmdesk`."""

from __future__ import annotations

import sys

from crmdesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
