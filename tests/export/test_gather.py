"""Gathering a summary: figures that may leave, standings that are true, cards that are due, at any day of a plan."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_clock
from tests.queries.network import Network, a_message, a_network
from workbench.errors import BadInputError
from workbench.export.figures import Figure
from workbench.export.gather import COLUMN_TITLES, gather
from workbench.export.summary import NamesDisclosure, PlanSummary, Standing
from workbench.ids import CommunityId, PlanId
from workbench.models.kinds import CardColumn, Pillar
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.plans.store import PlanStore
from workbench.plans.views import Baseline

START = date(2024, 4, 1)  # a Monday, and day 0
NOON = datetime(2024, 4, 1, 12, tzinfo=UTC)
PEOPLE = ("amina", "luis", "moussa", "mei", "rosa", "dina")
NAMES = NamesDisclosure(purpose="hand-over", recipient="Regional office")


class Scene:
    """A community known for all of 2024 in which six people write once a week, and plans about it."""

    def __init__(self, folder: Path) -> None:
        self.network: Network = a_network(folder)
        self.water: CommunityId = self.network.community("Water Points")
        self.network.cover(self.water, date(2024, 1, 1), date(2024, 12, 31))
        self.write(PEOPLE)
        self.store = PlanStore(self.network.database, a_clock(NOON), author="Amina")

    def write(self, people: tuple[str, ...], *, community: CommunityId | None = None, weeks: range = range(40)) -> None:
        begin = datetime(2024, 1, 1, 9, tzinfo=UTC)
        told = [
            a_message(f"{community}{name}{week}", by=name, at=begin + timedelta(weeks=week, hours=place))
            for week in weeks
            for place, name in enumerate(people)
        ]
        self.network.apply(community or self.water, *told)

    def plan(self, *objectives: ObjectiveDraft, cards: tuple[CardDraft, ...] = (), **changes: Any) -> PlanId:
        given: dict[str, Any] = {
            "name": "Seals", "purpose": "Pumps run", "owner": "Amina Example", "starts_on": START,
            "community_id": self.water, "community_name": "Water Points",
        }  # fmt: skip
        wanted = objectives or (ObjectiveDraft("More is said", "messages"),)
        return self.store.create(**(given | changes), objectives=wanted, cards=cards)

    def summary(self, plan_id: PlanId, day: int = 37, **options: Any) -> PlanSummary:
        with self.network.read() as reader:
            return gather(reader, plan_id, as_of=NOON + timedelta(days=day), **options)


@pytest.fixture
def scene(tmp_path: Path):
    scene = Scene(tmp_path)
    yield scene
    scene.network.database.close()


def a_baseline(value: float | None, **numbers: Any) -> Baseline:
    return Baseline(value, numbers.get("numerator"), numbers.get("denominator"), numbers.get("coverage", 1.0), NOON)


def titles(cards: Any) -> list[str]:
    return [card.title for card in cards]


def test_unknown_plan_is_refused(scene: Scene):
    with pytest.raises(BadInputError, match="no such plan"):
        scene.summary(PlanId("nobody"))


def test_plan_is_told_with_its_days(scene: Scene):
    summary = scene.summary(scene.plan())
    assert (summary.plan, summary.purpose, summary.owner, summary.community) == (
        "Seals", "Pumps run", "Amina Example", "Water Points",
    )  # fmt: skip
    assert (summary.starts_on, summary.ends_on, summary.day_words) == (START, date(2024, 6, 30), "day 37 of 90")
    assert [(line.day, line.is_past) for line in summary.checkpoints] == [(30, True), (60, False), (90, False)]
    assert (summary.known_until, summary.coverage) == (date(2024, 12, 31), 1.0)
    assert summary.program.startswith("Community Workbench ")


def test_now_is_measured_over_the_90_days_up_to_the_moment(scene: Scene):
    (line,) = scene.summary(scene.plan()).measures
    # 8 February to 7 May hold 13 Mondays with six messages each.
    assert (line.now.value, line.now.unit, line.now.coverage) == (78, "messages", 1.0)
    assert (line.measure, line.baseline, line.baseline_on, line.standing) == (
        "Messages",
        None,
        None,
        Standing.NO_TARGET,
    )


def test_figures_that_count_fewer_than_five_people_are_withheld(scene: Scene):
    small = scene.network.community("Small")
    scene.network.cover(small, date(2024, 1, 1), date(2024, 12, 31))
    scene.write(PEOPLE[:4], community=small)
    objective = ObjectiveDraft("More people", "contributors", 3.0, a_baseline(2.0))
    (line,) = scene.summary(scene.plan(objective, community_id=small)).measures
    assert line.now == Figure(None, "people", coverage=1.0, is_withheld=True)
    assert line.baseline == Figure(None, "people", coverage=1.0, is_withheld=True)
    # Four of a target of three would show through "reached".
    assert line.standing is Standing.UNKNOWN


def test_figures_of_five_and_more_people_may_leave(scene: Scene):
    (line,) = scene.summary(scene.plan(ObjectiveDraft("More people", "contributors", 6.0, a_baseline(5.0)))).measures
    assert (line.now.value, line.now.is_withheld, line.standing) == (6, False, Standing.REACHED)
    assert line.baseline is not None
    assert line.baseline.value == 5
    assert line.baseline_days == (START - timedelta(days=90), START - timedelta(days=1))


def test_days_that_are_not_known_are_told_and_not_drawn(scene: Scene):
    gap = scene.network.community("Gap")
    scene.network.cover(gap, date(2024, 1, 1), date(2024, 3, 17))
    scene.network.cover(gap, date(2024, 4, 15), date(2024, 5, 31))
    scene.write(PEOPLE, community=gap)
    summary = scene.summary(scene.plan(ObjectiveDraft("More", "messages", 50.0, a_baseline(10.0)), community_id=gap))
    assert summary.known_until == date(2024, 5, 31)
    assert summary.coverage == pytest.approx(23 / 37)
    assert summary.measures[0].now.coverage == pytest.approx(62 / 90)
    assert summary.measures[0].standing is Standing.UNKNOWN
    unknown = [point.week for point in summary.charts[-1].points if not point.is_known]
    assert unknown == [date(2024, 3, 18) + timedelta(weeks=n) for n in range(4)]


def test_charts_hold_whole_weeks_from_90_days_before_day_0(scene: Scene):
    summary = scene.summary(scene.plan())
    assert [chart.title for chart in summary.charts[-2:]] == ["Messages per week", "Reply rate per week"]
    weeks = [point.week for point in summary.charts[-2].points]
    assert (weeks[0], weeks[-1]) == (date(2024, 1, 1), date(2024, 4, 29))
    assert {point.value for point in summary.charts[-2].points} == {6}


def cards_of_every_kind() -> tuple[CardDraft, ...]:
    today = START + timedelta(days=37)
    return (
        CardDraft("late", owner="Luis Ejemplo", due_on=today - timedelta(days=1), hours=1.5, pillar=Pillar.DIALOGUE),
        CardDraft("today", due_on=today, hours=2.0, pillar=Pillar.DIALOGUE),
        CardDraft("in 30 days", column=CardColumn.DOING, due_on=today + timedelta(days=30), pillar=Pillar.LIBRARY),
        CardDraft("in 31 days", due_on=today + timedelta(days=31)),
        CardDraft("some day"),
        CardDraft("done late", column=CardColumn.DONE, due_on=today - timedelta(days=9), hours=4.0),
    )


def test_cards_stand_in_their_columns_and_late_ones_are_told(scene: Scene):
    summary = scene.summary(scene.plan(cards=cards_of_every_kind()))
    assert [block.title for block in summary.columns] == list(COLUMN_TITLES.values())
    todo, doing, done = summary.columns
    assert titles(todo.cards) == ["late", "today", "in 31 days", "some day"]
    assert (titles(doing.cards), titles(done.cards)) == (["in 30 days"], ["done late"])
    assert [card.title for block in summary.columns for card in block.cards if card.is_late] == ["late"]
    assert (todo.cards[0].done_on, done.cards[0].done_on) == (None, NOON.date())
    assert (summary.hours_planned, summary.hours_done) == (7.5, 4.0)
    assert dict(summary.pillars) == {"Billboard": 0, "U&I": 0, "Library": 1, "Dialogue": 2}


def test_next_30_days_hold_what_is_late_or_due_soon_earliest_first(scene: Scene):
    assert titles(scene.summary(scene.plan(cards=cards_of_every_kind())).next_days) == ["late", "today", "in 30 days"]


def test_archived_cards_and_objectives_are_left_out(scene: Scene):
    plan_id = scene.plan(
        ObjectiveDraft("One", "messages"), ObjectiveDraft("Two", "contributors"), cards=cards_of_every_kind()[:2]
    )
    editor = scene.store.open(plan_id)
    editor.archive_card(editor.view().cards[0].id)
    summary = scene.summary(plan_id)
    assert titles(summary.columns[0].cards) == ["today"]
    assert [line.objective for line in summary.measures] == ["One", "Two"]


def test_names_of_owners_stay_at_home_unless_somebody_is_named_who_gets_them(scene: Scene):
    plan_id = scene.plan(cards=cards_of_every_kind())
    at_home, out = scene.summary(plan_id), scene.summary(plan_id, names=NAMES)
    assert {card.owner for block in at_home.columns for card in block.cards} == {""}
    assert {card.owner for card in at_home.next_days} == {""}
    assert at_home.names is None
    assert out.columns[0].cards[0].owner == "Luis Ejemplo"
    assert out.names == NAMES


def test_plan_without_a_community_is_measured_over_all_of_them(scene: Scene):
    other = scene.network.community("Other")
    scene.write(PEOPLE, community=other)
    summary = scene.summary(scene.plan(community_id=None, community_name=""))
    assert summary.community == ""
    assert summary.measures[0].now.value == 2 * 78
    assert summary.coverage == 0.5


def test_plan_of_an_empty_profile_claims_nothing(tmp_path: Path):
    network = a_network(tmp_path)
    store = PlanStore(network.database, a_clock(NOON), author="Amina")
    objective = ObjectiveDraft("More", "messages", 5.0)
    plan_id = store.create(name="P", purpose="p", owner="o", starts_on=START, objectives=[objective])
    with network.read() as reader:
        summary = gather(reader, plan_id, as_of=NOON + timedelta(days=10))
    assert (summary.known_until, summary.coverage) == (None, 0.0)
    assert (summary.measures[0].now.value, summary.measures[0].standing) == (None, Standing.UNKNOWN)
    assert not any(point.is_known for chart in summary.charts for point in chart.points)
    assert summary.standing_words == "0 cards: 0 to do, 0 doing, 0 done"


@pytest.mark.parametrize(("day", "words"), [(-5, "starts in 5 days"), (-200, "starts in 200 days"), (0, "day 0 of 90")])
def test_plan_that_has_not_run_a_day_has_no_coverage_yet(scene: Scene, day: int, words: str):
    summary = scene.summary(scene.plan(), day=day)
    assert (summary.day_words, summary.coverage, summary.phase) == (words, None, "prepare")
    assert not any(line.is_past for line in summary.checkpoints)
    assert bool(summary.charts) is (day > -200)


@pytest.mark.parametrize(("day", "words"), [(90, "day 90 of 90"), (91, "ended 1 day ago"), (120, "ended 30 days ago")])
def test_plan_that_is_over_is_drawn_to_its_last_whole_week(scene: Scene, day: int, words: str):
    summary = scene.summary(scene.plan(), day=day)
    assert summary.day_words == words
    assert summary.phase == ("show value" if day == 90 else "close")
    assert summary.charts[-1].points[-1].week == date(2024, 6, 17)
    assert summary.charts[0].points[-1].week == date(2024, 6, 30)
    assert [line.is_past for line in summary.checkpoints] == [True, True, day > 91]


def test_one_moment_gives_one_summary(scene: Scene):
    plan_id = scene.plan(cards=cards_of_every_kind())
    assert scene.summary(plan_id) == scene.summary(plan_id)
