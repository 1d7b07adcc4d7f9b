"""States of the questions page: each has words and, where one can be taken, a step."""

from workbench.ui.pages.questions_states import first_use_words, no_tags_words, no_urgent_words, nothing_stale_words


def test_each_state_says_what_is_missing(actions):
    assert len(first_use_words(actions).offers) == 2
    assert "5 people from 3 offices" in no_urgent_words().sentences[1]
    assert "180 days" in nothing_stale_words().sentences[0]
    assert no_tags_words(None).offers == ()
    (offer,) = no_tags_words(lambda: None).offers
    assert offer.title == "Look at all time"
