"""Register: a later write replaces, concurrent ones stay."""

import pytest
from pycrdt import Doc, Map

from workbench.plans.register import Entry, erase, outdated, read, write


def a_record() -> tuple[Doc, Map]:
    doc: Doc = Doc()
    return doc, doc.get("record", type=Map)


def values(record: Map, field: str = "title") -> list[str]:
    return [entry.value for entry in read(record.to_py()).get(field, ())]


def copy_of(doc: Doc) -> tuple[Doc, Map]:
    other, record = a_record()
    other.apply_update(doc.get_update())
    return other, record


def test_a_write_replaces_what_it_has_seen_whatever_the_clock_says() -> None:
    _, record = a_record()
    write(record, "title", "first", at=2_000, author="Amina")
    write(record, "title", "second", at=1_000, author="Amina")
    write(record, "titles", "other field", at=1_000, author="Amina")
    assert values(record) == ["second"]


def test_concurrent_writes_stay_side_by_side_newest_first() -> None:
    doc, record = a_record()
    write(record, "title", "base", at=1_000, author="Amina")
    other, other_record = copy_of(doc)
    write(record, "title", "hers", at=3_000, author="Amina")
    write(other_record, "title", "his", at=2_000, author="Bilal")
    doc.apply_update(other.get_update())
    assert values(record) == ["hers", "his"]
    write(record, "title", "chosen", at=1_000, author="Amina")
    assert values(record) == ["chosen"]


@pytest.mark.parametrize(
    "raw", ["text", [1], ["v", -1, "a", []], ["v", 1, 2, []], ["v", 1, "a", "no"], ["v", 1e300, "a", []]]
)
def test_what_is_not_an_entry_is_refused(raw: object) -> None:
    with pytest.raises(ValueError, match="not an entry"):
        read({"title:x": raw})


def test_an_undo_of_a_replaced_value_brings_nothing_back() -> None:
    old = Entry("old", "v0", 1, "Amina", ())
    later = Entry("later", "v2", 2, "Bilal", ("mine",))
    assert outdated([later], [later, old], undoing=True) == ["old"]
    assert outdated([later], [later, old], undoing=False) == []
    mine = Entry("mine", "v1", 2, "Amina", ("old",))
    assert outdated([mine], [old], undoing=True) == []
    beside = Entry("beside", "v2", 2, "Bilal", ("old",))
    assert outdated([mine, beside], [beside, old], undoing=True) == ["old"]


def test_a_name_is_erased_as_owner_and_as_author() -> None:
    _, record = a_record()
    write(record, "owner", "Bilal Example", at=1, author="Amina")
    write(record, "title", "t", at=1, author="Bilal Example")
    assert erase(record, read(record.to_py()), "Bilal Example")
    assert "Bilal" not in str(record.to_py())
    assert values(record) == ["t"]
    assert not erase(record, read(record.to_py()), "Bilal Example")
