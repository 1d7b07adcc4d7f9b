"""Attachments in the mirror: told with their message, written with it, gone with it."""

from dataclasses import replace

from tests.sync.mirrored import Mirrored, a_message, a_mirror
from workbench.models.changes import Changes
from workbench.sync.attachments import MOST_FILES
from workbench.sync.records import AttachmentRecord, GoneRecord

PLAN = AttachmentRecord("7", "plan.pdf", "application/pdf", 2_000, "https://platform.example.org/files/7")
MAP = AttachmentRecord("8", "map.png", "image/png", None, "https://platform.example.org/files/8")


def files(mirrored: Mirrored):
    return mirrored.rows(
        "SELECT e.remote_id, a.remote_id, a.name, a.size, a.reason, a.content FROM attachment a"
        " JOIN event e ON e.id = a.event_id ORDER BY e.remote_id, a.position"
    )


def test_files_come_with_their_message_and_twice_equals_once(tmp_path):
    mirrored = a_mirror(tmp_path)
    message = a_message("m1", attachments=(PLAN, MAP))
    mirrored.apply(message, a_message("m2", hours=1))
    told = [("m1", "7", "plan.pdf", 2_000, None, None), ("m1", "8", "map.png", None, None, None)]
    assert files(mirrored) == told
    assert mirrored.apply(message).unchanged == 1
    assert files(mirrored) == told


def test_a_message_known_without_its_files_gets_them(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"))
    with mirrored.database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM attachment")
    assert mirrored.apply(a_message("m1", attachments=(PLAN,))).changed == 1
    assert [row[1] for row in files(mirrored)] == ["7"]


def test_an_edit_that_takes_a_file_away_takes_it_away_here_and_keeps_what_was_fetched_of_others(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1", attachments=(PLAN, MAP)))
    with mirrored.database.write() as session:
        session.connection().exec_driver_sql("UPDATE attachment SET content = x'01', fetched_at = 5")
    renewed = replace(MAP, address="https://platform.example.org/files/8?signed=anew")
    mirrored.apply(a_message("m1", text="Only the map", attachments=(renewed,)))
    assert files(mirrored) == [("m1", "8", "map.png", None, None, b"\x01")]
    assert mirrored.scalar("SELECT address FROM attachment") == renewed.address
    mirrored.apply(a_message("m1", text="No map"))
    assert files(mirrored) == []


def test_an_address_signed_anew_is_no_edit(tmp_path):
    mirrored = a_mirror(tmp_path)
    named = replace(MAP, address=None, is_only_named=True)
    mirrored.apply(a_message("m1", attachments=(named,)))
    assert mirrored.scalar("SELECT reason FROM attachment") == "only_named"
    for told in (MAP, named):  # an export that is read after the platform takes nothing away
        mirrored.apply(a_message("m1", attachments=(told,)))
        assert mirrored.rows("SELECT address, reason FROM attachment") == [(MAP.address, None)]
    again = a_message("m1", attachments=(replace(MAP, address="https://platform.example.org/files/8?again"),))
    assert mirrored.apply(again).unchanged == 1
    assert mirrored.scalar("SELECT address FROM attachment") == "https://platform.example.org/files/8?again"


def test_what_came_with_a_message_is_there_at_once_and_what_was_too_much_says_so(tmp_path):
    mirrored = a_mirror(tmp_path)
    small = AttachmentRecord("1", "note.txt", "TEXT/Plain", 5, content=b"hello")
    large = AttachmentRecord("2", "film\x00.bin", "video/mp4", 9_000_000)
    mirrored.apply(a_message("m1", attachments=(small, large)))
    assert files(mirrored) == [
        ("m1", "1", "note.txt", 5, None, b"hello"),
        ("m1", "2", "film.bin", 9_000_000, "not_kept", None),
    ]
    assert mirrored.rows("SELECT media_type, fetched_at IS NULL FROM attachment") == [
        ("text/plain", 0),
        ("video/mp4", 1),
    ]
    mirrored.apply(a_message("m1", attachments=(small, replace(large, content=b"film"))))
    assert files(mirrored)[1][4:] == (None, b"film")


def test_no_message_brings_more_files_than_anybody_attaches(tmp_path):
    mirrored = a_mirror(tmp_path)
    many = tuple(AttachmentRecord(str(number), f"{number}.png") for number in range(MOST_FILES + 5))
    mirrored.apply(a_message("m1", attachments=many))
    assert mirrored.scalar("SELECT count(*) FROM attachment") == MOST_FILES


def test_a_message_that_is_gone_takes_its_files_with_it(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1", attachments=(replace(PLAN, address=None, content=b"%PDF"),)))
    mirrored.apply(GoneRecord("m1", "water"))
    assert files(mirrored) == []


def test_an_account_that_goes_takes_every_byte_of_its_files_with_it(tmp_path):
    mirrored = a_mirror(tmp_path)
    secret = b"The harbour plan of Amina Example. " * 400
    mirrored.apply(a_message("m1", attachments=(replace(PLAN, address=None, content=secret),)))
    changes = mirrored.accounts.forget(mirrored.account_id)
    assert changes & Changes.FILES
    assert mirrored.scalar("SELECT count(*) FROM attachment") == 0
    with mirrored.database.read() as reader:
        path = reader.scalar("SELECT file FROM pragma_database_list WHERE name = 'main'")
    assert path
    # The file is encrypted: that no page of it still holds the content is asked of SQLite, page by page.
    pages = mirrored.rows("SELECT data FROM sqlite_dbpage('main')") if _has_pages(mirrored) else []
    assert not [page for (page,) in pages if b"harbour plan" in page]


def _has_pages(mirrored: Mirrored) -> bool:
    return bool(mirrored.scalar("SELECT count(*) FROM pragma_module_list WHERE name = 'sqlite_dbpage'"))
