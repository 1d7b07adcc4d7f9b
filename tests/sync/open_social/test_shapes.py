"""What Drupal answers, read from recorded shapes with invented people."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workbench.errors import LineError
from workbench.sync.open_social.shapes import (
    Ref,
    read_comment,
    read_entry,
    read_group,
    read_node,
    read_page,
    read_relation,
)
from workbench.sync.records import MessageRecord, Rejected

SAMPLES = Path(__file__).parents[1] / "connectors" / "open_social"
GROUP = "flexible_group:11:00000011-1d2a-4c3b-9e4f-5a6b7c8d9e0f"
TOPIC = "topic:1:00000001-1d2a-4c3b-9e4f-5a6b7c8d9e0f"
AMINA = "00000004-1d2a-4c3b-9e4f-5a6b7c8d9e0f"


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.json").read_bytes()


def page_of(*rows: dict, **parts) -> bytes:
    return json.dumps({"data": list(rows), **parts}).encode()


def test_a_remote_id_is_read_as_it_was_written():
    ref = Ref("topic", 12, "5d1c")
    assert Ref.of(ref.text) == ref
    assert [Ref.of(text) for text in (None, "", "topic:x:5d1c", "12", "a:1:b:c")] == [None] * 5


def test_the_entry_point_says_who_we_are():
    types, me = read_entry(sample("entry_signed_in"))
    assert "group_content--group_content_type_7fcb76fdf61a9" in types
    assert "self" not in types
    assert me == "00000009-1d2a-4c3b-9e4f-5a6b7c8d9e0f"
    assert read_entry(sample("entry_anonymous"))[1] is None


def test_a_sparse_page_leads_to_the_next_offset():
    page = read_page(sample("topics_sparse"), source="node--topic")
    assert [row.words("title") for row in page.rows] == ["Chlorine tablets", "A pump that sings"]
    assert (page.next, page.is_cut) == (2, False)


def test_a_topic_is_read_with_its_words_as_they_are_shown():
    page = read_page(sample("topic"), source="node--topic")
    record = read_node(page.rows[0], page, community=GROUP)
    assert isinstance(record, MessageRecord)
    assert (record.remote_id, record.subject) == (TOPIC, "Deep wells - edited")
    assert record.text == "How deep is yours?\n\n- Ours: 40 m & dry"
    assert (record.author.handle, record.author.name) == (AMINA, "Amina Example")
    assert record.sent_at == datetime(2026, 3, 21, 10, 52, 42, tzinfo=UTC)
    assert record.version == str(int(datetime(2026, 3, 24, 21, 2, 17, tzinfo=UTC).timestamp()))


def test_comments_know_what_they_answer():
    page = read_page(sample("comments_short"), source="comment--comment")
    first, second, waiting, lost = (read_comment(row, page, community=GROUP) for row in page.rows)
    assert isinstance(first, MessageRecord)
    assert isinstance(second, MessageRecord)
    assert first.references == (TOPIC,)
    assert second.references == (first.remote_id, TOPIC)
    assert (second.author.handle, second.author.name) == ("nobody", "Unknown sender")
    assert (waiting, lost) == (None, None)
    assert (page.is_cut, page.next) == (True, 50)


@pytest.mark.parametrize("missing", ["created", "drupal_internal__nid"])
def test_a_topic_without_a_date_or_number_is_held_back(missing):
    item = json.loads(sample("topic"))["data"]
    del item["attributes"][missing]
    page = read_page(page_of(item), source="node--topic")
    record = read_node(page.rows[0], page, community=GROUP)
    assert isinstance(record, Rejected)
    assert record.code == "no_date"


def test_an_item_that_is_no_resource_is_held_back():
    page = read_page(page_of({"id": 7}, {"type": "node--topic", "id": "x"}), source="node--topic", offset=50)
    assert [row.id for row in page.rows] == ["x"]
    assert [(item.code, item.position) for item in page.rejected] == [("not_readable", 50)]


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"data": 7}', b"null"])
def test_what_is_no_document_is_a_bad_reply(body):
    with pytest.raises(LineError):
        read_page(body, source="node--topic")


def test_a_next_link_that_leads_back_is_refused():
    link = {"next": {"href": "https://social.example.org/jsonapi/node/topic?page%5Boffset%5D=50"}}
    assert read_page(page_of(links=link), source="x").next == 50
    with pytest.raises(LineError):
        read_page(page_of(links=link), source="x", offset=50)
    assert read_page(page_of(links={"next": {"href": "https://social.example.org/?page=a"}}), source="x").next == 50


def test_a_group_and_what_is_tied_to_it():
    group = {
        "type": "group--flexible_group",
        "id": "g",
        "attributes": {
            "drupal_internal__id": 11,
            "label": " Water  points",
            "field_group_description": {"value": "<b>Pumps</b>", "format": "basic_html"},
        },
    }
    page = read_page(page_of(group), source="group")
    record = read_group(page.rows[0], root="https://social.example.org/")
    assert record is not None
    assert (record.remote_id, record.name, record.description) == ("flexible_group:11:g", "Water points", "Pumps")
    assert record.url == "https://social.example.org/group/11"

    def tie(**ties) -> dict:
        return {
            "type": "group_content--x",
            "id": "t",
            "attributes": {"drupal_internal__id": 5, "created": "2026-03-01T00:00:00+00:00"},
            "relationships": {name: {"data": {"type": kind, "id": id_}} for name, (kind, id_) in ties.items()},
        }

    whole = read_page(page_of(tie(gid=("group--x", "g"), entity_id=("user--user", "u"))), source="x")
    relation = read_relation(whole.rows[0], whole)
    assert relation is not None
    assert (relation.group, relation.person.handle if relation.person else None) == ("g", "u")
    lost = read_page(page_of(tie(gid=("group--x", "g"), entity_id=("user--user", "missing"))), source="x")
    assert read_relation(lost.rows[0], lost) is None
