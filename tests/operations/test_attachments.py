"""Files as an operation: the last stage of a sync, one by hand, and one saved to a place."""

from pathlib import Path

import httpx2
import pytest

from tests.builders import a_clock, a_workspace
from tests.forum_files import PDF, PHOTO, PLAN, PNG, FileForum, a_file_forum, add_forum, ids
from tests.platforms.world import BEGINNING
from workbench.cancel import CancelToken
from workbench.errors import BadInputError, BudgetSpentError, ExportError, LineError, NotFoundError
from workbench.models.changes import Changes
from workbench.models.kinds import FileReason, RunState
from workbench.operations.attachments import fetch_attachment, fetch_waiting, save_attachment
from workbench.operations.sources import import_mailing_list
from workbench.operations.sync import SyncOrder, sync_accounts
from workbench.queries.attachments import attachment_content, list_attachments
from workbench.sync.accounts import AccountLimits
from workbench.sync.schedule import Link
from workbench.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path):
    with a_workspace(tmp_path, clock=a_clock(BEGINNING)) as workspace:
        yield workspace


@pytest.fixture
def forum() -> FileForum:
    return a_file_forum()


def standing(workspace: Workspace) -> dict[str, tuple[bool, FileReason | None]]:
    with workspace.database.read() as reader:
        return {one.file.name: (one.file.is_here, one.file.reason) for one in list_attachments(reader, ())}


def content(workspace: Workspace, name: str) -> bytes | None:
    with workspace.database.read() as reader:
        return attachment_content(reader, ids(workspace)[name])


def test_without_a_limit_files_are_told_and_none_is_fetched(workspace: Workspace, forum: FileForum):
    add_forum(workspace, forum)
    (result,) = sync_accounts(workspace, line=forum.line)
    assert (result.state, forum.asked) == (RunState.DONE, [])
    assert standing(workspace) == dict.fromkeys(("plan.pdf", "Well.png", "setup.exe"), (False, None))


def test_within_the_limit_a_sync_brings_pictures_and_documents_last_and_once(workspace: Workspace, forum: FileForum):
    add_forum(workspace, forum, file_limit=100_000)
    (result,) = sync_accounts(workspace, line=forum.line)
    assert Changes.FILES in result.totals.changes
    assert [name for name, _ in forum.asked] == [f"{PLAN}.pdf", f"{PHOTO}.png"]
    assert standing(workspace) == {
        "plan.pdf": (True, None), "Well.png": (True, None), "setup.exe": (False, FileReason.KIND),
    }  # fmt: skip
    assert (content(workspace, "plan.pdf"), content(workspace, "Well.png")) == (PDF, PNG)
    sync_accounts(workspace, line=forum.line)
    assert len(forum.asked) == 2


@pytest.mark.parametrize("order", [SyncOrder(is_text_only=True), SyncOrder(link=Link.METERED)])
def test_no_file_comes_over_a_metered_link_or_with_text_only(workspace: Workspace, forum: FileForum, order: SyncOrder):
    add_forum(workspace, forum, file_limit=100_000)
    sync_accounts(workspace, order=order, line=forum.line)
    assert forum.asked == []


def test_a_file_over_the_limit_waits_until_the_limit_is_raised(workspace: Workspace, forum: FileForum):
    account_id = add_forum(workspace, forum, file_limit=60)
    sync_accounts(workspace, line=forum.line)
    # The plan says that it is larger; of the picture nobody knew before it was asked for.
    assert [name for name, _ in forum.asked] == [f"{PHOTO}.png"]
    assert standing(workspace)["Well.png"] == (False, FileReason.TOO_LARGE)
    workspace.accounts.set_limits(account_id, AccountLimits(file_limit=100_000))
    sync_accounts(workspace, line=forum.line)
    assert {name for name, (is_here, _) in standing(workspace).items() if is_here} == {"plan.pdf", "Well.png"}


def test_files_count_against_the_data_of_a_day_and_what_was_fetched_stays(workspace: Workspace, forum: FileForum):
    account_id = add_forum(workspace, forum)
    sync_accounts(workspace, line=forum.line)
    with workspace.database.read() as reader:
        spent = reader.scalar("SELECT bytes_in + bytes_out FROM trafficday")
    workspace.accounts.set_limits(account_id, AccountLimits(file_limit=100_000, daily_cap=spent + 3_000))
    forum.files[f"{PLAN}.pdf"] = b"x" * 50_000
    results = sync_accounts(workspace, line=forum.line)
    assert [type(result.error) for result in results if result.error is not None] == [BudgetSpentError]
    assert [is_here for is_here, _ in standing(workspace).values()].count(True) <= 1


def test_a_file_cut_on_its_way_leaves_nothing_and_comes_with_the_next_sync(workspace: Workspace, forum: FileForum):
    add_forum(workspace, forum, file_limit=100_000)
    forum.files[f"{PLAN}.pdf"] = httpx2.Response(200, content=PDF[:50], headers={"content-length": str(len(PDF))})
    (result,) = [one for one in sync_accounts(workspace, line=forum.line) if one.error is not None]
    assert isinstance(result.error, LineError)
    assert standing(workspace)["plan.pdf"] == (False, None)
    forum.files[f"{PLAN}.pdf"] = PDF
    sync_accounts(workspace, line=forum.line)
    assert content(workspace, "plan.pdf") == PDF


def test_one_spoilt_file_keeps_no_other_from_coming(workspace: Workspace, forum: FileForum):
    add_forum(workspace, forum, file_limit=100_000)
    forum.files[f"{PLAN}.pdf"] = httpx2.Response(200, content=b"<!doctype html>", headers={"content-type": "text/html"})
    assert all(result.error is None for result in sync_accounts(workspace, line=forum.line))
    assert standing(workspace)["plan.pdf"] == (False, None)
    assert standing(workspace)["Well.png"] == (True, None)


def test_what_is_gone_is_asked_for_once_and_again_when_a_person_wants_it(workspace: Workspace, forum: FileForum):
    add_forum(workspace, forum, file_limit=100_000)
    del forum.files[f"{PLAN}.pdf"]
    sync_accounts(workspace, line=forum.line)
    assert standing(workspace)["plan.pdf"] == (False, FileReason.GONE)
    with pytest.raises(NotFoundError):
        fetch_attachment(workspace, attachment_id=ids(workspace)["plan.pdf"], line=forum.line)
    forum.files[f"{PLAN}.pdf"] = PDF
    assert fetch_attachment(workspace, attachment_id=ids(workspace)["plan.pdf"], line=forum.line).is_here
    assert content(workspace, "plan.pdf") == PDF


def test_a_stop_before_a_file_leaves_it_waiting(workspace: Workspace, forum: FileForum):
    account_id = add_forum(workspace, forum)
    sync_accounts(workspace, line=forum.line)
    cancel = CancelToken()
    cancel.cancel()

    class Holder:
        def file(self, address: str, *, most: int, may_leave: bool = False):
            raise AssertionError(address, most, may_leave)

    fetched = fetch_waiting(workspace, account_id=account_id, connector=Holder(), most=100_000, cancel=cancel)
    assert (fetched.files, fetched.error and fetched.error.code) == (0, "cancelled")
    assert fetch_waiting(workspace, account_id=account_id, connector=object(), most=100_000).error is None


def test_by_hand_any_file_comes_and_one_that_is_here_costs_nothing(workspace: Workspace, forum: FileForum):
    add_forum(workspace, forum)
    sync_accounts(workspace, line=forum.line)
    tool = ids(workspace)["setup.exe"]
    assert fetch_attachment(workspace, attachment_id=tool, line=forum.line).size == 2
    assert fetch_attachment(workspace, attachment_id=tool, line=forum.line).is_here
    assert len(forum.asked) == 1


def test_a_file_is_saved_under_its_own_safe_name_or_where_a_person_says(
    workspace: Workspace, forum: FileForum, tmp_path: Path
):
    add_forum(workspace, forum, file_limit=100_000)
    sync_accounts(workspace, line=forum.line)
    plan, tool = ids(workspace)["plan.pdf"], ids(workspace)["setup.exe"]
    assert save_attachment(workspace, attachment_id=plan, path=tmp_path) == tmp_path / "plan.pdf"
    assert (tmp_path / "plan.pdf").read_bytes() == PDF
    assert save_attachment(workspace, attachment_id=plan, path=tmp_path / "other.pdf").read_bytes() == PDF
    with pytest.raises(BadInputError, match="not here"):
        save_attachment(workspace, attachment_id=tool, path=tmp_path)
    with pytest.raises(ExportError):
        save_attachment(workspace, attachment_id=plan, path=tmp_path / "no" / "folder.pdf")
    with pytest.raises(BadInputError, match="no such file"):
        save_attachment(workspace, attachment_id=999, path=tmp_path)


MAIL = b"""From amina@example.org Mon Jan  1 09:00:00 2024
From: Amina Example <amina@example.org>
Subject: Plans
Message-ID: <1@example.org>
Date: Mon, 1 Jan 2024 09:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

The plan.
--b
Content-Type: application/pdf; name="plan.pdf"
Content-Disposition: attachment; filename="plan.pdf"
Content-Transfer-Encoding: base64

JVBERi0xLjcgb2YgQW1pbmE=
--b--
"""


def test_files_of_mail_are_told_and_kept_up_to_the_limit(workspace: Workspace, tmp_path: Path):
    archive = tmp_path / "list.mbox"
    archive.write_bytes(MAIL)
    import_mailing_list(workspace, paths=[archive], community="List")
    assert standing(workspace) == {"plan.pdf": (False, FileReason.NOT_KEPT)}
    with pytest.raises(BadInputError, match="came with its message"):
        fetch_attachment(workspace, attachment_id=ids(workspace)["plan.pdf"])
    for limit, is_here in ((10, False), (1_000, True), (2_000, True)):
        result = import_mailing_list(workspace, paths=[archive], community="List", file_limit=limit)
        assert (content(workspace, "plan.pdf") is not None) == is_here
        assert (result.totals.added, result.totals.changed, Changes.FILES in result.totals.changes) == (
            0,
            0,
            limit == 1_000,
        )
    assert content(workspace, "plan.pdf") == b"%PDF-1.7 of Amina"
