"""Files on messages as they are read: by thread, by scope, and what still waits."""

from datetime import timedelta

from tests.sync.mirrored import START, a_message, a_mirror
from workbench.models.kinds import AccountKind, FileReason
from workbench.queries.attachments import (
    attachment_content,
    attachment_place,
    list_attachments,
    thread_attachments,
    waiting_files,
)
from workbench.sync.records import AttachmentRecord, GoneRecord


def a_file(name: str, *, size: int | None = None) -> AttachmentRecord:
    return AttachmentRecord(name, name, "image/png", size, f"https://platform.example.org/{name}")


def test_a_thread_gives_the_files_of_its_messages_in_order(tmp_path):
    mirrored = a_mirror(tmp_path)
    kept = AttachmentRecord("c", "c", "text/plain", 2, content=b"ok")
    mirrored.apply(
        a_message("m1", attachments=(a_file("b", size=9), a_file("a"))),
        a_message("m2", hours=1, references=("m1",), attachments=(kept,)),
        a_message("m3", hours=2, references=("m1",)),
        a_message("x", hours=3, attachments=(a_file("z"),)),
    )
    with mirrored.database.read() as reader:
        found = thread_attachments(reader, 1)
        listed = list_attachments(reader, ())
        assert [[file.name for file in files] for files in found.values()] == [["b", "a"], ["c"]]
        (c,) = found[2]
        assert (c.is_here, c.has_address, c.reason, c.size) == (True, False, None, 2)
        assert attachment_content(reader, c.id) == b"ok"
        assert [one.file.name for one in listed] == ["z", "c", "b", "a"]
        assert (listed[1].thread_id, listed[1].community, listed[1].author) == (1, "Water points", "Amina Example")
        assert listed[1].sent_at == START + timedelta(hours=1)
        assert len(list_attachments(reader, (mirrored.community_id,), limit=2)) == 2
        assert list_attachments(reader, (99,)) == []
        place = attachment_place(reader, c.id)
        assert place is not None
        assert (place.account_kind, place.address, place.row) == (AccountKind.MAILING_LIST, None, c)
        assert attachment_place(reader, 99) is None
        assert attachment_content(reader, 99) is None
    mirrored.apply(GoneRecord("m2", "water"))
    with mirrored.database.read() as reader:
        assert set(thread_attachments(reader, 1)) == {1}


def test_what_waits_is_what_may_still_be_fetched_newest_message_first(tmp_path):
    mirrored = a_mirror(tmp_path)
    given_up = AttachmentRecord("no", "no", "video/mp4", 9)
    mirrored.apply(
        a_message("m1", attachments=(a_file("old"), a_file("large", size=5_000))),
        a_message("m2", hours=1, attachments=(a_file("new", size=100), given_up)),
    )
    with mirrored.database.read() as reader:
        found = waiting_files(reader, mirrored.account_id, most=1_000, limit=9)
        assert [file.name for file in found] == ["new", "old"]
        assert found[0].address == "https://platform.example.org/new"
        assert len(waiting_files(reader, mirrored.account_id, most=9_000, limit=2)) == 2
        assert waiting_files(reader, mirrored.account_id, most=9_000, limit=2, only=[99]) == []
        assert waiting_files(reader, mirrored.account_id, most=1_000, limit=9, only=[mirrored.community_id]) == found
        (no,) = [one.file for one in list_attachments(reader, ()) if one.file.name == "no"]
        assert no.reason is FileReason.NOT_KEPT
        plan = reader.rows("EXPLAIN QUERY PLAN SELECT a.id FROM attachment a WHERE a.event_id = 1")
        assert "SEARCH" in plan[0][-1]
    mirrored.accounts.follow(mirrored.account_id, [mirrored.community_id], is_followed=False)
    with mirrored.database.read() as reader:
        assert waiting_files(reader, mirrored.account_id, most=1_000, limit=9) == []
