"""ResilienceRow: a measure as a row with one plain sentence under it that says what the number means."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.ui.theme import Theme
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.score_row import ScoreCells, ScoreRow

_INDENT = 32


class ResilienceRow(QWidget):
    """`row` has the words and takes the keyboard."""

    def __init__(self, theme: Theme, cells: ScoreCells, sentence: str) -> None:
        super().__init__()
        self.row = ScoreRow(theme, cells)
        self._sentence = PlainLabel("", role="small", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(0)
        column.addWidget(self.row)
        column.addWidget(self._sentence)
        self._sentence.setContentsMargins(theme.px(_INDENT), 0, theme.px(8), 0)
        self.show_words(cells, sentence)

    @property
    def sentence(self) -> str:
        """What the number means."""
        return self._sentence.text()

    def show_words(self, cells: ScoreCells, sentence: str) -> None:
        """Shows newer numbers of the same measure."""
        self.row.show_cells(cells)
        self.row.setAccessibleName(f"{cells.spoken}. {sentence}")
        self._sentence.setText(sentence)
