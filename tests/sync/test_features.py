"""What a text says about itself: questions in every script, and the author's own words."""

import pytest

from workbench.sync.features import is_question, own_words


@pytest.mark.parametrize(
    "text",
    [
        "Who has a form?",
        "你有表格吗？",
        "هل لديكم نموذج؟",
        "Ποιος το έχει\u037e",
        "See http://example.org/a?b=1 - did it work?",
        "Really? http://example.org",
    ],
)
def test_question_marks_of_every_script_count(text):
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thanks.",
        "FYI http://example.org/a?b=1",
        "FYI www.example.org/?q",
        "FYI <https://example.org/find?x=y>",
        "one; two",
    ],
)
def test_question_marks_inside_addresses_do_not(text):
    assert not is_question(text)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Yes.\n\n> Is it open?\n", "Yes.\n\n"),
        ("Yes.\n\nOn Mon, 5 Jan 2026, Amina Example wrote:\n> Is it open?", "Yes.\n"),
        (
            "Yes.\n\nOn Monday, 5 January 2026 at 09:00, Amina Example\n<amina at example.org> wrote:\n\n> Open?",
            "Yes.\n",
        ),
        ("Oui.\nLe 5 janvier 2026, Amina Example a écrit :\n> Ouvert ?", "Oui."),
        ("Ja.\n\nAm 05.01.26 um 09:00 schrieb Amina Example:\n> Offen?", "Ja.\n"),
        ("好\n\n在 2026年1月5日，示例 写道：\n> 开吗？", "好\n"),
        ("Amina Example writes:\n | Is it open?\nYes.", "Yes."),
        ("AE> Is it open?\nYes.", "Yes."),
        ("Yes.\n-- \nAmina\nAny question? Call me.", "Yes."),
        ("Yes.\n\n-----Original Message-----\nFrom: Amina\nIs it open?", "Yes.\n"),
        ("| name | office |\n| Amina | Lima |", "| name | office |\n| Amina | Lima |"),
        ("She wrote:\nthis is mine", "She wrote:\nthis is mine"),
        ("nothing quoted", "nothing quoted"),
    ],
)
def test_only_what_the_author_wrote_is_kept(text, own):
    assert own_words(text).rstrip("\n") == own.rstrip("\n")


def test_a_quoted_question_is_not_the_repliers():
    text = "It is.\n\nOn Monday Amina Example wrote:\n> Is it open?"
    assert is_question(text)
    assert not is_question(own_words(text))


def test_hostile_text_takes_no_time_to_speak_of():
    text = "> a?\n" * 50_000 + "on " * 50_000 + ":\n> x\n"
    assert own_words(text).count("\n") < 5
