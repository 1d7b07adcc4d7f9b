"""NetworkView: the picture of a network to look around in, by mouse, wheel and keyboard.

The picture itself is painted off the window's thread, larger than what is seen; moving about shifts and stretches the
last one until the next is there, so that a frame costs the same for thirty people and for twelve thousand. Whoever is
looked at is drawn on top, at once.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.network_labels import NetworkLabels
from workbench.ui.widgets.network_paint import (
    Ink,
    View,
    faded,
    fitting,
    paint_people,
    radius_of,
)
from workbench.ui.widgets.network_picture import NetworkPicture, Run, Wish
from workbench.ui.widgets.network_scene import NetworkScene

_WHEEL_STEP: Final = 1.0015
_KEY_STEP: Final = 1.3
_FARTHEST: Final = 0.5
_NEAREST_SPACING: Final = 160.0
_CATCH: Final = 14.0
_DRAG_FROM: Final = 4
_VEIL: Final = 190
_NAMED_UP_TO: Final = 60
_PAN_SHARE: Final = 0.15
_LABEL_RADIUS: Final = 5.0
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class NetworkView(QWidget):
    """`pointed(place)` when somebody else is looked at (-1: nobody), `opened(place)` on Enter or a double click.

    Arrow keys follow the ties of whoever is looked at; with Shift they move the picture; + and - zoom, 0 shows all.
    """

    pointed = Signal(int)
    opened = Signal(int)

    def __init__(self, theme: Theme, *, run: Run) -> None:
        super().__init__()
        self._theme = theme
        self._scene: NetworkScene | None = None
        self._view = self._fit = View(0.0, 0.0, 1.0)
        self._picture = NetworkPicture(self, run=run)
        self._picture.painted.connect(self._on_painted)
        self._is_fitted = True
        self._node = self._hovered = -1
        self._marked: Sequence[int] = ()
        self._hides_names = False
        self._labels = NetworkLabels()
        self._pressed_at: QPoint | None = None
        self._dragged_from: QPointF | None = None
        self._is_dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(240, 200)
        self.setAccessibleName("Picture of the network")
        theme.changed.connect(self._wanted)

    # What is shown

    def show_scene(self, scene: NetworkScene, *, is_same_people: bool = False) -> None:
        """Shows another network; with the same people whoever was looked at, and from where, stays."""
        self._scene = scene
        self._hovered = -1
        if not is_same_people:
            self._node, self._marked, self._is_fitted = -1, (), True
        self._fit_again()
        self._wanted()

    def mark(self, nodes: Sequence[int]) -> None:
        """Lets some stand out; empty lets everybody."""
        self._marked = nodes
        self.update()

    def hide_names(self, *, are_hidden: bool) -> None:
        """Leaves names out of the picture, or writes them again."""
        self._hides_names = are_hidden
        self.update()

    def look_at(self, node: int, *, brings_in: bool = True) -> None:
        """Looks at somebody and their ties (-1: at nobody); `brings_in` moves the picture to where they stand."""
        scene = self._scene
        if scene is None or node == self._node:
            return
        self._node = node
        if node >= 0 and brings_in:
            self._bring_in(scene, node)
        self._say(scene)
        self.update()
        self.pointed.emit(node)

    @property
    def node(self) -> int:
        """Who is looked at; -1 for nobody."""
        return self._node

    @property
    def is_drawn(self) -> bool:
        """Whether the picture shows what is looked at now."""
        return self._scene is None or self._picture.is_done

    def show_all(self) -> None:
        """Everybody in sight."""
        self._is_fitted = True
        self._fit_again()
        self._wanted()

    def zoom(self, factor: float, *, at: QPointF | None = None) -> None:
        """Nearer or farther; the point `at` of the widget stays where it is."""
        scene = self._scene
        if scene is None:
            return
        middle = QPointF(self.width() / 2, self.height() / 2)
        point = middle if at is None else at  # the corner itself counts as nothing
        most = max(_NEAREST_SPACING / scene.spacing, self._fit.scale)
        scale = min(most, max(self._fit.scale * _FARTHEST, self._view.scale * factor))
        off = point - middle
        grown = 1 / self._view.scale - 1 / scale
        self._view = View(self._view.x + off.x() * grown, self._view.y + off.y() * grown, scale)
        self._is_fitted = False
        self._wanted()

    def pan(self, dx: float, dy: float) -> None:
        """Shifts the picture by so many pixels."""
        self._view = self._view.moved(dx, dy)
        self._is_fitted = False
        self._wanted()

    # Events

    @override
    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_again()
        self._wanted()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(_WHEEL_STEP ** event.angleDelta().y(), at=event.position())
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at, self._dragged_from = event.position().toPoint(), event.position()
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._dragged_from is not None and self._pressed_at is not None:
            if (at.toPoint() - self._pressed_at).manhattanLength() >= _DRAG_FROM or self._is_dragging:
                self._is_dragging = True
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.pan(at.x() - self._dragged_from.x(), at.y() - self._dragged_from.y())
                self._dragged_from = at
            return
        hovered = self._at(at)
        if hovered != self._hovered:
            self._hovered = hovered
            self.setCursor(Qt.CursorShape.PointingHandCursor if hovered >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_drag, self._is_dragging = self._is_dragging, False
        self._pressed_at = self._dragged_from = None
        self.unsetCursor()
        if not was_drag and event.button() is Qt.MouseButton.LeftButton:
            self.look_at(self._at(event.position()), brings_in=False)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        node = self._at(event.position())
        if node >= 0:
            self.opened.emit(node)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_shifted = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _ARROWS:
            across, down = _ARROWS[Qt.Key(key)]
            if is_shifted:
                self.pan(-across * _PAN_SHARE * self.width(), -down * _PAN_SHARE * self.height())
            else:
                self._walk(across, down)
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom(_KEY_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _KEY_STEP)
        elif key == Qt.Key.Key_0:
            self.show_all()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._node >= 0:
            self.opened.emit(self._node)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # Painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), tokens.colour("surface"))
        scene = self._scene
        if scene is None:
            return
        self._picture.draw(painter, self._view.to_screen(QSizeF(self.size())))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_over(painter, scene)
        if self.hasFocus():
            painter.setPen(QPen(tokens.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 7, 7)

    def _paint_over(self, painter: QPainter, scene: NetworkScene) -> None:
        """Whoever is looked at or stands out, before a veil over all others."""
        ink, tokens = self._ink(), self._theme.tokens
        size = QSizeF(self.size())
        to_screen, radius = self._view.to_screen(size), radius_of(scene, self._view)
        named: list[int] = []
        large = max(radius * 1.3, 4.5)
        if self._node >= 0:
            painter.fillRect(self.rect(), faded(tokens.colour("surface"), _VEIL))
            at = to_screen.map(QPointF(*scene.places[self._node]))
            painter.setPen(QPen(tokens.colour("accent"), 1.4))
            for other in scene.near[self._node]:
                painter.drawLine(at, to_screen.map(QPointF(*scene.places[other])))
            paint_people(painter, scene, [*scene.near[self._node], self._node], to_screen, ink=ink, radius=large)
            self._ring(painter, at, large)
            named = [self._node, *scene.near[self._node]]
        elif self._marked:
            painter.fillRect(self.rect(), faded(tokens.colour("surface"), _VEIL))
            paint_people(painter, scene, self._marked, to_screen, ink=ink, radius=large)
            named = list(self._marked)
        else:
            seen = scene.inside(self._view.area(size)) if radius > _LABEL_RADIUS else []
            named = seen if len(seen) <= _NAMED_UP_TO else []
        if self._hovered >= 0:
            self._ring(painter, to_screen.map(QPointF(*scene.places[self._hovered])), large)
            named = [self._hovered, *(node for node in named if node != self._hovered)]
        if not self._hides_names:
            self._labels.paint(painter, scene, named, to_screen, ink=ink, radius=large)

    def _ring(self, painter: QPainter, at: QPointF, radius: float) -> None:
        painter.setPen(QPen(self._theme.colour("text"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, radius + 4, radius + 4)

    def _wanted(self) -> None:
        """Paints the picture anew."""
        self.update()
        if self._scene is not None:
            self._picture.wish(Wish(self._scene, self._view, self.size(), self._ink(), self.devicePixelRatioF()))

    def _on_painted(self) -> None:
        self._labels.forget()
        self.update()

    def _ink(self) -> Ink:
        return Ink(self._theme.tokens, self._theme.font(SMALL))

    # Moving about

    def _fit_again(self) -> None:
        if self._scene is None:
            return
        self._fit = fitting(self._scene, QSizeF(self.size()))
        if self._is_fitted:
            self._view = self._fit

    def _at(self, point: QPointF) -> int:
        """Who stands at a point of the widget; -1 for nobody."""
        if self._scene is None:
            return -1
        back, _is_invertible = self._view.to_screen(QSizeF(self.size())).inverted()
        node = self._scene.nearest(back.map(point), within=_CATCH / self._view.scale)
        return -1 if node is None else node

    def _walk(self, across: int, down: int) -> None:
        """Along a tie, or to whoever stands in the middle where nobody is looked at yet."""
        scene = self._scene
        if scene is None or not scene.places:
            return
        if self._node < 0:
            middle = QPointF(self._view.x, self._view.y)
            self.look_at(min(range(len(scene.places)), key=lambda node: _distance(scene.places[node], middle)))
            return
        step = scene.step(self._node, across=across, down=down)
        if step is not None:
            self.look_at(step)

    def _bring_in(self, scene: NetworkScene, node: int) -> None:
        x, y = scene.places[node]
        area = self._view.area(QSizeF(self.size()))
        inner = area.adjusted(area.width() * 0.1, area.height() * 0.1, -area.width() * 0.1, -area.height() * 0.1)
        if not inner.contains(QPointF(x, y)):
            self._view = self._view._replace(x=x, y=y)
            self._is_fitted = False
            self._wanted()

    def _say(self, scene: NetworkScene) -> None:
        if self._node < 0:
            self.setAccessibleDescription("")
            return
        name = "Somebody" if self._hides_names else scene.names[self._node]
        self.setAccessibleDescription(f"{name}, ties with {len(scene.near[self._node])} people")


def _distance(place: tuple[float, float], point: QPointF) -> float:
    return (place[0] - point.x()) ** 2 + (place[1] - point.y()) ** 2
