"""The binding of Qt under load: some releases lose a reference to None on every call, and abort the process later.

PySide6 6.12.0 on Python 3.11 died of it after some 7,000 `setText` calls or twenty painted frames; short tests never
saw it. The load runs in a process of its own, so that an abort is a failed test and not a dead test run.
"""

import json
import subprocess
import sys

TICKS = 30_000
FRAMES = 200

LOAD = f"""
import json, sys
from PySide6.QtCore import QAbstractListModel, QModelIndex, QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QListView, QStyledItemDelegate

class Cards(QAbstractListModel):
    def rowCount(self, parent=QModelIndex()):
        return 0 if parent.isValid() else 500
    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return f"Card {{index.row()}}" if role == Qt.ItemDataRole.DisplayRole else None

class CardDelegate(QStyledItemDelegate):
    painted = 0
    def sizeHint(self, option, index):
        return QSize(240, 24)
    def paint(self, painter, option, index):
        CardDelegate.painted += 1
        painter.save()
        painter.fillRect(option.rect.adjusted(2, 2, -2, -2), option.palette.alternateBase())
        super().paint(painter, option, index)
        painter.restore()

app = QApplication([])
label, board, cards = QLabel(), QListView(), Cards()
board.setModel(cards)
delegate = CardDelegate(board)
board.setItemDelegate(delegate)
board.resize(260, 600)
board.show()
label.show()
app.processEvents()

def counts():
    return [sys.getrefcount(single) for single in (None, True, False)]

def tick(number):
    label.setText(str(number))

def frame(number):
    board.verticalScrollBar().setValue(number)
    board.viewport().repaint()

# The first calls fill caches; only what grows with the number of calls is a leak or a loss.
for number in range(50):
    tick(number)
    frame(number)
before, painted_before = counts(), CardDelegate.painted
for number in range({TICKS}):
    tick(number)
after_ticks = counts()
for number in range({FRAMES}):
    frame(number)
print(json.dumps({{"before": before, "after_ticks": after_ticks, "after_frames": counts(),
                  "painted": CardDelegate.painted - painted_before}}), flush=True)
"""


def test_none_survives_thirty_thousand_labels_and_two_hundred_frames():
    done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=False, timeout=120)

    assert done.returncode == 0, f"the process died: {done.stderr[-2000:]}"
    measured = json.loads(done.stdout)
    # Twenty rows fit on the screen: each frame must have gone through the delegate.
    assert measured["painted"] > FRAMES * 10
    for before, after in zip(measured["before"], measured["after_ticks"], strict=True):
        assert abs(after - before) < TICKS / 100
    for before, after in zip(measured["after_ticks"], measured["after_frames"], strict=True):
        assert abs(after - before) < measured["painted"] / 20
