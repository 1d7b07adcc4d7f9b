"""The list of a day: which seven, in which order, why, and what was decided about them."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import NOW, a_clock, a_workspace
from tests.queries.network import a_member, a_message
from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind, CardColumn, CardKind
from workbench.models.moments import DayRange
from workbench.operations.people import set_facts
from workbench.operations.today import MOST, Today, choose, older_questions, today
from workbench.operations.today_items import Task, TodayItem
from workbench.operations.today_marks import MarkState, mark, unmark
from workbench.operations.week import week_of
from workbench.operations.weekly_note import weekly_note
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.queries.people_own import OwnFacts
from workbench.queries.today_questions import Asked, waiting_questions
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


def a_community(workspace: Workspace, *records: object, known_until: date = TODAY) -> None:
    account = workspace.accounts.add(AccountKind.TABLE, "Tables")
    wash = workspace.mirror.ensure_community(account, CommunityRecord("wash", "WASH"))
    covered = (DayRange(TODAY - 200 * DAY, known_until),)
    workspace.mirror.apply(wash, "events", Batch(records=records, covered=covered))


def a_question(remote_id: str, *, days: float) -> object:
    return a_message(remote_id, at=NOW - days * DAY, subject=remote_id, text="How deep?")


def seen(workspace: Workspace, *, as_of: datetime = NOW) -> Today:
    with workspace.database.read() as reader:
        return today(reader, as_of=as_of, day=as_of.date())


def titles(found: Today) -> list[tuple[str, str]]:
    return [(item.task.value, item.title) for item in found.items]


def an_item(task: Task, number: int) -> TodayItem:
    return TodayItem(f"{task}:{number}", task, f"{task} {number}", "", NOW - number * DAY)


def test_one_of_each_kind_comes_first_and_then_the_same_order_again():
    items = [an_item(task, number) for task in (Task.GREET, Task.ANSWER, Task.CARD) for number in range(9)]
    chosen = choose(items)
    assert [item.title for item in chosen] == [
        "answer 8", "answer 7", "answer 6", "card 8", "card 7", "greet 8", "greet 7"
    ]  # fmt: skip
    assert len(chosen) == MOST
    everything = [an_item(task, number) for task in Task for number in range(2)]
    assert [item.task for item in choose(everything)] == list(Task)[:MOST]


@pytest.mark.parametrize(
    ("leaves_on", "when"),
    [
        (None, "Leaves soon"),
        (TODAY + 90 * DAY, f"Leaves in 90 days, on {TODAY + 90 * DAY}"),
        (TODAY, f"Leaves today, on {TODAY}"),
        (TODAY + 91 * DAY, ""),
        (TODAY - DAY, ""),
    ],
)
def test_who_leaves_with_rare_answers_is_told_in_time(workspace: Workspace, leaves_on: date | None, when: str):
    a_community(
        workspace, a_message("q", by="bruno", at=NOW - 9 * DAY, subject="q", text="Which pump? #pumps"),
        a_message("a", by="zoe", at=NOW - 8 * DAY, to="q"),
    )  # fmt: skip
    with workspace.database.read() as reader:
        people = dict(reader.rows("SELECT name, id FROM person"))
    for name in ("Zoe Example", "Bruno Example"):  # he has answered nothing
        set_facts(workspace, person_id=people[name], facts=OwnFacts(is_leaving=True, leaves_on=leaves_on))
    found = [item for item in seen(workspace).items if item.task is Task.HAND_OVER]
    assert [(item.title, item.reason, item.person_id) for item in found] == (
        [
            (
                "Hand over what Zoe Example knows",
                f"{when}; alone answered one question and answers about #pumps, as few others do.",
                people["Zoe Example"],
            )
        ]
        if when
        else []
    )
    if when:
        mark(workspace, keys=found[0].keys, state=MarkState.DONE)
        assert Task.HAND_OVER not in {item.task for item in seen(workspace).items}
        with workspace.database.read() as reader:
            assert Task.HAND_OVER not in {
                item.task for item in today(reader, scope=(CommunityId(9),), as_of=NOW, day=TODAY).items
            }
            assert "Zoe" not in weekly_note(reader, as_of=NOW, day=TODAY)


def test_questions_newcomers_cards_and_checkpoints_are_told_with_their_reasons(workspace: Workspace):
    a_community(
        workspace, a_question("Which pump?", days=3), a_question("Too young", days=1),
        a_member("bashir", joined_at=NOW - 2 * DAY),
    )  # fmt: skip
    plan = workspace.plans.create(
        name="Plan", purpose="p", owner="Amina", starts_on=TODAY - 31 * DAY,
        objectives=(ObjectiveDraft("o", "reply_rate"),),
        cards=(
            CardDraft("Late", due_on=TODAY - 2 * DAY, owner="Amina"),
            CardDraft("Handed over", due_on=TODAY, kind=CardKind.COMMITMENT, promised_to="Bashir"),
            CardDraft("Not yet", due_on=TODAY + DAY),
            CardDraft("Done", due_on=TODAY - DAY, column=CardColumn.DONE),
        ),
    )  # fmt: skip
    found = seen(workspace)
    assert [(item.task.value, item.title, item.reason) for item in found.items] == [
        ("answer", "Which pump?", "Nobody has answered; asked 3 days ago."),
        ("promise", "Handed over", "Due today; promised to Bashir."),
        ("checkpoint", "Day-30 checkpoint", "Its day was 1 day ago and it is not locked."),
        ("card", "Late", "Due 2 days ago; Amina."),
        ("greet", "Greet 2 people who are new", found.items[4].reason),
    ]
    assert {item.plan_id for item in found.items if item.task is Task.CARD} == {plan}
    assert found.more == {}


def test_what_was_not_fetched_is_not_said_to_be_unanswered(workspace: Workspace):
    a_community(workspace, a_question("Which pump?", days=5), known_until=TODAY - 4 * DAY)
    assert seen(workspace).items[0].reason == (
        "Nobody had answered by 2024-06-11, the last day known; asked 5 days ago."
    )


def test_done_and_dismissed_stay_away_and_snoozed_comes_back(workspace: Workspace):
    a_community(workspace, *(a_question(name, days=days) for name, days in (("a", 3), ("b", 4), ("c", 5))))
    keys = {item.title: item.key for item in seen(workspace).items if item.task is Task.ANSWER}
    assert mark(workspace, keys=[keys["a"]], state=MarkState.DONE) is Changes.TODAY
    mark(workspace, keys=[keys["b"]], state=MarkState.DISMISSED)
    mark(workspace, keys=[keys["c"]], state=MarkState.SNOOZED, until=NOW + DAY)
    assert [title for task, title in titles(seen(workspace)) if task == "answer"] == []
    assert seen(workspace).put_off == (keys["c"],)
    assert [title for task, title in titles(seen(workspace, as_of=NOW + 2 * DAY)) if task == "answer"] == ["c"]
    unmark(workspace, keys=[keys["a"], keys["b"]])
    assert sorted(title for task, title in titles(seen(workspace)) if task == "answer") == ["a", "b"]


def test_one_person_is_greeted_and_the_others_stay(workspace: Workspace):
    a_community(workspace, *(a_member(name, joined_at=NOW - DAY) for name in ("amina", "bashir")))
    (item,) = seen(workspace).items
    mark(workspace, keys=item.keys[:1], state=MarkState.DONE)
    (rest,) = seen(workspace).items
    assert rest.title == "Greet Bashir Example"
    assert "known" not in rest.reason


def test_more_than_seven_are_counted_by_kind(workspace: Workspace):
    a_community(workspace, *(a_question(f"q{number}", days=3 + number) for number in range(20)))
    found = seen(workspace)
    assert len(found.items) == MOST
    assert found.more[Task.ANSWER] == 20 - sum(item.task is Task.ANSWER for item in found.items)


def test_what_is_decided_of_many_leaves_the_rest_and_never_a_good_day(workspace: Workspace):
    count, decided = 230, 205
    a_community(workspace, *(a_question(f"q{number:03}", days=20 - number / 100) for number in range(count)))
    assert seen(workspace).more == {Task.ANSWER: count - MOST}
    with workspace.database.read() as reader:
        asked = waiting_questions(reader, (), Asked(NOW - 30 * DAY, NOW, NOW), limit=decided)
    mark(workspace, keys=[one.key for one in asked], state=MarkState.DISMISSED)
    found = seen(workspace)
    assert [title for _, title in titles(found)] == [f"q{decided + number}" for number in range(MOST)]
    assert found.more == {Task.ANSWER: count - decided - MOST}


def test_a_question_that_was_put_off_comes_back_however_old_it_is_by_then(workspace: Workspace):
    a_community(workspace, a_question("old", days=24), a_question("older", days=40), a_question("new", days=4))
    (key,) = [item.key for item in seen(workspace).items if item.title == "old"]

    def answers(days: float) -> list[str]:
        return [title for task, title in titles(seen(workspace, as_of=NOW + days * DAY)) if task == "answer"]

    def older(days: float) -> int:
        as_of = NOW + days * DAY
        with workspace.database.read() as reader:
            return older_questions(reader, seen(workspace, as_of=as_of), as_of=as_of)

    assert older(0) == 1  # also where questions are on the list
    mark(workspace, keys=[key], state=MarkState.SNOOZED, until=NOW + 7 * DAY)
    assert answers(6) == ["new"]
    assert (answers(8), older(8)) == (["old", "new"], 1)
    workspace.clock.advance(30 * DAY)
    mark(workspace, keys=[key], state=MarkState.SNOOZED, until=NOW + 60 * DAY)
    assert seen(workspace, as_of=NOW + 50 * DAY).put_off == (key,)
    assert answers(61) == ["old"]
    assert (answers(91), older(91)) == ([], 3)
    unmark(workspace, keys=[key])
    assert answers(31) == ["old"]


def test_an_answer_that_was_begun_waits_however_old_its_question_is(workspace: Workspace):
    a_community(workspace, a_question("older", days=40), a_question("new", days=4))
    with workspace.database.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO outboxitem (id, community_remote_id, community_name, kind, root_id, subject, text, state, key,"
            " is_held, attempts, looks, written_at, changed_at) SELECT 'i', 'wash', 'WASH', 'reply', id, '', 'So.',"
            " 'draft', 'k', 0, 0, 0, 0, 0 FROM thread WHERE subject = 'older'"
        )
    found = seen(workspace)
    assert [(item.title, item.reason, item.draft) for item in found.items] == [
        ("older", "You began an answer; asked 40 days ago.", "i"),
        ("new", "Nobody has answered; asked 4 days ago.", None),
    ]
    mark(workspace, keys=[found.items[0].key], state=MarkState.DISMISSED)
    for days in (0, 31):
        found = seen(workspace, as_of=NOW + days * DAY)
        assert ("answer", "older") not in titles(found)
        assert found.older == 0


def test_of_one_community_only_what_is_put_off_there_is_told(workspace: Workspace):
    a_community(workspace, a_question("a", days=3))
    keys = [item.key for item in seen(workspace).items]
    mark(workspace, keys=keys, state=MarkState.SNOOZED, until=NOW + DAY)
    with workspace.database.read() as reader:
        elsewhere = today(reader, scope=(CommunityId(99),), as_of=NOW, day=TODAY)
    assert (len(seen(workspace).put_off), elsewhere.put_off) == (1, ())


def test_nothing_to_do_is_empty(workspace: Workspace):
    found = seen(workspace)
    assert found.is_empty
    assert (found.more, found.put_off) == ({}, ())


@pytest.mark.parametrize("years", [1, -1])
def test_a_clock_that_is_a_year_off_claims_nothing_and_hides_nothing_once_it_is_right(tmp_path: Path, years: int):
    wrong = NOW + years * 366 * DAY
    with a_workspace(tmp_path, clock=a_clock(wrong)) as workspace:
        a_community(workspace, a_question("Which pump?", days=3), a_member("bashir", joined_at=NOW - 2 * DAY))
        workspace.plans.create(
            name="Plan", purpose="p", owner="Amina", starts_on=TODAY - 31 * DAY,
            objectives=(ObjectiveDraft("o", "reply_rate"),),
            cards=(CardDraft("Late", due_on=TODAY - 2 * DAY, hours=2),),
        )  # fmt: skip
        told = [f"{item.title} {item.reason}" for item in seen(workspace, as_of=wrong).items]
        assert not [
            words for words in told if "Which pump" in words or "Bashir" in words or re.search(r"-\d+ day", words)
        ]
        with workspace.database.read() as reader:
            week = week_of(reader, day=wrong.date())
        assert [one.cards for one in week.days] == [()] * 7
        (asked,) = (item for item in seen(workspace).items if item.task is Task.ANSWER)
        mark(workspace, keys=asked.keys, state=MarkState.SNOOZED, until=wrong + DAY)
        assert asked.key in {item.key for item in seen(workspace).items}
