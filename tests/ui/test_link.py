"""Every state of the link has words, and watching begins with the state it finds."""

from workbench.ui.link import LINK_WORDS, Link, LinkWatch


def test_every_state_has_words_a_reason_and_an_icon():
    assert set(LINK_WORDS) == set(Link)
    assert all(words.title and words.reason and words.icon for words in LINK_WORDS.values())


def test_watching_tells_the_state_at_once(qtbot):
    watch = LinkWatch()
    assert watch.state() is Link.UNKNOWN
    with qtbot.waitSignal(watch.changed) as told:
        watch.start()
    assert told.args == [watch.state()]
