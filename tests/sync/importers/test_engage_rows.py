"""What single rows of an export say, and which of them are none of a community."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from tests.sync.importers.engage import MESSAGE, NOW, WATER, Row, a_row
from workbench.models.moments import to_micros
from workbench.sync.importers.engage_rows import (
    ALL_COMPANY,
    MESSAGE_COLUMNS,
    PRIVATE,
    SYSTEM,
    Edit,
    Group,
    LeftOut,
    Message,
    Refusal,
    UserRow,
    edit_of,
    file_of,
    group_of,
    message_of,
    moment,
    subject_of,
    user_of,
)
from workbench.sync.people import UNKNOWN_NAME, address_key

USERS: dict[int, UserRow] = {7: ("Chidi Example", "chidi@example.org", "Lagos")}


def read(
    row: Row,
    *,
    tells_private: bool = True,
    edits: dict[int, Edit] | None = None,
    files: Mapping[int, str] | None = None,
) -> Message | LeftOut | Refusal:
    names = [name if isinstance(name, str) else name[0] for name in MESSAGE_COLUMNS]
    fields = tuple("" if (value := row.get(name, "")) == "null" else value for name in names)
    told, changed = files or {}, edits or {}
    return message_of(fields, users=USERS, edits=changed, tells_private=tells_private, now=NOW, files=told)


def a_message(row: Row, *, edits: dict[int, Edit] | None = None, files: Mapping[int, str] | None = None) -> Message:
    message = read(row, edits=edits, files=files)
    assert isinstance(message, Message)
    return message


def test_a_message_with_all_it_has():
    message = a_message(a_row(2, by="2", answers=1, replied_to_id="3", body="Yes\r\nof course "))
    assert (message.id, message.group, message.references, message.text) == ("2", WATER, ("3", "1"), "Yes\nof course")
    assert message.at == datetime(2026, 1, 5, 9, 2, 0, 24_057, tzinfo=UTC)
    assert message.author.handle == "2"
    assert message.author.address_key == address_key("bo@example.org")
    assert (message.version, message.is_deleted) == (0, False)


def test_a_message_never_answers_itself():
    assert a_message(a_row(1, replied_to_id="1")).references == ()


def test_what_stands_in_no_community_belongs_to_all_if_it_is_not_private():
    assert a_message(a_row(1, group_id="", group_name="")).group == ALL_COMPANY
    assert a_message(a_row(1, group_id="null", participants="user:1,user:2")).group == ALL_COMPANY
    assert read(a_row(1, group_id="", in_private_conversation="true")) == LeftOut(PRIVATE)
    assert read(a_row(1, group_id="", in_private_conversation="TRUE")) == LeftOut(PRIVATE)
    assert read(a_row(1, group_id="", in_private_conversation="", participants="user:1,user:2")) == LeftOut(PRIVATE)
    assert read(a_row(1, group_id="", in_private_conversation=""), tells_private=False) == LeftOut(PRIVATE)
    assert read(a_row(1, direct_message="true")) == LeftOut(PRIVATE)


def test_a_private_community_is_a_community():
    assert a_message(a_row(1, in_private_group="true")).group == WATER


@pytest.mark.parametrize("mark", [{"message_type": "system"}, {"system_message": "true"}])
def test_what_the_platform_wrote_itself_is_left_out(mark: dict[str, str]):
    assert read(a_row(1, body="Amina has #joined the network", **mark)) == LeftOut(SYSTEM)


def test_rows_that_cannot_be_used_say_why():
    assert read(a_row(1, created_at="yesterday")) == Refusal(
        "bad_time", "created_at is no believable time like 2026-01-05T09:00:00Z", WATER
    )
    for absurd in ("", "0001-01-01T00:00:00Z", "2031-01-01T00:00:00Z"):
        assert isinstance(read(a_row(1, created_at=absurd)), Refusal)
    for id_ in ("", "x", "1.5", "9" * 20, "²"):
        assert read(MESSAGE | {"id": id_}) == Refusal("bad_row", "this row has no usable id", WATER)
    assert read(a_row(1, group_id="../etc")) == Refusal("bad_row", "this row has no usable id")


def test_the_last_edit_is_the_text_and_deleting_takes_it():
    edits = {1: Edit(5, "Better [[user:7]]")}
    message = a_message(a_row(1), edits=edits)
    assert (message.text, message.version) == ("Better @Chidi Example", 5)
    gone = a_message(a_row(1, deleted_at="2026-01-09T00:00:00Z"), edits=edits)
    assert (gone.text, gone.version, gone.is_deleted) == ("", 0, True)


def test_later_edits_outrank_earlier_ones_and_names_numbers():
    first, named = a_message(a_row(1, body="z [[user:9]]")), a_message(a_row(1, body="a @Chidi"))
    edited = a_message(a_row(1), edits={1: Edit(5, "[[user:9]]")})
    assert first.rank < named.rank < edited.rank


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"One\nTwo\r\nThree", "One\nTwo\nThree"),
        ("C:\\new\nplace", "C:\\new\nplace"),
        ("[[user:8]] and [[user:7]]", "[[user:8]] and @Chidi Example"),
        ("A\x00B\x07", "AB"),
        ("", ""),
    ],
)
def test_texts_are_made_readable(body: str, text: str):
    assert a_message(a_row(1, body=body)).text == text


def test_people_are_known_by_id_with_what_the_message_says_first():
    assert a_message(a_row(1, sender_id="7")).author.name == "Amina Example"
    from_table = a_message(a_row(1, sender_id="7", sender_name="", sender_email="")).author
    assert (from_table.handle, from_table.name, from_table.office) == ("7", "Chidi Example", "Lagos")
    assert from_table.address_key == address_key("chidi@example.org")
    deleted = a_message(a_row(1, sender_id="8", sender_name="", sender_email="")).author
    assert (deleted.handle, deleted.name, deleted.address_key) == ("8", UNKNOWN_NAME, None)
    nobody = a_message(a_row(1, sender_id="null", sender_name="", sender_email="")).author
    assert nobody.name == UNKNOWN_NAME
    assert nobody.handle
    assert not nobody.is_bot


def test_programs_are_told_apart():
    assert a_message(a_row(1, sender_type="bot")).author.is_bot
    assert a_message(a_row(1, sender_email="no-reply@example.org")).author.is_bot


def test_an_edit_without_a_moment_is_still_an_edit():
    assert edit_of(("1", "Better", "2026-01-06T10:00:00Z")) == (
        1,
        Edit(to_micros(datetime(2026, 1, 6, 10, tzinfo=UTC)), "Better"),
    )
    assert edit_of(("1", "Better", "")) == (1, Edit(1, "Better"))
    assert edit_of(("1", "", "")) is None
    assert edit_of(("x", "Better", "")) is None


def test_communities_and_people_without_an_id_are_none():
    stamp = to_micros(datetime(2026, 1, 6, tzinfo=UTC))
    told = ("9", " Boats ", r"All\nboats", "false", "2026-01-06", "2020-01-01", "https://engage.example.org/9")
    assert group_of(told) == Group("9", "Boats", "All\nboats", "https://engage.example.org/9", stamp)
    assert group_of(("9", "Boats", "", "true", "", "", "javascript:x")) == Group("9", "Boats", stamp=0, is_deleted=True)
    assert group_of(("", "Boats", "", "", "", "", "")) is None
    assert group_of(("9", " ", "", "", "", "", "")) is None
    assert user_of(("7", *USERS[7])) == (7, USERS[7])
    assert user_of(("", *USERS[7])) is None


def test_moments_in_every_form_the_platform_writes():
    at = datetime(2022, 11, 11, 20, 59, 56, tzinfo=UTC)
    assert moment("2022/11/11 20:59:56 +0000") == moment("2022-11-11T20:59:56Z") == moment("2022-11-11 20:59:56") == at
    assert moment("2022-11-11T22:59:56+02:00") == at
    assert moment("2022-11-11T20:59:56.1234567Z") == at.replace(microsecond=123_456)
    assert moment("0001-01-01T00:00:00+14:00") is None
    assert moment("null") is None


def test_a_conversation_is_called_by_its_first_line():
    assert subject_of("\n Which  pumps?\nWe need ten.") == "Which pumps?"
    assert subject_of("word " * 40) == "word " * 16 + "word…"
    assert len(subject_of("x" * 500)) == 90
    assert subject_of("") == ""


def test_files_are_known_by_number_and_by_name_where_the_export_has_it():
    row = a_row(1, attachments='uploadedfile:7,opengraphobject:[9 : https://example.org : title="a, b"],uploadedfile:8')
    found = a_message(row, files={7: "a.pdf"}).files
    assert [(file.remote_id, file.name, file.media_type, file.address) for file in found] == [
        ("7", "a.pdf", "application/pdf", None),
        ("8", "File 8", "", None),
    ]
    assert a_message(row | {"deleted_at": "2026-01-06T09:00:00Z"}).files == ()


def test_a_row_about_a_file_has_to_say_which():
    assert file_of(("7", " plan.pdf ")) == (7, "plan.pdf")
    assert [file_of(fields) for fields in (("", "plan.pdf"), ("7", ""), ("x", "plan.pdf"))] == [None] * 3
