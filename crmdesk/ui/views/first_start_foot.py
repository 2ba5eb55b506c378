"""The foot of the first start: the name and place of the workspace, its language, sample data, print, start."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk import words
from crmdesk.ui import workspace_file
from crmdesk.ui.checks import CheckBox
from crmdesk.ui.controls import PRIMARY, QUIET, Button
from crmdesk.ui.fields import LineField, Sentence
from crmdesk.ui.flow import FlowRow
from crmdesk.ui.keys import printed
from crmdesk.ui.segments import Choice, Segmented
from crmdesk.ui.theme import Theme
from crmdesk.ui.themed import PlainLabel, Themed
from crmdesk.words import LANGUAGES, _


class PlaceRow(Themed, QWidget):
    """The name of the workspace, and where its file will lie; what stands against it is said there at once.

    Signals: entered() by Enter in the name.
    """

    entered = Signal()

    def __init__(self, theme: Theme, folder: Path, *, name: str) -> None:
        super().__init__()
        self.folder = folder
        self.name = LineField(theme, name=_("Name of the workspace"), text=workspace_file.free_name(folder, name))
        self.sentence = Sentence(theme)
        self.elsewhere = Button(theme, _("Another folder…"), kind=QUIET, icon="folder")
        self._label = PlainLabel(theme, _("Name"), role="text-2")
        self._label.setBuddy(self.name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._label)
        self._row.addWidget(self.name)
        self._row.addWidget(self.sentence, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.elsewhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.name.textChanged.connect(self._on_changed)
        self.name.returnPressed.connect(self.entered)
        self.elsewhere.clicked.connect(self._on_elsewhere)
        self.follow(theme)
        self._say()

    def restyle(self) -> None:
        """Takes its gaps, and the width of the name."""
        self._row.setSpacing(self.theme.px(12))
        self.name.setFixedWidth(self.theme.px(260))

    @property
    def path(self) -> Path:
        """The file that will be made."""
        return workspace_file.path_of(self.folder, self.name.text())

    @property
    def problem(self) -> str:
        """What stands against it; "" when nothing does."""
        return workspace_file.problem(self.folder, self.name.text())

    def set_folder(self, folder: Path) -> None:
        """Another folder for the file."""
        self.folder = folder
        self._say()

    def point_out(self) -> None:
        """Takes the keys to the name, after it was found wanting."""
        self._say()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def _say(self) -> None:
        problem = self.problem
        self.name.set_bad(bool(problem))
        told = problem or _("Will lie in {folder} as {file}").format(folder=_short(self.folder), file=self.path.name)
        self.name.setAccessibleDescription(told)
        self.sentence.say(told, "error" if problem else "hint")

    def _on_changed(self, _text: str) -> None:
        self._say()

    def _on_elsewhere(self) -> None:
        dialog = QFileDialog(self, _("Folder for the workspace"), str(self.folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._on_folder)
        dialog.open()

    def _on_folder(self, folder: str) -> None:
        self.set_folder(Path(folder))


class Foot(Themed, QWidget):
    """Everything below the cards, which stays when they scroll.

    Signals: language_chosen(str) a key of LANGUAGES; start_requested(); print_requested().
    """

    language_chosen = Signal(str)
    start_requested = Signal()
    print_requested = Signal()

    def __init__(self, theme: Theme, folder: Path, *, name: str) -> None:
        super().__init__()
        self.place = PlaceRow(theme, folder, name=name)
        self.languages = Segmented(
            theme,
            [Choice(value=code, text=text) for code, text in LANGUAGES.items()],
            name=_("Words in"),
            value=words.language(),
        )
        self.sample = CheckBox(theme, _("Add sample data, in its own file"))
        self.sample.setChecked(True)
        self.print = Button(theme, _("Print one page"), kind=QUIET, icon="document")
        self.start = Button(theme, "", kind=PRIMARY, icon="moved", key=printed("Enter"))
        self._ways = FlowRow(theme, gap=24)
        self._ways.add(_beside(theme, PlainLabel(theme, _("Words in"), role="text-2"), self.languages))
        self._ways.add(self.sample)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self.print)
        self._buttons.addWidget(self.start)
        self._line = QHBoxLayout()
        self._line.addWidget(self._ways, 1)
        self._line.addLayout(self._buttons)
        self._line.setAlignment(self._buttons, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        self._divided = False
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.place)
        self._column.addLayout(self._line)
        self.languages.chosen.connect(self.language_chosen)
        self.print.clicked.connect(self.print_requested)
        self.start.clicked.connect(self.start_requested)
        self.place.entered.connect(self.start_requested)
        self.follow(theme)

    def restyle(self) -> None:
        """Takes its edges."""
        px = self.theme.px
        self.set_edges(px(40), low=False)
        self._line.setSpacing(px(24))
        self._buttons.setSpacing(px(16))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons go below what is set where both do not fit beside each other."""
        super().resizeEvent(event)
        margins, ways = self._column.contentsMargins(), self._ways.parts()
        wide = max(part.sizeHint().width() for part in ways) + self._line.spacing() + self._buttons.sizeHint().width()
        beside = wide <= self.width() - margins.left() - margins.right()
        self._line.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def set_divided(self, *, divided: bool) -> None:
        """A line above it, where the page scrolls below it."""
        self._divided = divided
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line."""
        if self._divided:
            QPainter(self).fillRect(QRect(0, 0, self.width(), 1), self.theme.colour("line"))

    def set_edges(self, edge: int, *, low: bool) -> None:
        """The free px at the left and right; less above and below in a low window."""
        px = self.theme.px
        self._column.setContentsMargins(edge, px(8 if low else 12), edge, px(8 if low else 16))
        self._column.setSpacing(px(8 if low else 12))


def _beside(theme: Theme, label: QWidget, control: QWidget) -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(12))
    row.addWidget(label)
    row.addWidget(control)
    return both


def _short(folder: Path) -> str:
    """A folder as people read it: their own one is "~"."""
    home = Path.home()
    return f"~/{folder.relative_to(home).as_posix()}" if folder.is_relative_to(home) else str(folder)
