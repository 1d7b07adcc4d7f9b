"""RowPages: rows of a long answer, fetched a page at a time while one scrolls; the newest wish is served first."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Generic, TypeVar

Row = TypeVar("Row")

PAGE: Final = 100
_KEPT: Final = 40
_WAITING: Final = 3


class RowPages(Generic[Row]):
    """`wanted(page)` is called for one page at a time; answer with `give`. `total` is the length of it all."""

    def __init__(self, wanted: Callable[[int], object]) -> None:
        self._wanted = wanted
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        self._waiting: list[int] = []
        self._asked: int | None = None
        self.total = 0

    def reset(self, total: int, first: Sequence[Row], *, page: int = 0) -> None:
        """Begins anew with one page at hand; answers still under way must not be given any more."""
        self._pages.clear()
        self._waiting.clear()
        self._asked = None
        self.total = total
        self._pages[page] = list(first)

    def row(self, place: int) -> Row | None:
        """The row at a place; None while its page is being fetched."""
        number, offset = divmod(place, PAGE)
        page = self._pages.get(number)
        if page is None:
            self._want(number)
            return None
        self._pages.move_to_end(number)
        return page[offset] if offset < len(page) else None

    def give(self, number: int, rows: Sequence[Row]) -> range:
        """Takes a page that was asked for and asks for the next; returns the places it fills."""
        self._pages[number] = list(rows)
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        self._asked = None
        if self._waiting:
            self._ask(self._waiting.pop())
        return range(number * PAGE, min(self.total, number * PAGE + len(rows)))

    def fail(self) -> None:
        """Gives up the page that was asked for; it is asked for again when it is looked at again."""
        self._asked = None
        self._waiting.clear()

    def replace(self, place: int, row: Row) -> None:
        """Puts another row in the place of one at hand."""
        number, offset = divmod(place, PAGE)
        self._pages[number][offset] = row

    def known(self) -> Iterator[tuple[int, Row]]:
        """(place, row) of everything at hand, by place."""
        for number in sorted(self._pages):
            for offset, row in enumerate(self._pages[number]):
                yield number * PAGE + offset, row

    def _want(self, number: int) -> None:
        if number == self._asked:
            return
        if self._asked is None:
            self._ask(number)
            return
        # Whoever scrolls fast has left the older wishes behind.
        self._waiting = [*(one for one in self._waiting if one != number), number][-_WAITING:]

    def _ask(self, number: int) -> None:
        self._asked = number
        self._wanted(number)
