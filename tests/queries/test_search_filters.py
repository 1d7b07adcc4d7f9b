"""Search filters: each narrows what is found, whether words are rare or common, and they can be kept as text."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.queries.network import START, a_message
from workbench.queries.search import search
from workbench.queries.search_filters import MessageKind, SearchFilters, with_tags_of
from workbench.queries.search_rank import ranked_messages
from workbench.sync.records import AttachmentRecord

DAY = (START, START + timedelta(days=1))


@pytest.fixture
def found(network):
    water = network.community("Water")
    network.apply(
        water,
        a_message("q", text="Which pump? #wash"),
        a_message("a", by="bruno", text="This pump.", to="q", hours=1),
        a_message("f", by="bruno", text="A pump.", hours=30, attachments=(AttachmentRecord("x", "pump.pdf"),)),
        a_message("u", text="Any pump?", hours=40),
    )
    names = {network.event(name): name for name in ("q", "a", "f", "u")}

    def ask(text="pump", *, rare=5_000, **filters):
        if filters.get("person_id"):
            filters["person_id"] = network.person(filters["person_id"])
        with network.read() as reader:
            ids = ranked_messages(reader, text, (), limit=9, rare=rare, filters=SearchFilters(**filters))
        return sorted(names[id_] for id_ in ids)

    return ask


@pytest.mark.parametrize("rare", [5_000, 0])
@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({}, ["a", "f", "q", "u"]),
        ({"person_id": "bruno"}, ["a", "f"]),
        ({"period": DAY}, ["a", "q"]),
        ({"kind": MessageKind.QUESTION}, ["q", "u"]),
        ({"kind": MessageKind.REPLY}, ["a"]),
        ({"kind": MessageKind.THREAD}, ["f", "q", "u"]),
        ({"kind": MessageKind.FILE}, ["f"]),
        ({"has_answer": True}, ["a", "q"]),
        ({"kind": MessageKind.QUESTION, "has_answer": False}, ["u"]),
        ({"tags": ("wash",)}, ["q"]),
        ({"tags": ("wash", "other")}, []),
    ],
)
def test_a_filter_narrows_what_is_found(found, filters, wanted, rare):
    assert found(rare=rare, **filters) == wanted


def test_a_typed_hashtag_asks_for_the_tag(network, found):
    assert (found("#Wash"), found("pump #wash"), found("tank #wash")) == (["q"], ["q"], [])
    with network.read() as reader:
        (row,) = search(reader, "#wash pump")
    assert [row.snippet[slice(*mark)] for mark in row.highlights] == ["pump"]
    assert with_tags_of("no tags", SearchFilters()) == ("no tags", SearchFilters())


def test_filters_can_be_kept_as_text():
    filters = SearchFilters(person_id=3, period=DAY, kind=MessageKind.FILE, has_answer=False, tags=("a", "b"))
    assert SearchFilters.from_text(filters.to_text()) == filters
    assert SearchFilters.from_text(replace(SearchFilters(), has_answer=True).to_text()) == SearchFilters(
        has_answer=True
    )
    assert not SearchFilters.from_text("{}")


def test_a_star_of_ones_own_counts_as_a_recommendation(network):
    water = network.community("Water")
    network.apply(water, a_message("m1", text="tank"), a_message("m2", text="tank", hours=1))
    with network.read() as reader:
        assert ranked_messages(reader, "tank", (), limit=2)[0] == network.event("m2")
    network.change("INSERT INTO threadmark (thread_id, is_starred) VALUES (?, 1)", network.event("m1"))
    with network.read() as reader:
        assert ranked_messages(reader, "tank", (), limit=2)[0] == network.event("m1")
