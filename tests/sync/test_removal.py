"""Removal: what an account brought goes, set by set, and nothing else."""

import json

import pytest

from tests.builders import a_clock
from tests.sync.mirrored import Mirrored, a_message, a_mirror, a_person, an_act, index_words, snapshot
from workbench.ids import AccountId, PersonId
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind, EventKind
from workbench.notes.store import NotesStore
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, GoneRecord
from workbench.sync.rollup_check import differences

MIRRORED = (
    "event", "body", "orphan", "opening", "thread", "threadmark", "member", "handle", "community", "streamcursor",
    "syncrun", "quarantine", "coverage", "personday", "activityday", "networkweek",
)  # fmt: skip


def other_account(mirrored: Mirrored, *, messages: int = 3):
    """A second account with one community, whose first author is known from the first account too."""
    account = mirrored.accounts.add(AccountKind.SAMPLE, "Sample")
    community = mirrored.mirror.ensure_community(account, CommunityRecord("sample", "Sample"))
    told = [
        a_message(f"s{n}", by="zoe", hours=n, references=(f"s{n - 1}",), text="sample words") for n in range(messages)
    ]
    told.append(a_message("joint", by=a_person("ami", address_key="digest"), hours=-2, references=("never",)))
    told.append(an_act("like", EventKind.REACTION, by="yan", hours=3, target="s0"))
    mirrored.mirror.apply(community, "messages", Batch(records=tuple(told)))
    return account


@pytest.mark.parametrize("messages", [3, 260])
def test_a_forgotten_account_leaves_the_mirror_as_if_it_had_never_been(tmp_path, messages):
    mirrored = a_mirror(tmp_path)
    author = a_person("amina", address_key="digest")
    # Few words are taken out of the index one by one, many by writing it anew.
    mirrored.apply(*(a_message(f"m{n}", by=author, hours=n, references=("m0",)) for n in range(9)), cursor="1")
    before = snapshot(mirrored)
    account = other_account(mirrored, messages=messages)
    changes = mirrored.accounts.forget(account)
    assert Changes.EVENTS in changes
    assert snapshot(mirrored) == before
    assert mirrored.rows("SELECT name FROM person") == [("Amina Example",)]
    with mirrored.database.read() as reader:
        assert differences(reader) == []
        assert reader.rows("PRAGMA foreign_key_check") == []
    with mirrored.database.write() as session:
        session.connection().exec_driver_sql("INSERT INTO message_fts (message_fts) VALUES ('integrity-check')")


def test_people_with_a_note_or_a_tag_stay(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1", by="amina"), a_message("m2", by="bruno"), a_message("m3", by="chen"))
    people = {name: PersonId(number) for number, name in mirrored.rows("SELECT id, name FROM person")}
    notes = NotesStore(mirrored.database, mirrored.mirror._clock)
    notes.set_note(people["Amina Example"], "Knows pumps")
    notes.set_tags(people["Bruno Example"], ["Mentor"])
    mirrored.accounts.forget(mirrored.account_id)
    assert mirrored.rows("SELECT name FROM person ORDER BY name") == [("Amina Example",), ("Bruno Example",)]
    assert mirrored.rows("SELECT text FROM personnote") == [("Knows pumps",)]
    for table in MIRRORED:
        assert mirrored.rows(f"SELECT * FROM {table}") == [], table
    assert index_words(mirrored.database) == []


def test_settings_name_nobody_who_is_gone(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1", by="amina"))
    account = other_account(mirrored)
    (zoe,) = mirrored.rows("SELECT person_id FROM handle WHERE remote_id = 'zoe'")
    (gone,) = mirrored.rows("SELECT id FROM community WHERE remote_id = 'sample'")
    (stays,) = mirrored.rows("SELECT id FROM community WHERE remote_id <> 'sample'")
    notes = NotesStore(mirrored.database, a_clock())
    notes.set_preference("me", json.dumps(zoe[0]))
    notes.set_preference("comparison.columns.", json.dumps([gone[0], stays[0]]))
    assert mirrored.mirror.remove_account(account) & Changes.PREFERENCES
    assert mirrored.rows("SELECT * FROM preference") == [("comparison.columns.", json.dumps([stays[0]]))]


def test_a_name_that_only_the_forgotten_account_knew_is_forgotten(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1", by=a_person("amina", address_key="digest")))
    account = mirrored.accounts.add(AccountKind.SAMPLE, "Sample")
    community = mirrored.mirror.ensure_community(account, CommunityRecord("sample", "Sample"))
    married = a_person("ami", name="Ámina Muestra", address_key="digest")
    mirrored.mirror.apply(community, "messages", Batch(records=(a_message("s1", by=married, hours=5),)))
    assert mirrored.rows("SELECT name FROM person") == [("Ámina Muestra",)]
    mirrored.accounts.forget(account)
    assert mirrored.rows("SELECT name, name_key FROM person") == [("Amina Example", "amina example")]


@pytest.mark.parametrize("messages", [3, 260])
def test_no_word_of_a_forgotten_account_stays_in_the_file(tmp_path, messages):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"))
    mirrored.accounts.forget(other_account(mirrored, messages=messages))
    assert blocks_with(mirrored, b"ample") == 0


def test_a_removal_that_fails_leaves_all_as_it_was_and_the_index_as_strict(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1", text="zebra"))
    account = other_account(mirrored, messages=260)
    before = snapshot(mirrored)
    with pytest.raises(ZeroDivisionError):
        forget_and_fail(mirrored, account)
    assert snapshot(mirrored) == before
    mirrored.apply(GoneRecord("m1", "water"))
    assert blocks_with(mirrored, b"zebra") == 0


def forget_and_fail(mirrored: Mirrored, account: AccountId) -> None:
    with mirrored.database.write():
        mirrored.accounts.forget(account)
        raise ZeroDivisionError


def blocks_with(mirrored: Mirrored, word: bytes) -> int:
    """Blocks of the index that hold the word in the clear."""
    return sum(word in bytes(row[0]) for row in mirrored.rows("SELECT block FROM message_fts_data"))
