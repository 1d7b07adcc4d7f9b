"""NetworkScene: a network ready to be drawn: where everybody stands, who is tied to whom, and what colours mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from math import hypot, sqrt
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

_TIES_A_PATH: Final = 100
_LEAST: Final = 1e-6
_REACH: Final = 2
"""Cells around a point in which somebody is looked for."""


class Shape(Enum):
    """How people of one group are drawn, so that no group is told by colour alone."""

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"


class GroupLook(NamedTuple):
    """One entry of the legend: the number of its colour, its shape, and what it is called."""

    colour: int
    shape: Shape
    words: str

    @property
    def is_hollow(self) -> bool:
        """Whether its shape was taken before: then it is drawn as a ring, so that a print in grey tells both."""
        return self.colour >= len(SHAPES)


SHAPES: Final = tuple(Shape)
COLOURS_LIGHT: Final = (
    "#175C97", "#A8500A", "#6B4BA3", "#1B7F79", "#A3325D", "#5F6B1F", "#8C5A4A", "#3B6FD4",
)  # fmt: skip
COLOURS_DARK: Final = (
    "#7DB8EA", "#EFA566", "#BDA8F0", "#5CC9C0", "#F08FB3", "#B9C25A", "#D6A795", "#9DB6F5",
)  # fmt: skip
"""Colours of groups on the surface of either look: 3 to 1 or better against it."""


def group_looks(words: Sequence[str]) -> tuple[GroupLook, ...]:
    """A colour and a shape for each of up to eight groups; neighbours in the list differ in both."""
    return tuple(
        GroupLook(place, SHAPES[place % len(SHAPES)], word) for place, word in enumerate(words[: len(COLOURS_LIGHT)])
    )


@dataclass(eq=False)
class NetworkScene:
    """`groups` has the place in `legend` of everybody, None for those of no group; `near` whom each is tied to.

    Made off the window's thread: putting the lines of fifty thousand ties together takes a tenth of a second.
    """

    places: Sequence[tuple[float, float]]
    names: Sequence[str]
    groups: Sequence[int | None]
    legend: tuple[GroupLook, ...]
    ties: Sequence[tuple[int, int]]
    near: Sequence[Sequence[int]]
    lines: list[tuple[QRectF, QPainterPath]] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = list(self._lines())

    @cached_property
    def bounds(self) -> QRectF:
        """What holds everybody."""
        if not self.places:
            return QRectF(0, 0, 1, 1)
        xs, ys = [x for x, _ in self.places], [y for _, y in self.places]
        return QRectF(min(xs), min(ys), max(max(xs) - min(xs), _LEAST), max(max(ys) - min(ys), _LEAST))

    @cached_property
    def spacing(self) -> float:
        """How far apart people would stand if they were spread evenly."""
        return max(self.bounds.width(), self.bounds.height()) / max(1.0, sqrt(len(self.places)))

    def inside(self, area: QRectF) -> list[int]:
        """Who stands in the area."""
        left, top, right, bottom = area.left(), area.top(), area.right(), area.bottom()
        return [node for node, (x, y) in enumerate(self.places) if left <= x <= right and top <= y <= bottom]

    def nearest(self, point: QPointF, *, within: float) -> int | None:
        """Who stands nearest to a point, not farther than `within`; None where nobody does."""
        column, row = self._cell(point.x(), point.y())
        reach = min(_REACH, int(within / self.spacing) + 1)
        found = [
            (hypot(self.places[node][0] - point.x(), self.places[node][1] - point.y()), node)
            for across in range(column - reach, column + reach + 1)
            for down in range(row - reach, row + reach + 1)
            for node in self._cells.get((across, down), ())
        ]
        best = min(found, default=None)
        return None if best is None or best[0] > within else best[1]

    def step(self, node: int, *, across: int, down: int) -> int | None:
        """The tie of `node` that leads best to the right (`across` 1), left, down (`down` 1) or up; None: none does."""
        x, y = self.places[node]
        best: tuple[float, int] | None = None
        for other in self.near[node]:
            dx, dy = self.places[other][0] - x, self.places[other][1] - y
            ahead, aside = dx * across + dy * down, abs(dx * down) + abs(dy * across)
            if ahead <= 0 or aside > 2 * ahead:
                continue
            cost = ahead + 2 * aside
            if best is None or cost < best[0]:
                best = (cost, other)
        return None if best is None else best[1]

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        return int((x - self.bounds.left()) // self.spacing), int((y - self.bounds.top()) // self.spacing)

    @cached_property
    def _cells(self) -> dict[tuple[int, int], list[int]]:
        cells: dict[tuple[int, int], list[int]] = {}
        for node, (x, y) in enumerate(self.places):
            cells.setdefault(self._cell(x, y), []).append(node)
        return cells

    def _lines(self) -> list[tuple[QRectF, QPainterPath]]:
        """Ties as paths of a hundred that lie together: most need not be looked at when zoomed in, and none takes long.

        Qt keeps Python's lock while it draws a path, and the window would wait for a long one.
        """
        side = max(1, round((len(self.ties) / _TIES_A_PATH) ** 0.5))
        width, height = self.bounds.width() / side, self.bounds.height() / side
        cells: dict[tuple[int, int], list[QPainterPath]] = {}
        for one, other in self.ties:
            (x, y), (to_x, to_y) = self.places[one], self.places[other]
            key = (
                int(((x + to_x) / 2 - self.bounds.left()) / width),
                int(((y + to_y) / 2 - self.bounds.top()) / height),
            )
            paths = cells.setdefault(key, [])
            if not paths or paths[-1].elementCount() >= 2 * _TIES_A_PATH:
                paths.append(QPainterPath())
            paths[-1].moveTo(x, y)
            paths[-1].lineTo(to_x, to_y)
        return [(path.boundingRect(), path) for paths in cells.values() for path in paths]
