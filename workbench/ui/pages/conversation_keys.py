"""Conversation keys: what single letters and menu entries do with the list and the open thread."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from workbench.ui.context import Context
from workbench.ui.pages.conversation_open import OpenConversation


class ConversationKeys(QObject):
    """Binds the actions of the registry; `step(by)` goes to another row of the list that is shown."""

    def __init__(self, context: Context, opened: OpenConversation, *, step: Callable[[int], None]) -> None:
        super().__init__(opened)
        deeds: dict[str, Callable[[], object]] = {
            "thread.next": partial(step, 1),
            "thread.previous": partial(step, -1),
            "message.next": partial(opened.step, 1),
            "message.previous": partial(opened.step, -1),
            "thread.star": opened.toggle_star,
            "thread.unread": opened.set_unread,
            "thread.card": opened.make_card,
            "thread.watch": opened.watch,
            "thread.copy": opened.copy,
            "thread.way": opened.way.toggle,
            "thread.reply": opened.outbox.begin,
            "message.like": opened.outbox.like,
            "message.author": opened.show_author,
        }
        self._actions = [context.actions.bind(action_id, deed) for action_id, deed in deeds.items()]

    def enable(self, *, is_shown: bool) -> None:
        """Single letters are keys of this page only."""
        for action in self._actions:
            action.setEnabled(is_shown)
