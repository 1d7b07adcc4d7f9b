"""The table of the status bar: every combination has words, a reason and a step that can be taken."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from tests.builders import NOW
from workbench.models.kinds import OutboxState
from workbench.sync.schedule import Standing
from workbench.ui.link import Link
from workbench.ui.status_row import LineAccount, StatusRow
from workbench.ui.status_words import STEPS, Part, Step, parts, portal_address, unfinished_words

FORUM = LineAccount(1, "Forum", Standing(every_minutes=60), followed=3)
CUT = replace(FORUM, standing=Standing(every_minutes=60, tried_at=NOW), is_cut=True)
FAILED = replace(CUT, standing=replace(CUT.standing, error_code="clock"), is_cut=False)
SIGNED_OUT = LineAccount(2, "Engage", Standing(error_code="sign_in"), followed=1)
POSTS = ({}, {OutboxState.QUEUED: 2}, {OutboxState.UNKNOWN: 1}, {OutboxState.REFUSED: 1, OutboxState.EXPIRED: 1})


def a_status(
    *,
    lines=(FORUM,),
    at=NOW - timedelta(hours=2),
    waiting=0,
    posts=None,
    decisions=0,
    paused=False,
    held=0,
    here=False,
    left=0,
):
    return StatusRow(
        1, 3, held, at, 1_240_000, waiting=waiting, lines=lines, posts=posts or {}, decisions=decisions,
        is_all_paused=paused, has_messages=here, left_unread=left,
    )  # fmt: skip


ALL = list(
    product(
        Link,
        ((), (FORUM,), (FORUM, SIGNED_OUT), (CUT,)),
        (None, NOW - timedelta(hours=2)),
        (0, 3),
        POSTS,
        (False, True),
        (None, "", "Forum"),
    )
)


def test_every_combination_has_words_a_reason_and_a_step(qapp):
    for link, lines, at, waiting, posts, paused, running in ALL:
        status = a_status(lines=lines, at=at, waiting=waiting, posts=posts, paused=paused, held=waiting)
        found = parts(status, link, running=running, now=NOW)
        shown = [found.link, found.success, found.posts, found.held_back, found.data, found.pause]
        for part in (one for one in shown if one is not None):
            assert part.text
            assert part.short
            assert part.reason.endswith(".")
            assert part.steps
            assert set(part.steps) <= set(STEPS)
        assert (found.posts is None) is (not posts)
        assert (found.held_back is None) is (waiting == 0)
        assert (found.pause is None) is (not lines)
        if link in {Link.OFFLINE, Link.PORTAL}:
            assert Step.SYNC_NOW not in found.success.steps
            assert found.link.is_strong
        assert (Step.OPEN_SIGN_IN_PAGE in found.link.steps) is (link is Link.PORTAL)
        if not lines:
            assert all(Step.SYNC_NOW not in part.steps for part in shown if isinstance(part, Part))


def said(**values) -> str:
    return parts(a_status(**values), Link.ONLINE, running=None, now=NOW).success.text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Synced 2 h ago"),
        ({"waiting": 3}, "Synced 2 h ago, 3 communities waiting"),
        ({"waiting": 1}, "Synced 2 h ago, 1 community waiting"),
        ({"left": 2}, "Synced 2 h ago, not finished"),
        ({"left": 2, "waiting": 1}, "Synced 2 h ago, 1 community waiting"),
        ({"lines": ()}, "Brought in 2 h ago"),
        ({"at": None}, "Nothing synced yet"),
        ({"at": None, "here": True}, "First sync not finished"),
        ({"at": None, "here": True, "lines": ()}, "First import not finished"),
        ({"at": NOW, "lines": (CUT,)}, "Cut off just now"),
        ({"at": None, "lines": (CUT, FAILED)}, "Last try failed just now"),
        (
            {"lines": (replace(FORUM, standing=Standing(error_code="platform_busy", tried_at=NOW)),)},
            "Asked to wait just now",
        ),
        ({"lines": (replace(CUT, standing=Standing(is_paused=True)),)}, "Synced 2 h ago"),
        ({"lines": (FORUM, SIGNED_OUT)}, "1 account needs a sign-in"),
    ],
)
def test_the_last_success_is_said_in_words(qapp, values, words):
    assert said(**values) == words


def test_what_syncs_now_is_named_and_can_be_stopped(qapp):
    waits = "Waiting for the platform until 10:32 (it asked us to)"
    for running, options, words in (
        ("Forum", {}, "Syncing Forum"), ("", {}, "Syncing"), ("Forum", {"is_check": True}, "Checking Forum"),
        ("Forum", {"waiting": waits}, "Waiting: Forum"),
    ):  # fmt: skip
        found = parts(a_status(), Link.ONLINE, running=running, now=NOW, **options).success
        assert (found.text, found.steps[0]) == (words, Step.STOP)
    assert found.reason.startswith(waits)


def test_posts_are_told_by_what_becomes_of_them(qapp):
    posts = {OutboxState.QUEUED: 2, OutboxState.SENDING: 1, OutboxState.UNKNOWN: 1, OutboxState.PAUSED: 4}
    found = parts(a_status(posts=posts, decisions=5), Link.ONLINE, running=None, now=NOW).posts
    assert found is not None
    assert (found.text, found.short) == ("3 pending · 1 not sure · 4 on hold", "8 posts")
    assert "5 posts wait for you" in found.reason
    unsure = parts(a_status(posts={OutboxState.UNKNOWN: 1}), Link.ONLINE, running=None, now=NOW).posts
    assert unsure is not None
    assert "looked for" in unsure.reason


def test_a_used_up_day_is_called_as_on_the_card(qapp):
    spent = replace(FORUM, standing=Standing(daily_cap=60, spent_today=60))
    found = parts(a_status(lines=(spent,)), Link.ONLINE, running=None, now=NOW).data
    assert found.text.startswith("Data used up: ")
    assert found.reason.startswith("Forum: the data for today is used up.")


def test_everything_can_be_paused_and_resumed(qapp):
    bar = parts(a_status(), Link.ONLINE, running=None, now=NOW)
    assert bar.pause is not None
    assert (bar.pause.text, bar.pause.steps) == ("Pause all", (Step.PAUSE,))
    bar = parts(a_status(paused=True), Link.ONLINE, running=None, now=NOW)
    assert bar.pause is not None
    assert (bar.pause.text, bar.pause.steps) == ("Paused", (Step.RESUME,))


@pytest.mark.parametrize(
    ("addresses", "opened"),
    [
        (["https://forum.example.org:8443/community/"], "http://forum.example.org/"),
        ([None, "https://lists.example.org/archives/"], "http://lists.example.org/"),
        (["https://[2001:db8::1]/"], "http://[2001:db8::1]/"),
        ([None], "http://example.com/"),
        ([], "http://example.com/"),
    ],
)
def test_the_sign_in_page_of_a_network_answers_in_place_of_a_platform(addresses: list[str | None], opened: str):
    lines = tuple(replace(FORUM, base_url=address) for address in addresses)
    assert portal_address(a_status(lines=lines)) == opened


def test_a_platform_that_is_not_paused_is_asked_first():
    paused = replace(FORUM, standing=Standing(is_paused=True), base_url="https://old.example.org/")
    lines = (paused, replace(FORUM, base_url="https://forum.example.org/"))
    assert portal_address(a_status(lines=lines)) == "http://forum.example.org/"


@pytest.mark.parametrize(
    ("lines", "paused", "ends"),
    [
        ((FORUM,), False, ""),
        ((replace(FORUM, is_unfinished=True),), False, "Forum was stopped on its way. What came is kept; it goes on by "
         "itself from there."),
        ((replace(FORUM, is_unfinished=True),), True, "the next sync goes on from there."),
        ((replace(FORUM, is_unfinished=True, standing=Standing()),), False, "the next sync goes on from there."),
        (tuple(replace(FORUM, id=number, is_unfinished=True) for number in (1, 2)), False, "by itself from there."),
        ((replace(FORUM, is_unfinished=True, followed=0),), False, ""),
    ],
)  # fmt: skip
def test_what_was_stopped_on_its_way_is_said_at_the_next_start(qapp, lines, paused: bool, ends: str):
    words = unfinished_words(a_status(lines=lines, paused=paused))
    assert words.endswith(ends)
    assert bool(words) is bool(ends)
