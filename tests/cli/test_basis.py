"""Basis: every answer with numbers says of itself whose, which days, known until when and as of when; in one way."""

from xml.etree.ElementTree import parse

import pytest

from tests.builders import NOW, a_clock, a_workspace
from tests.cli.runs import DONE, Desk
from tests.networks import a_circle_of_friends
from workbench.cli.basis import BASIS
from workbench.ids import CommunityId
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord

MONTH = ("2024-05-01", "2024-06-01")
ANSWERS = (
    (("metric", "messages", "--from", MONTH[0], "--to", MONTH[1]), MONTH),
    (("scorecard", "--period", "2024-05", "--measure", "messages"), MONTH),
    (("scorecard", "--measure", "messages"), MONTH),
    (("network", "--period", "2024-05"), MONTH),
    (("questions", "--state", "answered", "--from", MONTH[0], "--to", MONTH[1]), MONTH),
    (("questions", "--state", "answered"), (None, None)),
    (("today",), ("2024-05-16", "2024-06-16")),
    (("today", "--note"), ("2024-05-16", "2024-06-16")),
)


@pytest.fixture(name="circle")
def a_desk_with_a_network(desk: Desk) -> Desk:
    with a_workspace(desk.folder) as workspace:
        here = CommunityId(a_circle_of_friends(workspace))
        workspace.mirror.apply(here, "days", Batch((), covered=(DayRange(NOW.date().replace(month=1), NOW.date()),)))
        account = workspace.accounts.add(AccountKind.TABLE, "More tables")
        workspace.mirror.ensure_community(account, CommunityRecord("store", "Cold store"))
    desk.clock = a_clock(NOW)
    return desk


@pytest.mark.parametrize(("typed", "whose"), [(("--community", "water"), "Water circle"), ((), "All communities")])
def test_every_answer_with_numbers_carries_the_same_five_keys(circle: Desk, typed, whose):
    for words, (first, end) in ANSWERS:
        said = circle.rows(*words, *typed)
        for row in said if isinstance(said, list) else [said]:
            expected = {
                "community": "Water circle" if words[0] == "questions" else whose,
                "from": first,
                "to": end,
                "known_until": "2024-06-15" if typed else None,
                "as_of": "2024-06-15T12:00:00Z",
            }
            assert {key: row[key] for key in BASIS} == expected, words
        assert said, words


def test_a_file_of_ties_carries_them_too(circle: Desk):
    path = circle.folder / "ties.graphml"
    assert circle.run("network", "--community", "water", "--period", "2024", "--out", path).code == DONE
    graph = parse(path).getroot().find("{*}graph")
    told = {data.get("key"): data.text for data in graph.findall("{*}data")}
    said = ("Water circle", "2024-01-01", "2025-01-01", "2024-06-15", NOW.isoformat())
    assert tuple(told[key] for key in BASIS) == said


@pytest.mark.parametrize(
    ("typed", "said"), [("water", "“water” is taken for the community “Water circle”.\n"), ("WATER circle", "")]
)
def test_which_community_is_meant_is_said_where_it_could_be_another(circle: Desk, typed: str, said: str):
    assert circle.run("metric", "messages", "--from", *MONTH[:1], "--community", typed).err == said
