"""CommunityRun: streams go on as far as a stage lets them, wait, and are let go of at the end."""

from collections.abc import Iterator

import pytest

from tests.sync.mirrored import Mirrored, a_message, a_mirror
from tests.sync.played import LIKES, NEWS, PEOPLE, Page, Played, a_community, history, told
from workbench.cancel import CancelToken
from workbench.errors import CancelledError, ForbiddenError, LineError, ManyGoneError
from workbench.models.kinds import RunState
from workbench.progress import silent
from workbench.sync.community_run import CommunityRun, Walk, walks_of
from workbench.sync.connector import Batch, Census, CensusOf, Cursor, Stage
from workbench.sync.gone import Removals


def a_run(mirrored: Mirrored, pages: dict[tuple[str, str], list[Page]]) -> tuple[CommunityRun, Played]:
    connector = Played([a_community("water")], pages)
    walks = walks_of(connector, mirrored.mirror, community_id=mirrored.community_id, remote_id="water")
    return (
        CommunityRun(connector, mirrored.mirror, community_id=mirrored.community_id, walks=walks, removals=Removals()),
        connector,
    )


def advance(run: CommunityRun, stage: Stage, **options) -> None:
    run.advance(stage, report=silent, cancel=CancelToken(), **options)


def test_a_pull_waits_for_the_stage_of_what_comes_next(tmp_path):
    pages: list[Page] = [
        Batch(told("water", "m1"), then=Stage.HISTORY),
        Batch(told("water", "m2")),
        Batch(told("water", "m3"), then=Stage.EXTRAS),
        Batch(told("water", "m4")),
    ]
    run, played = a_run(a_mirror(tmp_path), {("water", NEWS.name): pages})
    advance(run, Stage.NEWS)
    assert played.asked == ["water news 0"]
    advance(run, Stage.MEMBERS)
    assert played.asked == ["water news 0"]
    advance(run, Stage.HISTORY)
    assert played.asked == ["water news 0", "water news 1", "water news 2"]
    assert not run.is_over
    advance(run, Stage.EXTRAS)
    assert played.asked[-1] == "water news 3"
    assert (run.is_whole, run.totals.added) == (True, 4)
    assert run.finish()[0] is RunState.DONE


def test_a_run_that_ends_while_a_stream_waits_is_partly_done_and_lets_go_of_it(tmp_path):
    mirrored = a_mirror(tmp_path)
    closed: list[str] = []

    def pull() -> Iterator[Batch]:
        try:
            yield Batch((a_message("m1"),), then=Stage.HISTORY)
        finally:
            closed.append("pull")

    walk = Walk("news", pull, Stage.NEWS)
    run = CommunityRun(
        Played([]), mirrored.mirror, community_id=mirrored.community_id, walks=[walk], removals=Removals()
    )
    advance(run, Stage.NEWS)
    assert run.finish()[0] is RunState.PARTLY
    assert closed == ["pull"]
    assert history(mirrored) == [("water", "partly", 1, None)]
    trace = mirrored.scalar("SELECT trace FROM syncrun")
    assert trace.splitlines()[-1].endswith("the next run goes on from here")


def test_a_stream_that_cannot_be_read_leaves_the_others_alone(tmp_path):
    mirrored = a_mirror(tmp_path)
    pages: dict[tuple[str, str], list[Page]] = {
        ("water", PEOPLE.name): [ForbiddenError("members are hidden")],
        ("water", LIKES.name): [Batch(told("water", "m1"))],
    }
    run, _ = a_run(mirrored, pages)
    advance(run, Stage.EXTRAS)
    assert (run.is_over, run.is_whole, run.totals.added) == (True, False, 1)
    assert run.finish()[0] is RunState.PARTLY
    assert history(mirrored) == [("water", "partly", 1, "forbidden")]
    assert "people: left out, members are hidden" in mirrored.scalar("SELECT trace FROM syncrun")


def test_an_error_that_is_not_tolerated_is_raised_on(tmp_path):
    mirrored = a_mirror(tmp_path)
    run, _ = a_run(mirrored, {("water", NEWS.name): [LineError("cut")]})
    with pytest.raises(LineError):
        advance(run, Stage.NEWS)
    assert run.finish()[0] is RunState.FAILED
    forgiving, _ = a_run(mirrored, {("water", NEWS.name): [LineError("cut")]})
    advance(forgiving, Stage.EXTRAS, tolerates=lambda error: True)
    assert forgiving.finish()[0] is RunState.PARTLY


def test_a_run_that_never_began_leaves_no_line_in_the_history(tmp_path):
    mirrored = a_mirror(tmp_path)
    run, _ = a_run(mirrored, {})
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        run.advance(Stage.NEWS, report=silent, cancel=cancel)
    run.finish(RunState.CANCELLED)
    assert history(mirrored) == []


def test_a_run_that_would_remove_too_much_asks(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(*(a_message(f"m{n}", hours=n) for n in range(40)))
    nothing = Batch((), censuses=(Census(CensusOf.MESSAGES, frozenset()),))
    run, _ = a_run(mirrored, {("water", NEWS.name): [nothing]})
    advance(run, Stage.EXTRAS)
    assert run.finish()[0] is RunState.PARTLY
    assert isinstance(run.error, ManyGoneError)
    assert run.error.details == {"gone": 40, "held": 40}
    assert mirrored.scalar("SELECT count(*) FROM event WHERE removed_at IS NULL") == 40
    assert history(mirrored) == [("water", "partly", 0, "many_gone")]


def test_pages_that_come_at_once_are_stored_together(tmp_path):
    mirrored = a_mirror(tmp_path)
    pages: list[Page] = [Batch(told("water", f"m{n}"), Cursor(str(n)), requests=1) for n in range(30)]
    run, _ = a_run(mirrored, {("water", NEWS.name): pages})
    advance(run, Stage.EXTRAS)
    assert run.finish()[0] is RunState.DONE
    assert (run.totals.added, run.totals.requests) == (30, 30)
    assert mirrored.scalar("SELECT value FROM streamcursor") == "29"
    assert mirrored.scalar("SELECT rows FROM streamcursor") == 30
    steps = [line for line in mirrored.scalar("SELECT trace FROM syncrun").splitlines() if "request" in line]
    assert len(steps) < 12
    together = 31 - len(steps)
    assert f"news: {together} requests" in steps[-1]
    assert steps[-1].endswith(f"{together} new")


@pytest.mark.parametrize("error", [LineError("cut"), RuntimeError("ours")])
def test_what_came_at_once_before_an_error_is_kept(tmp_path, error: Exception):
    mirrored = a_mirror(tmp_path)

    def pull() -> Iterator[Batch]:
        for number in range(20):
            yield Batch((a_message(f"m{number}"),), Cursor(str(number)))
        raise error

    walk = Walk("news", pull, Stage.NEWS)
    run = CommunityRun(
        Played([]), mirrored.mirror, community_id=mirrored.community_id, walks=[walk], removals=Removals()
    )
    with pytest.raises(type(error)):
        advance(run, Stage.NEWS)
    run.finish()
    assert mirrored.scalar("SELECT count(*) FROM event") == 20
    assert mirrored.scalar("SELECT value FROM streamcursor") == "19"
