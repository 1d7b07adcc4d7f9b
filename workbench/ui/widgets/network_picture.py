"""NetworkPicture: the last painted picture of a network, and the painting of the next one off the window's thread."""

from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QSize, QSizeF, Signal
from PySide6.QtGui import QImage, QPainter, QTransform

from workbench.cancel import CancelToken
from workbench.ui.widgets.network_paint import Ink, View, paint_image
from workbench.ui.widgets.network_scene import NetworkScene

Work = Callable[[CancelToken], QImage]
Run = Callable[[Work, Callable[[QImage], None], Callable[[], None]], object]
"""Runs a piece of work off the window's thread; hands on its answer, or says that it was stopped."""

_MARGIN: Final = 0.25
"""What is painted beyond each edge, as a share of what is seen, so that a shift does not show an empty edge."""


class Wish(NamedTuple):
    """What a picture is to show: `size` in pixels of the widget, `ratio` of those of the screen to them."""

    scene: NetworkScene
    view: View
    size: QSize
    ink: Ink
    ratio: float


class NetworkPicture(QObject):
    """Paints one picture at a time and, of what was wished meanwhile, the last; `painted` when there is a new one."""

    painted = Signal()

    def __init__(self, parent: QObject, *, run: Run) -> None:
        super().__init__(parent)
        self._run = run
        self._scene: NetworkScene | None = None
        self._image: QImage | None = None
        self._view, self._size = View(0.0, 0.0, 1.0), QSizeF()
        self._is_painting = False
        self._next: Wish | None = None

    @property
    def view(self) -> View:
        """From where the picture was painted."""
        return self._view

    @property
    def is_done(self) -> bool:
        """Whether nothing is being painted or waits for it."""
        return not self._is_painting and self._next is None

    def wish(self, wish: Wish) -> None:
        """Paints it now, or once the present one is done; nothing where there is no room."""
        self._scene = wish.scene
        if wish.size.width() < 1 or wish.size.height() < 1:
            return
        if self._is_painting:
            self._next = wish
        else:
            self._paint(wish)

    def draw(self, painter: QPainter, to_screen: QTransform) -> None:
        """Draws the last picture, shifted and stretched to what is looked at now."""
        if self._image is not None:
            painter.drawImage(to_screen.mapRect(self._view.area(self._size)), self._image)

    def _paint(self, wish: Wish) -> None:
        self._is_painting, self._next = True, None
        share = 1 + 2 * _MARGIN
        size = QSize(round(wish.size.width() * share), round(wish.size.height() * share))

        def work(cancel: CancelToken) -> QImage:
            return paint_image(wish.scene, wish.view, wish.ink, size, ratio=wish.ratio, cancel=cancel)

        self._run(work, partial(self._on_painted, wish, QSizeF(size)), self._on_stopped)

    def _on_stopped(self) -> None:
        self._is_painting, self._next = False, None

    def _on_painted(self, wish: Wish, size: QSizeF, image: QImage) -> None:
        self._is_painting = False
        # A picture of what is no longer shown is of no use.
        if wish.scene is self._scene:
            self._image, self._view, self._size = image, wish.view, size
            self.painted.emit()
        if self._next is not None:
            self._paint(self._next)
