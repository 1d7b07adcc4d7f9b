"""Snippets: at most 200 characters around the words, with places that fit, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.models.search_text import plain_terms
from workbench.queries.snippets import SNIPPET_LENGTH, highlights_in, snippet_of

FILLER = "nothing of note stands here " * 30


def marked(text: str, question: str) -> list[str]:
    snippet = snippet_of(text, plain_terms(question))
    return [snippet.text[start:end] for start, end in snippet.highlights]


def test_a_short_text_is_shown_whole_on_one_line():
    snippet = snippet_of("The pump\n\n is   broken", plain_terms("pump"))
    assert (snippet.text, snippet.highlights) == ("The pump is broken", ((4, 8),))


def test_words_deep_in_a_text_are_shown_between_ellipses():
    snippet = snippet_of(f"{FILLER}the pump is broken {FILLER}", plain_terms("pump broken"))
    assert snippet.text.startswith("…")
    assert snippet.text.endswith("…")
    assert len(snippet.text) <= SNIPPET_LENGTH
    assert [snippet.text[start:end] for start, end in snippet.highlights] == ["pump", "broken"]


def test_the_stretch_with_most_different_words_is_chosen():
    text = f"pump pump pump {FILLER} the pump needs a valve {FILLER}"
    assert marked(text, "valve pump") == ["pump", "valve"]


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("Élodie a écrit", "ELODIE ecri", ["Élodie", "écri"]),
        ("E\u0301lodie", "elodie", ["E\u0301lodie"]),
        ("会议议程已发送", "议程", ["议程"]),
        ("هل لديكم نموذج؟", "نموذج", ["نموذج"]),
        ("STRASSE und Strasse", "strasse", ["STRASSE", "Strasse"]),
        ("pumps and a pump", "pump valve", ["pump"]),
    ],
)
def test_case_accents_and_scripts_do_not_matter(text, question, expected):
    assert marked(text, question) == expected


def test_without_a_hit_the_beginning_is_shown():
    snippet = snippet_of(FILLER, plain_terms("pump"))
    assert snippet.text.startswith("nothing of note")
    assert snippet.highlights == ()


def test_an_empty_text_gives_an_empty_snippet():
    assert snippet_of(" \n", plain_terms("pump")).text == ""


def test_a_subject_is_marked_whole():
    assert highlights_in("Re: the pump", plain_terms("pump re")) == ((0, 2), (8, 12))


@given(st.text(max_size=900), st.text(max_size=12))
def test_any_text_and_any_question_give_places_inside_the_snippet(text, question):
    snippet = snippet_of(text, plain_terms(question))
    assert len(snippet.text) <= SNIPPET_LENGTH
    ends = [0, *(place for highlight in snippet.highlights for place in highlight), len(snippet.text)]
    assert ends == sorted(ends)
