"""What a row of the day says, in words: who, what is to be done, when. Painting and reading aloud share these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crmdesk import words
from crmdesk.domain import activity_kinds, schedule
from crmdesk.domain import today as days
from crmdesk.domain.today import Day, Entry, Section
from crmdesk.ui.card_words import QUIET_CHIPS, STEP_ICONS, STEP_WORDS, Chip
from crmdesk.ui.icons import IDS
from crmdesk.words import N_, _, ngettext

# section → words, icon, colour of both, what stands behind the count
HEADS: dict[str, tuple[str, str, str, str]] = {
    days.OVERDUE: (N_("Overdue"), "overdue", "bad", ""),
    days.TODAY: (N_("Today"), "sun", "text", ""),
    days.PROMISED: (N_("Promised"), "promise", "text", N_("your word, shown until kept")),
    days.WAKING: (N_("Waking"), "waking", "text", N_("back from Not now")),
    days.NO_STEP: (N_("No next step"), "no_step", "text", ""),
    days.QUIET: (N_("Gone quiet"), "quiet_2", "text", ""),
}
_TITLES: dict[str, str] = {
    "call": N_("Call {name}"),
    "mail": N_("Write to {name}"),
    "meeting": N_("Meet {name}"),
    "visit": N_("Visit {name}"),
}


@dataclass(frozen=True, slots=True)
class RowWords:
    """A row: `when` in the colour role `role`, or a chip in its place."""

    name: str
    organisation: str
    icon: str
    what: str
    when: str
    role: str = "text-2"
    chip: Chip | None = None

    def spoken(self) -> str:
        """The row as one sentence for a screen reader."""
        when = self.chip.text if self.chip else self.when
        return ", ".join(part for part in (self.name, self.organisation, self.what, when) if part)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a section, or with nothing but a hint the line below one that shows only its first."""

    title: str
    icon: str
    role: str
    count: str
    hint: str

    def spoken(self) -> str:
        """The head as a screen reader says it."""
        return " ".join(part for part in (self.title, self.count, self.hint) if part)


def head(section: Section) -> Head:
    """The head of a section with its count."""
    title, icon, role, hint = HEADS[section.key]
    return Head(_(title), icon, role, counted(section.count, exact=section.exact), _(hint))


def more(section: Section) -> Head | None:
    """What stands below a section that shows only its first; None when it shows all."""
    hidden = section.count - len(section.entries)
    if hidden <= 0:
        return None
    shown = _("and {count} more").format(count=counted(hidden, exact=section.exact))
    return Head("", "", "text-3", "", shown)


def counted(count: int, *, exact: bool) -> str:
    """ "13", or "1,000+" for at least so many."""
    shown = words.number(count)
    return shown if exact else _("{count}+").format(count=shown)


def row(entry: Entry, *, today: date) -> RowWords:
    """The words of an entry on the day `today`."""
    icon, what = _what(entry, today)
    when, role, chip = _when(entry, today)
    return RowWords(entry.name or _("No name yet"), entry.organisation, icon, what, when, role, chip)


def title(entry: Entry) -> str:
    """What is to be done, as the side panel heads it: "Call Katrin Bauer"; the name alone where nothing is planned."""
    name = entry.name or _("No name yet")
    return _(_TITLES[entry.kind]).format(name=name) if entry.kind in _TITLES else name


def subtitle(entry: Entry, *, today: date) -> str:
    """What stands below it: the step with its day or time, or what the row says."""
    if entry.task is None:
        return _what(entry, today)[1]
    step = _step(entry)
    due = schedule.day_of(entry.due_on)
    shown = "" if due is None or due == today else words.day(due, today=today)
    when = _("{day} {time}").format(day=shown, time=entry.due_time) if shown and entry.due_time else ""
    when = when or entry.due_time or shown
    return _("{what}, {when}").format(what=step, when=when) if when else step


def all_done(day: Day) -> str:
    """What is said when nothing is left."""
    if not day.next_on:
        return _("All done for today. Nothing is planned after it.")
    on, following = date.fromisoformat(day.on), date.fromisoformat(day.next_on)
    count = words.number(day.next_count)
    if (following - on).days == 1:
        return _("All done for today. Next: {count} tomorrow.").format(count=count)
    return _("All done for today. Next: {count} on {day}.").format(count=count, day=words.day(following, today=on))


def _what(entry: Entry, today: date) -> tuple[str, str]:
    if entry.task is not None:
        icon = "promise" if entry.promise else STEP_ICONS.get(entry.kind, "next_step")
        return icon, _("“{text}”").format(text=_step(entry)) if entry.promise else _step(entry)
    if entry.section == days.WAKING:
        return "waking", _parked(entry, today)
    if not entry.last_at:
        return "next_step", _("No contact yet")
    what = activity_kinds.label(entry.last_kind, direction=entry.last_direction, depth=entry.last_depth)
    day = schedule.day_of(entry.last_at) or today
    icon = entry.last_kind if entry.last_kind in IDS else "note"
    if entry.last_kind == "call" and entry.last_direction == "in":
        icon = "call_in"
    said = _("Last: {what}, {day}").format(what=what, day=words.short_day(day, today=today))
    return icon, said


def _step(entry: Entry) -> str:
    return entry.title or _(STEP_WORDS.get(entry.kind, N_("Next step")))


def _parked(entry: Entry, today: date) -> str:
    parked = schedule.day_of(entry.parked_on)
    if parked is None:
        return _("Parked: “{note}”").format(note=entry.note) if entry.note else _("Parked")
    day = words.short_day(parked, today=today)
    if entry.note:
        return _("Parked {day}: “{note}”").format(day=day, note=entry.note)
    return _("Parked {day}").format(day=day)


def _when(entry: Entry, today: date) -> tuple[str, str, Chip | None]:
    if entry.section == days.OVERDUE:
        late = schedule.overdue_days(entry.due_on, today=today)
        return ngettext("{count} day", "{count} days", late).format(count=words.number(late)), "bad", None
    if entry.section == days.TODAY:
        return entry.due_time or _("any time"), "text" if entry.due_time else "text-2", None
    if entry.section == days.PROMISED:
        return words.day(date.fromisoformat(entry.due_on), today=today), "warn", None
    if entry.section == days.WAKING:
        woken = date.fromisoformat(entry.wake_on)
        return _("today") if woken == today else words.day(woken, today=today), "text-2", None
    if entry.section == days.NO_STEP:
        return _("decide"), "text-2", None
    quiet = schedule.quiet_days(entry.quiet_since, today=today)
    level = max(1, schedule.quiet_level(quiet, entry.source, role=entry.role))
    return "", "text-2", Chip(f"quiet_{level}", schedule.quiet_text(quiet), QUIET_CHIPS[level])
