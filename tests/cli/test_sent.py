"""What a sync says of the answers it sent, and of those that did not go out, for people and for programs."""

from collections.abc import Iterator

import pytest

from tests.builders import a_workspace
from tests.cli.forum import at
from tests.cli.runs import DONE, PARTLY, Desk
from tests.platforms.discourse import Discourse
from tests.platforms.discourse_keys import KEY
from tests.platforms.world import a_world
from workbench.cli.output import ERROR
from workbench.cli.runs import SYNCED
from workbench.ids import AccountId
from workbench.sync.secrets import SecretStore


@pytest.fixture
def forum() -> Iterator[Discourse]:
    with Discourse(a_world(messages=40)) as platform:
        yield platform


def test_answers_that_a_run_sent_and_those_that_were_not_taken_are_told_each(desk: Desk, forum: Discourse):
    desk.rows("account", "add", "discourse", "--name", "Forum", *at(forum))
    with a_workspace(desk.folder) as workspace:
        kept = {"signin.way": "user-api-key", "signin.key": f'{{"key": "{KEY}", "client": "test"}}'}
        SecretStore(workspace.database, workspace.clock).put_all(AccountId(1), kept)
    desk.rows("account", "communities", "Forum")
    desk.rows("account", "follow", "Forum", "Water points")
    desk.rows("sync")
    message = desk.rows("messages", "--limit", "1")[0]["id"]
    desk.rows("outbox", "add", "--reply-to", message, "Thank you, this helps all of us.")
    ran = desk.run("sync")
    assert (ran.code, "Sent; " in ran.err) == (DONE, True), ran.err
    refused = desk.rows("outbox", "add", "--reply-to", message, "Oh")
    ran = desk.run("--json", "sync")
    assert ran.code == PARTLY
    assert [(row["community"], row["state"], row["error"]) for row in ran.json] == [
        ("Water points", "done", None), ("Water points", "partly", "refused"),
    ]  # fmt: skip
    assert list(ran.json[-1]) == [*SYNCED, *ERROR]
    assert ran.json[-1]["happened"] == "The platform did not accept it: “Body is too short”."
    assert "Answer in Water points, “" in ran.err
    assert "`workbench outbox list` shows it" in ran.err
    assert "Sent; " not in ran.err
    desk.rows("sync")  # nothing new is to be told of what a person decides about
    assert desk.rows("outbox", "list", "--state", "refused")[0]["id"] == refused["id"]
