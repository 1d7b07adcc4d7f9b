"""The demo's marks: questions with an owner, an urgent one, head counts and a note; nothing where nothing waits."""

from datetime import timedelta
from pathlib import Path

from tests.builders import NOW, a_workspace
from tests.queries.network import a_message
from workbench.cli.demo_marks import OWNER, make_demo_marks
from workbench.cli.demo_plan import COMMUNITY
from workbench.models.kinds import AccountKind
from workbench.queries.annotations import annotations
from workbench.queries.frames_plans import head_count
from workbench.queries.listening import list_listening
from workbench.queries.questions import QuestionState, list_questions
from workbench.queries.surge import urgent_threads
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord


def test_what_a_coordinator_would_have_noted_is_there(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        account = workspace.accounts.add(AccountKind.TABLE, "Tables")
        cold = workspace.mirror.ensure_community(account, CommunityRecord("cold", COMMUNITY))
        asked = tuple(a_message(f"q{day}", at=NOW - timedelta(days=day), text="Which?") for day in range(1, 6))
        workspace.mirror.apply(cold, "events", Batch(asked))
        make_demo_marks(workspace)
        with workspace.database.read() as reader:
            routed = list_questions(reader, (cold,), QuestionState.ROUTED, as_of=NOW, limit=9)
            assert [row.owner for row in routed] == [OWNER] * 2
            assert len(urgent_threads(reader, (), as_of=NOW)) == 1
            assert len(list_listening(reader)) == 1
            assert None not in {head_count(reader, scope, on=NOW.date()) for scope in ((), (cold,))}
            assert len(annotations(reader, (cold,), NOW.date() - timedelta(days=30), NOW.date())) == 1
