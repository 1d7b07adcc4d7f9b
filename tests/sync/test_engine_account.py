"""A whole account through the engine: stages, marks, what is followed, what fails alone and what ends the run."""

import pytest

from tests.builders import a_clock
from tests.sync.mirrored import Mirrored, a_message, a_mirror, a_person, local_work, snapshot
from tests.sync.played import LIKES, NEWS, PEOPLE, Page, Played, a_community, runs, told
from workbench.cancel import CancelToken
from workbench.errors import (
    BudgetSpentError,
    CancelledError,
    ForbiddenError,
    LineError,
    NotFoundError,
    PlatformBusyError,
    SignInError,
    WorkbenchError,
)
from workbench.models.kinds import RunState
from workbench.notes.store import NotesStore
from workbench.progress import Progress
from workbench.sync.causes import Cause
from workbench.sync.connector import Batch, Census, CensusOf, Connector, Stage
from workbench.sync.engine import AccountResult, SyncPlan, sync_account
from workbench.sync.outbox import OutboxStore
from workbench.sync.records import MemberRecord, Rejected


def sync(mirrored: Mirrored, connector: Connector, **options) -> AccountResult:
    return sync_account(connector, mirrored.mirror, account_id=mirrored.account_id, **options)


def a_network(tmp_path, *names: str) -> Mirrored:
    """An account whose communities of these names are followed; the first list of every mirror is not."""
    mirrored = a_mirror(tmp_path)
    mirrored.accounts.follow(mirrored.account_id, [mirrored.community_id], is_followed=False)
    for name in names:
        mirrored.mirror.ensure_community(mirrored.account_id, a_community(name))
    return mirrored


def three_stages(name: str) -> dict[tuple[str, str], list[Page]]:
    return {
        (name, NEWS.name): [Batch(told(name, f"{name}1"), then=Stage.HISTORY), Batch(told(name, f"{name}0"))],
        (name, PEOPLE.name): [Batch((MemberRecord(name, a_person("bruno")),))],
        (name, LIKES.name): [Batch(())],
    }


def test_news_of_all_communities_come_before_the_members_of_any(tmp_path):
    mirrored = a_network(tmp_path, "soil", "air")
    connector = Played([a_community("soil"), a_community("air")], three_stages("soil") | three_stages("air"))
    result = sync(mirrored, connector)
    assert connector.asked == [
        "communities",
        "soil news 0", "air news 0",
        "soil people 0", "air people 0",
        "soil news 1", "air news 1",
        "soil likes 0", "air likes 0",
    ]  # fmt: skip
    assert (result.error, [one.state for one in result.results]) == (None, [RunState.DONE, RunState.DONE])
    assert runs(mirrored) == [("done", 3, None, 1), ("done", 3, None, 1)]


def test_communities_the_platform_says_have_news_go_first(tmp_path):
    mirrored = a_network(tmp_path, "soil", "air", "fire")
    before = [a_community("soil"), a_community("air", mark="1"), a_community("fire", messages=7)]
    sync(mirrored, Played(before))
    connector = Played([a_community("soil"), a_community("air", mark="2"), a_community("fire", messages=8)], {
        (name, NEWS.name): [Batch(())] for name in ("soil", "air", "fire")
    })  # fmt: skip
    sync(mirrored, connector)
    assert connector.asked == ["communities", "air news 0", "fire news 0", "soil news 0"]


def test_an_equal_mark_costs_nothing_but_the_list(tmp_path):
    mirrored = a_network(tmp_path, "soil")
    listed = [a_community("soil", mark="7")]
    sync(mirrored, Played(listed, three_stages("soil")))
    connector = Played(listed, three_stages("soil"))
    result = sync(mirrored, connector)
    assert connector.asked == ["communities"]
    assert (len(result.unchanged), result.results, result.error) == (1, (), None)
    assert len(runs(mirrored)) == 1


def test_people_read_within_the_hour_wait_until_every_community_was_read_once(tmp_path):
    mirrored = a_network(tmp_path, "people", "soil")
    listed = [a_community("people", messages=0), a_community("soil")]
    pages = {("people", NEWS.name): [Batch(())]}
    sync(mirrored, Played(listed, pages | {("soil", NEWS.name): [ForbiddenError("closed")]}))
    more = {("people", NEWS.name): [Batch(()), Batch(())]}
    again, later = Played(listed, more | three_stages("soil")), Played(listed, more)
    sync(mirrored, again)
    assert not [asked for asked in again.asked if asked.startswith("people")]
    sync(mirrored, later)
    assert "people news 1" in later.asked


@pytest.mark.parametrize(
    "pages",
    [
        [ForbiddenError("closed")],
        [Batch((), rejected=(Rejected("page 1", 3, "no_date", "no date"),))],
        [Batch((), then=Stage.HISTORY), PlatformBusyError(seconds=600)],
    ],
)
def test_a_mark_is_kept_only_when_everything_was_read(tmp_path, pages: list[Page]):
    mirrored = a_network(tmp_path, "soil")
    listed = [a_community("soil", mark="7")]
    sync(mirrored, Played(listed, {("soil", NEWS.name): pages}))
    again = Played(listed, three_stages("soil"))
    sync(mirrored, again)
    assert len(again.asked) > 1


def test_a_run_that_goes_less_far_than_the_account_keeps_no_mark(tmp_path):
    mirrored = a_network(tmp_path, "soil")
    listed = [a_community("soil", mark="7")]
    sync(mirrored, Played(listed, three_stages("soil")), plan=SyncPlan(is_whole=False))
    assert mirrored.scalar("SELECT mark FROM communitystate") is None


def test_only_followed_communities_are_read_and_new_ones_wait(tmp_path):
    mirrored = a_network(tmp_path, "soil")
    connector = Played([a_community("soil"), a_community("new")], three_stages("new"))
    result = sync(mirrored, connector)
    assert [one for one in connector.asked if "new" in one] == []
    assert len(result.results) == 1
    everything = Played([a_community("newer")], three_stages("newer"))
    sync(mirrored, everything, follows_all=True)
    assert "newer news 0" in everything.asked


def test_a_plan_restricts_a_run_to_some_communities(tmp_path):
    mirrored = a_network(tmp_path, "soil", "air")
    air = mirrored.scalar("SELECT id FROM community WHERE remote_id = 'air'")
    connector = Played([a_community("soil"), a_community("air")], three_stages("soil") | three_stages("air"))
    sync(mirrored, connector, plan=SyncPlan(only=frozenset((air,))))
    assert not [one for one in connector.asked if one.startswith("soil")]


def test_a_community_that_fails_leaves_the_others_alone(tmp_path):
    mirrored = a_network(tmp_path, "soil", "air")
    pages = three_stages("soil") | three_stages("air") | {("soil", NEWS.name): [NotFoundError("gone")]}
    result = sync(mirrored, Played([a_community("soil"), a_community("air")], pages))
    assert result.error is None
    assert [(one.state, one.totals.added) for one in result.results] == [(RunState.PARTLY, 1), (RunState.DONE, 3)]


@pytest.mark.parametrize(
    "error",
    [
        SignInError("refused"),
        BudgetSpentError("spent"),
        LineError("no answer", cause=Cause.NO_ANSWER),
        LineError("a portal", cause=Cause.PORTAL),
        LineError("expired", cause=Cause.TLS_EXPIRED),
        PlatformBusyError(seconds=600),
    ],
)
def test_what_concerns_the_account_ends_its_run_calmly(tmp_path, error: WorkbenchError):
    mirrored = a_network(tmp_path, "soil", "air", "fire")
    pages = three_stages("soil") | three_stages("air") | three_stages("fire") | {("air", NEWS.name): [error]}
    connector = Played([a_community(name) for name in ("soil", "air", "fire")], pages)
    result = sync(mirrored, connector)
    assert result.error is error
    assert connector.asked == ["communities", "soil news 0", "air news 0"]
    # What never began leaves no trace; what waited is told to go on later.
    assert sorted(runs(mirrored)) == [("failed", 0, error.code, 1), ("partly", 1, None, 1)]
    goes_on = Played([a_community(name) for name in ("soil", "air", "fire")], pages | {("air", NEWS.name): []})
    assert sync(mirrored, goes_on).error is None
    assert "soil news 1" in goes_on.asked


@pytest.mark.parametrize(
    "answer",
    [
        ForbiddenError("we left the group"),
        NotFoundError("gone", status=404),
        NotFoundError("gone for good", status=410),
        SignInError("refused"),
        PlatformBusyError(seconds=9),
        *(LineError("bad", cause=cause) for cause in Cause),
        Batch(()),
        Batch((), censuses=(Census(CensusOf.MESSAGES, frozenset()), Census(CensusOf.MEMBERS, frozenset()))),
    ],
)
@pytest.mark.parametrize("is_listed", [True, False])
def test_no_bad_answer_costs_a_row(tmp_path, answer: Page, is_listed: bool):
    mirrored = a_network(tmp_path, "soil")
    people = tuple(MemberRecord("soil", a_person(f"p{number}")) for number in range(25))
    held = Batch((*told("soil", *(f"m{number}" for number in range(25))), *people))
    sync(mirrored, Played([a_community("soil")], {("soil", NEWS.name): [held]}))
    before = snapshot(mirrored)
    pages: dict[tuple[str, str], list[Page]] = {("soil", stream.name): [held, answer] for stream in (NEWS, PEOPLE)}
    sync(mirrored, Played([a_community("soil")] if is_listed else [], pages))
    assert snapshot(mirrored) == before


def test_an_error_of_the_list_is_the_accounts(tmp_path):
    mirrored = a_network(tmp_path, "soil")
    result = sync(mirrored, Played(SignInError("refused")))
    assert isinstance(result.error, SignInError)
    assert (result.results, runs(mirrored)) == ((), [])


def test_a_line_that_breaks_here_and_there_is_borne_but_not_one_that_always_breaks(tmp_path):
    names = [f"c{number}" for number in range(6)]
    mirrored = a_network(tmp_path, *names)
    cut = LineError("cut", cause=Cause.CUT)
    bad = {(name, NEWS.name): [cut] for name in names[::2]}
    good = {(name, NEWS.name): [Batch(told(name, name))] for name in names[1::2]}
    result = sync(mirrored, Played([a_community(name) for name in names], bad | good))
    assert result.error is None
    assert result.totals.added == 3
    connector = Played([a_community(name) for name in names], {(name, NEWS.name): [cut] for name in names})
    result = sync(a_network(tmp_path / "always", *names), connector)
    assert result.error is cut
    assert connector.asked == ["communities", "c0 news 0", "c1 news 0", "c2 news 0"]


def test_a_stop_ends_the_run_and_the_next_one_goes_on(tmp_path):
    whole = a_network(tmp_path / "whole", "soil", "air")
    listed = [a_community("soil"), a_community("air")]
    sync(whole, Played(listed, three_stages("soil") | three_stages("air")))
    for step in range(1, 9):
        mirrored = a_network(tmp_path / str(step), "soil", "air")
        cancel, seen = CancelToken(), list[Progress]()

        def stop(progress: Progress, *, step=step, cancel=cancel, seen=seen) -> None:
            seen.append(progress)
            if len(seen) == step:
                cancel.cancel()

        result = sync(mirrored, Played(listed, three_stages("soil") | three_stages("air")), report=stop, cancel=cancel)
        assert len(seen) == step
        assert isinstance(result.error, CancelledError)
        assert sync(mirrored, Played(listed, three_stages("soil") | three_stages("air"))).error is None
        assert mirrored.scalar("SELECT count(*) FROM event") == whole.scalar("SELECT count(*) FROM event")
        assert mirrored.scalar("SELECT count(*) FROM syncrun WHERE state IN ('running', 'failed')") == 0


def test_a_mistake_of_ours_is_noted_and_raised_on(tmp_path):
    mirrored = a_network(tmp_path, "soil", "air")
    pages = three_stages("soil") | {("air", NEWS.name): [ZeroDivisionError()]}
    with pytest.raises(ZeroDivisionError):
        sync(mirrored, Played([a_community("soil"), a_community("air")], pages))
    assert sorted(row[0] for row in runs(mirrored)) == ["failed", "partly"]


def test_progress_says_the_stage_and_what_came_of_the_whole_account(tmp_path):
    mirrored = a_network(tmp_path, "soil", "air")
    seen: list[Progress] = []
    page = Batch((a_message("one"),), progress=Progress(5, "messages", total=60, note="page 1"))
    pages: dict[tuple[str, str], list[Page]] = {(name, NEWS.name): [page] for name in ("soil", "air")}
    sync(mirrored, Played([a_community("soil"), a_community("air")], pages), report=seen.append)
    told = [(one.stage, one.done, one.unit, one.total, one.fraction, one.read) for one in seen]
    assert told == [
        ("What is new", 1, "new message", None, None, 1),
        ("What is new", 2, "new messages", None, None, 2),
        ("Members", 0, "new items", None, None, 2),
        ("Likes", 0, "new items", None, None, 2),
    ]
    assert seen[0].note == "The soil: page 1"


def test_the_same_run_leaves_the_same_trace(tmp_path):
    traces = []
    for folder in ("one", "two"):
        mirrored = a_network(tmp_path / folder, "soil", "air")
        sync(mirrored, Played([a_community("soil"), a_community("air")], three_stages("soil") | three_stages("air")))
        traces.append(mirrored.rows("SELECT community_id, trace, requests, bytes_in FROM syncrun ORDER BY id"))
    assert traces[0] == traces[1]
    assert traces[0][0][1].splitlines() == [
        "12:00:00 news: 1 request, 100 B, 1 new",
        "12:00:00 people: 1 request, 100 B, 1 new",
        "12:00:00 news: 1 request, 100 B, 1 new",
        "12:00:00 likes: 1 request, 100 B",
    ]


def test_what_people_made_here_is_never_touched(tmp_path):
    mirrored = a_network(tmp_path, "soil")
    first = {("soil", NEWS.name): [Batch(told("soil", *(f"m{n}" for n in range(30))))]}
    sync(mirrored, Played([a_community("soil")], first))
    person, thread = mirrored.scalar("SELECT min(id) FROM person"), mirrored.scalar("SELECT min(id) FROM event")
    notes = NotesStore(mirrored.database, a_clock())
    notes.set_note(person, "Knows pumps")
    notes.set_tags(person, ["Mentor"])
    notes.star_thread(thread)
    notes.set_preference("theme", '"dark"')
    outbox = OutboxStore(mirrored.database, a_clock())
    outbox.queue(outbox.save_reply(thread, "Thank you"))
    before = local_work(mirrored)
    assert [name for name, rows in before.items() if rows] == [
        "personnote", "persontag", "threadmark", "preference", "outboxitem",
    ]  # fmt: skip
    nothing_left = Batch((), censuses=(Census(CensusOf.MESSAGES, frozenset()), Census(CensusOf.MEMBERS, frozenset())))
    edited = Batch(told("soil", "m0", by="chen"))
    second = {("soil", PEOPLE.name): [edited, nothing_left]}
    result = sync(mirrored, Played([a_community("soil")], second), plan=SyncPlan(trusts_gone=True))
    assert result.totals.gone == 30
    assert local_work(mirrored) == before
