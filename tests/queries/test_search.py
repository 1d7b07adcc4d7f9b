"""Search: what a hit shows, and that words are found in every script."""

from datetime import timedelta

import pytest

from tests.queries.network import START, a_message
from workbench.queries.search import search


@pytest.fixture
def library(network):
    water = network.community("Water")
    network.apply(
        water,
        a_message("en", subject="Broken pump", text="The hand pump near the school is broken. Who can help?"),
        a_message("re", by="bruno", hours=1, to="en", subject="Re: Broken pump", text="Call the district office"),
        a_message("fr", hours=2, subject="Réunion", text="L’été prochain à Genève"),
        a_message("ar", hours=3, subject="نموذج", text="هل لديكم نموذج للتحويلات النقدية؟"),
        a_message("zh", hours=4, subject="会议", text="会议议程已经发送给大家"),
        a_message("html", hours=5, subject="Page", text="a page in plain words"),
    )
    return network, water


def found(network, text, **options) -> list[str]:
    with network.read() as reader:
        names = dict(reader.rows("SELECT id, remote_id FROM event"))
        return [names[row.id] for row in search(reader, text, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PUMP school", ["en"]),
        ("distri", ["re"]),
        ("reunion", ["fr"]),
        ("geneve", ["fr"]),
        ("نموذج", ["ar"]),
        ("议程", ["zh"]),
        ("发送", ["zh"]),
        ('"hand pump"', ["en"]),
        ('"pump hand"', []),
        ("unicorn", []),
    ],
)
def test_words_are_found_in_every_script(library, text, expected):
    network, _ = library
    assert found(network, text) == expected


def test_a_hit_shows_where_the_words_stand(library):
    network, water = library
    with network.read() as reader:
        (row,) = search(reader, "pump school")
    assert (row.thread_id, row.community_id, row.community) == (row.id, water, "Water")
    assert (row.author, row.author_id, row.sent_at) == ("Amina Example", network.person("amina"), START)
    assert [row.snippet[start:end] for start, end in row.highlights] == ["pump", "school"]
    assert [row.subject[start:end] for start, end in row.subject_highlights] == ["pump"]


def test_an_answer_names_its_thread(library):
    network, _ = library
    with network.read() as reader:
        (row,) = search(reader, "district")
    assert row.thread_id == network.event("en")
    assert row.sent_at == START + timedelta(hours=1)


def test_the_limit_holds(library):
    network, water = library
    assert len(found(network, "pump", limit=1)) == 1
    assert len(found(network, "pump", scope=(water,), limit=5)) == 2


def test_without_a_word_nothing_is_found(library):
    network, _ = library
    assert found(network, "?! …") == []
