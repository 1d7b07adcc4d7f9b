"""A thread is named by where it comes from, and found again by that name where it is mirrored."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import NOW, a_workspace
from workbench.ids import EventId
from workbench.models.kinds import AccountKind
from workbench.queries.evidence import thread_name, thread_named
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, MessageRecord, PersonRecord
from workbench.workspace import Workspace

AMINA = PersonRecord("amina", "Amina Example")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    found = a_workspace(tmp_path)
    for kind in (AccountKind.TABLE, AccountKind.MAILING_LIST):
        account = found.accounts.add(kind, kind.value)
        community = found.mirror.ensure_community(account, CommunityRecord(kind.value, kind.value))
        root = MessageRecord("a/b", "", AMINA, NOW, "Which pump?", "Which pump works?")
        reply = MessageRecord("reply", "", AMINA, NOW, "Re: Which pump?", "This one.", references=("a/b",))
        found.mirror.apply(community, "events", Batch((root, reply)))
    yield found
    found.close()


def threads(workspace: Workspace) -> dict[str, EventId]:
    with workspace.database.read() as reader:
        rows = reader.rows(
            "SELECT a.kind, t.id FROM thread t JOIN community c ON c.id = t.community_id"
            " JOIN account a ON a.id = c.account_id"
        )
    return {kind: EventId(id_) for kind, id_ in rows}


def test_each_thread_is_found_by_its_own_name(workspace: Workspace):
    found = threads(workspace)
    with workspace.database.read() as reader:
        for kind, thread_id in found.items():
            assert thread_name(reader, thread_id) == f"thread:{kind}/a/b"
            assert thread_named(reader, f"thread:{kind}/a/b") == thread_id


def test_an_answer_leads_to_its_thread(workspace: Workspace):
    with workspace.database.read() as reader:
        assert thread_named(reader, "thread:table/reply") == threads(workspace)["table"]


@pytest.mark.parametrize(
    "name", ["thread:table/gone", "thread:discourse/a/b", "thread:table", "thread:", "https://example.org", ""]
)
def test_what_is_not_mirrored_or_no_name_is_none(workspace: Workspace, name: str):
    with workspace.database.read() as reader:
        assert thread_named(reader, name) is None
        assert thread_name(reader, EventId(9999)) is None
