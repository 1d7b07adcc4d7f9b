"""States of the conversations page: each says what is so and offers one way on."""

import pytest

from workbench.queries.threads import ThreadFilter
from workbench.ui.actions import ActionRegistry
from workbench.ui.pages.conversation_states import empty_words, first_use_words, found_words, nothing_found


@pytest.mark.parametrize("where", ThreadFilter)
@pytest.mark.parametrize("has_period", [True, False])
def test_every_empty_filter_has_words_and_offers_what_helps(where: ThreadFilter, has_period: bool):
    pressed: list[str] = []
    words = empty_words(
        where, has_period=has_period, show_all=lambda: pressed.append("all"), all_time=lambda: pressed.append("time")
    )
    for offer in words.offers:
        offer.act()
    assert ("time" in pressed) is has_period
    assert ("all" in pressed) is (where is not ThreadFilter.ALL)
    assert ("Only the chosen period" in words.sentences[0]) is has_period


def test_first_use_offers_both_beginnings(actions: ActionRegistry):
    done: list[str] = []
    actions.bind("import.mailing_list", lambda: done.append("list"))
    actions.bind("sample.install", lambda: done.append("sample"))
    for offer in first_use_words(actions).offers:
        offer.act()
    assert done == ["list", "sample"]


def test_best_messages_are_not_called_all_of_them(qapp):
    assert found_words(60, is_cut=True) == "the best 60 messages, all time"
    assert found_words(1, is_cut=False) == "1 message found, best first, all time"


def test_nothing_found_repeats_the_words_safely():
    words = nothing_found("a\u202eb", clear=lambda: None, has_scope=True)
    assert "in the chosen communities holds all of “a⇄b”" in words.sentences[0]


def test_no_question_in_what_is_here_does_not_say_that_there_is_none(qapp):
    words = empty_words(
        ThreadFilter.UNANSWERED, has_period=False, show_all=lambda: None, all_time=lambda: None, is_whole=False
    )
    assert words.title == "No open question so far"
