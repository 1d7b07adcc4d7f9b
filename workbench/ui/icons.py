"""Icons: Phosphor outlines drawn in the colours of the theme, sharp at any size and ratio.

The outlines come from the Phosphor font that qtawesome carries (MIT licence); qtawesome itself is never imported,
because that costs more than the whole first paint, while reading one font file costs a few milliseconds.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPainterPath,
    QPixmap,
    QRawFont,
    QTransform,
)
from typing_extensions import override

from workbench.ui.theme import Theme

_EM: Final = 256
_MIRRORED: Final = frozenset(
    {
        "caret-right", "caret-left", "arrow-right", "arrow-left", "arrow-u-up-left", "arrow-u-up-right",
        "paper-plane-right", "sign-out", "sign-in", "list-bullets",
    }
)  # fmt: skip


@cache
def _font() -> tuple[QRawFont, dict[str, str]]:
    """The font and its names; raises FileNotFoundError where qtawesome is not installed whole."""
    spec = find_spec("qtawesome")
    folder = Path(spec.origin).parent / "fonts" if spec is not None and spec.origin else Path()
    files = sorted(folder.glob("phosphor-[0-9]*.ttf"))
    names = sorted(folder.glob("phosphor-charmap-*.json"))
    if not files or not names:
        raise FileNotFoundError(str(folder / "phosphor.ttf"))
    return QRawFont(str(files[-1]), _EM), json.loads(names[-1].read_text("utf-8"))


@cache
def outline(name: str) -> QPainterPath:
    """The outline of a Phosphor icon in a box of 1 × 1; raises KeyError for a name Phosphor does not have."""
    font, names = _font()
    glyph = font.glyphIndexesForString(chr(int(names[name], 16)))[0]
    path = font.pathForGlyph(glyph)
    # The font sets its icons on a square of one em that begins at the ascent; the outline is moved into it.
    return QTransform(1 / _EM, 0, 0, 1 / _EM, 0, font.ascent() / _EM).map(path)


class _Curtain:
    """Whether icons are left out for now."""

    is_down = False


def leave_out() -> None:
    """Leaves icons out of the very first paint: reading their font would take a tenth of it."""
    _Curtain.is_down = True


def draw_from_now() -> None:
    """Draws icons again; the caller updates what is on screen."""
    _Curtain.is_down = False


def draw(painter: QPainter, name: str, box: QRect, colour: QColor) -> None:
    """Draws an icon into a square box; icons with a direction turn round in right-to-left layouts."""
    if _Curtain.is_down:
        return
    path = outline(name)
    side = min(box.width(), box.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(QPointF(box.x() + (box.width() - side) / 2, box.y() + (box.height() - side) / 2))
    painter.scale(side, side)
    if name in _MIRRORED and painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        painter.translate(1, 0)
        painter.scale(-1, 1)
    painter.fillPath(path, colour)
    painter.restore()


class _Engine(QIconEngine):
    """Draws at paint time, so a switch of theme needs no new icons."""

    def __init__(self, name: str, theme: Theme, token: str, token_on: str) -> None:
        super().__init__()
        self._name, self._theme, self._token, self._token_on = name, theme, token, token_on

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        if mode is QIcon.Mode.Disabled:
            colour = self._theme.colour("control")
        else:
            colour = self._theme.colour(self._token_on if state is QIcon.State.On else self._token)
        draw(painter, self._name, rect, colour)

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        if size.isEmpty():
            # A button that its layout has not given room yet asks for this.
            return QPixmap()
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        # A picture of its own knows nothing of the button it is for.
        painter.setLayoutDirection(QGuiApplication.layoutDirection())
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        return pixmap

    @override
    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._theme, self._token, self._token_on)


def icon(name: str, theme: Theme, *, token: str = "second", token_on: str = "accent") -> QIcon:
    """A Phosphor icon (`gear`, `chats`, …) in a token's colour; `token_on` is used while a button is checked."""
    return QIcon(_Engine(name, theme, token, token_on))
