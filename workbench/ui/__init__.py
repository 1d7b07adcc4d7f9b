"""Qt, all of it; loaded here first, so that Python's own import can be put back behind it.

Qt's library replaces it by one that reads the text of every module imported from then on, in search of a feature this
program does not use: half of the time of an import, and a tenth of the window's memory, because the texts are kept.
"""

import builtins

_plain_import = builtins.__import__

from PySide6 import QtCore as _QtCore  # noqa: E402, F401 - between the two lines that keep the import as it was

builtins.__import__ = _plain_import
