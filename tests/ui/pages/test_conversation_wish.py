"""A wish for an answer."""

from workbench.ids import EventId
from workbench.ui.pages.conversation_wish import ReplyWish


def test_a_wish_says_which_thread_and_may_bring_words():
    assert ReplyWish(EventId(3)) == ReplyWish(EventId(3), "")
