"""The definitions on one sheet of A4, for the wall and for the meeting: printed, or saved as PDF by the same dialog."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from PySide6.QtCore import QMarginsF, QObject, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QTextDocument,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from crmdesk.domain.vocabulary import ROLES, Stage, Vocabulary
from crmdesk.ui import stage_words
from crmdesk.words import _, full_day

LARGEST, SMALLEST = 10.0, 5.0  # pt: the text is as large as one page allows
_STEP = 0.5
_STYLE = """
h1 { font-size: large; margin: 0 } p { margin: 2px 0 6px 0 } h2 { font-size: medium; margin: 10px 0 2px 0 }
td, th { padding: 3px; text-align: left; vertical-align: top }
"""


class OnePage(QObject):
    """Opens the system's print dialog, which also saves PDF, and prints the page."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._printer: QPrinter | None = None
        self._document: QTextDocument | None = None

    def print(self, vocabulary: Vocabulary, others: Sequence[Vocabulary]) -> QPrintDialog:
        """Asks where to; what is printed is as it stands now."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        set_up(printer)
        printer.setDocName(vocabulary.name())
        self._printer, self._document = printer, document(vocabulary, others)
        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle(_("Print one page"))
        dialog.finished.connect(self._on_finished)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()
        return dialog

    def _on_finished(self, result: int) -> None:
        printer, page = self._printer, self._document
        self._printer = self._document = None
        dialog = self.sender()
        if isinstance(dialog, QDialog):
            dialog.deleteLater()
        if result == QDialog.DialogCode.Accepted and printer is not None and page is not None:
            paint(printer, page)


def set_up(device: QPagedPaintDevice) -> None:
    """A4 upright, with edges that every printer keeps."""
    device.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(12, 12, 12, 12),
                    QPageLayout.Unit.Millimeter)
    )  # fmt: skip


def paint(device: QPagedPaintDevice, page: QTextDocument) -> float:
    """Paints the page on a printer or into a PDF, as large as it fits; the size of its text in pt."""
    resolution = device.logicalDpiX()
    room = device.pageLayout().paintRectPixels(resolution)
    layout = page.documentLayout()
    layout.setPaintDevice(device)
    size = LARGEST
    while True:
        font = QFont(page.defaultFont())
        font.setPointSizeF(size)
        page.setDefaultFont(font)
        page.setPageSize(QSizeF(room.width(), 10 * room.height()))
        if page.size().height() <= room.height() or size <= SMALLEST:
            break
        size -= _STEP
    painter = QPainter(device)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(QPalette.ColorRole.Text, QColor("black"))
    layout.draw(painter, context)
    painter.end()
    return size


def document(vocabulary: Vocabulary, others: Sequence[Vocabulary]) -> QTextDocument:
    """The page: all stages side by side, and what the others call the same."""
    page = QTextDocument()
    page.setDocumentMargin(0)
    page.setDefaultStyleSheet(_STYLE)
    version = _("Version {version} of {day}").format(
        version=vocabulary.version, day=full_day(date.fromisoformat(vocabulary.dated))
    )
    account = _("There are accounts from this stage on: {stage}.").format(
        stage=vocabulary.word(vocabulary.account_from)
    )
    parts = [
        f"<h1>{escape(vocabulary.name())}</h1>",
        f"<p>{escape(vocabulary.summary())} {escape(account)}<br>{escape(version)}</p>",
        _table(_stage_lines(vocabulary.stages)),
        f"<h2>{escape(_('What the others call it'))}</h2>",
        _table(_role_lines([vocabulary, *others])),
    ]
    page.setHtml("".join(parts))
    return page


def _stage_lines(stages: Sequence[Stage]) -> list[list[str]]:
    """A head of names, then a row for everything that is agreed."""
    told = [dict(stage_words.rows(stage)) for stage in stages]
    labels = list(dict.fromkeys(label for rows in told for label in rows))
    lines = [["", *(stage.label for stage in stages)], [_("Definition"), *(stage.definition for stage in stages)]]
    return lines + [[label, *(rows.get(label, "–") for rows in told)] for label in labels]


def _role_lines(vocabularies: Sequence[Vocabulary]) -> list[list[str]]:
    lines = [["", *(each.name() for each in vocabularies)]]
    for role, label in ROLES.items():
        found = [each.by_role(role) for each in vocabularies]
        if any(found):
            lines.append([_(label), *(stage.label if stage is not None else "–" for stage in found)])
    return lines


def _table(lines: Iterable[Sequence[str]]) -> str:
    rows = []
    for number, cells in enumerate(lines):
        kinds = ["th" if number == 0 or place == 0 else "td" for place in range(len(cells))]
        inside = "".join(f"<{kind}>{escape(cell)}</{kind}>" for kind, cell in zip(kinds, cells, strict=True))
        rows.append(f"<tr>{inside}</tr>")
    opening = '<table border="1" cellspacing="0" style="border-collapse: collapse; border-color: #999999" width="100%">'
    return f"{opening}{''.join(rows)}</table>"
