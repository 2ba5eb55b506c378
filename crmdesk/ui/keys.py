"""Keys as they are printed beside what they do: "Ctrl+Enter" is "Strg+Eingabe" on a German keyboard."""

from __future__ import annotations

from crmdesk.words import N_, _

_CAPS: dict[str, str] = {
    "Ctrl": N_("Ctrl"),
    "Shift": N_("Shift"),
    "Alt": N_("Alt"),
    "Enter": N_("Enter"),
    "Esc": N_("Esc"),
    "Del": N_("Del"),
    "Space": N_("Space"),
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
}


def printed(key: str) -> str:
    """A key of the action table in the language in use; "Ctrl++" keeps its plus."""
    return "+".join(_cap(part) for part in key.split("+"))


def _cap(part: str) -> str:
    worded = _CAPS.get(part, part)
    return _(worded) if worded.isascii() and worded in _CAPS else worded
