"""The shared suite: what every connector and importer must pass; a test class inherits it and says how to make one."""

import logging
from collections.abc import Callable, Iterable, Iterator

import httpx2
import pytest

from workbench.errors import (
    ForbiddenError,
    LineError,
    NotFoundError,
    PlatformBusyError,
    SignInError,
    SkipStreamError,
    WorkbenchError,
)
from workbench.sync.connector import Batch, Census, CensusOf, Connector, Cursor, Stage
from workbench.sync.records import (
    ActRecord,
    CommunityRecord,
    GoneActRecord,
    GoneRecord,
    MemberRecord,
    MessageRecord,
    PersonRecord,
    Record,
    SiteDaysRecord,
)

SECRET = "hunter2-never-in-a-log"


def key_of(record: Record) -> tuple[object, ...]:
    """What makes a record the same one when it comes again."""
    match record:
        case PersonRecord():
            return ("person", record.handle)
        case CommunityRecord():
            return ("community", record.remote_id)
        case MemberRecord():
            return ("member", record.community, record.person.handle)
        case MessageRecord() | GoneRecord():
            return ("message", record.community, record.remote_id)
        case ActRecord() | GoneActRecord():
            return ("act", record.community, record.kind, record.remote_id)
        case SiteDaysRecord():
            return ("days", record.community, record.days)


def folded(batches: Iterable[Batch], *, onto: dict[tuple[object, ...], Record] | None = None) -> dict[object, Record]:
    """The mirror that batches lead to: the last word on every record."""
    mirror: dict[object, Record] = dict(onto or {})
    for batch in batches:
        mirror.update({key_of(record): record for record in batch.records})
    return mirror


def named_by(record: Record, census: Census) -> str | None:
    """The id by which a whole list would have to name this record; None for one that lies outside of its bounds."""
    match record:
        case MemberRecord() if census.of is CensusOf.MEMBERS and record.left_at is None:
            return record.person.handle
        case MessageRecord() if census.of is CensusOf.MESSAGES and census.root is None:
            is_early = census.since is not None and record.sent_at < census.since
            is_late = census.until is not None and record.sent_at >= census.until
            return None if is_early or is_late else record.remote_id
        case ActRecord() if census.of is CensusOf.REACTIONS and record.target == census.root:
            return record.person.handle
    return None


class ConnectorSuite:
    """Inherit, set `community` and give `make`: a new connector over a source that stands still."""

    community: str

    def make(self) -> Connector:
        raise NotImplementedError

    def pulled(self, since: dict[str, Cursor | None] | None = None) -> list[tuple[str, Batch]]:
        connector = self.make()
        marks = since or {}
        return [
            (stream.name, batch)
            for stream in connector.streams
            for batch in connector.pull(self.community, stream, since=marks.get(stream.name))
        ]

    def test_the_community_is_among_those_it_lists(self):
        assert self.community in {record.remote_id for record in self.make().communities()}

    def test_it_brings_something(self):
        assert folded(batch for _, batch in self.pulled())

    def test_ids_are_unique_in_one_pull(self):
        keys = [key_of(record) for _, batch in self.pulled() for record in batch.records]
        assert len(keys) == len(set(keys))

    def test_every_record_belongs_to_the_community_asked_for(self):
        for _, batch in self.pulled():
            assert {getattr(record, "community", self.community) for record in batch.records} <= {self.community}

    def test_times_are_aware(self):
        for _, batch in self.pulled():
            for record in batch.records:
                for name in ("sent_at", "at", "joined_at", "left_at"):
                    moment = getattr(record, name, None)
                    assert moment is None or moment.utcoffset() is not None

    def test_a_message_never_answers_itself(self):
        for _, batch in self.pulled():
            for record in batch.records:
                assert not isinstance(record, MessageRecord) or record.remote_id not in record.references

    def test_the_last_batch_carries_a_cursor(self):
        last: dict[str, Batch] = dict(self.pulled())
        assert all(batch.cursor is not None for batch in last.values())

    def test_resuming_after_any_cursor_equals_one_long_pull(self):
        long = self.pulled()
        whole = folded(batch for _, batch in long)
        for number, (stream, batch) in enumerate(long):
            if batch.cursor is None:
                continue
            held = [earlier for name, earlier in long[: number + 1] if name == stream]
            others = [other for name, other in long if name != stream]
            connector = self.make()
            wanted = next(item for item in connector.streams if item.name == stream)
            rest = list(connector.pull(self.community, wanted, since=batch.cursor))
            assert folded([*held, *others, *rest]) == whole

    def test_pulling_twice_equals_once(self):
        once = folded(batch for _, batch in self.pulled())
        twice = folded((batch for _, batch in self.pulled()), onto=once)  # type: ignore[arg-type]  # keys are tuples
        assert twice == once

    def test_pulling_on_from_the_end_changes_nothing(self):
        first = self.pulled()
        marks = {stream: batch.cursor for stream, batch in first}
        assert not folded(batch for _, batch in self.pulled(marks)).keys() - folded(b for _, b in first).keys()

    def staged(self) -> Iterator[Batch]:
        """Every stream as the engine reads it: one stage after the other, each pull waiting where it says."""
        connector = self.make()
        pulls = [connector.pull(self.community, stream, since=None) for stream in connector.streams]
        waiting = {number: stream.stage for number, stream in enumerate(connector.streams)}
        for stage in Stage:
            for number, pull in enumerate(pulls):
                while number in waiting and waiting[number] <= stage:
                    batch = next(pull, None)
                    if batch is None:
                        del waiting[number]
                        break
                    waiting[number] = max(batch.then, Stage.NEWS)
                    yield batch
        assert not waiting

    def test_stage_by_stage_brings_what_one_long_pull_brings(self):
        assert folded(self.staged()) == folded(batch for _, batch in self.pulled())

    def test_a_census_names_everything_of_its_kind_that_was_brought(self):
        brought = list(self.pulled())
        last = folded(batch for _, batch in brought)
        for _, batch in brought:
            for census in batch.censuses:
                wanted = {named_by(record, census) for record in last.values()} - {None}
                assert wanted <= census.ids

    def test_communities_that_stand_still_keep_their_marks_and_counts(self):
        once, twice = ({record.remote_id: record for record in self.make().communities()} for _ in range(2))
        assert once == twice

    def test_notes_hold_no_address(self):
        assert not [batch.note for _, batch in self.pulled() if "@" in batch.note.replace(self.community, "")]

    def test_no_address_of_a_person_is_in_a_record(self):
        for _, batch in self.pulled():
            for record in batch.records:
                people = [getattr(record, name, None) for name in ("author", "person", "target_person")]
                for person in (*people, record if isinstance(record, PersonRecord) else None):
                    assert person is None or "@" not in f"{person.handle}{person.name}{person.address_key or ''}"


def reply(status: int, body: bytes = b"", kind: str = "text/html", **headers: str) -> httpx2.Response:
    """A reply for `WireSuite.make_answering`; header names are given with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx2.Response(status, headers={"Content-Type": kind, **named}, content=body)


WRONG_ANSWERS: dict[str, tuple[Callable[[], httpx2.Response], type[WorkbenchError]]] = {
    "401": (lambda: reply(401), SignInError),
    "403": (lambda: reply(403), ForbiddenError),
    "404": (lambda: reply(404), NotFoundError),
    "410": (lambda: reply(410), NotFoundError),
    "418": (lambda: reply(418), SkipStreamError),
    "429 with seconds": (lambda: reply(429, Retry_After="7"), PlatformBusyError),
    "429 without": (lambda: reply(429), PlatformBusyError),
    "500": (lambda: reply(500), LineError),
    "502": (lambda: reply(502), LineError),
    "503": (lambda: reply(503, Retry_After="3600"), PlatformBusyError),
    "511": (lambda: reply(511), LineError),
    "a sign-in page": (lambda: reply(200, b"<html>Sign in</html>"), LineError),
    "HTML labelled JSON": (lambda: reply(200, b"<html>Sign in</html>", "application/json"), LineError),
    "nothing at all": (lambda: reply(200, b"", "application/json"), LineError),
    "null": (lambda: reply(200, b"null", "application/json"), LineError),
    "NaN": (lambda: reply(200, b"[NaN]", "application/json"), LineError),
    "a number": (lambda: reply(200, b"7", "application/json"), LineError),
    "half of it": (lambda: reply(200, b'{"results": [', "application/json"), LineError),
    "deep nesting": (lambda: reply(200, b"[" * 100_000 + b"]" * 100_000, "application/json"), LineError),
    "bytes that are no text": (lambda: reply(200, b'["\xff"]', "application/json"), LineError),
    "another host": (lambda: reply(302, Location="https://portal.example.net/"), LineError),
}


class WireSuite(ConnectorSuite):
    """For connectors that speak HTTP: also give `make_answering`, whose platform answers everything in one way.

    Its client must sign requests with SECRET and must not sleep.
    """

    def make_answering(self, answer: Callable[[httpx2.Request], httpx2.Response]) -> Connector:
        raise NotImplementedError

    @pytest.mark.parametrize("kind", WRONG_ANSWERS)
    def test_a_wrong_answer_gives_the_right_error_and_no_record(self, kind: str):
        answer, error = WRONG_ANSWERS[kind]
        connector = self.make_answering(lambda request: answer())
        for stream in connector.streams:
            brought: list[Batch] = []
            with pytest.raises(error):
                brought.extend(connector.pull(self.community, stream, since=None))
            assert not folded(brought)
            assert not [batch.censuses for batch in brought if batch.censuses]
        with pytest.raises(error):
            list(connector.communities())

    def test_a_dead_line_is_a_line_error(self):
        def break_off(request: httpx2.Request) -> httpx2.Response:
            message = "gone"
            raise httpx2.ConnectError(message, request=request)

        with pytest.raises(LineError):
            list(self.make_answering(break_off).communities())

    def test_seconds_the_platform_asks_for_are_told(self):
        connector = self.make_answering(lambda request: reply(429, Retry_After="3600"))
        with pytest.raises(PlatformBusyError) as caught:
            list(connector.communities())
        assert caught.value.details["seconds"] == 3600

    @pytest.mark.parametrize("kind", WRONG_ANSWERS)
    def test_no_secret_reaches_a_log_or_an_error(self, kind: str, caplog: pytest.LogCaptureFixture):
        answer, _ = WRONG_ANSWERS[kind]
        with caplog.at_level(logging.DEBUG), pytest.raises(WorkbenchError) as caught:
            list(self.make_answering(lambda request: answer()).communities())
        assert SECRET not in caplog.text
        assert SECRET not in f"{caught.value!r} {caught.value.details} {caught.value.__cause__!r}"
