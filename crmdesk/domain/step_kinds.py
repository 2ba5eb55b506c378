"""What kind of step a few typed words mean: "call back" is a call. Only words that leave no doubt are in the table."""

from __future__ import annotations

_WORDS: dict[str, str] = {
    **dict.fromkeys(("call", "phone", "ring", "anrufen", "anruf", "zurückrufen", "rückruf", "telefonieren"), "call"),
    **dict.fromkeys(("mail", "email", "e-mail", "write", "send", "mailen", "schreiben", "senden", "schicken"), "mail"),
    **dict.fromkeys(("meet", "meeting", "treffen", "besprechung"), "meeting"),
    **dict.fromkeys(("visit", "besuchen", "besuch"), "visit"),
}
_BEGINNINGS: tuple[tuple[str, str], ...] = (
    ("gọi", "call"),
    ("gửi", "mail"),
    ("họp", "meeting"),
    ("thăm", "visit"),
    ("致電", "call"),
    ("打電話", "call"),
    ("回電", "call"),
    ("寄", "mail"),
    ("會議", "meeting"),
    ("拜訪", "visit"),
)


def kind_of(title: str) -> str:
    """call, mail, meeting or visit; "" where the words do not say."""
    text = title.casefold().strip()
    by_beginning = next((kind for start, kind in _BEGINNINGS if text.startswith(start)), "")
    return by_beginning or next((_WORDS[word] for word in text.split() if word in _WORDS), "")
