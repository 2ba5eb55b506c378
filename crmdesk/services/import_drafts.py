"""What a row of a list would store, and what is worth saying about it: plain values between reading and writing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crmdesk.domain import points
from crmdesk.services.normalise import PersonName
from crmdesk.words import N_, _

REMARKS: dict[str, tuple[str, str]] = {
    "nothing": (
        N_("There is no name, firm, e-mail address or number."),
        N_("Fill in a name, a firm, an address or a number."),
    ),
    "endless": (N_("“{text}…” is too long."), N_("Use fewer letters.")),
    "open_quote": (N_("A quote in this line is never closed."), N_("Close or remove it and import the line again.")),
    "longer": (
        N_("It has more cells than the header; they are kept as a note."),
        N_("Look whether its cells are shifted."),
    ),
    "shorter": (
        N_("It has fewer cells than the header; the rest is blank."),
        N_("Look whether something is missing."),
    ),
    "too_long": (N_("“{text}…” is too long; it is kept as a note."), N_("Use fewer letters.")),
    "no_date": (N_("“{value}” is not a date; it is kept as a note."), N_("Write dates like 2026-05-08.")),
    "no_email": (N_("“{value}” is not an e-mail address; it is kept as a note."), N_("Correct the address.")),
    "no_phone": (N_("“{value}” is not a phone number; it is kept as a note."), N_("Correct the number.")),
    "rounded": (
        N_("“{value}” was a number before a spreadsheet rounded it."),
        N_("Format the column as text there, and export it again."),
    ),
    "no_depth": (
        N_("“{value}” is no depth of a talk; it is kept as a note."),
        N_("Use 1, 2, 3 or card, short, deep."),
    ),
    "no_consent": (N_("“{value}” is neither yes nor no; it is kept as a note."), N_("Use yes or no.")),
    "two_names": (N_("There are two writings of a name; one is kept as the nickname."), N_("Check the name.")),
    "formula": (N_("A formula was taken as text."), N_("Check the cell.")),
    "damaged": (N_("Some characters cannot be read."), N_("Choose another encoding.")),
    "no_name": (N_("There is no name; the firm alone is kept."), N_("Add the name when it is known.")),
    "only_point": (N_("There is only an address or a number, which is enough."), ""),
    "other_name": (
        N_("Somebody of another name has this address or number; both are kept."),
        N_("Check the two names."),
    ),
    "likely": (
        N_("“{name}” at the same organisation is likely the same person; both are kept."),
        N_("Compare the two."),
    ),
    "kept_ours": (
        N_("“{ours}” stays; theirs, “{value}”, is kept as a note."),
        N_("Change it in the record where theirs is right."),
    ),
}
"""What can be said about a row: what it is, and the remedy."""

REFUSING = ("nothing", "open_quote", "endless")
"""The remarks that keep a row from being imported."""

HARMLESS = ("only_point",)
"""The remarks that need no attention."""

_ODDNESS = (
    "open_quote",
    "nothing",
    "endless",
    "rounded",
    "formula",
    "two_names",
    "likely",
    "no_date",
    "longer",
    "no_email",
    "no_phone",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something worth saying about a row: a key of REMARKS with its arguments."""

    key: str
    args: Mapping[str, str] = field(default_factory=dict)

    @property
    def what(self) -> str:
        """The sentence in the language in use."""
        return _(REMARKS[self.key][0]).format(**self.args)

    @property
    def remedy(self) -> str:
        """What to do about it; "" when nothing needs doing."""
        return _(REMARKS[self.key][1])

    @property
    def level(self) -> str:
        """bad (not imported), warn, or good."""
        if self.key in REFUSING:
            return "bad"
        return "good" if self.key in HARMLESS else "warn"

    @property
    def place(self) -> int:
        """How odd it is, the oddest first: 0, 1, …"""
        return _ODDNESS.index(self.key) if self.key in _ODDNESS else len(_ODDNESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPoint:
    """A contact point of a row; `firm` when it is the organisation's rather than the person's."""

    kind: str
    label: str
    value: str
    match_key: str = ""
    firm: bool = False
    personal: bool = False  # shows that there is a person, even without a name
    parts: Mapping[str, str] = field(default_factory=dict)  # street, postcode, town, region, country of an address


@dataclass(slots=True, kw_only=True)
class Draft:
    """What a row would store. `remarks` are in the order in which they were found."""

    line: int
    cells: tuple[str, ...] = ()
    delimiter: str = ""
    name: PersonName = field(default_factory=PersonName)
    organisation: str = ""
    job_title: str = ""
    department: str = ""
    birthday: str = ""
    language: str = ""
    industry: str = ""
    size: str = ""
    notes: list[str] = field(default_factory=list)
    talk_note: str = ""
    met_on: str = ""
    depth: str = ""
    consent: str = ""  # given, declined, or "" where the list says nothing
    consent_words: str = ""
    opted_out: bool = False
    points: list[DraftPoint] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    _channels: list[DraftPoint] | None = field(default=None, init=False, repr=False)

    def remark(self, key: str, **args: str) -> None:
        """Says something about the row."""
        self.remarks.append(Remark(key=key, args=args))

    @property
    def text(self) -> str:
        """The start of the row in one line, as its list has it."""
        return points.one_line(self.delimiter.join(self.cells))[:500]

    @property
    def refused(self) -> Remark | None:
        """Why the row is not imported, None when it is."""
        return next((each for each in self.remarks if each.key in REFUSING), None) if self.remarks else None

    @property
    def named(self) -> bool:
        """Whether it has a person's name of any kind."""
        return bool(self.name.given or self.name.family or self.name.middle or self.name.nickname)

    @property
    def has_person(self) -> bool:
        """Whether it speaks of a person, rather than of a firm alone."""
        if not self.organisation or self.named or self.birthday:
            return True
        return any(point.personal for point in self.points)

    @property
    def channels(self) -> Sequence[DraftPoint]:
        """The addresses and numbers a person is matched by, e-mail first; those of a firm alone are none.

        Told once: asked for when the points stay as they are.
        """
        if self._channels is None:
            self._channels = []
            if self.has_person:
                own = [point for point in self.points if point.match_key and not point.firm]
                for kind in ("email", "phone"):
                    self._channels.extend(point for point in own if point.kind == kind)
        return self._channels

    @property
    def note(self) -> str:
        """What is kept as a note, one line a column."""
        return "\n".join(self.notes)
