"""The words of `network` are in the help and in the README."""

from tests.cli.runs import ROOT
from workbench.cli.parser import build_parser


def test_the_verb_takes_a_period_and_a_file():
    options = build_parser().parse_args(
        ["network", "--community", "Water", "--period", "2026-10", "--out", "x.graphml"]
    )
    assert (options.verb, options.community, str(options.out)) == ("network", "Water", "x.graphml")
    assert [day.isoformat() for day in options.period] == ["2026-10-01", "2026-11-01"]


def test_the_readme_says_how_names_go_out():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "| `network` | who turns to whom" in readme
    assert "--names-because" in readme.split("| `network` |")[1].split("\n")[0]
