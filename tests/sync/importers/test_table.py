"""Tables of members and events: every kind, odd rows, several communities, stopping and going on."""

from datetime import UTC, date, datetime

import pytest

from tests.sync.connector_suite import ConnectorSuite
from tests.sync.mirrored import LIST, a_mirror
from workbench.errors import BadInputError
from workbench.models.kinds import EventKind, RunState
from workbench.models.moments import DayRange
from workbench.sync.engine import sync_community
from workbench.sync.importers import table_walk
from workbench.sync.importers.table import EVENTS, MEMBERS, TableFiles
from workbench.sync.people import address_key
from workbench.sync.records import ActRecord, MessageRecord

HEADER = "id,community,person,kind,ts_utc,root_id,parent_id,target_person,text\n"
SAMPLE = (
    HEADER
    + "p1,net,Amina,post,2026-01-05T09:00:00Z,p1,,,Welcome\n"
    + "r1,net,Bo,reply,2026-01-05T11:00:00+01:00,p1,p1,Amina,Thanks!\n"
    + "r2,net,Chen,reply,2026-01-06 08:00:00,p1,,,Also from me\n"
    + "x1,net,Chen,reaction,2026-01-07T11:00:00Z,p1,r1,Bo,\n"
    + "j1,net,Dina,join,2026-01-09,,,,\n"
)
MEMBER_TABLE = "person,office,joined_at\nAmina,Lima,2025-05-01\nBo,,\n"


@pytest.fixture
def events(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


@pytest.fixture
def members(tmp_path):
    path = tmp_path / "members.csv"
    path.write_text(MEMBER_TABLE, encoding="utf-8")
    return path


def pull(stream=EVENTS, *, community: str = "net", since=None, **files):
    return list(TableFiles(community=community, **files).pull(community, stream, since=since))


def rejected(batches):
    return [(item.position, item.code) for batch in batches for item in batch.rejected]


class TestSuite(ConnectorSuite):
    """The shared suite, in batches of two."""

    community = "net"

    @pytest.fixture(autouse=True)
    def _files(self, events, members, monkeypatch):
        monkeypatch.setattr(table_walk, "BATCH_RECORDS", 2)
        self.files = {"events": events, "members": members}

    def make(self):
        return TableFiles(community=self.community, **self.files)


def test_every_kind_of_event_becomes_its_record(events):
    (batch,) = pull(events=events)
    post, reply, second, reaction, join = batch.records
    assert isinstance(post, MessageRecord)
    assert (post.remote_id, post.author.name, post.text, post.references) == ("p1", "Amina", "Welcome", ())
    assert (reply.references, reply.sent_at) == (("p1",), datetime(2026, 1, 5, 10, tzinfo=UTC))
    assert (second.references, second.sent_at) == (("p1",), datetime(2026, 1, 6, 8, tzinfo=UTC))
    assert isinstance(reaction, ActRecord)
    assert (reaction.kind, reaction.target, reaction.target_person.handle) == (EventKind.REACTION, "r1", "Bo")
    assert (join.kind, join.at, join.target) == (EventKind.JOIN, datetime(2026, 1, 9, tzinfo=UTC), None)
    assert batch.covered == (DayRange(date(2026, 1, 5), date(2026, 1, 9)),)


def test_members_carry_office_and_join_date(members):
    (batch,) = pull(MEMBERS, members=members)
    first, second = batch.records
    assert (first.person.name, first.person.office) == ("Amina", "Lima")
    assert first.joined_at == datetime(2025, 5, 1, tzinfo=UTC)
    assert (second.person.office, second.joined_at) == (None, None)


def test_a_stream_without_a_file_brings_nothing(members):
    assert pull(EVENTS, members=members) == []


def test_bad_rows_are_held_back_with_their_line(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(
        HEADER
        + "p1,net,Amina,post,2026-01-05T09:00:00Z,p1,,,fine\n"
        + "p2,net,Amina,poke,2026-01-05T09:00:00Z,p2,,,\n"
        + "p3,net,Amina,post,05/01/2026,p3,,,\n"
        + "p4,net,Amina,post,1970-01-01T00:00:00Z,p4,,,\n"
        + ",net,Amina,post,2026-01-05T09:00:00Z,,,,\n"
        + "p6,net,,post,2026-01-05T09:00:00Z,p6,,,\n"
        + "r7,net,Amina,reply,2026-01-05T09:00:00Z,,,,\n"
        + "p8,net,Amina,post,2026-01-05T09:00:00Z,p8,,,one,too many\n",
        encoding="utf-8",
    )
    batches = pull(events=path)
    assert rejected(batches) == [
        (3, "unknown_kind"),
        (4, "bad_time"),
        (5, "bad_time"),
        (6, "bad_row"),
        (7, "bad_row"),
        (8, "no_parent"),
        (9, "bad_row"),
    ]
    assert [record.remote_id for batch in batches for record in batch.records] == ["p1"]


def test_bad_members_are_held_back_too(tmp_path):
    path = tmp_path / "members.csv"
    path.write_text("person,office,left_at\n,Lima,\nBo,Lima,soon\n", encoding="utf-8")
    assert rejected(pull(MEMBERS, members=path)) == [(2, "bad_row"), (3, "bad_time")]


def test_of_an_address_only_the_digest_and_the_first_part_stay(tmp_path):
    path = tmp_path / "members.csv"
    path.write_text("person;office\nAmina@example.org;Lima\nnoreply@example.org;\n", encoding="utf-8")
    first, second = pull(MEMBERS, members=path)[0].records
    assert (first.person.handle, first.person.name) == (address_key("amina@example.org"), "amina")
    assert "example.org" not in repr(first)
    assert (first.person.is_bot, second.person.is_bot) == (False, True)


def test_one_other_name_in_a_table_means_this_community(events):
    (batch,) = pull(community="Our network", events=events)
    assert {record.community for record in batch.records} == {"Our network"}
    assert len(batch.records) == 5


def test_of_several_communities_only_this_one_is_read(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(SAMPLE + "q1,other,Eva,post,2026-01-05T09:00:00Z,q1,,,Hello\n", encoding="utf-8")
    (batch,) = pull(events=path)
    assert len(batch.records) == 5
    with pytest.raises(BadInputError, match="net, other"):
        pull(community="third", events=path)


@pytest.mark.parametrize("content", [None, "name,place\nA,B\n", ""])
def test_a_file_that_is_no_such_table_is_refused_by_name(tmp_path, content):
    path = tmp_path / "people.csv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInputError, match=r"people\.csv"):
        TableFiles(community="net", events=path).communities()


def test_an_unchanged_table_is_passed_over_and_a_changed_one_read_anew(events):
    first = pull(events=events)
    assert pull(events=events, since=first[-1].cursor)[-1].records == ()
    events.write_text(SAMPLE + "p9,net,Amina,post,2026-01-10T09:00:00Z,p9,,,More\n", encoding="utf-8")
    assert len(pull(events=events, since=first[-1].cursor)[-1].records) == 6


def test_a_table_that_was_corrected_is_read_anew_and_has_the_last_word(tmp_path):
    head = "id,person,kind,ts_utc,root_id,parent_id,target_person,text\n"
    path = tmp_path / "events.csv"
    mirrored = a_mirror(tmp_path / "profile")

    def imported(*rows: str) -> RunState:
        path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        connector = TableFiles(community="water", events=path)
        return sync_community(connector, mirrored.mirror, community=LIST, account_id=mirrored.account_id).state

    first = "1,Amina Example,post,2026-01-05T09:00:00Z,,,,Monday"
    assert imported(first, "2,Amina Example,post,someday,,,,When?") == RunState.PARTLY
    assert mirrored.rows("SELECT code FROM quarantine") == [("bad_time",)]
    corrected = first.replace("Monday", "Tuesday")
    assert imported(corrected, "2,Amina Example,post,2026-01-06T09:00:00Z,,,,When?") == RunState.DONE
    assert mirrored.rows("SELECT code FROM quarantine") == []
    assert mirrored.rows("SELECT text FROM body ORDER BY event_id") == [("Tuesday",), ("When?",)]
