"""`network`: the documented keys, the numbers of the page, and a file that names nobody without a recipient."""

import json

import pytest

from tests.builders import NOW, a_clock, a_workspace
from tests.cli.runs import DONE, ROOT, USAGE, Desk
from tests.networks import HUB, a_circle_of_friends
from workbench.cli.network import told
from workbench.metrics.window import last_days_over
from workbench.operations.network import look_at_network


@pytest.fixture(name="circle")
def a_desk_with_a_network(desk: Desk) -> Desk:
    with a_workspace(desk.folder) as workspace:
        a_circle_of_friends(workspace)
    desk.clock = a_clock(NOW)
    return desk


def test_it_has_the_documented_keys_and_the_numbers_of_the_page(circle: Desk):
    row = circle.rows("network", "--community", "water circle")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    documented = readme.split("| `network` | `community,")[1].split("`")[0]
    assert ["community", *documented.strip(" ,").split(", ")] == list(row)
    with a_workspace(circle.folder, clock=a_clock(NOW)) as workspace:
        look = look_at_network(workspace, scope=(1,), window=last_days_over(90, NOW), as_of=NOW)
    expected = told(look) | {"as_of": "2024-06-15T12:00:00Z"}
    assert row == json.loads(json.dumps(expected, default=str))
    assert (row["members"], row["people"], row["groups"], row["brokers"]) == (20, 19, 3, 1)


def test_the_file_has_names_only_for_somebody(circle: Desk):
    path = circle.folder / "ties.graphml"
    row = circle.rows("network", "--community", "Water circle", "--period", "2024", "--out", path)
    assert (row["path"], row["size"]) == (str(path), path.stat().st_size)
    assert "Example" not in path.read_text(encoding="utf-8")
    told_names = ["--names-for", "Regional office", "--names-because", "Planning a meeting"]
    assert circle.run("network", "--out", path, *told_names).code == DONE
    assert HUB in path.read_text(encoding="utf-8")
    half = circle.run("network", "--out", path, "--names-for", "Regional office")
    assert (half.code, "Names go out only with both" in half.err) == (USAGE, True)


def test_a_community_or_place_that_is_not_there_is_refused(circle: Desk):
    assert circle.run("network", "--community", "Nowhere").code == USAGE
    assert circle.run("network", "--out", circle.folder / "no" / "ties.graphml").code != DONE
