"""rollup forget: named before it goes, asked for unless said, and an office that starts afresh."""

import pytest

from tests.cli.runs import DONE, USAGE
from tests.cli.test_rollup import told, two

__all__ = ["two"]


def test_what_an_office_told_goes_once_it_was_said_and_the_next_file_starts_afresh(two):
    office, headquarters, stick = two
    told(office, stick)
    assert headquarters.run("rollup", "import", stick).code == DONE
    asked = headquarters.run("rollup", "forget", "KEN", "--no-input")
    assert asked.code == USAGE
    assert "This goes with Kenya: 1 file, 1 plan, 0 weeks, and who may speak for it." in asked.err
    assert len(headquarters.rows("rollup", "report")["plans"]) == 1
    gone = {"office_id": "ken", "name": "Kenya", "files": 1, "plans": 1, "weeks": 0, "is_expected": False}
    assert headquarters.rows("rollup", "forget", "ken", "--yes") == gone
    assert headquarters.rows("rollup", "offices", "list") == []
    assert headquarters.rows("rollup", "import", stick)["taken"] == 1
    headquarters.run("rollup", "offices", "add", "ken", "Kenya")
    assert headquarters.run("rollup", "forget", "ken", "--yes").out.strip().endswith("1 file, 1 plan, 0 weeks")
    (line,) = headquarters.rows("rollup", "offices", "list")
    assert (line["is_expected"], line["heard_at"], line["plans"]) == (True, None, None)


@pytest.mark.parametrize("code", ["uga", "no such office"])
def test_an_office_nothing_came_from_is_refused(two, code):
    _office, headquarters, _stick = two
    assert headquarters.run("rollup", "forget", code, "--yes").code == USAGE
