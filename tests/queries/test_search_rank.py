"""Search rank: text score times what a message drew, for rare words and for common ones."""

import pytest

from tests.queries.network import a_message, a_reaction, gone
from workbench.queries.search_rank import ranked_messages
from workbench.queries.search_words import RARE

BOTH = pytest.mark.parametrize("rare", [RARE, 0], ids=["rare", "common"])


def ranked(network, text, scope=(), **options) -> list[str]:
    with network.read() as reader:
        names = dict(reader.rows("SELECT id, remote_id FROM event"))
        return [names[id_] for id_ in ranked_messages(reader, text, scope, **{"limit": 20, **options})]


@pytest.fixture
def water(network):
    community = network.community("Water")
    filler = [a_message(f"f{n}", hours=n, subject="News", text=f"Words about number{n} and more") for n in range(30)]
    network.apply(community, *filler)
    return community


@BOTH
def test_a_word_in_the_subject_weighs_more_than_in_the_text(network, water, rare):
    network.apply(
        water,
        a_message("subject", subject="Valve", text="see below, it is broken"),
        a_message("text", hours=1, subject="Broken", text="the valve, it is broken"),
    )
    assert ranked(network, "valve", rare=rare) == ["subject", "text"]


@BOTH
def test_what_drew_replies_and_reactions_comes_first(network, water, rare):
    network.apply(
        water,
        a_message("quiet", hours=1, subject="A", text="the valve here"),
        a_message("liked", hours=0, subject="A", text="the valve here"),
        *(a_reaction(f"x{n}", to="liked", by=f"p{n}", hours=2) for n in range(3)),
        a_message("asked", hours=0, subject="A", text="the valve here"),
        *(a_message(f"r{n}", to="asked", by=f"p{n}", hours=2, subject="A", text="yes") for n in range(6)),
    )
    assert ranked(network, "valve", rare=rare) == ["asked", "liked", "quiet"]


@BOTH
def test_an_answer_counts_what_it_drew_itself(network, water, rare):
    network.apply(
        water,
        a_message("root", subject="A", text="hello"),
        a_message("one", to="root", hours=2, subject="A", text="the valve here"),
        a_message("two", to="root", hours=1, subject="A", text="the valve here"),
        a_message("thanks", to="two", hours=3, subject="A", text="thanks"),
    )
    assert ranked(network, "valve", rare=rare) == ["two", "one"]


@BOTH
def test_equal_messages_come_newest_first(network, water, rare):
    network.apply(water, *(a_message(f"m{n}", hours=n, subject="A", text="valve") for n in (2, 3, 1)))
    assert ranked(network, "valve", rare=rare) == ["m3", "m2", "m1"]
    assert ranked(network, "valve", rare=rare, limit=2) == ["m3", "m2"]


@BOTH
def test_removed_messages_are_not_found(network, water, rare):
    network.apply(water, a_message("m1", text="valve"), a_message("m2", text="valve"), gone("m1"))
    assert ranked(network, "valve", rare=rare) == ["m2"]


def test_only_the_latest_hits_of_a_common_word_are_looked_at(network, water):
    network.apply(water, *(a_message(f"m{n}", hours=100 - n, subject="A", text="valve") for n in range(9)))
    assert ranked(network, "valve", rare=3, looked_at=3) == ["m6", "m7", "m8"]


def test_words_that_begin_like_a_common_one_are_left_out(network, water):
    network.apply(water, *(a_message(f"m{n}", text="pump") for n in range(4)), a_message("more", text="pumping"))
    assert "more" in ranked(network, "pump", rare=RARE)
    assert "more" not in ranked(network, "pump", rare=3)


def test_one_letter_begins_words_only_where_it_is_none_itself(network, water):
    network.apply(water, a_message("m1", text="plan b"), a_message("m2", text="plan bravo"))
    assert ranked(network, "b") == ["m1"]
    assert ranked(network, "br") == ["m2"]


def test_the_scope_limits_hits_and_not_the_score(network, water):
    health = network.community("Health")
    network.apply(water, a_message("here", text="valve"))
    network.apply(health, a_message("there", hours=1, text="valve"))
    assert ranked(network, "valve") == ["there", "here"]
    assert ranked(network, "valve", (water,)) == ["here"]
    assert ranked(network, "valve", (water, health)) == ["there", "here"]


@pytest.mark.parametrize("text", ["", "  ", '"', "()", "AND", "*", "valve OR", "a" * 500, "\x00", "-- ; drop"])
def test_anything_can_be_asked(network, water, text):
    ranked(network, text)


def test_nothing_is_asked_for_with_a_limit_of_zero(network, water):
    assert ranked(network, "words", limit=0) == []
