"""An answer has one draft, and once queued says when it goes out: also where nobody is signed in to send it."""

import pytest

from tests.sync.outbox_desk import Desk, a_desk
from workbench.models.kinds import OutboxState
from workbench.sync.secrets import SecretStore
from workbench.ui.pages.conversation_writing import Writing
from workbench.workspace import Workspace


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    made = a_desk(workspace.profile, database=workspace.database, clock=workspace.clock)
    made.store = workspace.outbox
    return made


def test_writing_keeps_its_one_draft(workspace: Workspace, desk: Desk):
    writing = Writing(desk.threads[0], desk.threads[0], "Amina Example")
    writing.keep(workspace, "")
    assert writing.item_id is None
    writing.keep(workspace, "one")
    kept = writing.item_id
    writing.keep(workspace, "two")
    assert writing.item_id == kept
    writing.queue(workspace, "three")
    assert writing.said == f"Queued. Nobody is signed in to {desk.rows()[0].account}: it stays here until somebody is."
    assert [(row.id, row.text, row.state) for row in desk.rows()] == [(kept, "three", OutboxState.QUEUED)]


def test_where_somebody_is_signed_in_it_goes_out_by_itself(workspace: Workspace, desk: Desk):
    writing = Writing(desk.threads[0], desk.threads[0], "Amina Example")
    writing.keep(workspace, "one")
    (row,) = desk.rows()
    SecretStore(workspace.database, workspace.clock).put(row.account_id, "password", "planted")
    writing.queue(workspace, "one")
    assert writing.said == "Queued. It goes out with the next sync."
