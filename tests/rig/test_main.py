"""`dev.py rig`: one line at the end, and how it ended."""

from dataclasses import replace
from types import SimpleNamespace

from tests.conftest import pytest_terminal_summary
from tests.rig.__main__ import main
from tests.rig.walk import WALKED, Tally, Walked

FINE = Walked("discourse", 7, "0123456789abcdef", frozenset({1, 22}))


def test_one_line_says_what_the_seeds_came_to(capsys):
    assert main(["--seeds", "1", "--from", "5", "--place", "discourse"]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("fault kinds ")
    assert line.endswith(" × seeds 1: invariants broken 0 of 8 (platforms: discourse)")


def test_kills_and_power_cuts_have_lines_of_their_own(capsys):
    assert main(["--seeds", "0", "--kills", "2", "--power", "3"]) == 0
    killed, cut, _ = capsys.readouterr().out.splitlines()
    assert killed.startswith("kills 2, ")
    assert killed.endswith("acknowledged writes lost 0")
    assert cut == "power cuts 3: acknowledged writes lost 0"


def test_an_invariant_counts_once_however_many_seeds_break_it():
    tally = Tally()
    for walked in (FINE, replace(FINE, seed=8, broken=5), replace(FINE, seed=9, broken=5), replace(FINE, broken=2)):
        tally.add(walked)
    assert tally.line == "fault kinds 2 × seeds 3: invariants broken 2 of 8 (platforms: discourse)"
    assert [walked.seed for walked in tally.broken] == [8, 9, 7]


def test_what_counts_of_a_walk_travels():
    assert Walked.unpacked(FINE.packed()) == FINE


def test_a_run_of_all_tests_says_the_line_too(pytestconfig):
    """Whoever counts for several workers knows the conftest of the folder `tests` only, so the line is told there."""
    lines: list[str] = []
    reports = [SimpleNamespace(user_properties=[(WALKED, replace(FINE, seed=seed).packed())]) for seed in (7, 8)]
    pytest_terminal_summary(SimpleNamespace(stats={"passed": reports}, write_line=lines.append))
    assert lines == ["fault kinds 2 × seeds 2: invariants broken 0 of 8 (platforms: discourse)"]
    told_in = [
        plugin.__name__
        for plugin in pytestconfig.pluginmanager.get_plugins()
        if plugin.__class__.__name__ == "module" and hasattr(plugin, "pytest_terminal_summary")
    ]
    assert "tests.conftest" in told_in
