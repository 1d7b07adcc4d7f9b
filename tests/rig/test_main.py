"""`dev.py rig`: one line at the end, and how it ended."""

from dataclasses import replace

from tests.rig.__main__ import main
from tests.rig.walk import Tally, Walked

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
