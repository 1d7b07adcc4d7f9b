"""The words of the verb plan: what stands in the issue can be typed, and wrong words are answered with usage."""

import pytest

from tests.cli.runs import USAGE, Desk
from workbench.cli.parser import build_parser
from workbench.cli.plan_words import FORMATS
from workbench.export.exporter import exporters


def test_formats_are_those_there_are_makers_for():
    assert set(FORMATS) == {"pdf", *(maker.key for maker in exporters())}


@pytest.mark.parametrize(
    "words",
    [
        ["plan", "checkpoint", "show", "P", "45"],
        ["plan", "checkpoint", "lock", "P"],
        ["plan", "template"],
        ["plan", "template", "save", "P"],
        ["plan", "export", "P", "--format", "ppt"],
        ["plan", "export"],
        ["plan", "import"],
        ["plan", "set", "P", "--set", "owner"],
        ["plan", "carry-over"],
    ],
)
def test_wrong_words_are_answered_with_usage(bare_desk: Desk, words: list[str]):
    ran = bare_desk.run(*words, where=[])
    assert (ran.code, ran.out) == (USAGE, "")
    assert ran.err.startswith("usage: workbench plan")


def test_document_takes_the_same_options_from_both_verbs():
    words = ["P", "--format", "pdf", "--out", "x", "--one-page", "--paper", "letter"]
    report, export = (build_parser().parse_args([*verb, *words]) for verb in (["report", "plan"], ["plan", "export"]))
    names = ("name", "format", "out", "one_page", "paper", "names_for", "names_because")
    assert [getattr(report, name) for name in names] == [getattr(export, name) for name in names]
