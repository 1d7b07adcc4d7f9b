"""The grammar: options before and after the verb, wrong ones answered with usage and exit code 2."""

import argparse
from collections.abc import Iterator
from datetime import date

import pytest

from tests.cli.runs import ROOT, USAGE, Desk, a_child
from workbench.cli import (
    accounts,
    attachments,
    community_deeds,
    outbox,
    people_deeds,
    plan_rows,
    plan_templates,
    planning,
    question_deeds,
    questions,
    reading,
    rollup,
    runs,
    searches,
    upkeep,
)
from workbench.cli.output import ERROR
from workbench.cli.parser import EXIT_CODES, build_parser
from workbench.cli.values import a_count, a_day, a_text


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parser and those of all verbs below it."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from parsers(below)


@pytest.mark.parametrize(
    "words",
    [
        ["dance"],
        ["import"],
        ["import", "mailing-list", "."],
        ["import", "table"],
        ["account"],
        ["account", "add"],
        ["metric"],
        ["metric", "messages", "--by", "year"],
        ["metric", "messages", "--from", "14.5.2026"],
        ["metric", "messages", "--from", "0001-01-01"],
        ["outbox"],
        ["outbox", "add", "words"],
        ["outbox", "add", "--reply-to", "1", "--like", "1"],
        ["outbox", "list", "--state", "lost"],
        ["plan"],
        ["plan", "card"],
        ["plan", "card", "add", "plan", "title", "--column", "later"],
        ["plan", "new", "x", "--start", "9999-12-30"],
        ["report", "plan", "x", "--format", "ppt", "--out", "x"],
        ["report", "plan", "x", "--format", "pdf"],
        ["members", "--limit", "-1"],
        ["members", "--limit", "99999999999999999999"],
        ["search"],
        ["status", "--key-file", "a", "--passphrase-fd", "3"],
        ["status", "--passphrase-fd", "x"],
        ["status", "--passphrase-fd", "-1"],
        ["status", "--passphrase-fd", "99999999999999"],
    ],
)
def test_wrong_words_are_answered_with_usage(bare_desk: Desk, words: list[str]):
    ran = bare_desk.run(*words, where=[])
    assert ran.code == USAGE
    assert ran.out == ""
    assert ran.err.startswith("usage: workbench")
    assert not bare_desk.profile.exists()


@pytest.mark.parametrize("after", [True, False])
def test_options_for_every_verb_stand_before_or_after_it(desk: Desk, after: bool):
    options = [*desk.where, "--json", "--no-input"]
    words = ["plan", "list", *options] if after else [*options, "plan", "list"]
    assert desk.run(*words, where=[]).json == []


def test_every_help_names_the_exit_codes():
    told = [parser.format_help() for parser in parsers(build_parser())]
    assert len(told) > 25
    assert all(" ".join(EXIT_CODES.split()) in " ".join(text.split()) for text in told)


def test_no_argument_takes_a_secret():
    names = {name for parser in parsers(build_parser()) for action in parser._actions for name in action.option_strings}
    assert {name for name in names if "pass" in name or "key" in name or "secret" in name} == {
        "--file-passphrase-fd",
        "--key-file",
        "--passphrase-fd",
        "--secret",  # names one; its value is typed or read from the standard input
    }


def test_every_verb_without_subverbs_needs_its_words_only():
    options = build_parser().parse_args(["communities"])
    assert (options.verb, options.json, options.profile, options.no_input) == ("communities", False, None, False)
    assert build_parser().parse_args([]).verb == ""


def test_days_and_counts_are_read_or_refused():
    assert a_day("2026-05-14") == date(2026, 5, 14)
    assert a_count("12") == 12
    for kind, text in ((a_day, "2026-02-30"), (a_day, "1899-12-31"), (a_count, "1.5"), (a_count, "")):
        with pytest.raises(argparse.ArgumentTypeError):
            kind(text)


def test_bytes_that_are_no_text_are_refused_where_words_are_wanted(desk: Desk):
    assert a_text("مياه آمنة") == "مياه آمنة"
    with pytest.raises(argparse.ArgumentTypeError):
        a_text(b"\xff\xfe".decode("utf-8", "surrogateescape"))
    ran = a_child([*desk.where, "search", b"\xff".decode("utf-8", "surrogateescape")])
    assert ran.code == USAGE
    assert "not text" in ran.err


def test_version_is_told(bare_desk: Desk):
    assert bare_desk.run("--version", where=[]).out.startswith("Community Workbench ")


def test_readme_tells_the_keys_and_the_verbs():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lists = {
        "`communities`": reading.COMMUNITIES,
        "`members`": reading.MEMBERS,
        "`threads`": reading.THREADS,
        "`messages`": reading.MESSAGES,
        "`search`": searches.SEARCH,
        "`questions`": questions.QUESTIONS,
        "`communities card`": community_deeds.CARD,
        "`communities head-count`": community_deeds.COUNTS,
        "`communities benchmark`": community_deeds.BENCHMARKS,
        "`communities note`": community_deeds.NOTES,
        "`people set`": people_deeds.SET,
        "`people thank`": people_deeds.THANKS,
        "`people contact`": people_deeds.CONTACTS,
        "`people advocate`": people_deeds.ADVOCATE,
        "`people nudge`": people_deeds.NUDGE,
        "`questions route …`": question_deeds.TOUCHED,
        "`questions listen`": question_deeds.HEARD,
        "`hashtags`": questions.TAGS,
        "`metric`": reading.METRIC,
        "`import`": (*runs.RESULT, *ERROR),
        "`sync`, `check completeness`": (*runs.SYNCED, *ERROR),
        "`account list`": accounts.ACCOUNTS,
        "`account communities`, `account follow`, `account unfollow`": accounts.COMMUNITIES,
        "`account settings`": accounts.SETTINGS,
        "`attachment list`": attachments.LISTED,
        "`attachment fetch`": attachments.FILE,
        "`outbox list`": outbox.OUTBOX,
        "`plan list`": (*planning.PLANS, "is_mirrored"),
        "cards of a plan": plan_rows.CARDS,
        "objectives of a plan": plan_rows.OBJECTIVES,
        "`plan checkpoint show`": plan_rows.CHECKPOINTS,
        "`plan template list`": plan_templates.TEMPLATES,
        "`rollup offices …`": rollup.OFFICES,
        "`backup`": upkeep.BACKUPS,
    }
    for verb, keys in lists.items():
        assert f"| {verb} | `{', '.join(keys)}` |" in readme
    (verbs,) = (action for action in build_parser()._actions if isinstance(action, argparse._SubParsersAction))
    assert all(f"`{verb}" in readme for verb in verbs.choices if verb != "gui")
