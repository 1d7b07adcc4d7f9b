"""Sources as operations: files and sites into the mirror, the sample network in and out."""

from pathlib import Path

import pytest

from tests.builders import NOW as SUMMER
from tests.builders import a_clock, a_workspace
from tests.cli.archives import a_folder_of_mail, an_archive
from tests.cli.loopback import served
from tests.sync.connectors.hyperkitty_site import FISHERS, NOW, FakeSite, Mail, history
from workbench.cancel import CancelToken
from workbench.errors import BadInputError
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind, RunState
from workbench.operations.sources import (
    SAMPLE_ACCOUNT,
    add_hyperkitty,
    community_names,
    forget_account,
    has_sample,
    import_mailing_list,
    import_table,
    install_sample,
    look_at_mailing_list,
    look_at_table,
    remove_sample,
    sync_accounts,
)
from workbench.progress import Progress
from workbench.queries.sources import list_sources
from workbench.workspace import Workspace

URL = "https://lists.example.org/archives/list/wash@example.org/latest"


@pytest.fixture
def workspace(tmp_path: Path):
    with a_workspace(tmp_path, clock=a_clock(NOW)) as workspace:
        yield workspace


def test_import_cleans_the_name_and_joins_the_community_of_that_name(workspace: Workspace, tmp_path: Path):
    folder = a_folder_of_mail(tmp_path / "mail")
    first = import_mailing_list(workspace, paths=[folder], community="  Water   Points ")
    again = import_mailing_list(workspace, paths=[folder], community="water points")
    assert (first.state, first.totals.added, again.totals.added) == (RunState.DONE, 12, 0)
    assert community_names(workspace) == {first.community_id: "Water Points"}
    assert again.community_id == first.community_id


def test_history_from_files_joins_a_list_that_is_followed(workspace: Workspace, tmp_path: Path):
    add_hyperkitty(workspace, url=URL, name="WASH")
    (tmp_path / "old.mbox").write_bytes(an_archive(3))
    import_mailing_list(workspace, paths=[tmp_path / "old.mbox"], community="wash")
    assert list(community_names(workspace).values()) == ["WASH"]
    assert [account.kind for account in workspace.accounts.list()] == [AccountKind.HYPERKITTY]


def test_what_cannot_be_read_is_refused_before_an_account_is_made(workspace: Workspace, tmp_path: Path):
    (tmp_path / "notes.txt").write_text("Dear diary\n", encoding="utf-8")
    for paths, community in (([tmp_path / "nowhere"], "W"), ([tmp_path / "notes.txt"], "  ")):
        with pytest.raises(BadInputError):
            import_mailing_list(workspace, paths=paths, community=community)
        with pytest.raises(BadInputError):
            look_at_mailing_list(paths=paths, community=community, now=NOW)
    for events in (None, tmp_path / "nowhere.csv"):
        with pytest.raises(BadInputError):
            import_table(workspace, events=events, members=None, community="W")
        with pytest.raises(BadInputError):
            look_at_table(events=events, members=None, community="W", now=NOW)
    assert workspace.accounts.list() == ()


def test_stop_before_the_first_batch_keeps_the_community_and_goes_on_later(workspace: Workspace, tmp_path: Path):
    folder = a_folder_of_mail(tmp_path / "mail")
    cancel = CancelToken()
    cancel.cancel()
    stopped = import_mailing_list(workspace, paths=[folder], community="Water", cancel=cancel)
    assert (stopped.state, stopped.totals.added) == (RunState.CANCELLED, 0)
    assert import_mailing_list(workspace, paths=[folder], community="Water").totals.added == 12


def test_sample_network_stops_after_the_community_at_hand_and_is_taken_out_whole(tmp_path: Path):
    cancel = CancelToken()
    told: list[Progress] = []

    def report(progress: Progress) -> None:
        told.append(progress)
        if len(told) == 4:
            cancel.cancel()

    with a_workspace(tmp_path, clock=a_clock(SUMMER)) as workspace:
        results = install_sample(workspace, report=report, cancel=cancel)
        assert has_sample(workspace)
        assert results[-1].state is RunState.CANCELLED
        assert {result.state for result in results[:-1]} == {RunState.DONE}
        assert [progress.done for progress in told] == sorted(progress.done for progress in told)
        fractions = [progress.fraction or 0.0 for progress in told]
        assert fractions == sorted(fractions)
        assert fractions[-1] < 0.25
        assert remove_sample(workspace) & Changes.COMMUNITIES
        assert remove_sample(workspace) is Changes.NOTHING
        assert not has_sample(workspace)
        assert community_names(workspace) == {}
        assert SAMPLE_ACCOUNT == "Sample network"


def test_archive_is_added_by_any_of_its_pages_without_a_line(workspace: Workspace):
    assert add_hyperkitty(workspace, url=URL) == "wash@example.org"
    with workspace.database.read() as reader:
        (source,) = list_sources(reader)
    assert (source.base_url, source.address, source.remote_id) == (
        "https://lists.example.org/archives/", "wash@example.org", "wash@example.org",
    )  # fmt: skip
    assert source.settings == "{}"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://lists.example.org/archives/", "own archive page"),
        ("http://lists.example.org/list/a@example.org/", "must begin with https"),
        ("https://192.168.1.1/list/a@example.org/", "private network"),
        ("lists.example.org", "web address"),
    ],
)
def test_address_that_would_not_be_asked_is_refused_when_it_is_added(workspace: Workspace, url: str, reason: str):
    with pytest.raises(BadInputError, match=reason):
        add_hyperkitty(workspace, url=url)
    assert workspace.accounts.list() == ()


def test_name_of_a_community_that_is_there_is_refused(workspace: Workspace):
    add_hyperkitty(workspace, url=URL, name="WASH")
    with pytest.raises(BadInputError, match="already a community called “wash”"):
        add_hyperkitty(workspace, url=URL.replace("wash@", "other@"), name="wash")


def test_sync_brings_what_is_new_and_nothing_twice(workspace: Workspace):
    site = FakeSite({FISHERS: history(9)}, now=NOW)
    with served(site) as root:
        add_hyperkitty(workspace, url=f"{root}list/{FISHERS}/", name="Fishers")
        (first,) = sync_accounts(workspace)
        site.deliver(Mail("new@example.org", NOW, NOW))
        (second,) = sync_accounts(workspace, name=" FISHERS ")
    assert (first.state, first.totals.added) == (RunState.DONE, 9)
    assert (second.state, second.totals.added) == (RunState.DONE, 1)
    assert min(first.totals.requests, second.totals.requests) > 0


def test_paused_account_is_left_out_unless_it_is_named(workspace: Workspace):
    with served(FakeSite({FISHERS: history(3)}, now=NOW)) as root:
        add_hyperkitty(workspace, url=f"{root}list/{FISHERS}/", name="Fishers")
        (account,) = workspace.accounts.list()
        workspace.accounts.pause(account.id)
        assert sync_accounts(workspace) == []
        assert sync_accounts(workspace, name="Fishers")[0].totals.added == 3


def test_stop_ends_the_sync_of_all_accounts(workspace: Workspace):
    other = "board@example.org"
    told: list[Progress] = []
    cancel = CancelToken()

    def report(progress: Progress) -> None:
        told.append(progress)
        cancel.cancel()

    with served(FakeSite({FISHERS: history(3), other: history(3)}, now=NOW)) as root:
        for address in (FISHERS, other):
            add_hyperkitty(workspace, url=f"{root}list/{address}/", name=address)
        results = sync_accounts(workspace, report=report, cancel=cancel)
        assert [result.state for result in results] == [RunState.CANCELLED]
        assert [result.state for result in sync_accounts(workspace)] == [RunState.DONE, RunState.DONE]
    assert all((progress.fraction or 0) <= 0.5 for progress in told)


def test_list_that_is_gone_is_noted_and_the_others_stay(workspace: Workspace):
    with served(FakeSite({FISHERS: history(3)}, now=NOW)) as root:
        add_hyperkitty(workspace, url=f"{root}list/{FISHERS}/", name="Fishers")
        sync_accounts(workspace)
        site_of_another = FakeSite(now=NOW)
    with served(site_of_another) as root:
        add_hyperkitty(workspace, url=f"{root}list/gone@example.org/", name="Gone")
        (gone,) = sync_accounts(workspace, name="Gone")
    assert gone.state is RunState.FAILED
    assert gone.error is not None
    assert len(community_names(workspace)) == 2


def test_unknown_accounts_are_refused(workspace: Workspace):
    with pytest.raises(BadInputError, match="no account called “X” that can be synced"):
        sync_accounts(workspace, name="X")
    with pytest.raises(BadInputError, match="no account called “X”"):
        forget_account(workspace, name="X")


def test_forgotten_account_takes_its_community_along(workspace: Workspace):
    add_hyperkitty(workspace, url=URL, name="WASH")
    assert forget_account(workspace, name=" wash ") == "WASH"
    assert community_names(workspace) == {}
