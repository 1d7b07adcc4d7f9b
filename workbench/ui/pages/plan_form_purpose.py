"""PurposeStep: the first step of a new plan: what it is for, whom it serves, who answers for it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.models.kinds import CommunityType
from workbench.ui.pages.plan_inspector_fields import Choice
from workbench.ui.pages.plan_roles import RolesEditor
from workbench.ui.pages.plan_sheet_fields import SheetText
from workbench.ui.qt_models.community_table import TYPE_TITLES
from workbench.ui.theme import Theme
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.completer_list import complete
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.lines import LinesLabel
from workbench.ui.widgets.tab_order import in_tab_order

_TWO_FROM: Final = 820
_TEXTS: Final = {
    "purpose": ("Purpose", "What will be different after 90 days, and for whom?", 3),
    "problem": ("Problem it serves", "What goes wrong today?", 2),
    "value_for_organisation": ("Value for the organisation", "What does it save, prevent or make possible?", 2),
    "value_for_members": ("Value for members", "They are not paid for it: what is in it for them?", 2),
}
_NOT_SET: Final = "Not set"
_TARGETS: Final = "Targets are proposed from it."
_NEW: Final = "Targets are proposed from it. It becomes the community's type when the plan starts."
_NO_TARGETS: Final = "It is not known, so no targets are proposed. Choose one; it is stored when the plan starts."


class SimilarBanner(Banner):
    """Names communities much like what is being planned; `taken(name)` makes the plan one of that community."""

    taken = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._first = ""
        self._words = LinesLabel(theme, most=4)
        self.take = push_button("", theme=theme, kind="link", clicked=lambda: self.taken.emit(self._first))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(IconLabel("warning-circle", theme, token="watch"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._words)
        column.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeading)
        row.addLayout(column, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while hidden."""
        return self._words.text

    def show_found(self, found: Sequence[tuple[str, str]]) -> None:
        """(name, why it is alike) of each, the most alike first; nothing takes it away."""
        self._first = found[0][0] if found else ""
        listed = "; ".join(f"“{name}” ({why})" for name, why in found)
        many = "community is" if len(found) == 1 else "communities are"
        words = f"{len(found)} {many} much like this: {listed}. Join, or agree the difference first."
        self._words.set_text(words if found else "")
        self.take.setText(f"Make it a plan of {self._first}")
        self.take.setAccessibleName(self.take.text())
        self.setVisible(bool(found))


class PurposeStep(QWidget):
    """`typed` follows every letter, `kind_chosen(type)` a choice of what the community is."""

    typed = Signal()
    kind_chosen = Signal(CommunityType)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._is_wide: bool | None = None
        self.name, self.community, self.owner, self.sponsor = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.kind = Choice(theme, name="Type of the community", titles={None: _NOT_SET, **TYPE_TITLES})
        self.texts = {name: SheetText(lines=lines) for name, (_, _, lines) in _TEXTS.items()}
        self.roles = RolesEditor(theme)
        self.similar = SimilarBanner(theme)
        self._names, self._people = QStringListModel(self), QStringListModel(self)
        self.fields = self._built_fields()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        self._cards = self._built_cards()
        self._arrange()
        for line in (self.name, self.community, self.owner, self.sponsor):
            line.textChanged.connect(self.typed)
            line.returnPressed.connect(self.focusNextChild)
        for text in self.texts.values():
            text.textChanged.connect(self.typed)
        in_tab_order(
            [self.name, self.community, self.kind, self.similar.take, *self.texts.values(), self.owner, self.sponsor]
        )
        self.roles.follow(self.sponsor)
        self.similar.taken.connect(self.community.setText)
        self.kind.edited.connect(self._on_kind)
        self.setFocusProxy(self.name)

    def offer(self, *, communities: Sequence[str], people: Sequence[str]) -> None:
        """Says what completes what is typed."""
        self._names.setStringList(list(communities))
        self._people.setStringList(list(people))

    def show_kind(self, kind: CommunityType | None, *, is_one: bool, is_new: bool = False) -> None:
        """Shows the type of the community; out of sight where the plan is not for one.

        One that `is_new` was chosen here, and is the community's from the start of the plan on.
        """
        self.fields["kind"].setVisible(is_one)
        self.kind.set_titles(TYPE_TITLES if kind is not None else {None: _NOT_SET, **TYPE_TITLES})
        self.kind.show_values({kind})
        self.fields["kind"].set_hint(_NO_TARGETS if kind is None else _NEW if is_new else _TARGETS)

    def values(self) -> dict[str, Any]:
        """Everything in it, by field of the plan; `community` is its name."""
        lines = {"name": self.name, "community": self.community, "owner": self.owner, "sponsor": self.sponsor}
        found: dict[str, Any] = {name: line.text().strip() for name, line in lines.items()}
        return found | {name: text.text() for name, text in self.texts.items()} | {"roles": self.roles.roles()}

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Shows these, and nothing in the fields that are not among them."""
        lines = {"name": self.name, "community": self.community, "owner": self.owner, "sponsor": self.sponsor}
        for name, line in lines.items():
            line.setText(str(values.get(name, "")))
        for name, text in self.texts.items():
            text.setPlainText(str(values.get(name, "")))
        self.roles.show_roles(tuple(values.get("roles", ())), people=self._people.stringList())
        self.similar.show_found(())

    def _on_kind(self) -> None:
        kind = self.kind.value()
        if kind is not None:
            self.kind_chosen.emit(kind)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _built_fields(self) -> dict[str, Field]:
        self.name.setPlaceholderText("Safe water at school")
        self.community.setPlaceholderText("All communities, or type part of a name")
        self.owner.setPlaceholderText("Who answers for it")
        self.sponsor.setPlaceholderText("Who stands behind it")
        for line, model in ((self.community, self._names), (self.owner, self._people), (self.sponsor, self._people)):
            complete(line, model, self._theme)
        for name, (_, hint, _) in _TEXTS.items():
            self.texts[name].setPlaceholderText(hint)
        theme = self._theme
        found = {
            "name": Field(theme, "Name", self.name),
            "community": Field(theme, "Community", self.community),
            "kind": Field(theme, "Type of the community", self.kind),
            "purpose": Field(theme, "Purpose", self.texts["purpose"]),
            "owner": Field(theme, "Owner", self.owner),
            "sponsor": Field(theme, "Sponsor", self.sponsor),
        }
        return found | {
            name: Field(theme, title, self.texts[name]) for name, (title, _, _) in _TEXTS.items() if name != "purpose"
        }

    def _built_cards(self) -> tuple[Card, Card]:
        about, who = Card("What it is for"), Card("Whom it serves, and who does it")
        for card, names in (
            (about, ("name", "community", "kind", "purpose", "problem")),
            (who, ("value_for_organisation", "value_for_members")),
        ):
            card.body.setSpacing(12)
            for name in names:
                card.body.addWidget(self.fields[name])
        about.body.insertWidget(4, self.similar)
        row = QHBoxLayout()
        row.setSpacing(12)
        for name in ("owner", "sponsor"):
            row.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
        who.body.addLayout(row)
        who.body.addWidget(Field(self._theme, "Roles", self.roles))
        for card in (about, who):
            card.body.addStretch(1)
        return about, who

    def _arrange(self) -> None:
        is_wide = self.width() >= self._theme.px(_TWO_FROM)
        if is_wide is self._is_wide:
            return
        self._is_wide = is_wide
        for card in self._cards:
            # Not `takeAt`: an item it leaves behind would go on hearing in place of the new one that heights change.
            self._grid.removeWidget(card)
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, 0 if is_wide else place, place if is_wide else 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if is_wide else 0)
        self._grid.setRowStretch(2, 1)
