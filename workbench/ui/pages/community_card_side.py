"""CommunityCardSide: the card of a page's community: its button, red without a coordinator, and its edits."""

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.operations.community_card import set_card
from workbench.queries.community_card import CommunityCardRow, community_card
from workbench.ui.context import Context
from workbench.ui.pages.community_card import NO_COORDINATOR, TITLES, CommunityCardPanel
from workbench.ui.pages.member_edits import MemberEdits
from workbench.ui.widgets.buttons import push_button
from workbench.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CardEdit:
    """One field of a card, before and after."""

    community_id: CommunityId
    name: str
    field: str
    before: str | None
    after: str | None

    @property
    def what(self) -> str:
        """What was edited, in words that stand before "of" and a name."""
        return f"“{TITLES[self.field]}”"

    def inverse(self) -> "CardEdit":
        """What takes it back."""
        return replace(self, before=self.after, after=self.before)

    def apply(self, workspace: Workspace) -> Changes:
        """Writes `after`."""
        return set_card(workspace, community_id=self.community_id, fields={self.field: self.after})


class CommunityCardSide(QObject):
    """`changed` when the panel is shown or not any more, `failed(error)`; `edits` holds the way back."""

    changed = Signal()
    failed = Signal(Exception)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._is_open = self._is_opening = False
        self._community_id: CommunityId | None = None
        self.edits = MemberEdits(context, self)
        self.edits.failed.connect(context.tell_error)
        self.panel = CommunityCardPanel(context.theme)
        self.panel.closed.connect(self.shut)
        self.panel.edited.connect(self._on_edited)
        self.button = push_button("About", theme=context.theme, icon="identification-card", clicked=self.toggle)
        self.button.setToolTip("About this community: type, purpose, coordinator and more")
        self.missing = push_button(
            NO_COORDINATOR, theme=context.theme, kind="danger", icon="x-circle", clicked=self.toggle
        )
        self.missing.setToolTip("Nobody is known to see to this community. Here a name can be given.")
        self._place_buttons()

    def widget(self) -> QWidget | None:
        """The panel while it is open."""
        return self.panel if self._is_open else None

    def show_community(self, community_id: CommunityId | None) -> None:
        """Reads the card of a community; None where a page shows several, or a site."""
        if community_id != self._community_id:
            self.panel.keep()
        self._community_id = community_id
        if community_id is None:
            self.shut()
            self._place_buttons()
            return
        job = partial(_read, self._context.workspace.database, community_id)
        self._context.jobs.run(self, "card", job, self._on_card, self.failed.emit)

    def open(self) -> None:
        """Shows the panel as soon as its card is read."""
        self._is_opening = True
        if self.panel.card is not None and self.panel.card.community_id == self._community_id:
            self._show()

    def toggle(self) -> None:
        """Shows the panel, or puts it away."""
        if self._is_open:
            self.shut()
        else:
            self.open()

    def shut(self) -> None:
        """Puts the panel away; what was being typed is kept."""
        self.panel.keep()
        self._is_opening = False
        if self._is_open:
            self._is_open = False
            self._place_buttons()
            self.changed.emit()

    def _on_card(self, card: CommunityCardRow | None) -> None:
        if card is None or card.community_id != self._community_id:
            return
        self.panel.show_card(card, is_writable=self._context.workspace.database.writable)
        self._place_buttons()
        if self._is_opening:
            self._show()

    def _show(self) -> None:
        self._is_opening, self._is_open = False, True
        self._place_buttons()
        self.changed.emit()
        self.panel.take_focus()

    def _place_buttons(self) -> None:
        """One button while the panel is away: red where nobody sees to the community."""
        card = self.panel.card
        is_wanted = not self._is_open and card is not None and card.community_id == self._community_id
        is_missing = card is not None and not card.has_coordinator
        self.button.setVisible(is_wanted and not is_missing)
        self.missing.setVisible(is_wanted and is_missing)

    def _on_edited(self, field: str, before: str | None, after: str | None) -> None:
        card = self.panel.card
        if card is not None:
            edit = CardEdit(card.community_id, card.name, field, before, after)
            self.edits.make(edit, says_so=True)


def _read(database: Database, community_id: CommunityId) -> CommunityCardRow | None:
    with database.read() as reader:
        return community_card(reader, community_id)
