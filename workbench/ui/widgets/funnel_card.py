"""FigureCard: a card with a painted figure or its table, and the menu that takes them along."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton
from typing_extensions import override

from workbench.ui.qt_models.rows_model import Column, RowsModel
from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.cohort_data import Figure, FigureRow
from workbench.ui.widgets.cohort_view import FigureView
from workbench.ui.widgets.lines import LinesLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.table_view import TableView
from workbench.ui.widgets.take_along import Saved, dots_button

_TABLE_HEIGHT: Final = 180


class FigureCard(Card):
    """`view` draws; the words under it say what has to be known to read it."""

    def __init__(
        self, theme: Theme, title: str, view: FigureView, *, told: Callable[[str], object], saved: Saved | None = None
    ) -> None:
        super().__init__(title, " ")
        self._theme, self._told, self._saved = theme, told, saved
        self.view = view
        self._as_table = False
        self._table: TableView | None = None
        self._empty = PlainLabel("No data in this period", role="caption")
        self._note = LinesLabel(theme, most=3, size=SMALL, token="third")
        self.body.addWidget(view)
        self.body.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self._note)
        self.body.addStretch(1)
        self.tools.addWidget(self._menu_button(title))
        view.pointed.connect(self._on_pointed)
        view.asked.connect(self.asked)
        self._draw()

    def show_figure(self, figure: Figure) -> None:
        """Shows other numbers."""
        self.view.show_figure(figure)
        self.set_subtitle(figure.subtitle)
        self.setAccessibleDescription(figure.spoken())
        self._note.set_text(figure.note)
        self._draw()

    @property
    def is_empty(self) -> bool:
        """Whether there is no row to show."""
        return self.view.figure is None or not self.view.figure.rows

    def show_as_table(self, *, is_table: bool) -> None:
        """Shows the numbers as a table, or as a figure again."""
        self._as_table = is_table
        self._draw()

    def copy_csv(self) -> None:
        """Puts the table on the clipboard as CSV, without numbers of fewer than five people."""
        if self.view.figure is not None:
            QGuiApplication.clipboard().setText(self.view.figure.csv())
            self._told("Copied as CSV, without numbers of fewer than five people")

    def save_csv(self) -> None:
        """Asks for a place and writes the table there, without numbers of fewer than five people."""
        if self.view.figure is not None and self._saved is not None:
            self._saved(self.view.figure.title, self.view.figure.csv())

    def copy_picture(self) -> None:
        """Puts a picture of the figure on the clipboard, without numbers of fewer than five people."""
        self.view.hides = True
        was_table, self._as_table = self._as_table, False
        self._draw()
        QGuiApplication.clipboard().setPixmap(self.grab())
        self.view.hides, self._as_table = False, was_table
        self._draw()
        self._told("Copied as picture, without numbers of fewer than five people")

    def _draw(self) -> None:
        figure = self.view.figure
        # Where nothing is known there are no numbers, but the hatching says why.
        is_empty = self.is_empty
        is_table = self._as_table and not is_empty
        if is_table and figure is not None:
            self._fill_table(figure)
        self.view.setVisible(not is_empty and not is_table)
        self._empty.setVisible(is_empty and figure is not None)
        self._note.setVisible(bool(self._note.text))
        if self._table is not None:
            self._table.setVisible(is_table)
        self.view.update()

    def _fill_table(self, figure: Figure) -> None:
        if self._table is not None:
            self.body.removeWidget(self._table)
            self._table.deleteLater()
        rows = figure.rows
        # Sorted as they come: months by their name would begin with April.
        columns: list[Column[int]] = [Column(figure.corner, lambda place: rows[place].title, lambda place: place)]
        columns += [
            Column(head, partial(_words, rows, column), partial(_share, rows, column), is_number=True)
            for column, head in enumerate(figure.heads)
        ]
        self._table = TableView(self._theme, name=figure.title)
        model: RowsModel[int] = RowsModel(columns, words=lambda place: rows[place].title, parent=self._table)
        model.set_rows(range(len(rows)))
        self._table.setModel(model)
        self._table.set_widths((0,) * len(columns))
        self._table.setMinimumHeight(self._theme.px(_TABLE_HEIGHT))
        self.body.insertWidget(self.body.indexOf(self._empty), self._table, 1)

    def _on_pointed(self, words: str) -> None:
        figure = self.view.figure
        self.set_subtitle(words or (figure.subtitle if figure is not None else " "))

    def _menu_button(self, title: str) -> QToolButton:
        button, menu = dots_button(self._theme, f"{title}: table, copy, save")
        menu.addAction("Show as table", lambda: self.show_as_table(is_table=not self._as_table))
        menu.addAction("Copy as picture", self.copy_picture)
        menu.addAction("Copy as CSV", self.copy_csv)
        if self._saved is not None:
            menu.addAction("Save as CSV…", self.save_csv)
        menu.aboutToShow.connect(
            lambda: menu.actions()[0].setText("Show as figure" if self._as_table else "Show as table")
        )
        return button

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, super().sizeHint().height())


def _words(rows: Sequence[FigureRow], column: int, place: int) -> str:
    return rows[place].cells[column].words


def _share(rows: Sequence[FigureRow], column: int, place: int) -> float | None:
    return rows[place].cells[column].share
