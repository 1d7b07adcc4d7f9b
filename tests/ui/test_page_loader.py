"""Pages are imported while nothing else is to be done, and Qt's slow import is not the one they come by."""

import subprocess
import sys

from workbench.ui.main_window import PAGES
from workbench.ui.page_loader import PageLoader


def test_pages_come_one_at_a_time_and_wait_for_work(qtbot):
    busy = [True]
    loader = PageLoader(["colorsys", "this_comes_second"], is_busy=lambda: busy[0])
    sys.modules.pop("colorsys", None)
    loader.load_next()
    assert "colorsys" not in sys.modules
    busy[0] = False
    loader.load_next()
    assert "colorsys" in sys.modules
    assert not loader.is_done


def test_it_ends_with_the_last(qtbot):
    loader = PageLoader([entry.module for entry in PAGES], is_busy=lambda: False)
    with qtbot.waitSignal(loader.loaded, timeout=20_000):
        loader.start()
    assert loader.is_done
    assert all(entry.module in sys.modules for entry in PAGES)


def test_the_import_stays_pythons_own():
    code = (
        "import builtins, sys; plain = builtins.__import__; import workbench.ui.app, linecache;"
        "from PySide6 import QtWidgets, QtSvg; assert builtins.__import__ is plain; print(len(linecache.cache))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) < len(PAGES), "the text of a module was read though nobody asked for it"
