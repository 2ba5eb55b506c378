"""Choosing where a file is to lie; the window goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from crmdesk import paths
from crmdesk.words import _


def copy_target(window: QWidget, path: Path, chosen: Callable[[str], None]) -> QFileDialog:
    """Asks where a copy of a workspace is to lie; `chosen` is a bound method and gets the path."""
    dialog = QFileDialog(window, _("Save a copy"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # nothing is replaced: that is said when it is tried
    dialog.setNameFilter(_("Workspaces (*{suffix})").format(suffix=paths.SUFFIX))
    dialog.setDefaultSuffix(paths.SUFFIX.removeprefix("."))
    if QGuiApplication.platformName() == "offscreen":
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setDirectory(str(paths.data_folder()))
    dialog.selectFile(_("{name} copy").format(name=path.stem) + paths.SUFFIX)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog
