"""Words of the journey: names, what is wrong with a field, what a sync costs, and why something failed."""

import pytest

from tests.ui.pages.account_parts import SETTINGS, SITE
from workbench.errors import BadInputError, ClockError, LineError, SignInError
from workbench.models.kinds import AccountKind
from workbench.sync.budget import Estimate
from workbench.sync.platforms import TITLES
from workbench.ui.icons import outline
from workbench.ui.pages import account_words as words

ADDRESS, USER, TOKEN, PAGES, *_ = SETTINGS
MB = 1_000_000


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_every_platform_has_an_icon_that_can_be_drawn(qapp):
    assert set(words.ICONS) == set(TITLES)
    assert all(outline(name) is not None for name in words.ICONS.values())
    assert AccountKind.SAMPLE not in words.ICONS


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "Fill this in."),
        ("https://forum.example.org", ""),
        ("forum.example.org/team", ""),
        ("http://localhost:8080", ""),
        ("http://forum.example.org", "The address must begin with https://."),
        ("https://10.0.0.1", "This address leads into a private network."),
        ("forum", "This is not a whole web address yet."),
        ("https://amina:word@forum.example.org", "A web address must not contain a name or password."),
    ],
)
def test_an_address_is_checked_as_far_as_it_goes(text, wrong):
    assert words.wrong_with(ADDRESS, text) == wrong


def test_a_number_is_whole_and_what_is_not_required_may_be_empty():
    assert words.wrong_with(PAGES, "12") == words.wrong_with(PAGES, "") == ""
    assert words.wrong_with(PAGES, "-1") == words.wrong_with(PAGES, "few") == "Give a whole number, 0 or more."
    assert words.wrong_with(USER, " ") == "Fill this in."


def test_a_new_account_is_named_after_its_host_and_never_like_another():
    assert words.proposed_name(SITE, {}, taken=()) == "Site"
    assert words.proposed_name(SITE, {"address": "www.site.example.org/x"}, taken=()) == "site.example.org"
    assert words.proposed_name(SITE, {}, taken={"site", "site 2"}) == "Site 3"
    assert words.wrong_name(" ", taken=()) == "An account needs a name."
    assert words.wrong_name("SITE", taken={"site"}) == "There is an account of this name already."


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (3_210, 33_900, "About 3 to 34 kB, less than a minute on a 64 kbit/s line"),
        (400_000, 1_200_000, "About 0.4 to 1.2 MB, 1 to 2 minutes on a 64 kbit/s line"),
        (123 * MB, 456 * MB, "About 120 to 460 MB, 4.3 to 16 h on a 64 kbit/s line"),
        (900 * MB, 3_000 * MB, "About 900 to 3,000 MB, up to 4 days on a 64 kbit/s line"),
    ],
)
def test_an_estimate_says_no_more_than_it_knows(low, high, said):
    assert plain(words.estimate_words(Estimate(low, high))) == said


def test_a_platform_slower_than_the_line_sets_the_time():
    told = words.estimate_words(Estimate(40_000, 400_000, calls=(20, 216), calls_per_minute=18))
    assert plain(told) == (
        "About 40 to 400 kB, 1 to 12 minutes, however fast the line: the platform takes 18 requests a minute"
    )
    assert "kbit/s" in words.estimate_words(Estimate(40_000, 400_000, calls=(1, 2), calls_per_minute=18))
    same = words.estimate_words(Estimate(40_000, 400_000, calls=(216, 216), calls_per_minute=18))
    assert "about 12 minutes" in plain(same)


def test_a_guess_is_called_one():
    said = words.estimate_words(Estimate(1_000, 2_000, is_guess=True))
    assert said.startswith("Perhaps")
    assert said.endswith("the platform does not say how much there is")


def test_a_daily_limit_is_told_in_days():
    assert words.days_words(Estimate(1, 4 * MB), 5 * MB) == words.days_words(Estimate(1, 4 * MB), None) == ""
    assert "takes 1 to 3 days" in words.days_words(Estimate(1, 12 * MB), 5 * MB)
    assert "takes 2 days" in words.days_words(Estimate(6 * MB, 7 * MB), 5 * MB)


@pytest.mark.parametrize(
    ("error", "title", "hint", "is_setting"),
    [
        (LineError(cause="portal"), "Another page answered in place of the platform", "in a hotel", True),
        (LineError(cause="cut"), "The platform could not be reached", "come back when you are online", True),
        (ClockError(seconds=86_400), "The clock of this computer is 1 day behind", "Set the date", False),
        (SignInError("it was refused", error="access_denied"), "It was refused", "allow the access", False),
        (SignInError("not finished in time", error="expired_token"), "Not finished in time", "Start again", False),
        (BadInputError("the settings are wrong"), "The settings are wrong", "Look at the details", True),
        (OSError("planted"), "Something went wrong inside the program", "Try again", False),
    ],
)
def test_what_failed_is_told_with_what_is_safe_and_what_to_do(error, title, hint, is_setting):
    told = words.trouble(error)
    assert (told.title, told.is_setting) == (title, is_setting)
    assert hint in told.sentences[-1]
    assert "planted" not in " ".join(told.sentences)
