"""The weekly note: what it says, what it withholds."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import NOW, a_workspace
from tests.queries.network import a_member, a_message
from workbench.models.kinds import AccountKind, CardColumn
from workbench.models.moments import DayRange, to_micros
from workbench.notes.watching import ADOPTED
from workbench.operations.questions import choose_limit, settle_question
from workbench.operations.today import today
from workbench.operations.today_marks import MarkState, mark
from workbench.operations.watching import decide_idea, keep_idea, keep_output
from workbench.operations.weekly_note import weekly_note
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.queries.scope import Scope
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord
from workbench.workspace import Workspace

DAY = timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    found = a_workspace(tmp_path)
    yield found
    found.close()


def note(workspace: Workspace, *, scope: Scope = ()) -> list[str]:
    with workspace.database.read() as reader:
        return weekly_note(reader, scope=scope, as_of=NOW, day=TODAY).splitlines()


def a_community(workspace: Workspace, *, writers: int, known_until: int, known_from: int = 200) -> None:
    account = workspace.accounts.add(AccountKind.TABLE, "Tables")
    wash = workspace.mirror.ensure_community(account, CommunityRecord("wash", "WASH"))
    records = [a_member(f"p{number}") for number in range(writers)]
    records += [a_message(f"m{number}", by=f"p{number}", at=NOW - 2 * DAY) for number in range(writers)]
    records += [a_message(f"b{number}", by=f"p{number}", at=NOW - 9 * DAY) for number in range(writers)]
    covered = (DayRange(TODAY - known_from * DAY, TODAY + known_until * DAY),)
    workspace.mirror.apply(wash, "events", Batch(records=tuple(records), covered=covered))


def test_numbers_of_the_last_seven_days_stand_beside_those_before(workspace: Workspace):
    a_community(workspace, writers=6, known_until=0)
    with workspace.database.read() as reader:
        wash = reader.scalar("SELECT id FROM community")
    late = (
        a_message("q", by="p0", at=NOW - 12 * DAY, text="Which pump?"),
        a_message("a", by="p1", at=NOW - 4 * DAY, to="q"),
    )
    workspace.mirror.apply(wash, "events", Batch(records=late))
    lines = note(workspace)
    assert lines[:2] == ["# Weekly note, 2024-06-15", "WASH"]
    assert "## What happened, 2024-06-08 to 2024-06-14" in lines
    assert "- Messages: 7 (week before: 7)" in lines
    assert "- Contributors: 6 (week before: 6)" in lines
    assert "- Each week is counted as it stood when it ended, on 2024-06-15 and 2024-06-08 at 00:00 UTC." in lines
    assert not [line for line in lines if line.startswith("- Known of these days")]
    assert "- Questions asked in these days and without a reply after 48 hours: 0 (week before: 1)" in lines
    choose_limit(workspace, hours=24)
    assert "- Questions asked in these days and without a reply after 24 hours: 0 (week before: 1)" in note(workspace)


def test_what_was_settled_here_is_told_beside_what_has_no_reply(workspace: Workspace):
    a_community(workspace, writers=6, known_until=0)
    with workspace.database.read() as reader:
        wash = reader.scalar("SELECT id FROM community")
    asked = (a_message(f"q{n}", by="p0", at=NOW - 4 * DAY, subject=f"q{n}", text="Which pump?") for n in range(3))
    workspace.mirror.apply(wash, "events", Batch(records=tuple(asked)))
    with workspace.database.read() as reader:
        first, second, _ = (row[0] for row in reader.rows("SELECT id FROM thread WHERE is_question ORDER BY id"))
    settle_question(workspace, thread_id=first, is_answered=True)
    settle_question(workspace, thread_id=second, is_answered=False)
    lines = note(workspace)
    late = lines.index("- Questions asked in these days and without a reply after 48 hours: 3 (week before: 0)")
    assert lines[late + 1] == "- Of these, 2 no longer wait: 1 marked as answered, 1 given up."


@pytest.mark.parametrize(("known_from", "is_compared"), [(200, True), (15, False)])
def test_who_was_only_seen_first_is_not_compared(workspace: Workspace, known_from: int, is_compared: bool):
    a_community(workspace, writers=6, known_until=0, known_from=known_from)
    come = tuple(a_message(f"n{number}", by=f"n{number}", at=NOW - 2 * DAY) for number in range(6))
    with workspace.database.read() as reader:
        wash = reader.scalar("SELECT id FROM community")
    workspace.mirror.apply(wash, "events", Batch(records=come))
    (new,) = [line for line in note(workspace) if line.startswith("- New contributors")]
    assert ("(week before: 6)" in new) is is_compared


def test_few_people_are_not_counted_and_gaps_are_neither_compared_nor_hidden(workspace: Workspace):
    a_community(workspace, writers=4, known_until=-4)
    lines = note(workspace)
    assert "- Contributors: fewer than 5" in lines
    assert "- Messages: 4" in lines
    assert "- Known of these days: 57%. What is missing is not counted as nothing." in lines


def test_work_done_and_work_to_come_are_told(workspace: Workspace):
    a_community(workspace, writers=5, known_until=0)
    workspace.plans.create(
        name="Plan", purpose="p", owner="Amina", starts_on=TODAY - 20 * DAY,
        objectives=(ObjectiveDraft("o", "reply_rate"),),
        cards=(
            CardDraft("Story written", hours=2.0, column=CardColumn.DONE, due_on=TODAY),
            CardDraft("Invite speakers", due_on=TODAY + 2 * DAY),
        ),
    )  # fmt: skip
    with workspace.database.read() as reader:
        people = [item for item in today(reader, as_of=NOW, day=TODAY).items if item.people]
    mark(workspace, keys=[key for item in people for key in item.keys][:2], state=MarkState.DONE)
    lines = note(workspace)
    assert "- Story written" in lines
    assert "- Hours on cards: 2 of 5" in lines
    assert "- Mon 2024-06-17: Invite speakers" in lines
    assert "- People greeted: fewer than 5" in lines
    assert lines[lines.index("## What waits") + 1] == "- People to greet: fewer than 5"


def test_on_a_monday_cards_sent_and_greeted_are_told_of_the_same_days(workspace: Workspace):
    card = CardDraft("Story written", hours=2.0, column=CardColumn.DONE, due_on=TODAY)
    objectives = (ObjectiveDraft("o", "reply_rate"),)
    workspace.plans.create(
        name="Plan", purpose="p", owner="Amina", starts_on=TODAY - 20 * DAY, objectives=objectives, cards=(card,)
    )
    monday = TODAY + 2 * DAY  # NOW is a Saturday
    for day in (monday - 8 * DAY, monday - 7 * DAY, monday):
        keep_output(workspace, title="Guide", kind="document", day=day, threads=())
        idea = keep_idea(workspace, words="Spare seals", unit="Supply", threads=())
        decide_idea(workspace, idea_id=idea.id, outcome=ADOPTED, on=day)
    with workspace.database.read() as reader:
        lines = weekly_note(reader, as_of=NOW + 2 * DAY, day=monday).splitlines()
    done = lines.index("## What was done, 2024-06-10 to 2024-06-17")
    assert lines[done + 1 : done + 5] == [
        "- Story written", "- Outputs made of conversations: 2", "- Ideas adopted: 2", "- Hours on cards: 2 of 5"
    ]  # fmt: skip


def test_the_note_of_one_community_tells_of_that_one_and_old_questions_apart(workspace: Workspace):
    account = workspace.accounts.add(AccountKind.TABLE, "Tables")
    wash, pumps = (
        workspace.mirror.ensure_community(account, CommunityRecord(name, name)) for name in ("wash", "pumps")
    )
    for place in (wash, pumps):
        asked = (a_message(f"{days}", at=NOW - days * DAY, text="How?") for days in (3, 4, 40))
        came = (a_member(f"p{number}", joined_at=NOW - DAY) for number in range(6))
        workspace.mirror.apply(place, "events", Batch(records=(*asked, *came)))
    with workspace.database.read() as reader:
        items = today(reader, scope=(wash,), as_of=NOW, day=TODAY).items
    late, _, people = items
    mark(workspace, keys=late.keys, state=MarkState.SNOOZED, until=NOW + DAY)
    mark(workspace, keys=people.keys, state=MarkState.DONE)
    with workspace.database.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO outboxitem (id, community_remote_id, community_name, kind, root_id, subject, text, state, key,"
            " is_held, attempts, looks, written_at, changed_at) SELECT 'i' || id, 'n', 'N', 'reply', id, '', '',"
            " 'draft', 'k' || id, 0, 0, 0, 0, 0 FROM thread WHERE started_at < ?",
            (to_micros(NOW - 30 * DAY),),
        )
    begun = "- Older questions put off, or with an answer begun: "
    lately = "- Questions of the last 30 days that wait too long: "
    assert {f"{lately}1", f"{begun}1", "- Put off: 1", "- People greeted: 6"} <= set(note(workspace, scope=(wash,)))
    of_pumps = note(workspace, scope=(pumps,))
    assert {f"{lately}2", f"{begun}1", "- People to greet: 6"} <= set(of_pumps)
    assert not [line for line in of_pumps if line.startswith(("- Put off", "- People greeted"))]
    assert {f"{lately}3", f"{begun}2", "- Put off: 1", "- People greeted: 6"} <= set(note(workspace))


def test_an_empty_profile_gives_an_honest_note(workspace: Workspace):
    lines = note(workspace)
    assert "- Reply rate: no data" in lines
    assert "- Nothing was marked as done." in lines
    assert "- Known of these days: none. What is missing is not counted as nothing." in lines
