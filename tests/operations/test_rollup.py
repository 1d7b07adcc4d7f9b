"""An office's own file, from the mirror to headquarters: what leaves, what must not, and what is known there."""

import json
from datetime import timedelta

import pytest

from tests.builders import NOW, a_clock, a_workspace
from tests.rollups import a_file, a_plan, a_snapshot
from workbench.clock import FixedClock
from workbench.errors import BadInputError, ExportError
from workbench.export.summary import Standing
from workbench.models.changes import Changes
from workbench.models.kinds import CardColumn
from workbench.models.plan_parts import HAND_KEPT
from workbench.operations.partners import add_partner, own_identity, partner_store
from workbench.operations.plans import MeasureChoice, start_plan
from workbench.operations.rollup import (
    expect_office,
    expect_offices,
    forget_office,
    office_snapshot,
    open_place,
    own_office,
    rollup_plan,
    rollup_report,
    set_own_office,
    write_office_file,
    write_rollup,
)
from workbench.operations.rollup_import import import_folder
from workbench.operations.sources import install_sample
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.sync.envelope import open_envelope
from workbench.sync.rollup import RollupStore
from workbench.sync.rollup_snapshot import ExpectedOffice, to_lines

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A profile with the sample network and a plan in which people are named wherever a person can be named."""
    workspace = a_workspace(tmp_path_factory.mktemp("office"), clock=a_clock())
    install_sample(workspace)
    plan_id = start_plan(
        workspace,
        name="Safe water at school",
        purpose="Zuleika Planted answers faster",
        owner="Zuleika Planted",
        measures=[MeasureChoice("reply_rate", 0.9, "Zuleika Planted shall answer"), MeasureChoice("contributors")],
        starts_on=NOW.date() - 40 * DAY,
    )
    editor = workspace.plans.open(plan_id)
    editor.add_card(CardDraft("Ring Zuleika Planted", owner="Zuleika Planted", column=CardColumn.DOING, hours=2.0))
    set_own_office(workspace, code="KEN", name="Kenya", country="Kenya")
    own_identity(workspace, name="Nairobi office")
    yield workspace
    workspace.close()


@pytest.fixture
def headquarters(tmp_path, office):
    folder = tmp_path / "hq"
    folder.mkdir()
    workspace = a_workspace(folder, clock=a_clock())
    add_partner(office, own_identity(workspace, name="Headquarters Example"))
    add_partner(workspace, own_identity(office))
    yield workspace
    workspace.close()


def test_from_an_office_to_the_table_of_headquarters(tmp_path, office, headquarters):
    stick = tmp_path / "stick"
    stick.mkdir()
    written = write_office_file(office, out=stick, to=["headquarters example"])
    assert written.path.name.startswith("ken-2024-06-03-00")
    assert written.size == written.path.stat().st_size < 11_000
    assert written.header.office == "ken"
    expect_offices(
        headquarters,
        place=headquarters.database,
        offices=[ExpectedOffice("ken", "Kenya"), ExpectedOffice("uga", "Uganda")],
    )
    result = import_folder(headquarters, place=headquarters.database, folder=stick)
    assert (result.taken, result.set_aside) == (1, ())
    report = rollup_report(headquarters, place=headquarters.database, as_of=NOW + 3 * DAY)
    assert report.coverage_words == "1 of 2 offices, newest 3 d, oldest 3 d"
    assert [line.name for line in report.silent] == ["Uganda"]
    (line,) = report.plans
    assert (line.plan.name, line.plan.starts_on, line.plan.doing, line.day_words) == (
        "Safe water at school", NOW.date() - 40 * DAY, 1, "day 43 of 90",
    )  # fmt: skip
    assert [objective.measure for objective in line.objectives] == ["reply_rate", "contributors"]
    assert line.objectives[0].target == 0.9
    assert len(line.checkpoints) == 3
    assert len(report.weeks) == 8
    assert all(week.offices == 1 and week.messages > 0 for week in report.weeks)
    detail = rollup_plan(headquarters, place=headquarters.database, office_id="ken", plan_id=line.plan.plan_id)
    assert (detail.line.plan, len(detail.weeks)) == (line.plan, 8)


def test_nobody_is_named_in_what_leaves(office, headquarters, tmp_path):
    written = write_office_file(office, out=tmp_path / "file.cwoffice", to=["Headquarters Example"])
    identity = partner_store(headquarters).stored()
    payload = open_envelope(written.path.read_bytes(), identity=identity).payload
    with office.database.read() as reader:
        names = {
            name for (name,) in reader.rows("SELECT name FROM person UNION SELECT name FROM handle") if len(name) > 3
        }
        words = {subject for (subject,) in reader.rows("SELECT subject FROM thread") if len(subject) > 12}
    text = payload.decode().casefold()
    assert len(names) > 100
    for planted in ("Zuleika", "Planted", *names, *words):
        assert planted.casefold() not in text, planted
    everything = json.dumps([json.loads(line) for line in payload.splitlines()])
    assert "owner" not in everything
    assert payload == to_lines(office_snapshot(office))


def test_counts_of_few_people_are_blank_in_every_week(office):
    told = office_snapshot(office, weeks=52)
    weeks = [week for community in told.communities for week in community.weeks]
    assert len(weeks) > 200
    assert any(week.is_withheld for week in weeks)
    assert all((week.contributors is None) == week.is_withheld for week in weeks)
    assert all(week.contributors is None or week.contributors == 0 or week.contributors >= 5 for week in weeks)
    assert all(week.first_reply_hours is None or week.replied_threads >= 5 for week in weeks)


def test_the_size_of_a_file_follows_the_weeks_it_states(office, headquarters, tmp_path):
    sizes = [
        write_office_file(office, out=tmp_path / f"{weeks}.cwoffice", to=["Headquarters Example"], weeks=weeks).size
        for weeks in (1, 8, 52)
    ]
    assert sizes[0] < sizes[1] < 11_000 < sizes[2] + 11_000 < 60_000


def test_an_office_has_to_say_who_it_is_and_for_whom(tmp_path, office, headquarters):
    empty = a_workspace(tmp_path)
    assert own_office(empty) is None
    for wrong in ({"code": " ", "name": "Kenya"}, {"code": "ken", "name": " "}):
        with pytest.raises(BadInputError):
            set_own_office(empty, **wrong)
    with pytest.raises(BadInputError, match="which office"):
        write_office_file(empty, out=tmp_path, to=["Headquarters Example"])
    assert set_own_office(empty, code=" Ken ", name=" Kenya  office") is Changes.PREFERENCES
    assert own_office(empty) == ExpectedOffice("ken", "Kenya office")
    empty.close()
    with pytest.raises(BadInputError, match="at least one"):
        write_office_file(office, out=tmp_path, to=[])
    with pytest.raises(BadInputError):
        write_office_file(office, out=tmp_path, to=["Nobody Example"])
    with pytest.raises(ExportError):
        write_office_file(office, out=tmp_path / "no" / "where.cwoffice", to=["Headquarters Example"])


def test_a_hand_kept_measure_goes_along_and_a_small_count_in_it_does_not(tmp_path):
    workspace = a_workspace(tmp_path)
    set_own_office(workspace, code="ken", name="Kenya")
    plan_id = workspace.plans.create(
        name="Talks", purpose="More come", owner="Amina Example", starts_on=NOW.date() - 30 * DAY,
        objectives=[ObjectiveDraft("Calls", HAND_KEPT, 30.0, hand_unit="people"), ObjectiveDraft("Score", HAND_KEPT, 4.5)],
    )  # fmt: skip
    editor = workspace.plans.open(plan_id)
    talks, score = (objective.id for objective in editor.view().objectives)
    for objective, days, value in ((talks, 30, 4), (talks, 2, 34), (score, 30, 3.2), (score, 2, 4.1)):
        editor.add_reading(objective, on=NOW.date() - days * DAY, value=value)
    first, second = office_snapshot(workspace).plans[0].objectives
    assert (first.is_by_hand, first.baseline.is_withheld, first.now.value, first.standing) == (
        True,
        True,
        34,
        Standing.UNKNOWN,
    )
    assert (second.baseline.value, second.now.value, second.standing) == (3.2, 4.1, Standing.ON_THE_WAY)
    workspace.close()


def test_the_list_of_offices_grows_and_shrinks(tmp_path, place):
    workspace = a_workspace(tmp_path)
    expect_office(workspace, place=place, code="KEN", name="Kenya", country="Kenya")
    expect_office(workspace, place=place, code="ken", name="Kenya (Nairobi)")
    offices = rollup_report(workspace, place=place).offices
    assert [(each.office_id, each.name, each.country) for each in offices] == [("ken", "Kenya (Nairobi)", None)]
    with pytest.raises(BadInputError, match="no office"):
        forget_office(workspace, place=place, code="uga")
    assert forget_office(workspace, place=place, code="Ken") is Changes.ROLLUP
    assert rollup_report(workspace, place=place).offices == ()
    workspace.close()


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_report_is_written_whole(tmp_path, place, ending):
    workspace = a_workspace(tmp_path, clock=FixedClock(NOW))
    RollupStore(place, workspace.clock).take("ken", [a_file(1, a_snapshot(plans=[a_plan()]))])
    out = tmp_path / f"rollup.{ending}"
    assert write_rollup(workspace, place=place, out=out) == out.stat().st_size > 200
    for wrong, error in ((tmp_path / "rollup.pdf", BadInputError), (tmp_path / "no" / f"where.{ending}", ExportError)):
        with pytest.raises(error):
            write_rollup(workspace, place=place, out=wrong)
    with pytest.raises(BadInputError, match="No such plan"):
        rollup_plan(workspace, place=place, office_id="ken", plan_id="another")
    workspace.close()


def test_a_server_is_named_by_its_address(tmp_path, server_address):
    workspace = a_workspace(tmp_path)
    with open_place(workspace) as place:
        assert place is workspace.database
    with open_place(workspace, server_address) as place:
        expect_office(workspace, place=place, code="ken", name="Kenya")
    with open_place(workspace, server_address) as place:
        assert [office.name for office in rollup_report(workspace, place=place).offices] == ["Kenya"]
    assert rollup_report(workspace, place=workspace.database).offices == ()
    with pytest.raises(BadInputError), open_place(workspace, "mysql://somewhere"):
        pass
    workspace.close()


def test_what_is_not_given_anew_stays_as_it_was(tmp_path):
    workspace = a_workspace(tmp_path)
    with pytest.raises(BadInputError):
        set_own_office(workspace, code="ken")
    set_own_office(workspace, code="ken", name="Kenya", country="Kenya")
    set_own_office(workspace, name="Nairobi")
    assert own_office(workspace) == ExpectedOffice("ken", "Nairobi", "Kenya")
    set_own_office(workspace, country="")
    assert own_office(workspace) == ExpectedOffice("ken", "Nairobi", None)
    workspace.close()
