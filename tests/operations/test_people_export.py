"""A list with names leaves only for somebody and for something; what is kept by hand stays at home."""

import io
import zipfile

import pytest

from tests.builders import a_workspace
from tests.sync.mirrored import a_message
from workbench.errors import BadInputError
from workbench.models.kinds import AccountKind
from workbench.operations.people_export import write_directory
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord


@pytest.fixture
def workspace(tmp_path):
    found = a_workspace(tmp_path)
    account = found.accounts.add(AccountKind.TABLE, "Tables")
    water = found.mirror.ensure_community(account, CommunityRecord("water", "Water"))
    found.mirror.apply(water, "messages", Batch((a_message("m1"), a_message("m2", by="bruno"))))
    with found.database.read() as reader:
        person = reader.scalar("SELECT id FROM person LIMIT 1")
    found.notes.set_note(person, "A private word")
    found.notes.set_tags(person, ["secret-tag"])
    yield found
    found.close()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_file_names_people_and_says_for_whom_and_why(workspace, tmp_path, suffix):
    out = tmp_path / f"people{suffix}"
    said = {"recipient": "The regional office", "purpose": "Inviting to a workshop"}
    assert write_directory(workspace, scope=(), out=out, **said) == (out, 2)
    data = out.read_bytes()
    if suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = packed.read("xl/sharedStrings.xml")
    text = data.decode()
    assert all(words in text for words in (*said.values(), "Amina Example", "Bruno Example"))
    assert "private" not in text
    assert "secret-tag" not in text


def test_a_sealed_list_is_another_file_that_shows_nothing(workspace, tmp_path):
    out, said = tmp_path / "people.csv", {"recipient": "Who", "purpose": "Why", "passphrase": "three plain words"}
    place, _people = write_directory(workspace, scope=(), out=out, **said)
    assert place == tmp_path / "people.csv.age"
    assert not out.exists()
    # Sealed for a passphrase, as the format says in its first two lines.
    assert place.read_bytes().startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert b"Amina" not in place.read_bytes()
    with pytest.raises(BadInputError):
        write_directory(workspace, scope=(), out=out, **{**said, "passphrase": ""})


@pytest.mark.parametrize(
    ("name", "recipient", "purpose"),
    [("people.csv", " ", "Why"), ("people.csv", "Who", ""), ("people.pdf", "Who", "Why")],
)
def test_without_a_recipient_and_a_purpose_nothing_is_written(workspace, tmp_path, name, recipient, purpose):
    with pytest.raises(BadInputError):
        write_directory(workspace, scope=(), out=tmp_path / name, recipient=recipient, purpose=purpose)
    assert not (tmp_path / name).exists()
