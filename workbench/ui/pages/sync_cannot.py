"""CannotList: what a platform does not show, in its connector's own sentences, read when somebody asks."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.models.kinds import AccountKind
from workbench.sync.platforms import TITLES
from workbench.ui.context import Context
from workbench.ui.widgets.plain_label import PlainLabel


class CannotList(QWidget):
    """Hidden until `turn`; the declaration loads a connector, so it is read in a job and once."""

    def __init__(self, context: Context, kind: AccountKind) -> None:
        super().__init__()
        self._context, self._kind = context, kind
        self._is_read = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(5, 4, 0, 0)
        self._column.setSpacing(2)
        title = f"What {TITLES[kind]} does not show" if kind in TITLES else "What these files do not hold"
        self._column.addWidget(PlainLabel(title, role="captionstrong"))
        self.hide()

    def turn(self) -> None:
        """Shows it, or hides it again."""
        self.setVisible(self.isHidden())
        if not self._is_read:
            self._is_read = True
            self._context.jobs.run(self, "cannot", partial(_cannot, self._kind), self._on_read)

    def _on_read(self, sentences: tuple[str, ...]) -> None:
        for sentence in sentences or ("Nothing is known to be missing.",):
            self._column.addWidget(PlainLabel(f"– {sentence}", role="small", wraps=True))


def _cannot(kind: AccountKind) -> tuple[str, ...]:
    from workbench.sync.platforms import cannot_of  # noqa: PLC0415 - what reads them brings the wire or a parser

    return cannot_of(kind)
