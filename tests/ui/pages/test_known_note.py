"""Known note: how far a span is known, why not further, and nothing at all where nothing is missing."""

import re
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QLocale

from workbench.models.kinds import AccountKind
from workbench.queries.coverage import Behind
from workbench.queries.known import Known
from workbench.ui.pages.known_note import known_words, known_words_on, unknown_words

TODAY = date(2024, 6, 15)
KNOWN = Known(date(2024, 3, 18), TODAY, date(2024, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("fields", "begins", "icon"),
    [
        (
            {"since": None, "until": None, "has_messages": True},
            "No day is complete in all communities: only what is here is shown",
            "circle-dashed",
        ),
        ({"until": None, "kind": AccountKind.DISCOURSE}, "Never synced: nothing is here yet", "circle-dashed"),
        ({}, "Known until today · all 90 days", "check-circle"),
        (
            {"until": date(2024, 6, 14)},
            "Known until yesterday · every day of the period that is over",
            "check-circle",
        ),
        ({"unknown_days": 13}, "Known until today · 13 of 90 days not complete in every community", "circle-half"),
        (
            {"unknown_days": 13, "since": date(2024, 3, 31), "kind": AccountKind.DISCOURSE},
            "Known since 31 Mar 2024, until today · 13 of 90 days not known yet",
            "circle-half",
        ),
        (
            {"behind": Behind(8, 1, "Water", 0.859)},
            "Known until today · 7 of 8 communities are complete; of Water 85\N{NO-BREAK SPACE}% of the days are known",
            "circle-half",
        ),
        (
            {"unknown_days": 13, "behind": Behind(3, 2, "Water", 0.0)},
            "Known until today · 13 of 90 days not known: 1 of 3 communities is complete; least is known of Water: 0\N{NO-BREAK SPACE}%",
            "circle-half",
        ),
        (
            {"began": date(2024, 5, 1), "since": date(2024, 5, 1)},
            "Known until today · nothing is missing since it began on 1 May 2024",
            "check-circle",
        ),
    ],
)
def test_how_far_it_is_known(qapp, fields: dict, begins: str, icon: str):
    words, shown = known_words(replace(KNOWN, **fields), today=TODAY)
    assert words.startswith(begins)
    assert shown == icon


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"kind": AccountKind.MAILING_LIST}, "Not covered by the files"),
        ({"kind": AccountKind.TABLE}, "Not covered by the files"),
        ({"kind": AccountKind.HYPERKITTY}, "Not known yet"),
        ({"kind": AccountKind.HYPERKITTY, "until": None}, "Never synced"),
        ({"kind": AccountKind.HYPERKITTY, "until": None, "has_messages": True}, "The first sync is not finished"),
        ({}, "Not complete"),
    ],
)
def test_unknown_days_are_said_by_where_a_community_comes_from(fields: dict, says: str):
    assert unknown_words(replace(KNOWN, **fields)) == says


def test_period_after_the_last_known_day_is_said_to_be_unknown(qapp):
    ended = replace(KNOWN, kind=AccountKind.DISCOURSE, until=date(2024, 1, 2), unknown_days=90)
    assert not ended.has_known_days
    assert known_words(ended, today=TODAY)[0] == "Known until 2 Jan 2024 · nothing is known of the 90 days looked at"


def test_a_day_from_the_right_keeps_the_number_behind_it_behind_it(qapp):
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.Arabic, QLocale.Country.Jordan))
    try:
        words = known_words(replace(KNOWN, until=date(2024, 1, 2), unknown_days=9, behind=None), today=TODAY)[0]
    finally:
        QLocale.setDefault(before)
    assert re.match("Known until \u2068[^\u2069]+\u2069 · ", words)


def test_what_leaves_says_on_which_day_it_was_known(qapp):
    assert known_words_on(KNOWN, today=TODAY).startswith("On 15 Jun 2024: known until ")
