"""Network tools: the row of buttons above the picture, and what menu and palette offer while it is shown."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from workbench.ui.actions import ActionSpec, Group
from workbench.ui.context import Context
from workbench.ui.pages.network_data import ColourBy
from workbench.ui.pages.network_files import NetworkFiles
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.choice_box import ChoiceBox

_COLOURS: Final = {ColourBy.GROUP: "Colours: groups", ColourBy.OFFICE: "Colours: offices"}


class NetworkTools(QObject):
    """`coloured` when colours are to say something else, `hidden(are names hidden)`; pictures are saved by `files`."""

    coloured = Signal()
    hidden = Signal(bool)

    def __init__(self, context: Context, files: NetworkFiles, row: QHBoxLayout, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._files = context, files
        theme = context.theme
        self.colours = ChoiceBox(theme, name="What colours say")
        for by, words in _COLOURS.items():
            self.colours.addItem(words, by)
        self.colours.currentIndexChanged.connect(lambda _place: self.coloured.emit())
        self.hide = push_button("Hide names", theme=theme, icon="eye-slash")
        self.hide.setCheckable(True)
        self.hide.toggled.connect(self.hidden)
        self.table = push_button("Show as table", theme=theme, icon="table")
        self.table.setCheckable(True)
        self.table.clicked.connect(lambda: context.actions.trigger("table.toggle"))
        save = self._built_save()
        self._worded: dict[QPushButton, Callable[[], str]] = {
            self.hide: lambda: "Hide names",
            self.table: self._table_words,
            save: lambda: "Save",
        }
        self._widgets: tuple[QWidget, ...] = (self.colours, self.hide, self.table, save)
        for widget in self._widgets:
            widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(widget)
        self._actions: list[QAction] = []

    @property
    def by(self) -> ColourBy:
        """What colours are to say."""
        return ColourBy(self.colours.currentData())  # a combo box hands back plain text

    def set_visible(self, *, are_shown: bool) -> None:
        """Shows the buttons where there is something to draw."""
        for widget in self._widgets:
            widget.setVisible(are_shown)

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Where room is short buttons keep their icons only, and say what they do when pointed at."""
        for button, words in self._worded.items():
            button.setText("" if is_narrow else words())
            button.setToolTip(words() if is_narrow else "")

    def show_tables(self) -> None:
        """Says whether the table is shown; its words on the button come with `set_narrow`."""
        self.table.setChecked(self._context.shows_tables)
        self.table.setAccessibleName(self._table_words())

    def bind(self, *, show_all: Callable[[], object]) -> None:
        """Offers the same in menu and palette."""
        actions, known = self._context.actions, {spec.id for spec in self._context.actions}
        for spec, act in (
            (ActionSpec("network.all", "Show the whole network", Group.VIEW, "arrows-out"), show_all),
            (ActionSpec("network.names", "Hide or show names", Group.VIEW, "eye-slash"), self.hide.toggle),
            (
                ActionSpec("network.save", "Save the network as a picture…", Group.FILE, "image"),
                partial(self._files.choose, ".png"),
            ),
        ):
            if spec.id not in known:
                actions.add(spec)
            self._actions.append(actions.bind(spec.id, act))

    def enable(self, *, is_shown: bool) -> None:
        """Lets menu and palette act while the page is shown."""
        for action in self._actions:
            action.setEnabled(is_shown)

    def _built_save(self) -> QPushButton:
        save = push_button("Save", theme=self._context.theme, icon="download-simple")
        menu = QMenu(save)
        menu.addAction("Picture without names (PNG)…", partial(self._files.choose, ".png"))
        menu.addAction("Drawing without names (SVG)…", partial(self._files.choose, ".svg"))
        menu.addAction("Groups and offices (CSV)…", partial(self._files.choose, ".csv"))
        save.setMenu(menu)
        return save

    def _table_words(self) -> str:
        return "Show as picture" if self._context.shows_tables else "Show as table"
