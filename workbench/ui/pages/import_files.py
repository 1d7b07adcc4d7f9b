"""KeptFiles: whether files attached to mails are kept when an archive is brought in, and how large each may be."""

from collections.abc import Sequence
from typing import Final

from workbench.ui import numbers
from workbench.ui.theme import Theme
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.field import Field

_SIZES: Final = (0, 100_000, 1_000_000, 10_000_000)
_HINT: Final = "What is left out now can be added later: import the same archive again."


class KeptFiles(Field):
    """Leaves them out unless a person chooses otherwise, or chose otherwise for this community before."""

    def __init__(self, theme: Theme) -> None:
        self.box = ChoiceBox(theme, name="Files attached to the mails")
        super().__init__(theme, "Files attached to the mails", self.box, hint=_HINT)
        self._is_chosen = False
        for size in _SIZES:
            self.box.addItem(_words(size), size)
        self.box.activated.connect(self._on_chosen)

    @property
    def limit(self) -> int:
        """Bytes that a file may have to be kept; 0 for none."""
        return int(self.box.currentData())

    def start(self) -> None:
        """Begins anew."""
        self._is_chosen = False
        self.propose(0)
        self.say_size(0)

    def propose(self, limit: int) -> None:
        """What counts unless a person chooses: what was chosen for this community before."""
        if self._is_chosen:
            return
        sizes: Sequence[int] = [int(self.box.itemData(place)) for place in range(self.box.count())]
        if limit not in sizes:
            self.box.addItem(_words(limit), limit)
            sizes = [*sizes, limit]
        self.box.setCurrentIndex(sizes.index(limit))

    def say_size(self, size: int) -> None:
        """How much room they may take, from the bytes of the files that were chosen; 0 while that is not known."""
        self.set_hint(
            f"Kept ones take at most about {numbers.size(size)} more, encrypted in your profile. {_HINT}"
            if size
            else _HINT
        )

    def _on_chosen(self) -> None:
        self._is_chosen = True


def _words(size: int) -> str:
    return f"Keep those of up to {numbers.size(size)} each" if size else "Leave them out; their names stay"
