"""Plans as operations: started with the baseline frozen, refused while something is missing, found by name."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import a_clock, a_workspace
from tests.cli.archives import a_mail
from workbench.errors import BadInputError
from workbench.models.kinds import ObjectiveKind
from workbench.operations.plans import (
    MeasureChoice,
    import_plan,
    plan_named,
    plan_text,
    propose_targets,
    refuse_incomplete,
    similar_communities,
    start_plan,
)
from workbench.operations.sources import import_mailing_list
from workbench.plans.drafts import ObjectiveDraft
from workbench.plans.views import HAND_KEPT
from workbench.queries.plans import plan_cards, plan_objectives, plan_row
from workbench.workspace import Workspace

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path):
    """Two questions in May 2024, one of them answered, and one in the year before."""
    hours = (datetime(2024, 5, 6, 9, tzinfo=UTC) - datetime(2024, 1, 1, 9, tzinfo=UTC)) / timedelta(hours=1)
    archive = tmp_path / "mail.mbox"
    mails = [
        a_mail(0, hours=hours - 4000),
        a_mail(3, hours=hours),
        a_mail(4, to=3, hours=hours + 2),
        a_mail(6, hours=hours + 24),
    ]
    archive.write_bytes(b"".join(mails))
    with a_workspace(tmp_path, clock=a_clock(NOW)) as workspace:
        import_mailing_list(workspace, paths=[archive], community="Water Points")
        yield workspace


def a_plan(workspace: Workspace, **changes: object) -> str:
    given = {
        "name": "Seals", "purpose": "Answers come", "owner": "Amina Example",
        "measures": [MeasureChoice("reply_rate", 0.8)], "community": "water points",
    }  # fmt: skip
    return start_plan(workspace, **(given | changes))  # type: ignore[arg-type]  # fields by name


def test_baseline_is_taken_over_the_90_days_before_day_0(workspace: Workspace):
    plan_id = a_plan(workspace, starts_on=date(2024, 6, 1))
    with workspace.database.read() as reader:
        (objective,) = plan_objectives(reader, plan_id)
        plan = plan_row(reader, plan_id)
    assert (objective.title, objective.measure, objective.target) == ("Reply rate", "reply_rate", 0.8)
    assert (objective.baseline_numerator, objective.baseline_denominator, objective.baseline_value) == (1, 2, 0.5)
    assert objective.baseline_at == NOW
    assert plan is not None
    assert plan.community_name == "Water Points"


def test_plan_that_begins_later_takes_what_is_known_today(workspace: Workspace):
    plan_id = a_plan(workspace, starts_on=date(2024, 12, 1), measures=[MeasureChoice("messages", title="More is said")])
    with workspace.database.read() as reader:
        (objective,) = plan_objectives(reader, plan_id)
    assert (objective.title, objective.baseline_value) == ("More is said", 3)


def test_plan_without_a_community_is_measured_over_all(workspace: Workspace):
    plan_id = a_plan(workspace, community=None, with_starter_cards=False)
    with workspace.database.read() as reader:
        plan = plan_row(reader, plan_id)
        assert plan is not None
        assert (plan.community_id, plan.community_name, plan.starts_on) == (None, "", NOW.date())
        assert plan_objectives(reader, plan_id)[0].baseline_denominator == 2
        assert plan_cards(reader, plan_id) == []


def test_starter_cards_stand_on_the_board(workspace: Workspace):
    with workspace.database.read() as reader:
        cards = plan_cards(reader, a_plan(workspace))
    assert len(cards) > 5
    assert all(card.due_on is not None for card in cards if card.hours)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"name": " "}, "needs a name"),
        ({"purpose": ""}, "needs a purpose"),
        ({"owner": "\t"}, "needs an owner"),
        ({"measures": []}, "at least one measure"),
        ({"measures": [MeasureChoice("fame")]}, "no measure “fame”"),
        ({"community": "Nobody"}, "no community called “Nobody”"),
        ({"starts_on": date(1812, 1, 1)}, "can start from"),
    ],
)
def test_incomplete_plan_is_refused_and_nothing_is_stored(
    workspace: Workspace, changes: dict[str, object], reason: str
):
    with pytest.raises(BadInputError, match=reason):
        a_plan(workspace, **changes)
    with pytest.raises(BadInputError):
        plan_named(workspace, "Seals")


def test_what_is_missing_is_known_without_a_profile():
    refuse_incomplete(name="n", purpose="p", owner="o", measures=[MeasureChoice("messages")])
    with pytest.raises(BadInputError, match="needs a purpose"):
        refuse_incomplete(name="n", purpose="", owner="o", measures=[MeasureChoice("messages")])


def test_plan_is_found_by_name_or_its_beginning(workspace: Workspace):
    plan_id = a_plan(workspace)
    assert plan_named(workspace, "SEALS") == plan_named(workspace, "sea") == plan_id
    with pytest.raises(BadInputError, match="no plan called “Pumps”"):
        plan_named(workspace, "Pumps")


def test_plan_begins_with_a_template_its_objectives_and_the_whole_charter(workspace: Workspace):
    plan_id = a_plan(workspace, measures=[], template="welcome", problem="Nobody speaks", sponsor="Bilal Example")
    view = workspace.plans.open(plan_id).view()
    assert (view.problem, view.sponsor) == ("Nobody speaks", "Bilal Example")
    assert [objective.measure for objective in view.objectives] == ["new_contributors", "retention", HAND_KEPT]
    assert [objective.baseline is None for objective in view.objectives] == [False, False, True]
    ids = {objective.id for objective in view.objectives}
    assert {card.objective_id for card in view.cards} - {None} == ids


def test_objectives_come_with_every_field_and_a_baseline_of_the_mirror(workspace: Workspace):
    draft = ObjectiveDraft(
        "Faster", "reply_rate", 0.9, kind=ObjectiveKind.IMPROVING, problem="Nobody answers", due_day=60
    )
    plan_id = a_plan(workspace, measures=[MeasureChoice("messages")], objectives=[draft], starts_on=date(2024, 6, 1))
    first, second = workspace.plans.open(plan_id).view().objectives
    assert (first.measure, second.kind, second.problem, second.due_day) == (
        "messages",
        ObjectiveKind.IMPROVING,
        "Nobody answers",
        60,
    )
    assert second.baseline is not None
    assert second.baseline.value == 0.5


def test_plan_of_an_unknown_template_or_measure_is_refused(workspace: Workspace):
    with pytest.raises(BadInputError, match="no template “nowhere”"):
        a_plan(workspace, template="nowhere")
    with pytest.raises(BadInputError, match="no measure “fame”"):
        a_plan(workspace, measures=[], objectives=[ObjectiveDraft("t", "fame")])


def test_targets_are_proposed_from_the_type_of_the_community(workspace: Workspace):
    assert propose_targets(workspace, "water points") == {}
    with workspace.database.write() as session:
        session.connection().exec_driver_sql("UPDATE community SET type = 'information_forum'")
    assert propose_targets(workspace, "water points") == {"reply_rate": 0.58, "first_reply_hours": 24.0}
    assert propose_targets(workspace, "nobody") == propose_targets(workspace, None) == {}


def test_communities_like_the_one_planned_are_found_by_name_and_description(workspace: Workspace):
    with workspace.database.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO community (account_id, remote_id, name, description, is_followed, created_at)"
            " SELECT account_id, 'r' || n, name_, said, 1, 0 FROM community, (SELECT 1 AS n, 'Photography' AS name_,"
            " 'Pictures of birds' AS said UNION SELECT 2, 'WASH', 'Pumps, wells and water points in schools')"
        )
    found = similar_communities(workspace, "Water points for villages")
    assert [each.name for each in found] == ["Water Points", "WASH"]
    assert similar_communities(workspace, "Payroll") == ()
    assert len(similar_communities(workspace, "Water points", limit=1)) == 1


def test_plan_goes_out_as_json_and_comes_in_again_under_another_name(workspace: Workspace):
    text = plan_text(workspace, a_plan(workspace))
    with pytest.raises(BadInputError, match="Another plan has this name"):
        import_plan(workspace, text)
    copy = workspace.plans.open(import_plan(workspace, text, name="Seals, again")).view()
    original = workspace.plans.open(plan_named(workspace, "Seals, again")).view()
    assert copy == original
    assert copy.community_name == "Water Points"
    assert copy.community_id is not None
    with pytest.raises(BadInputError, match="no measure “fame”"):
        import_plan(workspace, text.replace('"reply_rate"', '"fame"'), name="x")
