"""Listening: what is new since the last look, for words, tags and saved searches."""

from datetime import timedelta

import pytest

from tests.builders import a_clock
from tests.queries.network import NOW, START, a_message
from workbench.errors import BadInputError
from workbench.notes.care import CareStore
from workbench.queries.listening import list_listening, new_hits, search_text_of
from workbench.queries.search_filters import MessageKind, SearchFilters


def counts(network):
    with network.read() as reader:
        return {row.words: row.new for row in list_listening(reader)}


def test_new_hits_are_those_stored_since_the_last_look(network):
    care = CareStore(network.database, a_clock(NOW))
    water, food = network.community("Water"), network.community("Food")
    network.apply(water, a_message("m1", text="A cholera case"))
    everywhere = care.listen("cholera", search_text_of((), SearchFilters()))
    care.listen("#Cholera", search_text_of((), SearchFilters()))
    care.listen("cholera kit", search_text_of((food,), SearchFilters(kind=MessageKind.QUESTION)))
    assert counts(network) == {"cholera": 0, "#Cholera": 0, "cholera kit": 0}
    network.apply(water, a_message("m2", text="Cholera kits? #cholera", at=START - timedelta(days=9)))
    network.apply(food, a_message("m3", text="Who has a cholera kit?"), a_message("m4", text="A cholera kit.", hours=1))
    assert counts(network) == {"cholera": 3, "#Cholera": 1, "cholera kit": 1}
    with network.read() as reader:
        rows = new_hits(reader, everywhere)
        assert [row.id for row in rows] == [network.event(name) for name in ("m4", "m3", "m2")]
        assert rows[0].snippet[slice(*rows[0].highlights[0])] == "cholera"
    before = care.looked(everywhere)
    assert counts(network)["cholera"] == 0
    care.listen_again(before)
    assert counts(network)["cholera"] == 3


def test_an_owner_is_named_and_a_word_is_kept_once(network):
    care = CareStore(network.database, a_clock(NOW))
    network.apply(network.community("Water"), a_message("m1"))
    made = care.listen("  water   points ", "{}")
    with pytest.raises(BadInputError):
        care.listen("water points", "{}")
    with pytest.raises(BadInputError):
        care.listen(" #! ", "{}")
    care.give_listening(made, owner="Amina Example", owner_id=network.person("amina"))
    with network.read() as reader:
        (row,) = list_listening(reader)
    assert (row.words, row.owner, row.owner_id) == ("water points", "Amina Example", network.person("amina"))
    before = care.stop_listening(made)
    assert counts(network) == {}
    with pytest.raises(BadInputError):
        care.looked(made)
    care.listen_again(before)
    assert counts(network) == {"water points": 0}


@pytest.mark.parametrize(
    ("word", "text"),
    [("水", "学校饮水与卫生"), ("물", "물은 어디에 있습니까"), ("ရေ", "သောက်ရေသန့်"), ("น้ำ", "น้ำดื่มในโรงเรียน")],
)
def test_a_word_of_one_sign_is_heard_inside_a_text_without_spaces(network, word, text):
    care = CareStore(network.database, a_clock(NOW))
    network.apply(network.community("Water"), a_message("m1", text="Something else"))
    care.listen(word, search_text_of((), SearchFilters()))
    network.apply(network.community("Water"), a_message("m2", text=text))
    assert counts(network) == {word: 1}
