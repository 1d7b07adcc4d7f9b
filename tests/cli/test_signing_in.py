"""Signing in on the command line: by a way the platform knows, with a password that is tried, and somebody to ask."""

from collections.abc import Iterator
from io import StringIO

import pytest

from tests.cli.forum import at
from tests.cli.runs import DONE, NEEDS_USER, USAGE, Desk, a_desk
from tests.platforms.discourse import Discourse
from tests.platforms.open_social import OpenSocial
from tests.platforms.world import a_world


@pytest.fixture
def forum() -> Iterator[Discourse]:
    with Discourse(a_world(messages=6)) as platform:
        yield platform


@pytest.fixture
def desk(tmp_path, capsys) -> Desk:
    return a_desk(tmp_path, capsys).make()


def test_a_way_the_platform_does_not_know_is_refused(desk: Desk, forum: Discourse):
    desk.rows("account", "add", "discourse", "--name", "Forum", *at(forum))
    ran = desk.run("account", "sign-in", "Forum", "--way", "fax")
    assert ran.code == USAGE
    assert "user-api-key" in ran.err


def test_a_secret_that_nobody_gives_is_missed(desk: Desk):
    ran = desk.child(
        "account", "add", "hyperkitty", "--set", "address=https://lists.example.org", "--secret", "password"
    )
    assert ran.code == USAGE
    assert "no line for" in ran.err


def test_password_is_tried_before_somebody_counts_as_signed_in(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    with OpenSocial(a_world(messages=6)) as site:
        monkeypatch.setattr("sys.stdin", StringIO("a password\n"))
        words = ("--name", "Net", "--set", f"address={site.address}", "--set", "user=amina", "--secret", "password")
        desk.rows("account", "add", "open-social", *words)
        site.switches["wrong_password"] = True
        ran = desk.run("account", "sign-in", "Net")
        assert (ran.code, "Signed in" in ran.out) == (NEEDS_USER, False)
        # What was refused is forgotten: the next sign-in asks, and without anybody to ask it says so.
        site.switches.clear()
        monkeypatch.setattr("sys.stdin", StringIO(""))
        ran = desk.run("account", "sign-in", "Net")
        assert (ran.code, "no line for" in ran.err) == (USAGE, True)
        monkeypatch.setattr("sys.stdin", StringIO("a password\n"))
        assert "Signed in to Net." in desk.run("account", "sign-in", "Net").out
        desk.rows("account", "limits", "Net", "--daily", "1kB")
        ran = desk.run("account", "sign-in", "Net")
        assert (ran.code, "the next sync tells" in ran.err) == (DONE, True)


def test_where_nobody_may_be_asked_a_sign_in_in_a_browser_is_refused_at_once(desk: Desk, forum: Discourse):
    desk.rows("account", "add", "discourse", "--name", "Forum", *at(forum))
    ran = desk.run("--no-input", "account", "sign-in", "Forum", "--way", "user-api-key")
    assert ran.code == USAGE
    assert "--no-input says that nobody is there" in ran.err
    assert forum.asked == []
    assert desk.run("--no-input", "account", "sign-in", "Forum", "--way", "nothing").code == DONE
