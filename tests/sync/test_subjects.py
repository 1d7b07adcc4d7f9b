"""Subjects made comparable in many languages."""

import pytest

from workbench.sync.subjects import subject_key


@pytest.mark.parametrize(
    "reply",
    [
        "Re: Water points",
        "RE: water  points",
        "[fishers] Re: Water points",
        "Re: [fishers] Water points",
        "Re[2]: Water points",
        "Re(3): Water points",
        "AW: Re: Water points",
        "Antw: Water points",
        "Sv: Water points",
        "VS: Water points",
        "Rép: Water points",
        "RÉP : Water points",
        "Odp: Water points",
        "Ynt: Water points",
        "回复：Water points",
        "回覆: Water points",
        "رد: Water points",
        "תשובה: Water points",
        "re:Water points (was: Wells)",
        "\u202aRe: Water\u200b points",
    ],
)
def test_replies_in_many_languages_find_their_subject(reply):
    assert subject_key(reply).key == "water points"
    assert subject_key(reply).is_reply


@pytest.mark.parametrize(
    ("subject", "key"),
    [
        ("Water points", "water points"),
        ("[fishers] Water points", "water points"),
        ("Report: water", "report: water"),
        ("Reset of pumps", "reset of pumps"),
        ("Fwd: Water points", "fwd: water points"),
        ("[only a tag]", "[only a tag]"),
        ("", None),
        ("   ", None),
    ],
)
def test_a_first_message_is_no_reply(subject, key):
    assert subject_key(subject).key == key
    assert not subject_key(subject).is_reply


def test_a_reply_to_nothing_has_no_key():
    assert subject_key("Re: ").key is None
    assert subject_key("Re: ").is_reply


def test_same_letters_written_differently_compare_equal():
    assert subject_key("Cafe\u0301").key == subject_key("Café").key
