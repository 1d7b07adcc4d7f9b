"""Card: what a profile says about itself without a key."""

import json

import pytest

from tests.builders import KEY
from tests.disks import an_unwritable
from workbench.errors import DamagedError, NewerProfileError, ReadOnlyError
from workbench.vault.card import CARD_NAME, Card, KeyKind, key_check, new_card, read_card, write_card, write_whole


def test_card_survives_the_file_and_is_for_its_owner_only(tmp_path):
    card = Card("instance", KeyKind.VAULT, key_check(KEY))
    write_card(tmp_path, card)
    assert read_card(tmp_path) == card
    assert (tmp_path / CARD_NAME).stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == [CARD_NAME]


def test_card_holds_nothing_of_the_key(tmp_path):
    write_card(tmp_path, Card("instance", KeyKind.KEY_FILE, key_check(KEY)))
    text = (tmp_path / CARD_NAME).read_text()
    assert KEY.hex()[:16] not in text
    assert set(json.loads(text)) == {"format", "instance", "key_kind", "key_check"}


def test_card_tells_its_key_from_others():
    card = Card("instance", KeyKind.VAULT, key_check(KEY))
    assert card.fits(KEY)
    assert not card.fits(bytes(32))


def test_every_profile_has_its_own_instance():
    assert new_card(KeyKind.VAULT).instance != new_card(KeyKind.VAULT).instance


def test_no_card_is_no_error(tmp_path):
    assert read_card(tmp_path) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json", '{"format": 1, "instance": "x", "key_kind": "other"}'])
def test_unreadable_card_is_damage(tmp_path, text):
    (tmp_path / CARD_NAME).write_text(text)
    with pytest.raises(DamagedError):
        read_card(tmp_path)


def test_newer_card_is_refused(tmp_path):
    (tmp_path / CARD_NAME).write_text('{"format": 2}')
    with pytest.raises(NewerProfileError):
        read_card(tmp_path)


def test_small_file_in_an_unwritable_folder_is_refused(tmp_path):
    with an_unwritable(tmp_path) as place, pytest.raises(ReadOnlyError):
        write_whole(place / "x.json", "{}")
