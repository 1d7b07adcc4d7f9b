"""Keys of Conversations: they step through the list, and only while the page is shown."""

from workbench.ui.pages.conversation_keys import ConversationKeys
from workbench.ui.pages.conversation_open import OpenConversation
from workbench.ui.qt_models.thread_list import ThreadListModel


def test_keys_step_through_the_list_while_the_page_is_shown(context, ground):
    opened, steps = OpenConversation(context, ThreadListModel(ground)), []
    keys = ConversationKeys(context, opened, step=steps.append)
    keys.enable(is_shown=True)
    for key in ("thread.next", "thread.next", "thread.previous", "thread.star"):
        assert context.actions.trigger(key)
    assert steps == [1, 1, -1]
    keys.enable(is_shown=False)
    assert not context.actions.action("thread.next").isEnabled()
    opened.reader.deleteLater()
