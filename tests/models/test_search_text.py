"""Search text: what goes into the index is found again, in any script, and odd questions do no harm."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.ids import CommunityId
from workbench.models.search_text import indexable, match_expression, plain_terms, scope_token, term_ranges

MARKED = [
    ("会议议程已经更新", "议程", "议程"),
    ("会议议程已经更新", "新", "新"),
    ("第三次会议", "议会", None),
    ("مُحَمَّد كَتَبَ تقريرًا", "محمد", "مُحَمَّد"),
    ("إدارة المشروع", "اداره", "إدارة"),
    ("Évaluation de l'équipe", "evaluation", "Évaluation"),
    ("Evaluation finale", "évaluation", "Evaluation"),
    ("Привет, ёжик", "ежик", "ёжик"),
    ("การประชุมวันพรุ่งนี้", "ประชุม", "ประชุม"),
    ("हिन्दी में बैठक", "बैठक", "बैठक"),
    ("회의록을 공유합니다", "회의록", "회의록"),
    ("ガイドを読む", "ガイド", "ガイド"),
    ("ガイドを読む", "カイド", None),
    ("Søren skrev", "soren", "Søren"),
    ("see foo_bar-baz.txt now", "bar-baz", "bar"),
    ("budget 2024 draft", "budg", "budg"),
    ("budget 2024 draft", "budg 2024", None),
    ("one two three", '"two three"', "two"),
    ("one three two", '"two three"', None),
    ("会议ok了", "会议ok", "会议ok"),
]


def an_index(*texts: str) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE f USING fts5(scope, subject, body, content='', tokenize='unicode61 remove_diacritics 2')"
    )
    for number, text in enumerate(texts, 1):
        connection.execute(
            "INSERT INTO f (rowid, scope, subject, body) VALUES (?, ?, '', ?)",
            (number, scope_token(number), indexable(text)),
        )
    return connection


def hits(connection: sqlite3.Connection, expression: str) -> list[int]:
    return [row[0] for row in connection.execute("SELECT rowid FROM f WHERE f MATCH ? ORDER BY rowid", (expression,))]


@pytest.mark.parametrize(("text", "question", "marked"), MARKED)
def test_a_text_is_found_in_its_script_and_the_hit_can_be_marked(text, question, marked):
    found = hits(an_index(text), match_expression(question))
    assert found == ([1] if marked is not None else [])
    if marked is not None:
        ranges = term_ranges(text, plain_terms(question))
        assert marked in {text[first:last] for first, last in ranges}


def test_every_word_must_occur_and_only_the_last_is_a_beginning():
    index = an_index("water point report", "water supply", "waterway report")
    assert hits(index, match_expression("water rep")) == [1]
    assert hits(index, match_expression("water")) == [1, 2, 3]


def test_communities_limit_where_words_are_sought():
    index = an_index("water point", "water supply", "water tower")
    assert hits(index, match_expression("water", [CommunityId(1), CommunityId(3)])) == [1, 3]
    # The word that stands for a community is not a word of any message.
    assert hits(index, match_expression("c2")) == []


@pytest.mark.parametrize("question", ["", "   ", "!!!", '"', '""', "* ( ) :", "\x00", "_"])
def test_a_question_without_words_asks_nothing(question):
    assert match_expression(question) == ""
    assert plain_terms(question) == ()


@given(st.text(max_size=60))
def test_any_question_is_a_valid_expression(question):
    expression = match_expression(question, [CommunityId(7)])
    if expression:
        hits(an_index("anything"), expression)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_a_row_can_be_taken_out_of_the_index_with_the_same_text(text):
    index = an_index(text)
    index.execute(
        "INSERT INTO f (f, rowid, scope, subject, body) VALUES ('delete', 1, ?, '', ?)",
        (scope_token(1), indexable(text)),
    )
    index.execute("INSERT INTO f (f) VALUES ('integrity-check')")
    assert hits(index, '{scope} : ("c1")') == []


@given(st.text(max_size=60), st.text(max_size=10))
def test_ranges_stay_inside_the_text_and_apart(text, question):
    ranges = term_ranges(text, plain_terms(question))
    edges = [edge for pair in ranges for edge in pair]
    assert edges == sorted(edges)
    assert all(0 <= first < last <= len(text) for first, last in ranges)


def test_touching_hits_are_marked_as_one():
    assert term_ranges("会议会议", plain_terms("会议")) == ((0, 4),)


def test_only_whole_words_are_marked_unless_last():
    text = "a cat concatenates cats"
    assert [text[a:b] for a, b in term_ranges(text, plain_terms("cat"))] == ["cat", "cat"]
    assert [text[a:b] for a, b in term_ranges(text, plain_terms("cat a"))] == ["a", "cat"]
