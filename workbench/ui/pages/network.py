"""Network page: who turns to whom, drawn and told: roles as named sets, groups against offices, one person's ties."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QHideEvent, QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.ids import PersonId
from workbench.models.changes import Changes
from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.queries.scope import Scope
from workbench.ui import numbers
from workbench.ui.actions import ActionSpec, Group
from workbench.ui.context import Context
from workbench.ui.pages.network_data import (
    ColourBy,
    NetworkShown,
    read_network,
    shown,
)
from workbench.ui.pages.network_files import NetworkFiles
from workbench.ui.pages.network_person import NetworkPerson
from workbench.ui.pages.network_side import NetworkSide
from workbench.ui.pages.network_table import NetworkTable
from workbench.ui.pages.network_words import FACTS, facts, note, subtitle
from workbench.ui.pages.page import Page
from workbench.ui.period import Period, PeriodKind
from workbench.ui.sanitiser import isolated
from workbench.ui.widgets.buttons import push_button, say
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.network_legend import NetworkLegend
from workbench.ui.widgets.network_view import NetworkView, Work
from workbench.ui.widgets.state_panel import Offer
from workbench.ui.widgets.switch import Switch

_COLOURS: Final = {ColourBy.GROUP: "Colours: groups", ColourBy.OFFICE: "Colours: offices"}
_TIGHT, _NARROW = 640, 980
_WIDE: Final = 2


class NetworkPage(Page):
    """The picture is worked out in a child process, kept, and begun from where people stood last."""

    KEY: ClassVar[str] = "network"
    TITLE: ClassVar[str] = "Network"
    ICON: ClassVar[str] = "tree-structure"
    DEPENDS_ON: ClassVar[Changes] = Changes.COMMUNITIES | Changes.EVENTS | Changes.MEMBERS | Changes.COVERAGE

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._found: NetworkShown | None = None
        self._by, self._hides_names = ColourBy.GROUP, False
        self._loading: tuple[Scope, Period] | None = None
        self._is_due = False
        self._wanted: PersonId | None = None
        self.files = NetworkFiles(context, self)
        self._build_tools()
        self.side = NetworkSide(self.theme)
        self.view = NetworkView(self.theme, run=self._run_paint)
        self.table = NetworkTable(self.theme)
        self.person = NetworkPerson(self.theme)
        self._legend = NetworkLegend(self.theme)
        self._facts = [self._built_fact() for _ in FACTS]
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.side)
        row.addLayout(self._built_middle(), 1)
        self.body.addLayout(row, 1)
        self.side.set_changed.connect(self._on_set)
        self.side.chosen.connect(self.view.look_at)
        self.person.chosen.connect(self.view.look_at)
        self.person.closed.connect(self._shut)
        self.view.pointed.connect(self._on_pointed)
        for part in (self.side, self.person, self.view):
            part.opened.connect(self._open_person)
        context.tables_changed.connect(self._on_tables)
        self.theme.changed.connect(self._arrange)
        self._on_tables()
        self._actions = self._bound_actions()

    # Page

    @override
    def opened(self, argument: object) -> None:
        if isinstance(argument, int):
            self._wanted = PersonId(argument)
            self._look_at_wanted()

    @override
    def refresh(self) -> None:
        asked = (self.context.scope, self.context.period)
        if self._loading == asked:
            # While much arrives a large network would be begun anew again and again and never be done.
            self._is_due = True
            return
        self._loading, self._is_due = asked, False
        workspace = self.context.workspace
        job = partial(
            read_network,
            workspace,
            scope=self.context.scope,
            period=self.context.period,
            now=workspace.clock.now(),
            by=self._by,
        )
        self.load(job, self._on_network, title="Drawing the network", stopped=self._on_stopped)

    @override
    def show_error(self, error: Exception) -> None:
        self._loading = None
        super().show_error(error)

    @override
    def inspector(self) -> QWidget | None:
        return self.person if self.view.node >= 0 and self._found is not None else None

    @override
    def is_settled(self) -> bool:
        return super().is_settled() and self.view.is_drawn

    @override
    def take_focus(self) -> None:
        self.view.setFocus()

    @override
    def find_here(self) -> None:
        self.side.filter.setFocus()
        self.side.filter.selectAll()

    @override
    def go_back(self) -> bool:
        if self.view.node >= 0:
            self._shut()
            return True
        if self.side.role is not None:
            self.side.choose(None)
            return True
        return False

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for action in self._actions:
            action.setEnabled(True)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for action in self._actions:
            action.setEnabled(False)

    # What is shown

    def _on_network(self, found: NetworkShown) -> None:
        self._loading = None
        self._show(found)
        self._look_at_wanted()
        if self._is_due:
            self._is_due = False
            self.mark_stale()

    def _show(self, found: NetworkShown) -> None:
        before, self._found = self._found, found
        self.files.found = found
        look = found.look
        self._say_title()
        self.set_note(note(look) if look.people else "", icon="circle-half")
        for widget in self._tools:
            widget.setVisible(bool(look.people))
        if not look.people:
            self.view.look_at(-1)
            self.inspector_changed.emit()
            self._say_empty(found)
            return
        ids = [one.person_id for one in look.people]
        is_same = before is not None and [one.person_id for one in before.look.people] == ids
        if not is_same:
            self.view.look_at(-1)
        self.view.show_scene(found.scene, is_same_people=is_same)
        self.side.show_network(look, found.everybody)
        self.table.show_table(found.table)
        self._legend.show_groups(found.scene.legend, others=found.others)
        for label, (title, value, words) in zip(self._facts, facts(look), strict=True):
            say(label, isolated(f"{title} {value}"))
            label.setToolTip(words)
            label.setAccessibleDescription(words)
        self._on_pointed(self.view.node)

    def _say_title(self) -> None:
        look = self._found.look if self._found is not None else None
        is_told = look is not None and bool(look.people) and self._room != 0
        self.set_title(self.TITLE, subtitle(look, is_short=self._room < _WIDE) if look is not None and is_told else "")

    def _say_empty(self, found: NetworkShown) -> None:
        if not found.has_communities:
            actions = self.context.actions
            self.show_first_use(
                "See who turns to whom",
                "Once a community is here, its replies, mentions and reactions are drawn as ties between people:"
                " who connects, who bridges offices, and where help may be needed.",
                offers=(
                    Offer("Import a mailing list", lambda: actions.trigger("import.mailing_list"), "tray"),
                    Offer("Use the sample network", lambda: actions.trigger("sample.install"), "flask"),
                ),
            )
            return
        offers = [Offer("Show all time", lambda: self.context.set_period(Period(PeriodKind.ALL)), "calendar-blank")]
        if self.context.scope:
            offers.append(Offer("Show all communities", lambda: self.context.set_scope(()), "users-three"))
        sentences = ["Nobody who is known here answered, mentioned or liked anybody else."]
        if found.look.known < MINIMUM_COVERAGE:
            share = numbers.share_known(found.look.known)
            sentences.append(f"{share[0].upper()}{share[1:]} of these days is known, so there may have been ties.")
        self.show_first_use("No ties in these days", *sentences, offers=tuple(offers))

    def _look_at_wanted(self) -> None:
        """Looks at whom the page was opened for, once their network is here."""
        if self._wanted is None or self._found is None or self._loading is not None:
            return
        ids = [one.person_id for one in self._found.look.people]
        if self._wanted in ids:
            self.view.look_at(ids.index(self._wanted))
        self._wanted = None

    def _on_stopped(self) -> None:
        self._loading = None
        self.show_first_use(
            "The drawing was stopped",
            "Nothing was lost. It can be drawn again, or for fewer communities or days.",
            offers=(Offer("Draw it", self.refresh, "arrow-clockwise"),),
        )

    def _on_set(self, nodes: tuple[int, ...]) -> None:
        self.view.mark(nodes)
        if nodes:
            self.view.look_at(-1)

    def _on_pointed(self, node: int) -> None:
        if self._found is not None and node >= 0:
            self.person.show_person(self._found.look, node, are_hidden=self._hides_names)
        self.side.list.lead_to(node)
        self.inspector_changed.emit()

    def _shut(self) -> None:
        self.view.look_at(-1)
        self.view.setFocus()

    def _open_person(self, node: int) -> None:
        if self._found is not None and not self._hides_names:
            self.context.open_page("members", int(self._found.look.people[node].person_id))

    # Tools

    def _bound_actions(self) -> list[QAction]:
        """What menu and palette offer while the page is shown."""
        actions, known = self.context.actions, {spec.id for spec in self.context.actions}
        found: list[QAction] = []
        for spec, act in (
            (ActionSpec("network.all", "Show the whole network", Group.VIEW, "arrows-out"), self.view.show_all),
            (ActionSpec("network.names", "Hide or show names", Group.VIEW, "eye-slash"), self._hide.toggle),
            (
                ActionSpec("network.save", "Save the network as a picture…", Group.FILE, "image"),
                partial(self.files.choose, ".png"),
            ),
        ):
            if spec.id not in known:
                actions.add(spec)
            found.append(actions.bind(spec.id, act))
            found[-1].setEnabled(self.isVisible())
        return found

    def _build_tools(self) -> None:
        self._colours = ChoiceBox(self.theme, name="What colours say")
        for by, words in _COLOURS.items():
            self._colours.addItem(words, by)
        self._colours.currentIndexChanged.connect(self._on_colours)
        self._hide = push_button("Hide names", theme=self.theme, icon="eye-slash")
        self._hide.setCheckable(True)
        self._hide.toggled.connect(self._on_hidden)
        self._switch_table = push_button("Show as table", theme=self.theme, icon="table")
        self._switch_table.setCheckable(True)
        self._switch_table.clicked.connect(lambda: self.context.actions.trigger("table.toggle"))
        save = push_button("Save", theme=self.theme, icon="download-simple")
        menu = QMenu(save)
        menu.addAction("Picture without names (PNG)…", partial(self.files.choose, ".png"))
        menu.addAction("Drawing without names (SVG)…", partial(self.files.choose, ".svg"))
        menu.addAction("Groups and offices (CSV)…", partial(self.files.choose, ".csv"))
        save.setMenu(menu)
        self._room = -1
        self._worded: dict[QPushButton, Callable[[], str]] = {
            self._hide: lambda: "Hide names",
            self._switch_table: self._table_words,
            save: lambda: "Save",
        }
        self._tools: tuple[QWidget, ...] = (self._colours, self._hide, self._switch_table, save)
        for widget in self._tools:
            widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self.buttons.addWidget(widget)

    def _built_middle(self) -> QVBoxLayout:
        card = Card(padding=1)
        self._switch = Switch()
        for part in (self.view, self.table):
            self._switch.add(part)
        card.body.addWidget(self._switch, 1)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(card, 1)
        column.addWidget(self._legend)
        self._below = QGridLayout()
        self._below.setSpacing(4)
        self._fit = push_button(
            "Show all", theme=self.theme, kind="status", icon="arrows-out", clicked=self.view.show_all
        )
        column.addLayout(self._below)
        return column

    def _built_fact(self) -> QPushButton:
        """A measure in a few words; hovering or pressing it says how it came about."""
        button = push_button("", theme=self.theme, kind="status")
        button.clicked.connect(lambda: QToolTip.showText(button.mapToGlobal(button.rect().topLeft()), button.toolTip()))
        return button

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Where room is short tools keep their icons only and measures stand in two lines; then these give way."""
        room = sum(self.width() >= self.theme.px(limit) for limit in (_TIGHT, _NARROW))
        if room == self._room:
            return
        self._room = room
        is_narrow, is_tight = room < _WIDE, room == 0
        self.side.set_narrow(is_narrow=is_tight)
        self._legend.set_lines(2 if is_tight else 3)
        for button, words in self._worded.items():
            button.setText("" if is_narrow else words())
            button.setToolTip(words() if is_narrow else "")
        self._say_title()
        while self._below.takeAt(0) is not None:
            pass
        across = 3 if is_narrow else len(self._facts) + 1
        for place, widget in enumerate((*self._facts, self._fit)):
            self._below.addWidget(widget, place // across, place % across, Qt.AlignmentFlag.AlignLeading)
            widget.setVisible(not is_tight or widget is self._fit)
        self._below.setColumnStretch(across, 1)

    def _on_colours(self, place: int) -> None:
        self._by = ColourBy(self._colours.itemData(place))  # a combo box hands back plain text
        found = self._found
        if found is not None and found.look.people:
            job = partial(shown, found.look, self._by, has_communities=found.has_communities)
            self.context.jobs.run(self, "colours", job, self._show, self.show_error)

    def _on_hidden(self, are_hidden: bool) -> None:  # noqa: FBT001 - a Qt signal carries it by position
        self._hides_names = are_hidden
        node = self.view.node
        self.view.hide_names(are_hidden=are_hidden)
        self.side.hide_names(are_hidden=are_hidden)
        if node >= 0:
            self.view.look_at(node)
        self._on_pointed(self.view.node)

    def _on_tables(self) -> None:
        shows = self.context.shows_tables
        self._switch_table.setChecked(shows)
        self._room = -1
        self._arrange()
        self._switch_table.setAccessibleName(self._table_words())
        self._switch.turn_to(self.table if shows else self.view)
        self._legend.setVisible(not shows)

    def _table_words(self) -> str:
        return "Show as picture" if self.context.shows_tables else "Show as table"

    def _run_paint(self, work: Work, done: Callable[[QImage], None], stopped: Callable[[], None]) -> object:
        return self.context.jobs.run(self, "paint", work, done, self.show_error, stopped=stopped)
