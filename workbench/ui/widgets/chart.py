"""Chart: a card with a plot or its table; the plot, and pyqtgraph with it, is made when the card is first shown."""

from collections.abc import Callable
from functools import partial
from math import ceil, floor
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QToolButton, QWidget
from typing_extensions import override

from workbench.ui import numbers
from workbench.ui.qt_models.rows_model import Column, RowsModel
from workbench.ui.theme import Theme
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.chart_data import ChartData, Series, Step
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.table_view import TableView
from workbench.ui.widgets.take_along import Saved, dots_button

PLOT_HEIGHT: Final = 136
_HAIR: Final = 1e-6
"""So near to a whole number a border is one, which sums of fractions miss."""


class Chart(Card):
    """`show_data` may be called at any time; nothing is drawn, and no library loaded, before the card is on screen.

    `drawn` follows once the plot or table is there.
    """

    drawn = Signal()

    def __init__(self, theme: Theme, title: str, *, told: Callable[[str], object], saved: Saved | None = None) -> None:
        super().__init__(title, " ")
        self._theme, self._told, self._saved = theme, told, saved
        self._data: ChartData | None = None
        self._plot: QWidget | None = None
        self._as_table = False
        self._explained = ""
        self.is_drawn = False
        self._stack = QStackedWidget()
        self._stack.setMinimumHeight(theme.px(PLOT_HEIGHT))
        self._waiting = QWidget()
        self._empty = PlainLabel("No data in this period", role="caption")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._table: TableView | None = None
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack, 1)
        self.tools.addWidget(self._menu_button(title))
        theme.changed.connect(self._on_theme)

    def show_data(self, data: ChartData) -> None:
        """Shows other numbers."""
        self._data = data
        self.is_drawn = False
        self.set_subtitle(data.subtitle)
        self.explain(self._explained)
        self.setAccessibleDescription(data.spoken())
        if self.isVisible():
            QTimer.singleShot(0, self, self._draw)

    @override
    def explain(self, words: str) -> None:
        """As on every card, behind what has to be known beside the chart."""
        self._explained = words
        note = "" if self._data is None else self._data.note
        self.setToolTip("\n\n".join(filter(None, (note, words))))

    def show_as_table(self, *, is_table: bool) -> None:
        """Shows the numbers as a table, or as a plot again."""
        self._as_table = is_table
        if self._data is not None and self.isVisible():
            self._draw()

    def copy_csv(self) -> None:
        """Puts the table on the clipboard as CSV."""
        if self._data is not None:
            QGuiApplication.clipboard().setText(self._data.csv())
            self._told("Copied as CSV")

    def save_csv(self) -> None:
        """Asks for a place and writes the table there."""
        if self._data is not None and self._saved is not None:
            self._saved(self._data.title, self._data.csv())

    def copy_picture(self) -> None:
        """Puts a picture of the card on the clipboard, without values that count fewer than five people."""
        data, is_told = self._data, self._data is None or not any(series.withheld for series in self._data.series)
        if data is not None and not is_told:
            self._data = data.disclosed()
            self._draw()
        QGuiApplication.clipboard().setPixmap(self.grab())
        if data is not None and not is_told:
            self._data = data
            self._draw()
        self._told("Copied as picture" if is_told else "Copied as picture, without numbers of fewer than five people")

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._data is not None and not self.is_drawn:
            QTimer.singleShot(0, self, self._draw)

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, self._theme.px(PLOT_HEIGHT + 56))

    def _draw(self) -> None:
        data = self._data
        if data is None:
            return
        if self._as_table:
            self._stack.setCurrentWidget(self._filled_table(data))
        elif data.is_empty and not data.gaps:
            self._stack.setCurrentWidget(self._empty)
        else:
            self._stack.setCurrentWidget(self._filled_plot(data))
        self.is_drawn = True
        self.drawn.emit()

    def _filled_plot(self, data: ChartData) -> QWidget:
        # Loading pyqtgraph and numpy takes longer than a page may: they come in with the first plot only.
        from workbench.ui.widgets.plot import Plot  # noqa: PLC0415 - as said above

        if not isinstance(self._plot, Plot):
            self._plot = Plot(self._theme)
            self._plot.pointed.connect(self._on_pointed)
            self._plot.asked.connect(self.asked)
            self._stack.addWidget(self._plot)
        self._plot.setAccessibleName(data.title)
        self._plot.setAccessibleDescription(data.spoken())
        self._plot.show_data(data)
        return self._plot

    def _filled_table(self, data: ChartData) -> QWidget:
        if self._table is not None:
            self._stack.removeWidget(self._table)
            self._table.deleteLater()
        is_month = data.step is Step.MONTH
        day = numbers.month if is_month else numbers.day
        title = "Month" if is_month else "Week from"
        columns: list[Column[int]] = [
            Column(title, lambda place: day(data.starts[place]), lambda place: data.starts[place])
        ]
        for series in data.series:
            columns.append(  # noqa: PERF401 - the list begins with another column
                Column(
                    series.name,
                    partial(_text_of, data, series),
                    partial(_value_of, series),
                    is_number=True,
                )
            )
        if data.band:
            columns.append(Column("Usual", partial(_usual, data), lambda place: data.band[place] or (-1.0, -1.0)))
        if data.notes:
            told = partial(_happened, data)
            columns.append(Column("What happened", told, told, tip=told))
        self._table = TableView(self._theme, name=data.title)
        model: RowsModel[int] = RowsModel(columns, words=lambda _place: "", parent=self._table)
        model.set_rows(range(len(data.starts)))
        self._table.setModel(model)
        self._table.set_widths((0,) * len(columns))
        self._table.setSortingEnabled(True)
        self._table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self._stack.addWidget(self._table)
        return self._table

    def _on_pointed(self, place: int) -> None:
        data = self._data
        if data is None:
            return
        if place < 0:
            self.set_subtitle(data.subtitle)
            return
        said = [*data.notes_at(place), *(f"{series.name} {data.told(series, place)}" for series in data.series)]
        if data.band and data.band[place] is not None:
            said.append(f"usual {_usual(data, place)}")
        start = data.starts[place]
        when = numbers.month(start) if data.step is Step.MONTH else f"Week of {numbers.short_day(start)}"
        self.set_subtitle(f"{when}: {' · '.join(said)}")

    def _menu_button(self, title: str) -> QToolButton:
        button, menu = dots_button(self._theme, f"{title}: table, copy, save")
        menu.addAction("Show as table", lambda: self.show_as_table(is_table=not self._as_table))
        menu.addAction("Copy as picture", self.copy_picture)
        menu.addAction("Copy as CSV", self.copy_csv)
        if self._saved is not None:
            menu.addAction("Save as CSV…", self.save_csv)
        menu.aboutToShow.connect(
            lambda: menu.actions()[0].setText("Show as chart" if self._as_table else "Show as table")
        )
        return button

    def _on_theme(self) -> None:
        self._stack.setMinimumHeight(self._theme.px(PLOT_HEIGHT))
        if self._data is not None and self.is_drawn:
            self._draw()


def usual_words(border: tuple[float, float] | None) -> str:
    """What is usual, from and to: the whole numbers between the borders, so that none outside looks like one inside."""
    if border is None:
        return numbers.MISSING
    low, high = max(0, ceil(border[0] - _HAIR)), floor(border[1] + _HAIR)
    if high <= 0:
        return "none"
    if low > high:
        return f"about {numbers.decimal(sum(border) / 2)}"
    begins = f"{numbers.count(low)} to " if low < high else ""
    return f"up to {numbers.count(high)}" if low == 0 else f"{begins}{numbers.count(high)}"


def _usual(data: ChartData, place: int) -> str:
    return usual_words(data.band[place])


def _happened(data: ChartData, place: int) -> str:
    return "; ".join(data.notes_at(place))


def _text_of(data: ChartData, series: Series, place: int) -> str:
    return data.told(series, place)


def _value_of(series: Series, place: int) -> float | None:
    return series.values[place]
