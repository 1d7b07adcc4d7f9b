"""States of the network page: each offers a step, and nothing is claimed of days that are not known."""

from workbench.ui.pages.network_states import first_use_words, no_ties_words, stopped_words


def test_first_use_leads_to_a_first_community(actions):
    assert [offer.title for offer in first_use_words(actions).offers] == [
        "Import a mailing list",
        "Add an account",
        "Use the sample network",
    ]


def test_without_ties_the_reach_can_be_widened_and_unknown_days_are_named():
    asked: list[str] = []
    words = no_ties_words(1.0, all_time=lambda: asked.append("time"), all_communities=None)
    assert [offer.title for offer in words.offers] == ["Show all time"]
    assert len(words.sentences) == 1
    partly = no_ties_words(0.25, all_time=lambda: None, all_communities=lambda: asked.append("communities"))
    assert partly.sentences[1].endswith("of these days is known, so there may have been ties.")
    for offer in (words.offers[0], partly.offers[1]):
        offer.act()
    assert asked == ["time", "communities"]


def test_what_was_stopped_can_be_drawn():
    asked: list[str] = []
    stopped_words(lambda: asked.append("draw")).offers[0].act()
    assert asked == ["draw"]
