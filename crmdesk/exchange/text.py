"""Which encoding a text file is in, and whether it is text at all. Nothing here knows what the text says.

The order: byte order mark, strict UTF-8 over the whole file, UTF-16 without a mark, the code pages usual where the
language is spoken as far as they make sense, charset-normalizer.
"""

from __future__ import annotations

import codecs
import re
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from crmdesk.domain.errors import BadFile
from crmdesk.words import N_, _

ENCODINGS: tuple[str, ...] = (
    "utf-8", "cp1252", "cp1250", "cp1251", "cp1258", "cp950", "gb18030", "shift_jis", "euc_kr", "mac_roman", "cp850",
    "utf-16-le", "utf-16-be",
)  # fmt: skip
"""What a preview offers to choose from; Python's names."""

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODE_PAGES: dict[str, tuple[str, ...]] = {
    "en": ("cp1252", "cp850"),
    "de": ("cp1252", "cp850"),
    "vi": ("cp1258", "cp1252"),
    "zh_TW": ("cp950", "gb18030", "cp1252"),
}
_OTHER_CODE_PAGES = [
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1257", "cp1258", "cp850", "mac_roman", "big5", "gb18030",
    "shift_jis", "euc_jp", "euc_kr",
]  # fmt: skip

DATABASE = b"SQLite format 3"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", N_("“{name}” is a spreadsheet or an archive, not a CSV file.")),
    (b"\xd0\xcf\x11\xe0", N_("“{name}” is a spreadsheet or an old document, not a CSV file.")),
    (b"\x89PNG", N_("“{name}” is a picture, not a CSV file.")),
    (b"\xff\xd8\xff", N_("“{name}” is a picture, not a CSV file.")),
    (b"GIF8", N_("“{name}” is a picture, not a CSV file.")),
    (b"RIFF", N_("“{name}” is a picture or a sound, not a CSV file.")),
    (b"%PDF", N_("“{name}” is a PDF document, not a CSV file.")),
    (DATABASE, N_("“{name}” is a database, not a CSV file.")),
    (b"BEGIN:VCARD", N_("“{name}” holds vCards, not a table.")),
    (b"BEGIN:VCALENDAR", N_("“{name}” holds a calendar, not a table.")),
    (b"{\\rtf", N_("“{name}” is a formatted document, not a CSV file.")),
    (b"<!DOCTYPE", N_("“{name}” is a web page, not a CSV file.")),
    (b"<html", N_("“{name}” is a web page, not a CSV file.")),
    (b"<?xml", N_("“{name}” is an XML file, not a CSV file.")),
)
_REMEDY = N_("Open it in the program it came from and save it as CSV.")

_SAMPLE = 256 * 1024
_SIGNS_IN_WESTERN_TEXT = frozenset("€„“”‚‘’‹›«»–—…•·°²³§´`¨©®™£¥½¼¾µ×±¿¡ªº\xa0\xad†¶")


@dataclass(frozen=True, slots=True)
class Encoding:
    """A file's encoding: Python's name, the bytes of its mark to skip, and how many bytes do not fit it."""

    name: str
    mark: int = 0
    damaged: int = 0


def detect(path: Path, *, language: str) -> Encoding:
    """The encoding of a file, read once from end to end; `language` (a key of words.LANGUAGES) names the code pages.

    BadFile when the file is empty, cannot be read, or is no text.
    """
    head, utf8 = _read(path)
    check_text(head, path.name)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name, len(mark), utf8.damaged if name == "utf-8" else 0)
    wide = _without_mark(head)
    if wide:
        return Encoding(wide)
    _check_no_binary(head, path.name)
    if utf8.is_likely:
        return Encoding("utf-8", damaged=utf8.damaged)
    return Encoding(_code_page(utf8.sample, language))


def check_text(head: bytes, name: str) -> None:
    """Raises BadFile when the first bytes of a file are empty or those of another kind of file."""
    if not head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise BadFile(_("“{name}” is empty.").format(name=name), _("Export the list again and choose the new file."))
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    for signature, sentence in _SIGNATURES:
        if start[: len(signature)].upper() == signature.upper():
            raise BadFile(_(sentence).format(name=name), _(_REMEDY))


@dataclass(slots=True)
class _Utf8:
    """How well the whole file reads as UTF-8, and the stretches of it that are not ASCII."""

    letters: int = 0
    damaged: int = 0
    sample: bytes = b""

    @property
    def is_likely(self) -> bool:
        """No error, or so few that most letters beyond ASCII are fine."""
        return self.damaged == 0 or self.letters > 20 * self.damaged

    def take(self, chunk: bytes, *, text: str) -> None:
        self.letters += sum(letter > "\x7f" and letter != "\ufffd" for letter in text) if not text.isascii() else 0
        self.damaged += text.count("\ufffd") - chunk.count(b"\xef\xbf\xbd")
        if len(self.sample) < _SAMPLE and not chunk.isascii():
            lines = [line for line in chunk.splitlines(keepends=True) if not line.isascii()]
            self.sample = (self.sample + b"".join(lines))[:_SAMPLE]


def _read(path: Path) -> tuple[bytes, _Utf8]:
    """The first bytes and how the rest reads as UTF-8; streamed, so that its size does not matter."""
    found = _Utf8()
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    head = b""
    try:
        if not (stat.S_ISREG(mode := path.stat().st_mode) or stat.S_ISDIR(mode)):
            what = _("“{name}” is not a file.").format(name=path.name)
            raise BadFile(what, _("Save the list as a CSV file and choose that."))
        with path.open("rb") as stream:
            while chunk := stream.read(1024 * 1024):
                head = head or chunk[:_SAMPLE]
                found.take(chunk, text=decoder.decode(chunk))
        found.take(b"", text=decoder.decode(b"", final=True))
    except FileNotFoundError:
        raise BadFile(_("There is no file “{name}”.").format(name=path.name), _("Choose a file that exists.")) from None
    except IsADirectoryError:
        raise BadFile(_("“{name}” is a folder.").format(name=path.name), _("Choose a file in it.")) from None
    except OSError as error:
        what = _("“{name}” cannot be read: {cause}.").format(name=path.name, cause=error.strerror or error)
        raise BadFile(what, _("Copy it to a folder of yours and choose it there.")) from None
    return head, found


def _without_mark(head: bytes) -> str:
    """UTF-16 without a mark: there are NULs, and read so the text has none, no odd characters, and line ends; or ""."""
    sample = head[: len(head) // 2 * 2][:4096]
    if len(sample) < 8 or not sample.count(0):
        return ""
    odd = {name: _odd_share(sample, name) for name in ("utf-16-le", "utf-16-be")}
    best = min(odd, key=odd.__getitem__)
    return best if odd[best] < 0.02 else ""


def _odd_share(sample: bytes, name: str) -> float:
    """The share of characters that texts do not hold; 1.0 without line ends or ASCII, or when it cannot be read."""
    text = sample.decode(name, "replace")
    if not re.search(r"[\r\n]", text) or not re.search(r"[,;\t|A-Za-z0-9]", text):
        return 1.0
    odd = sum(unicodedata.category(letter) in ("Cn", "Co", "Cs", "Cc") for letter in text if letter not in "\r\n\t")
    return (odd + text.count("\ufffd")) / len(text)


def _check_no_binary(head: bytes, name: str) -> None:
    sample = head[:8192]
    controls = len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", sample))
    if controls > 8 and controls > len(sample) * 0.05:
        raise BadFile(_("“{name}” is no text file.").format(name=name), _(_REMEDY))


def _code_page(sample: bytes, language: str) -> str:
    for name in _CODE_PAGES.get(language, ("cp1252",)):
        if _makes_sense(sample, name):
            return name
    from charset_normalizer import from_bytes

    best = from_bytes(sample[:65536], cp_isolation=_OTHER_CODE_PAGES).best()
    found = best.encoding if best is not None else "cp1252"
    return {"big5": "cp950"}.get(found, found)


def _makes_sense(sample: bytes, name: str) -> bool:
    try:
        text = sample.decode(name)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 3:
            return False
        text = sample[: error.start].decode(name)
    if name in ("cp950", "gb18030"):
        return _makes_chinese(text, name)
    return _makes_western(unicodedata.normalize("NFC", text))


def _makes_chinese(text: str, name: str) -> bool:
    """Nearly all is Han or its punctuation, and most of that among the common characters the encoding lists first."""
    wide = [letter for letter in text if letter > "\x7f"]
    first, last = (0xA4, 0xC6) if name == "cp950" else (0xB0, 0xD7)
    han = [letter for letter in wide if "\u4e00" <= letter <= "\u9fff"]
    common = sum(first <= letter.encode(name)[0] <= last for letter in han)
    other = sum("\u3000" <= letter <= "\u303f" or "\uff00" <= letter <= "\uffef" for letter in wide)
    return bool(han) and len(han) + other > 0.9 * len(wide) and common > 0.7 * len(han)


def _makes_western(text: str) -> bool:
    """Letters beyond ASCII stand alone or in pairs, never a capital after a small one, and few signs are strange."""
    runs = re.findall(r"[^\x00-\x7f]+", text)
    letters = "".join(runs)
    if not letters:
        return True
    odd = sum(not letter.isalpha() and letter not in _SIGNS_IN_WESTERN_TEXT for letter in letters)
    odd += sum(letter.isupper() for letter in re.findall(r"(?<=[a-z])[^\x00-\x7f]", text))
    return odd <= 0.1 * len(letters) and len(letters) <= 2.5 * len(runs)
