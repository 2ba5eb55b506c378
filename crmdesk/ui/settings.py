"""What this computer remembers of the window: place, colours, text size, folded columns. Nothing of the workspace."""

from __future__ import annotations

import contextlib
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from crmdesk import paths

_MOST_RECENT = 8
_MOST_WARNED = 50


class Settings:
    """Window state in one INI file; a damaged or missing one gives the defaults."""

    def __init__(self, file: Path | None = None) -> None:
        place = file or paths.state_folder() / "window.ini"
        with contextlib.suppress(OSError):  # Qt keeps the mode of a file that is there
            place.chmod(0o600)
        self._store = QSettings(str(place), QSettings.Format.IniFormat)

    @property
    def mode(self) -> str:
        """Colours: system, light or dark."""
        return self._text("look/mode", "system")

    @mode.setter
    def mode(self, mode: str) -> None:
        self._store.setValue("look/mode", mode)

    @property
    def percent(self) -> int:
        """Text size in percent."""
        return self._number("look/percent", 100)

    @percent.setter
    def percent(self, percent: int) -> None:
        self._store.setValue("look/percent", percent)

    @property
    def language(self) -> str:
        """The language that was chosen, a key of `words.LANGUAGES`; "" is the system's."""
        return self._text("look/language", "")

    @language.setter
    def language(self, language: str) -> None:
        self._store.setValue("look/language", language)

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing moves by itself."""
        return self._number("look/reduced_motion", 0) == 1

    @reduced_motion.setter
    def reduced_motion(self, reduced: bool) -> None:
        self._store.setValue("look/reduced_motion", int(reduced))

    @property
    def geometry(self) -> QByteArray:
        """Where the window was; empty at first."""
        value = self._store.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("window/geometry", geometry)

    @property
    def panel_shown(self) -> bool:
        """Whether the record panel is open."""
        return self._number("window/panel", 1) == 1

    @panel_shown.setter
    def panel_shown(self, shown: bool) -> None:
        self._store.setValue("window/panel", int(shown))

    @property
    def panel_width(self) -> int:
        """How wide the record panel was, in px at 100 %."""
        return self._number("window/panel_width", 376)

    @panel_width.setter
    def panel_width(self, width: int) -> None:
        self._store.setValue("window/panel_width", width)

    def folded_columns(self, board: str) -> tuple[str, ...] | None:
        """Keys of the columns of a board that are folded; None when nobody has folded or opened one yet."""
        kept = self._store.value(f"{board}/folded")
        return tuple(key for key in kept.split(",") if key) if isinstance(kept, str) else None

    def fold_columns(self, board: str, keys: tuple[str, ...]) -> None:
        """Remembers which columns of a board are folded."""
        self._store.setValue(f"{board}/folded", ",".join(keys))

    def list_shape(self, place: str) -> str:
        """How a list was seen last: its columns, widths and order, as the list wrote it down; "" at first."""
        return self._text(f"lists/{place}", "")

    def keep_list_shape(self, place: str, shape: str) -> None:
        """Remembers how a list is seen."""
        self._store.setValue(f"lists/{place}", shape)

    @property
    def list_folder(self) -> str:
        """The folder the last list was chosen from; "" at first."""
        return self._text("import/folder", "")

    @list_folder.setter
    def list_folder(self, folder: str) -> None:
        self._store.setValue("import/folder", folder)

    @property
    def recent(self) -> tuple[str, ...]:
        """Workspaces opened last, newest first."""
        return tuple(path for path in self._text("workspace/recent", "").split("\n") if path)

    def opened(self, path: Path) -> None:
        """Remembers a workspace as the one opened last."""
        kept = [str(path), *(each for each in self.recent if each != str(path))]
        self._store.setValue("workspace/recent", "\n".join(kept[:_MOST_RECENT]))

    def forget(self, path: Path) -> None:
        """Takes a workspace off the list of those opened lately."""
        self._store.setValue("workspace/recent", "\n".join(each for each in self.recent if Path(each) != path))

    def warn_once(self, path: Path) -> bool:
        """Whether to warn of where a workspace lies: true once for each file."""
        told = self._text("workspace/warned", "").split("\n")
        if str(path) in told:
            return False
        self._store.setValue("workspace/warned", "\n".join([str(path), *told][:_MOST_WARNED]))
        return True

    def found_damaged(self, path: Path, day: str) -> None:
        """Remembers that the file that lies there now was found damaged on a day, an ISO text."""
        file = _file_of(path)
        kept = [each for each in self._damaged() if each[0] != file]
        lines = (f"{each} {on}" for each, on in [(file, day), *kept][:_MOST_WARNED])
        self._store.setValue("workspace/damaged", "\n".join(lines))
        self.save()

    def damaged_on(self, path: Path) -> str:
        """The day on which this very file was found damaged; "" when it was not, or another lies there by now."""
        return dict(self._damaged()).get(_file_of(path), "")

    def _damaged(self) -> list[tuple[str, str]]:
        lines = (each.partition(" ") for each in self._text("workspace/damaged", "").split("\n"))
        return [(file, day) for file, _blank, day in lines if file and day]

    def save(self) -> None:
        """Writes it down now."""
        self._store.sync()

    def _text(self, key: str, default: str) -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def _number(self, key: str, default: int) -> int:
        text = str(self._store.value(key, default))
        return int(text) if text.lstrip("-").isdigit() else default


def _file_of(path: Path) -> str:
    """Which file lies there, whatever it is called: a backup put in its place is another one."""
    with contextlib.suppress(OSError):
        found = path.stat()
        return f"{found.st_dev}:{found.st_ino}"
    return "gone"
