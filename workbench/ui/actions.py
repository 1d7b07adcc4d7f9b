"""Actions: every act of the window once, as one QAction; menu, shortcuts, palette and help page are made from here."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from workbench.ui.icons import icon
from workbench.ui.theme import Theme


class Group(StrEnum):
    """The menu an action stands in; the value is the menu's title."""

    FILE = "File"
    EDIT = "Edit"
    GO = "Go"
    TODAY = "Today"
    COMMUNITY = "Community"
    CONVERSATION = "Conversation"
    PLAN = "Plan"
    VIEW = "View"
    HELP = "Help"


class ActionSpec(NamedTuple):
    """What an action is called and where it stands; `words` are further words the palette finds it by."""

    id: str
    title: str
    group: Group
    icon: str = ""
    shortcuts: tuple[str, ...] = ()
    words: str = ""

    @property
    def part(self) -> str:
        """The menu it stands in inside the menu of its group; "" for none."""
        return next((title for title, ids in _PARTS.items() if self.id.startswith(ids)), "")


_PARTS: Final = {
    "Card": ("card.", "made."),
    "Share": ("plan.send", "plan.receive", "plan.choices", "plan.copies", "partners."),
}
CORE: Final[tuple[ActionSpec, ...]] = (
    ActionSpec("new", "New", Group.FILE, "plus", ("Ctrl+N",)),
    ActionSpec("import.mailing_list", "Import a mailing list…", Group.FILE, "tray", words="mbox archive mail file"),
    ActionSpec("import.table", "Import a table…", Group.FILE, "table", words="csv xlsx spreadsheet"),
    ActionSpec(
        "traffic.import", "Import web traffic…", Group.FILE, "chart-line-up", words="google analytics csv page views"
    ),
    ActionSpec("account.add", "Add an account…", Group.FILE, "plus-circle", words="platform connect sign in engage"),
    ActionSpec("archive.add", "Add an archive address…", Group.FILE, "link", words="hyperkitty mailman list web"),
    ActionSpec("sample.install", "Use the sample network", Group.FILE, "flask", words="demo example try"),
    ActionSpec("sample.remove", "Remove the sample network", Group.FILE, "trash", words="demo example delete"),
    ActionSpec("export.plan", "Export…", Group.FILE, "export", ("Ctrl+E",), "pdf word docx report headquarters"),
    ActionSpec("export.reveal", "Show in folder", Group.FILE, "folder-open", words="saved report file"),
    ActionSpec("rollup.open", "Roll up offices…", Group.FILE, "buildings", words="headquarters import offices table"),
    ActionSpec("rollup.send", "Send to headquarters…", Group.FILE, "paper-plane-tilt", words="office file roll-up"),
    ActionSpec("sync.now", "Sync now", Group.FILE, "arrows-clockwise", ("F5",), "refresh update fetch"),
    ActionSpec("account.raise", "Raise today's limit", Group.FILE, "gear", words="data cap budget megabytes"),
    ActionSpec("backup.now", "Back up now", Group.FILE, "archive", words="copy safe restore"),
    ActionSpec("jobs.cancel", "Stop all running work", Group.FILE, "x-circle"),
    ActionSpec("app.quit", "Quit", Group.FILE, "sign-out", ("Ctrl+Q",), "exit close"),
    ActionSpec("edit.undo", "Undo", Group.EDIT, "arrow-u-up-left", ("Ctrl+Z",)),
    ActionSpec("edit.redo", "Redo", Group.EDIT, "arrow-u-up-right", ("Ctrl+Shift+Z", "Ctrl+Y")),
    ActionSpec("find", "Find on this page", Group.EDIT, "funnel", ("Ctrl+F",), "filter"),
    ActionSpec("search", "Search all messages", Group.EDIT, "magnifying-glass", ("Ctrl+Shift+F",), "full text"),
    ActionSpec("palette", "Go to or do anything…", Group.GO, "command", ("Ctrl+K",), "command palette jump"),
    ActionSpec("back", "Back", Group.GO, "arrow-left", ("Esc",)),
    ActionSpec("today.done", "Done for today's list", Group.TODAY, "check", ("Ctrl+Shift+D",), "finished item"),
    ActionSpec("today.tomorrow", "Put off until tomorrow", Group.TODAY, "clock", words="snooze later item"),
    ActionSpec("today.monday", "Put off until Monday", Group.TODAY, "clock", words="snooze later item"),
    ActionSpec("today.dismiss", "Not needed", Group.TODAY, "x", words="dismiss item remove"),
    ActionSpec("today.note", "Copy the weekly note", Group.TODAY, "copy", ("Ctrl+Shift+W",), "mail headquarters page"),
    ActionSpec("scope.choose", "Choose communities…", Group.COMMUNITY, "users-three", ("Ctrl+L",), "scope filter"),
    ActionSpec("scope.all", "Show all communities", Group.COMMUNITY, "users-three", words="scope clear"),
    ActionSpec("period.choose", "Choose the period…", Group.COMMUNITY, "calendar-blank", ("Ctrl+P",), "dates days"),
    ActionSpec("thread.next", "Next conversation", Group.CONVERSATION, "caret-down", ("J",), "below"),
    ActionSpec("thread.previous", "Previous conversation", Group.CONVERSATION, "caret-up", ("K",), "above"),
    ActionSpec("message.next", "Next message", Group.CONVERSATION, "arrow-down", ("N",)),
    ActionSpec("message.previous", "Previous message", Group.CONVERSATION, "arrow-up", ("P",)),
    ActionSpec(
        "thread.reply", "Reply", Group.CONVERSATION, "arrow-bend-up-left", ("Ctrl+R",), "answer write outbox draft"
    ),
    ActionSpec("message.like", "Like the message", Group.CONVERSATION, "heart", ("Ctrl+Shift+L",), "thumbs up react"),
    ActionSpec("thread.star", "Star or take the star off", Group.CONVERSATION, "star", ("S",), "favourite mark keep"),
    ActionSpec("thread.unread", "Mark as unread", Group.CONVERSATION, "envelope", ("U",), "later"),
    ActionSpec("thread.copy", "Copy message text", Group.CONVERSATION, "copy", ("Ctrl+Shift+C",), "clipboard"),
    ActionSpec("thread.watch", "Watch it, keep an output or idea", Group.CONVERSATION, "eye", words="watch list"),
    ActionSpec("thread.card", "Make a card…", Group.CONVERSATION, "note-pencil", ("C",), "plan to do activity task"),
    ActionSpec("thread.way", "How it was answered", Group.CONVERSATION, "path", ("W",), "related hashtags hops near"),
    ActionSpec("message.author", "Show who wrote it", Group.CONVERSATION, "user", ("A",), "person member"),
    ActionSpec("question.open", "Open the question's conversation", Group.CONVERSATION, "chats", words="board read"),
    ActionSpec("question.route", "Route the question to…", Group.CONVERSATION, "user-plus", ("Ctrl+Shift+O",), "owner"),
    ActionSpec("question.ask", "Ask the owner in the thread", Group.CONVERSATION, "at", words="question mention board"),
    ActionSpec("question.copy", "Copy a message to the owner", Group.CONVERSATION, "copy", words="question mail board"),
    ActionSpec("question.reply", "Write an answer to the question", Group.CONVERSATION, "arrow-bend-up-left"),
    ActionSpec("question.card", "Make a card of the question…", Group.CONVERSATION, "note-pencil", words="board plan"),
    ActionSpec("question.thank", "Thank who answered the question", Group.CONVERSATION, "heart", words="recognition"),
    ActionSpec("question.answered", "Answered elsewhere", Group.CONVERSATION, "check-circle", words="question settle"),
    ActionSpec("question.abandon", "Give the question up", Group.CONVERSATION, "prohibit", words="abandon board"),
    ActionSpec("question.reopen", "Open the question again", Group.CONVERSATION, "arrow-counter-clockwise"),
    ActionSpec("question.watch", "Keep an eye on it", Group.CONVERSATION, "eye", words="watch list note moderation"),
    ActionSpec("question.output", "Keep as output", Group.CONVERSATION, "package", words="artefact document library"),
    ActionSpec("question.idea", "Keep as idea", Group.CONVERSATION, "lightbulb", words="unit adopted"),
    ActionSpec("question.urgent", "Mark as urgent, or no longer", Group.CONVERSATION, "lightning", words="surge"),
    ActionSpec("plan.list", "All plans", Group.PLAN, "arrow-left", ("Alt+Left",), "list back up leave"),
    ActionSpec("plan.new", "New plan…", Group.PLAN, "target", words="start charter 90 days"),
    ActionSpec("plan.checkpoint", "Open the next checkpoint", Group.PLAN, "flag", words="sheet day 30 60 90 lock"),
    ActionSpec("plan.rename", "Rename the plan", Group.PLAN, "pencil-simple", words="sheet charter name"),
    ActionSpec("plan.duplicate", "Duplicate the plan…", Group.PLAN, "copy-simple", words="sheet again copy new"),
    ActionSpec("plan.template", "Save the plan as a template…", Group.PLAN, "stack", words="sheet keep share"),
    ActionSpec("plan.archive", "Archive the plan", Group.PLAN, "archive", words="sheet end close remove"),
    ActionSpec("plan.archived", "Archived cards…", Group.PLAN, "archive", words="bring back restore deleted"),
    ActionSpec("plan.send", "Send to a partner…", Group.PLAN, "paper-plane-right", words="exchange share laptop usb"),
    ActionSpec("plan.receive", "Receive a plan…", Group.PLAN, "download-simple", words="exchange merge partner file"),
    ActionSpec("plan.choices", "Choose between two values…", Group.PLAN, "git-diff", words="conflict both partner"),
    ActionSpec("plan.copies", "Copies kept of the plan…", Group.PLAN, "clock-counter-clockwise", words="restore back"),
    ActionSpec("partners.open", "Partners…", Group.PLAN, "handshake", words="trust fingerprint key exchange"),
    ActionSpec(
        "commitment.new", "New commitment…", Group.PLAN, "handshake", ("Ctrl+Shift+M",), "promise card who when"
    ),
    ActionSpec("person.card", "Make a card with the person…", Group.PLAN, "note-pencil", ("Ctrl+Shift+K",), "member"),
    ActionSpec("made.open", "Open the new card", Group.PLAN, "pencil-simple", words="made from conversation person"),
    ActionSpec("made.undo", "Take the new card back", Group.PLAN, "arrow-u-up-left", words="undo made card"),
    ActionSpec("card.open", "Open the card", Group.PLAN, "pencil-simple", words="details edit"),
    ActionSpec("card.move", "Move the card to…", Group.PLAN, "arrows-out-cardinal", ("Ctrl+M",), "column board"),
    ActionSpec("card.left", "Move the card left", Group.PLAN, "arrow-left", ("Ctrl+Left",), "column board"),
    ActionSpec("card.right", "Move the card right", Group.PLAN, "arrow-right", ("Ctrl+Right",), "column board"),
    ActionSpec("card.up", "Move the card up", Group.PLAN, "arrow-up", ("Ctrl+Up",), "order board"),
    ActionSpec("card.down", "Move the card down", Group.PLAN, "arrow-down", ("Ctrl+Down",), "order board"),
    ActionSpec("card.archive", "Archive the card", Group.PLAN, "archive", ("Del",), "delete remove"),
    ActionSpec("card.copy", "Copy cards", Group.PLAN, "copy", ("Ctrl+C",), "clipboard table"),
    ActionSpec("card.cut", "Cut cards", Group.PLAN, "scissors", ("Ctrl+X",), "clipboard"),
    ActionSpec("card.paste", "Paste cards", Group.PLAN, "clipboard-text", ("Ctrl+V",), "clipboard lines spreadsheet"),
    ActionSpec("card.duplicate", "Duplicate the card", Group.PLAN, "copy-simple", ("Ctrl+D",), "again copy"),
    ActionSpec("theme.system", "Look: follow the system", Group.VIEW, "desktop", words="theme dark light"),
    ActionSpec("theme.light", "Look: light", Group.VIEW, "sun", words="theme"),
    ActionSpec("theme.dark", "Look: dark", Group.VIEW, "moon", words="theme night"),
    ActionSpec("text.larger", "Larger text", Group.VIEW, "magnifying-glass-plus", ("Ctrl++", "Ctrl+="), "zoom size"),
    ActionSpec("text.smaller", "Smaller text", Group.VIEW, "magnifying-glass-minus", ("Ctrl+-",), "zoom size"),
    ActionSpec("text.normal", "Normal text size", Group.VIEW, "text-aa", ("Ctrl+0",), "zoom size"),
    ActionSpec("rail.toggle", "Show or hide page names", Group.VIEW, "layout", ("Ctrl+\\",), "rail collapse"),
    ActionSpec("inspector.toggle", "Show or hide details", Group.VIEW, "columns", ("Ctrl+I",), "inspector"),
    ActionSpec("table.toggle", "Show charts as tables", Group.VIEW, "table", ("Ctrl+T",), "numbers accessible"),
    ActionSpec("help", "Keys and help", Group.HELP, "question", ("F1",), "shortcuts keyboard"),
    ActionSpec("about", "About Community Workbench", Group.HELP, "info", words="version licence"),
)


_PATIENCE_MILLISECONDS: Final = 5_000
"""How long something that was asked for too early is still what the person wants."""


class ActionRegistry(QObject):
    """All actions by id. An action nobody has bound yet is there but disabled, so menus stay whole.

    Page code calls `bind("import.mailing_list", handler)` for an id of `CORE`, or `add(ActionSpec(…), handler)` for
    its own. An id or key given twice is a bug and raises ValueError.

    A window can be clicked on before everything behind it is there: what is asked for and has no handler yet is done
    as soon as it has one, if that is within a few seconds.
    """

    added = Signal(str)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._specs: dict[str, ActionSpec] = {}
        self._actions: dict[str, QAction] = {}
        self._handlers: dict[str, Callable[[], object]] = {}
        self._window: QWidget | None = None
        self._asked = ""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self._forget)
        for spec in CORE:
            self.add(spec)

    def add(self, spec: ActionSpec, handler: Callable[[], object] | None = None) -> None:
        """Adds an action; with a handler it is bound at once."""
        if spec.id in self._specs:
            raise ValueError(spec.id)
        taken = {key: other.id for other in self._specs.values() for key in other.shortcuts}
        for key in spec.shortcuts:
            if key in taken:
                message = f"{key} belongs to {taken[key]}"
                raise ValueError(message)
        self._specs[spec.id] = spec
        if self._window is not None:
            self._window.addAction(self.action(spec.id))
        if handler is not None:
            self.bind(spec.id, handler)
        self.added.emit(spec.id)

    def bind(self, action_id: str, handler: Callable[[], object]) -> QAction:
        """Says what an action does and enables it; the newest handler wins."""
        self._handlers[action_id] = handler
        action = self.action(action_id)
        action.setEnabled(True)
        return action

    def attach(self, window: QWidget) -> None:
        """Makes the shortcuts work in `window`."""
        self._window = window
        window.addActions([self.action(spec.id) for spec in self])

    def action(self, action_id: str) -> QAction:
        """The QAction of an id, made when first asked for; raises KeyError for one that was never added."""
        made = self._actions.get(action_id)
        if made is None:
            made = self._actions[action_id] = self._made(self._specs[action_id])
        return made

    def spec(self, action_id: str) -> ActionSpec:
        """What an id is called."""
        return self._specs[action_id]

    def trigger(self, action_id: str) -> bool:
        """Does it as if chosen from the menu; False when it is disabled, or has no handler yet and is done later."""
        action = self.action(action_id)
        if not action.isEnabled():
            if action_id not in self._handlers:
                self._asked = action_id
                self._patience.start()
            return False
        action.trigger()
        return True

    def __iter__(self) -> Iterator[ActionSpec]:
        return iter(tuple(self._specs.values()))

    def grouped(self) -> list[tuple[Group, list[ActionSpec]]]:
        """Actions by menu, in the order they were added; empty menus are left out."""
        found = [(group, [spec for spec in self if spec.group is group]) for group in Group]
        return [(group, specs) for group, specs in found if specs]

    def _made(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.title, self)
        action.setObjectName(spec.id)
        if spec.icon:
            action.setIcon(icon(spec.icon, self._theme))
        action.setShortcuts([QKeySequence(key) for key in spec.shortcuts])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setToolTip(tip(spec))
        action.setEnabled(False)
        action.enabledChanged.connect(lambda is_enabled: self._on_enabled(spec.id) if is_enabled else None)
        action.triggered.connect(lambda: self._on_triggered(spec.id))
        return action

    def _on_enabled(self, action_id: str) -> None:
        if action_id == self._asked:
            # Whoever binds it has more to bind, and may yet find that it cannot be done now.
            QTimer.singleShot(0, self, self._do_asked)

    def _do_asked(self) -> None:
        if self._asked and self.action(self._asked).isEnabled():
            asked, self._asked = self._asked, ""
            self._patience.stop()
            self.trigger(asked)

    def _forget(self) -> None:
        self._asked = ""

    def _on_triggered(self, action_id: str) -> None:
        self._handlers[action_id]()


def keys_text(spec: ActionSpec) -> str:
    """The first key of an action as people of this system write it; empty when it has none."""
    if not spec.shortcuts:
        return ""
    return QKeySequence(spec.shortcuts[0]).toString(QKeySequence.SequenceFormat.NativeText)


def tip(spec: ActionSpec) -> str:
    """Title and key, for tool tips."""
    keys = keys_text(spec)
    return f"{spec.title} ({keys})" if keys else spec.title
