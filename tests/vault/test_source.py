"""Sources held against the card of the profile."""

import pytest

from workbench.errors import KeyMissingError, WrongKeyError
from workbench.vault import KeyFile, KeyKind, Passphrase, Vault, make, obtain, read_card
from workbench.vault.card import CARD_NAME


def test_made_key_is_obtained_again(tmp_path):
    source = KeyFile(tmp_path / "key")
    assert make(tmp_path, source) == obtain(tmp_path, source)
    card = read_card(tmp_path)
    assert card is not None
    assert card.key_kind is KeyKind.KEY_FILE


def test_key_of_another_profile_is_refused(tmp_path):
    make(tmp_path, KeyFile(tmp_path / "key"))
    KeyFile(tmp_path / "other").make(tmp_path, "instance")
    with pytest.raises(WrongKeyError):
        obtain(tmp_path, KeyFile(tmp_path / "other"))


@pytest.mark.parametrize("source", [Vault(), Passphrase(lambda: "correct horse")])
def test_wrong_kind_of_keeper_is_told_the_right_one(tmp_path, source):
    make(tmp_path, KeyFile(tmp_path / "key"))
    with pytest.raises(KeyMissingError) as caught:
        obtain(tmp_path, source)
    assert caught.value.details == {"kind": "key-file"}


def test_lost_card_does_not_lock_anybody_out(tmp_path):
    source = KeyFile(tmp_path / "key")
    key = make(tmp_path, source)
    (tmp_path / CARD_NAME).unlink()
    assert obtain(tmp_path, source) == key
