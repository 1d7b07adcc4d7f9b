"""Listening: what is new since the last look, for words, tags and saved searches."""

import json
from datetime import timedelta

import pytest

from tests.builders import a_clock
from tests.queries.network import NOW, START, a_message
from workbench.errors import BadInputError
from workbench.models.migrations import m0020_searches
from workbench.notes.care import CareStore
from workbench.queries import listening
from workbench.queries.listening import list_listening, new_hits, search_text_of
from workbench.queries.search_filters import MessageKind, SearchFilters
from workbench.sync.lookups import driver

DAY = timedelta(days=1)


def asking(network, scope=(), **filters):
    with network.read() as reader:
        return search_text_of(reader, scope, SearchFilters(**filters))


def counts(network):
    with network.read() as reader:
        return {row.words: row.new for row in list_listening(reader)}


def test_new_hits_are_those_stored_since_the_last_look(network):
    care = CareStore(network.database, a_clock(NOW))
    water, food = network.community("Water"), network.community("Food")
    network.apply(water, a_message("m1", text="A cholera case"))
    everywhere = care.listen("cholera", asking(network))
    care.listen("#Cholera", asking(network))
    # Of days that are over: what is new is told by when it came here.
    care.listen("cholera kit", asking(network, (food,), kind=MessageKind.QUESTION, period=(START - DAY, START)))
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
    care.listen(word, asking(network))
    network.apply(network.community("Water"), a_message("m2", text=text))
    assert counts(network) == {word: 1}


def test_what_passes_the_filters_is_found_behind_many_that_do_not(network, monkeypatch):
    monkeypatch.setattr(listening, "_STEP", 4)
    care, water = CareStore(network.database, a_clock(NOW)), network.community("Water")
    network.apply(water, a_message("m1", by="zoe", text="First"))
    made = care.listen("pump", asking(network, person_id=network.person("zoe")))
    network.apply(water, *(a_message(f"z{place}", by="zoe", text="A pump") for place in range(3)))
    network.apply(water, *(a_message(f"o{place}", by="bruno", text="A pump", hours=1) for place in range(9)))
    assert counts(network) == {"pump": 3}
    with network.read() as reader:
        assert len(new_hits(reader, made, limit=2)) == 2
    monkeypatch.setattr(listening, "_MOST_LOOKED", 8)
    with network.read() as reader:
        (row,) = list_listening(reader)
    assert (row.new, row.is_cut) == (0, True)


def test_a_search_of_what_is_gone_finds_nothing_of_others_and_finds_its_own_again(network):
    care, water, food = CareStore(network.database, a_clock(NOW)), network.community("Water"), network.community("Food")
    network.apply(food, a_message("m1", by="zoe", text="First"))
    care.listen("pump", asking(network, (food,), person_id=network.person("zoe")))
    network.change("UPDATE community SET remote_id = 'elsewhere' WHERE id = ?", food)
    network.apply(water, a_message("m2", by="zoe", text="A pump"))

    def told():
        with network.read() as reader:
            (row,) = list_listening(reader)
        return row.new, row.is_gone, row.scope, row.person

    assert told() == (0, True, (), "Zoe Example")
    network.change("UPDATE community SET remote_id = ? WHERE id = ?", "food", water)
    assert told() == (1, False, (water,), "Zoe Example")


def test_searches_kept_before_have_names_in_place_of_numbers(network):
    care, food = CareStore(network.database, a_clock(NOW)), network.community("Food")
    network.apply(food, a_message("m1", by="zoe"))
    zoe = network.person("zoe")
    care.listen("pump", json.dumps({"scope": [food], "person_id": zoe, "kind": "question"}))
    care.listen("seal", json.dumps({"scope": [food + 7]}))
    with network.database.write() as session:
        m0020_searches.name_what_is_searched(driver(session.connection()))
    with network.read() as reader:
        pump, seal = list_listening(reader)
    assert (pump.scope, pump.filters) == ((food,), SearchFilters(person_id=zoe, kind=MessageKind.QUESTION))
    assert (seal.scope, seal.is_gone) == ((), True)
