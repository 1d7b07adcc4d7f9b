"""Forgetting an office: its rows go at either place, and its sender may speak for another office then."""

import pytest

from tests.builders import a_clock, a_workspace
from tests.rollups import a_file, a_plan, a_snapshot, all_rows
from tests.two_places import place, postgres_server
from workbench.errors import BadInputError
from workbench.operations.rollup import expect_office
from workbench.operations.rollup_forget import Goes, forget_told, what_goes
from workbench.sync.rollup import RollupStore

__all__ = ["place", "postgres_server"]


def test_all_an_office_told_goes_and_everything_of_the_others_stays(tmp_path, place):
    (tmp_path / "home").mkdir()
    workspace = a_workspace(tmp_path / "home", clock=a_clock())
    store = RollupStore(place, workspace.clock)
    expect_office(workspace, place=place, code="ken", name="Kenya")
    listed = all_rows(place)
    file = a_file(1, a_snapshot(plans=[a_plan()]))
    store.take("ken", [file])
    alone = all_rows(place)
    assert store.take("uga", [a_file(2, a_snapshot())]).refused
    goes, _changes = forget_told(workspace, place=place, code="KEN")
    assert (goes.name, goes.files, goes.plans, goes.is_expected) == ("Kenya", 1, 1, True)
    assert all_rows(place) == listed
    with pytest.raises(BadInputError, match="Nothing came"):
        what_goes(place, "ken")
    assert store.take("uga", [a_file(2, a_snapshot())]).new
    forget_told(workspace, place=place, code="uga")
    assert all_rows(place) == listed
    assert store.take("ken", [file]).new == {file.digest}
    assert all_rows(place) == alone
    workspace.close()


def test_what_goes_is_counted(tmp_path, place):
    (tmp_path / "home").mkdir()
    workspace = a_workspace(tmp_path / "home", clock=a_clock())
    RollupStore(place, workspace.clock).take("ken", [a_file(1, a_snapshot(1, 4, plans=[a_plan()]))])
    goes = what_goes(place, "ken")
    assert isinstance(goes, Goes)
    assert (goes.files, goes.plans, goes.weeks, goes.is_expected) == (1, 1, 4, False)
    workspace.close()
