"""Every state an account can be in has a word, a reason and a next step."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import NOW
from tests.ui.test_run_words import RUN
from workbench.models.kinds import AccountKind, RunState
from workbench.models.moments import DayRange
from workbench.queries.sync_status import AccountRow, CommunityStateRow
from workbench.queries.traffic import Spent, TrafficRow
from workbench.ui import numbers
from workbench.ui.link import Link
from workbench.ui.pages.sync_data import AccountView, Cover
from workbench.ui.pages.sync_words import (
    KIND_ICONS,
    KIND_TITLES,
    about,
    counts_words,
    cover_words,
    held_words,
    line_words,
    next_words,
    spent_words,
    standing,
    synced_words,
    whole_words,
)
from workbench.ui.theme import Meaning
from workbench.ui.widgets.coverage_calendar import first_shown

ACCOUNT = AccountRow(
    id=1, kind=AccountKind.HYPERKITTY, name="Pumps", base_url="https://lists.example.org/archives/", settings="{}",
    is_paused=False, communities=1, held_back=0, last_success_at=NOW - timedelta(hours=2), last_run_at=NOW,
    last_state=RunState.DONE, last_error=None,
)  # fmt: skip
TODAY = NOW.date()
COVER = Cover(
    1, "Pumps", 684, TODAY - timedelta(days=99), TODAY, (DayRange(TODAY - timedelta(days=99), TODAY),), TODAY, TODAY
)
STATE = CommunityStateRow(
    community_id=1, account_id=1, name="Pumps", remote_id="pumps", is_followed=True, is_visible=True, synced_at=NOW,
    checked_at=None, counted_at=NOW, platform_messages=690, platform_members=None, messages=684, members=1,
)  # fmt: skip
UNREAD = replace(COVER, state=replace(STATE, synced_at=None))
QUARTER = numbers.clock_time(NOW + timedelta(minutes=15))


def a_view(run=RUN, covers=(COVER,), **fields) -> AccountView:
    return AccountView(replace(ACCOUNT, **fields), run, covers)


@pytest.mark.parametrize(
    ("view", "title", "meaning", "step"),
    [
        (a_view(), "Up to date", Meaning.GOOD, ""),
        (a_view(kind=AccountKind.MAILING_LIST), "Brought in", Meaning.GOOD, ""),
        (a_view(is_paused=True), "Paused", Meaning.NEUTRAL, "resume"),
        (a_view(clock_skew=timedelta(minutes=2)), "Up to date", Meaning.GOOD, ""),
        (a_view(clock_skew=timedelta(minutes=3)), "Up to date", Meaning.GOOD, "is 3 minutes behind."),
        (a_view(clock_skew=timedelta(days=-2)), "Clock is off", Meaning.WATCH, "2 days ahead. Set the date"),
        (a_view(held_back=3, clock_skew=timedelta(days=2)), "3 held back", Meaning.WATCH, "2 days behind. Set the date"),
        (a_view(run=None, last_success_at=None), "Never synced", Meaning.UNKNOWN, "Sync now"),
        # A file was read, but before runs were written down; and no file at all.
        (a_view(run=None, last_success_at=None, kind=AccountKind.TABLE), "Brought in", Meaning.GOOD, ""),
        (a_view(None, (), last_success_at=None, kind=AccountKind.TABLE), "Nothing yet", Meaning.UNKNOWN, "No file"),
        (a_view(last_success_at=NOW - timedelta(days=30)), "Getting old", Meaning.WATCH, "Sync now"),
        (replace(a_view(covers=(UNREAD,)), waiting=5), "Not finished", Meaning.WATCH, "the next sync goes on"),
        (a_view(run=replace(RUN, state=RunState.PARTLY, rejected=0)), "Partly done", Meaning.WATCH, "Sync now to go on"),
        (a_view(held_back=3), "3 held back", Meaning.WATCH, "3 items"),
        (a_view(run=replace(RUN, state=RunState.CANCELLED, error_code="cancelled")), "Stopped", Meaning.NEUTRAL, "go on"),
        (a_view(run=replace(RUN, state=RunState.RUNNING)), "Interrupted", Meaning.WATCH, "go on"),
        (a_view(run=replace(RUN, state=RunState.FAILED, error_code="line")), "Failed", Meaning.BAD, "Check the connection"),
        (a_view(run=replace(RUN, state=RunState.PARTLY, error_code="source")), "Partly done", Meaning.WATCH, "again"),
    ],
)  # fmt: skip
def test_each_state_has_a_word_and_a_next_step(qapp, view: AccountView, title: str, meaning: Meaning, step: str):
    stands = standing(view, now=NOW, is_running=False)
    assert (stands.title, stands.meaning) == (title, meaning)
    assert step in stands.sentence


def test_running_comes_before_everything_else(qapp):
    assert standing(a_view(is_paused=True, held_back=2), now=NOW, is_running=True).title == "Running"


def test_files_are_brought_in_again_where_a_server_is_synced(qapp):
    stopped = a_view(run=replace(RUN, state=RunState.CANCELLED), kind=AccountKind.MAILING_LIST)
    assert "same files" in standing(stopped, now=NOW, is_running=False).sentence


def test_an_account_says_what_it_holds_and_when_it_worked(qapp):
    assert (
        about(a_view(), now=NOW).replace("\N{NO-BREAK SPACE}", " ")
        == "lists.example.org/archives · 684 messages · synced 2 h ago"
    )
    assert about(a_view(last_success_at=None), now=NOW).endswith("never synced")
    many = about(a_view(kind=AccountKind.SAMPLE, base_url=None, covers=(COVER, COVER)), now=NOW)
    assert many.startswith("Invented people · 2 communities · 1,368 messages")
    site = replace(COVER, messages=0, is_site=True)
    told = about(a_view(kind=AccountKind.GOOGLE_ANALYTICS, base_url=None, covers=(site,)), now=NOW)
    assert told.startswith("Google Analytics · page views of 100 days · ")


def test_days_not_known_are_counted(qapp):
    gap = replace(
        COVER, known=(DayRange(COVER.first, TODAY - timedelta(days=10)),), known_until=TODAY - timedelta(days=10)
    )
    assert cover_words(COVER) == "Known until today, no day missing"
    assert cover_words(gap).endswith("10 of 100 days not known")
    assert cover_words(replace(COVER, known=(), known_until=None)) == "No days known to be complete"
    people = replace(gap, is_people_only=True)
    assert whole_words((COVER, gap, people), is_live=False) == "1 of 2 communities known without a gap"
    assert whole_words((people,), is_live=False) == "0 of 1 community known without a gap"


def test_the_sentence_beside_calendars_counts_the_days_they_show(qapp):
    first = first_shown(TODAY)
    year = replace(COVER, first=first, known=(DayRange(first, TODAY),))
    hole = (DayRange(first, TODAY - timedelta(days=50)), DayRange(TODAY - timedelta(days=40), TODAY))
    late = replace(COVER, last=TODAY - timedelta(days=1), known=(DayRange(first, TODAY - timedelta(days=3)),))
    covers = (year, COVER, replace(year, known=hole), late, replace(COVER, known=(), known_until=None))
    assert whole_words(covers, is_live=True) == "1 of 5 communities known on all days of the last 52 weeks"
    assert line_words(year) == "Known until today, no day missing"
    assert line_words(COVER) == "Known since 8 Mar 2024, until today · 263 of the 363 days shown not known"
    assert line_words(replace(year, known=hole)).endswith("until today · 9 of the 363 days shown not known")
    few = replace(COVER, first=TODAY - timedelta(days=13), known=(DayRange(TODAY - timedelta(days=10), TODAY),))
    assert line_words(few) == "Known since 5 Jun 2024, until today · 352 of the 363 days shown not known"


def test_days_before_a_community_began_are_not_missing(qapp):
    begun = replace(COVER, began=COVER.first)
    assert line_words(begun) == "Known until today, no day missing since it began on 8 Mar 2024"
    assert whole_words((begun, COVER), is_live=True) == "1 of 2 communities known on all days of the last 52 weeks"
    hole = replace(begun, known=(DayRange(COVER.first, COVER.first), DayRange(TODAY - timedelta(days=9), TODAY)))
    assert line_words(hole) == "Known since 6 Jun 2024, until today · 89 of the 100 days shown not known"


def test_one_day_is_a_stretch_too(qapp):
    day = date(2024, 6, 15)
    assert replace(COVER, first=day, last=day, known=()).unknown_days == 1


def test_where_nothing_was_read_yet_nothing_is_counted_as_zero(qapp):
    unread = replace(STATE, synced_at=None, messages=0, members=0)
    assert counts_words(unread) == "Nothing is here yet · 690 messages there · counted 15 Jun 2024"
    assert counts_words(replace(unread, platform_messages=None, counted_at=None)) == "Nothing is here yet"


def test_every_kind_has_a_title_and_an_icon():
    assert set(KIND_TITLES) == set(KIND_ICONS) == set(AccountKind)


@pytest.mark.parametrize(
    ("code", "title", "meaning", "words"),
    [
        ("line", "Cut off", Meaning.WATCH, "Check the connection"),
        ("platform_busy", "Asked to wait", Meaning.WATCH, "asked us to wait."),
        ("budget_spent", "Data used up", Meaning.WATCH, "raise today's limit"),
        ("sign_in", "Sign-in needed", Meaning.WATCH, ""),
        ("source", "Failed", Meaning.BAD, ""),
    ],
)
def test_what_stands_in_the_way_of_the_whole_account_is_said(qapp, code, title, meaning, words):
    stands = standing(a_view(error_code=code), now=NOW, is_running=False)
    assert (stands.title, stands.meaning) == (title, meaning)
    assert words in stands.sentence


def test_a_question_goes_before_how_the_last_run_ended(qapp):
    asks = replace(COVER, held={"members": (340, 400)})
    refused = replace(RUN, state=RunState.PARTLY, error_code="many_gone")
    assert standing(a_view(covers=(asks,), run=refused), now=NOW, is_running=False).title == "Question for you"
    assert standing(a_view(run=refused), now=NOW, is_running=False).title == "Up to date"
    assert standing(a_view(run=None), now=NOW, is_running=False).title == "Up to date"


@pytest.mark.parametrize(
    ("fields", "link", "words"),
    [
        ({}, Link.ONLINE, "Syncs only when you ask."),
        ({"every_minutes": 60}, Link.ONLINE, "Due now: it starts within a minute."),
        ({"every_minutes": 60, "tried_at": NOW}, Link.UNKNOWN, "Next by itself at"),
        ({"every_minutes": 60, "tried_at": NOW, "error_code": "line"}, Link.ONLINE, f"Next by itself at {QUARTER}"),
        ({"every_minutes": 60, "tried_at": NOW}, Link.METERED, "Text only, while the network is metered."),
        ({"every_minutes": 60}, Link.OFFLINE, "Waits for a link."),
        ({"every_minutes": 60}, Link.PORTAL, "Waits until you have signed in to this network."),
        ({"every_minutes": 60, "not_before": NOW + timedelta(hours=1)}, Link.ONLINE, "The platform asked to wait: next at"),
        ({"daily_cap": 0}, Link.ONLINE, "The data for today is used up; there is more"),
        ({"is_paused": True}, Link.ONLINE, ""),
        ({"error_code": "sign_in"}, Link.ONLINE, ""),
        ({"followed": 0}, Link.ONLINE, ""),
        ({"kind": AccountKind.TABLE}, Link.ONLINE, ""),
    ],
)  # fmt: skip
def test_what_comes_next_is_said_with_why_not(qapp, fields, link, words):
    said = next_words(a_view(**({"followed": 1} | fields)), link=link, now=NOW)
    assert words in said
    assert bool(words) is bool(said)


def test_while_everything_is_paused_nothing_is_promised(qapp):
    view = replace(a_view(followed=1, every_minutes=60), is_all_paused=True)
    assert "Everything is paused" in next_words(view, link=Link.ONLINE, now=NOW)
    assert next_words(view, link=Link.OFFLINE, now=NOW) == "Waits for a link."


def test_cost_and_counts_are_words(qapp):
    spent = Spent(TrafficRow(3, 30_000, 4_000), TrafficRow(9, 1_100_000, 100_000))
    assert spent_words(replace(a_view(), spent=spent)) == "34 kB today · 1.2 MB this month"
    assert spent_words(replace(a_view(), spent=spent, cap=5_000_000)).startswith("34 kB of 5 MB today ·")
    raised = replace(a_view(), spent=spent, cap=9_000_000, is_raised=True)
    assert spent_words(raised).startswith("34 kB of 9 MB today, raised for today ·")
    assert spent_words(replace(raised, cap=None)).startswith("34 kB today, no limit for today ·")
    assert counts_words(STATE) == "684 messages here, 690 there · 1 member here · counted 15 Jun 2024"
    assert counts_words(replace(STATE, platform_messages=None)) == "684 messages here · 1 member here"
    group = replace(STATE, messages=0, platform_messages=0, members=45, platform_members=60)
    assert counts_words(group) == "45 members here, 60 there · counted 15 Jun 2024"
    assert synced_words(STATE, now=NOW) == "synced just now"
    assert synced_words(replace(STATE, synced_at=None), now=NOW) == "never read to the end"
    assert synced_words(replace(STATE, is_followed=False), now=NOW) == "not followed any more"
    assert synced_words(replace(STATE, is_visible=False), now=NOW) == "the platform no longer lists it"
    assert held_words({"messages": (3, 9), "members": (340, 400)}) == (
        "The platform no longer shows 340 of 400 members and 3 of 9 messages."
    )
    assert "2 communities waiting" in about(replace(a_view(), waiting=2), now=NOW)
    unread = replace(a_view(covers=(replace(COVER, state=replace(STATE, synced_at=None)),)), waiting=3)
    assert about(unread, now=NOW).endswith("684 messages · not finished · 3 communities waiting")
    begun = replace(unread, account=replace(unread.account, last_success_at=None))
    assert about(begun, now=NOW) == about(unread, now=NOW)
    paused = replace(unread, account=replace(unread.account, is_paused=True), waiting=0)
    assert about(paused, now=NOW).endswith("684 messages · not finished")
