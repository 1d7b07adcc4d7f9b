"""make_application: the one QApplication, with the style, the font and the language everything is drawn in."""

import os
import sys

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication

from workbench.ui.theme import BODY


def make_application() -> QApplication:
    """The one QApplication, on Fusion."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = QApplication([sys.argv[0]])
    # The run ends when its window has put everything away, not when the window is hidden.
    application.setQuitOnLastWindowClosed(False)
    application.setApplicationName("community-workbench")
    application.setApplicationDisplayName("Community Workbench")
    QGuiApplication.setDesktopFileName("community-workbench")
    # Charts draw a few hundred points; a pool of threads for matrices would only cost memory.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    application.setStyle("Fusion")
    if QLocale().language() is QLocale.Language.C:
        # A bare container says no language at all; numbers are then written as in English, with grouping.
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    font = QFont(QApplication.font())
    font.setPixelSize(BODY)
    font.setFeature(QFont.Tag("tnum"), 1)
    application.setFont(font)
    return application
