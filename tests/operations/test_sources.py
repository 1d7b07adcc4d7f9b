"""Sources as operations: files and sites into the mirror, the sample network in and out."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import NOW as SUMMER
from tests.builders import a_clock, a_workspace
from tests.cli.archives import a_folder_of_mail, an_archive
from tests.sync.connectors.hyperkitty_site import NOW
from tests.sync.played import a_community
from workbench.cancel import CancelToken
from workbench.errors import BadInputError
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind, RunState
from workbench.operations.sources import (
    SAMPLE_ACCOUNT,
    add_account,
    add_hyperkitty,
    change_account,
    community_names,
    follow,
    followed,
    forget_account,
    import_mailing_list,
    install_sample,
    look_at_mailing_list,
    remove_sample,
)
from workbench.operations.tables import import_table
from workbench.progress import Progress
from workbench.queries.sources import list_sources
from workbench.sync.accounts import AccountLimits
from workbench.sync.connector import Batch, Cursor
from workbench.sync.connectors import hyperkitty
from workbench.sync.platforms import Setting, SettingKind, SignInKind, SignInWay
from workbench.sync.secrets import SecretStore
from workbench.workspace import Workspace

URL = "https://lists.example.org/archives/list/wash@example.org/latest"


PASSWORD = Setting("password", "Password", SettingKind.SECRET)


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
    with workspace.database.read() as reader:
        (source,) = list_sources(reader)
    live = {stream.name: f'{{"version": 1, "of": "{stream.name}"}}' for stream in hyperkitty.OwnedHyperkitty.streams}
    for stream, place in live.items():
        workspace.mirror.apply(source.community_id, stream, Batch((), cursor=Cursor(place)))
    (tmp_path / "old.mbox").write_bytes(an_archive(3))
    import_mailing_list(workspace, paths=[tmp_path / "old.mbox"], community="wash")
    (tmp_path / "members.csv").write_text("person,office\nAmina Example,Kisumu\n", encoding="utf-8")
    import_table(workspace, events=None, members=tmp_path / "members.csv", community="wash")
    # Where its own reading stands is nothing that files touch.
    assert {stream: workspace.mirror.cursor(source.community_id, stream) for stream in live} == live
    assert list(community_names(workspace).values()) == ["WASH"]
    assert [account.kind for account in workspace.accounts.list()] == [AccountKind.HYPERKITTY]


def test_what_cannot_be_read_is_refused_before_an_account_is_made(workspace: Workspace, tmp_path: Path):
    (tmp_path / "notes.txt").write_text("Dear diary\n", encoding="utf-8")
    for paths, community in (([tmp_path / "nowhere"], "W"), ([tmp_path / "notes.txt"], "  ")):
        with pytest.raises(BadInputError):
            import_mailing_list(workspace, paths=paths, community=community)
        with pytest.raises(BadInputError):
            look_at_mailing_list(paths=paths, community=community, now=NOW)
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
        assert results[-1].state is RunState.CANCELLED
        assert {result.state for result in results[:-1]} == {RunState.DONE}
        assert [progress.done for progress in told] == sorted(progress.done for progress in told)
        fractions = [progress.fraction or 0.0 for progress in told]
        assert fractions == sorted(fractions)
        assert fractions[-1] < 0.25
        assert remove_sample(workspace) & Changes.COMMUNITIES
        assert remove_sample(workspace) is Changes.NOTHING
        assert community_names(workspace) == {}
        assert SAMPLE_ACCOUNT == "Sample network"


def test_archive_is_added_by_any_of_its_pages_without_a_line(workspace: Workspace):
    assert add_hyperkitty(workspace, url=URL) == "wash@example.org"
    with workspace.database.read() as reader:
        (source,) = list_sources(reader)
    assert (source.base_url, source.address, source.remote_id) == (
        "https://lists.example.org/archives/", "wash@example.org", "wash@example.org",
    )  # fmt: skip
    assert source.settings == '{"list": "wash@example.org"}'


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


def test_an_account_is_added_with_what_its_platform_asks_for(workspace: Workspace):
    account_id = add_account(
        workspace,
        kind=AccountKind.HYPERKITTY,
        name="  Fishers ",
        settings={"address": URL, "has_api": "no", "list": " "},
        limits=AccountLimits(daily_cap=5_000_000),
    )
    entry = workspace.accounts.get(account_id)
    assert (entry.name, entry.base_url, entry.settings) == ("Fishers", URL, {"has_api": "no"})
    assert entry.limits.daily_cap == 5_000_000
    assert followed(workspace, account="fishers") == []


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({}, "Give a value for “Archive”"),
        ({"address": "http://lists.example.org/"}, "must begin with https"),
        ({"address": URL, "colour": "red"}, "has no setting “colour”"),
    ],
)
def test_what_a_platform_does_not_ask_for_is_refused(workspace: Workspace, settings: dict[str, str], reason: str):
    with pytest.raises(BadInputError, match=reason):
        add_account(workspace, kind=AccountKind.HYPERKITTY, name="Fishers", settings=settings)
    assert workspace.accounts.list() == ()


def test_a_secret_goes_into_the_secrets_and_nowhere_else(workspace: Workspace, monkeypatch: pytest.MonkeyPatch):
    way = SignInWay(SignInKind.BASIC, "Password", settings=(Setting("user", "Name"), PASSWORD))
    monkeypatch.setattr(hyperkitty, "PLATFORM", replace(hyperkitty.PLATFORM, sign_in=(way,)))
    given = {"address": URL, "user": "amina"}
    account_id = add_account(
        workspace, kind=AccountKind.HYPERKITTY, name="A", settings=given, secrets={"password": "pump and well"}
    )
    assert workspace.accounts.get(account_id).settings == {"user": "amina"}
    assert SecretStore(workspace.database, workspace.clock).get(account_id, "password") == "pump and well"


def test_other_settings_take_the_place_of_the_old_ones_and_secrets_stay(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    way = SignInWay(SignInKind.BASIC, "Password", settings=(Setting("user", "Name"), PASSWORD))
    monkeypatch.setattr(hyperkitty, "PLATFORM", replace(hyperkitty.PLATFORM, sign_in=(way,)))
    secrets = {"password": "pump and well"}
    given = {"address": URL, "user": "amina", "has_api": "no"}
    account_id = add_account(workspace, kind=AccountKind.HYPERKITTY, name="A", settings=given, secrets=secrets)
    assert change_account(workspace, account_id, settings={"user": "bruno"}) is Changes.ACCOUNTS
    entry = workspace.accounts.get(account_id)
    store = SecretStore(workspace.database, workspace.clock)
    assert (entry.base_url, entry.settings, store.get(account_id, "password")) == (
        URL, {"user": "bruno"}, "pump and well"
    )  # fmt: skip
    change_account(workspace, account_id, secrets={"password": "rain"})
    assert store.get(account_id, "password") == "rain"
    for wrong in ({"colour": "blue"}, {"address": "http://lists.example.org/"}):
        with pytest.raises(BadInputError):
            change_account(workspace, account_id, settings=wrong)
    assert workspace.accounts.get(account_id).base_url == URL


def test_communities_are_followed_by_name(workspace: Workspace):
    account_id = workspace.accounts.add(AccountKind.DISCOURSE, "Forum", "https://forum.example.org")
    workspace.mirror.list_communities(account_id, [a_community("soil"), a_community("air")])
    assert [row.is_followed for row in followed(workspace, account="Forum")] == [False, False]
    assert follow(workspace, account="forum", communities=["the soil"]) is Changes.COMMUNITIES
    # Where another platform had the name first, it has a number here.
    other = workspace.accounts.add(AccountKind.DISCOURSE, "Second", base_url="https://second.example.org")
    workspace.mirror.list_communities(other, [a_community("soil")])
    assert follow(workspace, account="Second", communities=["the soil"]) is Changes.COMMUNITIES
    assert [row.name.endswith(" (2)") for row in followed(workspace, account="Second")] == [True]
    assert {row.remote_id: row.is_followed for row in followed(workspace, account="Forum")} == {
        "soil": True, "air": False,
    }  # fmt: skip
    with pytest.raises(BadInputError, match="no community called “fire”"):
        follow(workspace, account="Forum", communities=["The air", "fire"])
    assert sum(row.is_followed for row in followed(workspace, account="Forum")) == 1
    follow(workspace, account="Forum", communities=["The soil"], is_followed=False)
    assert not any(row.is_followed for row in followed(workspace, account="Forum"))


def test_unknown_accounts_are_refused(workspace: Workspace):
    with pytest.raises(BadInputError, match="no account called “X”"):
        forget_account(workspace, name="X")


def test_forgotten_account_takes_its_community_along(workspace: Workspace):
    add_hyperkitty(workspace, url=URL, name="WASH")
    assert forget_account(workspace, name=" wash ") == "WASH"
    assert community_names(workspace) == {}
