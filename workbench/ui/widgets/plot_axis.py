"""PlotAxis: an axis whose words are painted anew each time, because a kept picture of them loses spaces."""

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QPainter
from typing_extensions import override


class PlotAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """pyqtgraph plays a picture back; in it Qt leaves out the space between a word in Arabic and a number."""

    def __init__(self, side: str) -> None:
        self._texts: Sequence[Any] = ()
        super().__init__(side)

    @override
    def drawPicture(self, p: QPainter, axisSpec: Any, tickSpecs: Any, textSpecs: Sequence[Any]) -> None:
        self._texts = textSpecs
        super().drawPicture(p, axisSpec, tickSpecs, ())

    @override
    def paint(self, p: QPainter, opt: Any, widget: Any) -> None:
        super().paint(p, opt, widget)
        if self.style["tickFont"] is not None:
            p.setFont(self.style["tickFont"])
        p.setPen(self.textPen())
        for room, flags, words in self._texts:
            p.drawText(room, int(flags), words)
