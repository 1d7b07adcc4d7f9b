"""Every state an account can be in has a word, a reason and a next step."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import NOW
from tests.ui.test_run_words import RUN
from workbench.models.kinds import AccountKind, RunState
from workbench.models.moments import DayRange
from workbench.queries.sync_status import AccountRow
from workbench.ui.pages.sync_data import AccountView, Cover
from workbench.ui.pages.sync_words import about, cover_words, standing, whole_words
from workbench.ui.theme import Meaning

ACCOUNT = AccountRow(
    id=1, kind=AccountKind.HYPERKITTY, name="Pumps", base_url="https://lists.example.org/archives/", settings="{}",
    is_paused=False, communities=1, held_back=0, last_success_at=NOW - timedelta(hours=2), last_run_at=NOW,
    last_state=RunState.DONE, last_error=None,
)  # fmt: skip
TODAY = NOW.date()
COVER = Cover(
    1, "Pumps", 684, TODAY - timedelta(days=99), TODAY, (DayRange(TODAY - timedelta(days=99), TODAY),), TODAY, TODAY
)


def a_view(run=RUN, covers=(COVER,), **fields) -> AccountView:
    return AccountView(replace(ACCOUNT, **fields), run, covers)


@pytest.mark.parametrize(
    ("view", "title", "meaning", "step"),
    [
        (a_view(), "Up to date", Meaning.GOOD, ""),
        (a_view(kind=AccountKind.MAILING_LIST), "Brought in", Meaning.GOOD, ""),
        (a_view(is_paused=True), "Paused", Meaning.NEUTRAL, "resume"),
        (a_view(run=None, last_success_at=None), "Never synced", Meaning.UNKNOWN, "Sync now"),
        (a_view(last_success_at=NOW - timedelta(days=30)), "Getting old", Meaning.WATCH, "Sync now"),
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


def test_days_not_known_are_counted(qapp):
    gap = replace(
        COVER, known=(DayRange(COVER.first, TODAY - timedelta(days=10)),), known_until=TODAY - timedelta(days=10)
    )
    assert cover_words(COVER) == "Known until today, no day missing"
    assert cover_words(gap).endswith("10 of 100 days not known")
    assert cover_words(replace(COVER, known=(), known_until=None)) == "No days known to be complete"
    assert whole_words((COVER, gap)) == "1 of 2 communities known without a gap"


def test_one_day_is_a_stretch_too(qapp):
    day = date(2024, 6, 15)
    assert replace(COVER, first=day, last=day, known=()).unknown_days == 1
