"""One row at a time: people by address, handle or name, every kind of record, and every reason to hold a row back."""

from datetime import UTC, datetime

import pytest

from workbench.models.kinds import EventKind
from workbench.sync.importers.table_mapping import ColumnMapping, TableField, TableKind
from workbench.sync.importers.table_records import RowReader, person_in, thread_key
from workbench.sync.people import address_key, name_handle
from workbench.sync.records import ActRecord, MemberRecord, MessageRecord

NOW = datetime(2026, 6, 1, tzinfo=UTC)
KEY = address_key("amina@example.org")


def read(of: TableKind, act: EventKind | None = None, roots: dict[bytes, str] | None = None, **fields: str):
    columns = tuple(TableField(name) for name in fields)
    reader = RowReader(ColumnMapping(of, columns, act=act), community="water", now=NOW, roots=roots)
    return reader(fields)


@pytest.mark.parametrize(
    ("fields", "handle", "name"),
    [
        ({"address": "Amina@Example.org", "name": "Amina Example"}, KEY, "Amina Example"),
        ({"address": "amina@example.org"}, KEY, "amina"),
        ({"address": "amina@example.org; other@example.org"}, KEY, "amina"),
        ({"name": "Amina Example <amina@example.org>"}, KEY, "Amina Example"),
        ({"name": "amina@example.org"}, KEY, "amina"),
        ({"address": "amina.e", "name": "Amina Example"}, "amina.e", "Amina Example"),
        ({"address": "n/a", "name": "Amina Example"}, name_handle("amina  EXAMPLE"), "Amina Example"),
        ({"given": "Amina", "family": "Example"}, name_handle("Amina Example"), "Amina Example"),
        ({"name": "Example", "given": "Amina"}, name_handle("Amina Example"), "Amina Example"),
        ({"name": "Amina", "family": "Example"}, name_handle("Amina Example"), "Amina Example"),
        ({"name": "Amina E.", "given": "Amina", "family": "Example"}, name_handle("Amina E."), "Amina E."),
    ],
)
def test_person_is_known_by_address_then_handle_then_name(fields, handle, name):
    person = person_in(fields)
    assert person is not None
    assert (person.handle, person.name) == (handle, name)
    assert "@" not in repr(person)


def test_nobody_is_nobody():
    for fields in ({}, {"name": "–"}, {"name": "", "address": "N/A"}, {"office": "Lima"}):
        assert person_in(fields) is None


def test_machines_are_known():
    person = person_in({"address": "noreply@example.org", "name": "System"})
    assert person is not None
    assert person.is_bot


def test_member_has_office_role_and_dates():
    record = read(
        TableKind.MEMBERS, name="Amina", office="Lima", role="Lead", level="P4", joined="2025-01-05", left="n/a"
    )
    assert isinstance(record, MemberRecord)
    assert (record.person.office, record.person.level, record.role, record.left_at) == ("Lima", "P4", "Lead", None)
    assert record.joined_at == datetime(2025, 1, 5, tzinfo=UTC)


def test_post_is_threaded_by_subject_where_no_column_says_more():
    record = read(TableKind.POSTS, name="Amina", date="2026-01-05", time="09:30", subject="Re: Pumps", text="Blue")
    assert isinstance(record, MessageRecord)
    assert (record.subject_key, record.thread_subject_key) == ("pumps", "pumps")
    assert record.sent_at == datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
    again = read(TableKind.POSTS, name="Amina", date="2026-01-05", time="09:30", subject="Re: Pumps", text="Blue")
    assert again == record, "the same row has the same id in the next file"
    threaded = read(TableKind.POSTS, name="Amina", date="2026-01-05", subject="Re: Pumps", thread="")
    assert isinstance(threaded, MessageRecord)
    assert threaded.subject_key is None


def test_reply_names_its_parent_then_the_root_and_never_itself():
    roots = {thread_key("T"): "1"}
    record = read(TableKind.POSTS, roots=roots, name="A", date="2026-01-05", text="x", id="2", thread="T", reply_to="9")
    assert isinstance(record, MessageRecord)
    assert record.references == ("9", "1")
    own = read(TableKind.POSTS, roots=roots, name="A", date="2026-01-05", text="x", id="1", thread="T", reply_to="1")
    assert isinstance(own, MessageRecord)
    assert own.references == ()


def test_any_act_is_called_by_a_word_of_six_languages_or_all_rows_are_one():
    for word, kind in (
        ("J’aime", "REACTION"),
        ("вступил", "JOIN"),
        ("查看", "VIEW"),
        ("حضر", "ATTEND"),
        ("baja", "LEAVE"),
    ):
        record = read(TableKind.EVENTS, name="A", date="2026-01-05", kind=word, reply_to="m1")
        assert isinstance(record, ActRecord)
        assert (record.kind, record.target) == (EventKind[kind], "m1")
    record = read(TableKind.EVENTS, act=EventKind.SHARE, name="A", date="2026-01-05")
    assert isinstance(record, ActRecord)
    assert record.kind is EventKind.SHARE


def test_attendance_is_one_act_for_each_person_event_and_day():
    fields = {"name": "Amina", "event": " Safe  Water ", "date": "2026-01-05 09:00", "attended": "yes"}
    record = read(TableKind.ATTENDANCE, **fields)
    assert isinstance(record, ActRecord)
    assert record.kind is EventKind.ATTEND
    again = read(TableKind.ATTENDANCE, **fields | {"event": "safe water", "date": "2026-01-05 10:00"})
    assert isinstance(again, ActRecord)
    assert again.remote_id == record.remote_id
    for answer in ("no", "", "absent", "لا", "否", "0"):
        assert read(TableKind.ATTENDANCE, **fields | {"attended": answer}) is None


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        (TableKind.MEMBERS, {"office": "Lima"}, "no_person"),
        (TableKind.MEMBERS, {"name": "A", "joined": "soon"}, "bad_time"),
        (TableKind.MEMBERS, {"name": "A", "joined": "05/01/2026"}, "day_or_month"),
        (TableKind.MEMBERS, {"name": "A", "left": "1900-01-01"}, "bad_time"),
        (TableKind.POSTS, {"name": "A", "date": "2026-12-31", "text": "x"}, "bad_time"),
        (TableKind.POSTS, {"name": "A", "date": "", "text": "x"}, "bad_time"),
        (TableKind.POSTS, {"name": "A", "date": "2026-01-05", "text": ""}, "no_text"),
        (TableKind.EVENTS, {"name": "A", "date": "2026-01-05", "kind": "dance"}, "unknown_kind"),
        (TableKind.EVENTS, {"name": "A", "date": "2026-01-05", "kind": "reply", "text": "x"}, "no_parent"),
        (TableKind.ATTENDANCE, {"name": "A", "date": "2026-01-05", "event": ""}, "no_event"),
    ],
)
def test_row_is_held_back_with_a_code_and_a_reason_without_names(kind, fields, code):
    refusal = read(kind, **fields)
    assert isinstance(refusal, tuple)
    assert refusal[0] == code
    assert "Lima" not in refusal[1]


def test_row_of_no_fields_is_left_out():
    assert read(TableKind.MEMBERS) is None
