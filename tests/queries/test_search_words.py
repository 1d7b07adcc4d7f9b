"""Search words: what is common, and the words in use that stand for a common beginning."""

import pytest

from tests.queries.network import a_message
from workbench.queries.search_rank import ranked_messages
from workbench.queries.search_words import SearchWords

RARE = 3


@pytest.fixture
def talk(network):
    community = network.community("Water")
    texts = [
        *("water pump",) * 3,
        "watch and wait",
        "Wátershed",
        "zeolite",
        "zeolites",
        "会议 plan",
        "会面 plan",
        "会计 plan",
    ]
    network.apply(community, *(a_message(f"m{n}", hours=n, text=text, subject="A") for n, text in enumerate(texts)))
    return network, community


@pytest.mark.parametrize(
    ("text", "is_rare", "words"),
    [
        ("wat", False, '("wat" OR "watch" OR "water" OR "watershed")'),
        ("pump wat", False, '"pump" AND ("wat" OR "watch" OR "water" OR "watershed")'),
        ("water", True, '"water" *'),
        ("wai", True, '"wai" *'),
        ("zeol", True, '"zeol" *'),
        ("会", False, '("会" OR "会计" OR "会议" OR "会面")'),
        ("plan", True, '"plan" *'),
        ("new-wat", False, '"new wat" *'),
        ("nowhere", True, '"nowhere" *'),
        ("a", False, '"a"'),
    ],
)
def test_a_common_beginning_is_put_into_the_words_in_use(talk, text, is_rare, words):
    network, community = talk
    rare = 2 if text == "会" else 4 if text.startswith(("water", "plan")) else RARE
    with network.read() as reader:
        asked = SearchWords(reader, text, rare=rare)
        assert asked.expression() == f"{{subject body}} : ({words})"
        assert asked.expression((community,)) == f'{{scope}} : ("c{community}") AND {{subject body}} : ({words})'
        assert asked.is_rare is is_rare


@pytest.mark.parametrize("text", ["wat", "pump wat", "zeol", "会", "water wat"])
def test_the_same_messages_are_found_whether_the_beginning_is_common_or_rare(talk, text):
    network, _ = talk
    with network.read() as reader:
        found = [set(ranked_messages(reader, text, (), limit=20, rare=rare)) for rare in (100, 2)]
    assert found[0] == found[1] != set()
