"""What can go wrong that is the person's or the environment's: each says what and why, then what to do.

Anything that is not a `CrmError` is a bug. Messages are worded when raised, in two sentences: the thing and its cause,
then the remedy.
"""

from __future__ import annotations


class CrmError(Exception):
    """Something a person can be told; `str()` is the whole message, `what` and `remedy` its two sentences."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(f"{what} {remedy}".strip())
        self.what = what
        self.remedy = remedy


class RuleBroken(CrmError):
    """A rule of the workspace stands against it. `missing` names the facts a stage still requires, if it is that."""

    def __init__(self, what: str, remedy: str = "", *, missing: tuple[str, ...] = ()) -> None:
        super().__init__(what, remedy)
        self.missing = missing


class BadInput(CrmError):
    """A value cannot be read as what it should be: a date, an amount, an address."""


class WrongSide(BadInput):
    """A day that can be read, but lies on the other side of today."""


class NotFound(CrmError):
    """No record, step, stage or file of that name."""


class BadFile(CrmError):
    """A file is not what it should be: damaged, foreign, empty, of another kind."""


class Damaged(BadFile):
    """A workspace that is not whole, or a file that never was one."""


class Foreign(BadFile):
    """Another program's database, or a workspace somebody put something into."""


class NewerFile(BadFile):
    """A workspace written by a newer program: refused and not touched."""


class Busy(CrmError):
    """Somebody else has it open."""


class ReadOnly(CrmError):
    """The file, its folder or its medium cannot be written."""


class DiskFull(CrmError):
    """No room left; nothing was changed."""


class Cancelled(CrmError):
    """The person stopped it; everything written so far was taken back."""


class NeedsConversion(RuleBroken):
    """A lead goes on into a deal: the conversion is asked for first. All facts the stage requires are met."""


class NeedsTakingBack(RuleBroken):
    """An opportunity goes back before the deal: its conversion has to be taken back, which is offered."""
