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


def test_numbers_of_topics_repeat_from_forum_to_forum(workspace: Workspace):
    mine: dict[str, EventId] = {}
    for site in ("https://a.example.org", "https://b.example.org/forum"):
        account = workspace.accounts.add(AccountKind.DISCOURSE, site, base_url=site)
        community = workspace.mirror.ensure_community(account, CommunityRecord("5", "Pumps"))
        workspace.mirror.apply(community, "events", Batch((MessageRecord("12/1", "", AMINA, NOW, "Hello", site),)))
        with workspace.database.read() as reader:
            mine[site] = EventId(reader.scalar("SELECT max(id) FROM event"))
    with workspace.database.read() as reader:
        names = {site: thread_name(reader, thread_id) for site, thread_id in mine.items()}
        assert names["https://b.example.org/forum"] == "thread:discourse@https%3A%2F%2Fb.example.org%2Fforum/12/1"
        assert {site: thread_named(reader, name or "") for site, name in names.items()} == mine
        assert thread_named(reader, "thread:discourse@https%3A%2F%2Fc.example.org/12/1") is None
        assert thread_named(reader, "thread:discourse/12/1") == min(mine.values())


@pytest.mark.parametrize(
    "name", ["thread:table/gone", "thread:discourse/a/b", "thread:table", "thread:", "https://example.org", ""]
)
def test_what_is_not_mirrored_or_no_name_is_none(workspace: Workspace, name: str):
    with workspace.database.read() as reader:
        assert thread_named(reader, name) is None
        assert thread_name(reader, EventId(9999)) is None
