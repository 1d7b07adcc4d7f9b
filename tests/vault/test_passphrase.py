"""Passphrase: right words, wrong words, recovery code, growing delay."""

import json

import pytest

from tests.disks import an_unwritable
from workbench.errors import BadInputError, DamagedError, KeyMissingError, WrongKeyError
from workbench.vault.passphrase import SEALED_NAME, Cost, Passphrase, guess_delay, new_recovery_code

CHEAP = Cost(memory_kib=8, passes=1)
WORDS = "correct horse battery staple"


class Kept:
    """A passphrase keeper that remembers its code and its waits."""

    def __init__(self, profile, words=WORDS):
        self.profile = profile
        self.codes: list[str] = []
        self.waits: list[float] = []
        self.key = self.source(words).make(profile, "instance")

    def source(self, words):
        return Passphrase(lambda: words, show_recovery=self.codes.append, wait=self.waits.append, cost=CHEAP)

    def unlock(self, words):
        return self.source(words).unlock(self.profile, "instance")


def test_right_words_give_the_key(tmp_path):
    kept = Kept(tmp_path)
    assert kept.unlock(WORDS) == kept.key
    assert len(kept.key) == 32


def test_same_words_typed_decomposed_give_the_key(tmp_path):
    kept = Kept(tmp_path, "caf\u00e9 au lait")
    assert kept.unlock("cafe\u0301 au lait") == kept.key


def test_recovery_code_is_shown_once_and_gives_the_key_as_people_type_it(tmp_path):
    kept = Kept(tmp_path)
    [code] = kept.codes
    assert kept.unlock(code) == kept.key
    assert kept.unlock(code.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == kept.key
    assert kept.codes == [code]


def test_file_holds_neither_words_nor_key_nor_code(tmp_path):
    kept = Kept(tmp_path)
    text = (tmp_path / SEALED_NAME).read_text()
    assert (tmp_path / SEALED_NAME).stat().st_mode & 0o077 == 0
    for secret in (WORDS, "horse", kept.key.hex(), kept.codes[0], kept.codes[0].replace("-", "")):
        assert secret not in text


def test_wrong_words_are_refused_and_slow_down(tmp_path):
    kept = Kept(tmp_path)
    for _ in range(6):
        with pytest.raises(WrongKeyError):
            kept.unlock("wrong words")
    assert kept.waits == [1.0, 2.0, 4.0]
    assert kept.unlock(WORDS) == kept.key
    assert kept.waits == [1.0, 2.0, 4.0, 8.0]
    kept.unlock(WORDS)
    assert len(kept.waits) == 4


def test_delay_grows_to_a_minute_and_no_further():
    assert [guess_delay(guesses) for guesses in range(10)] == [0, 0, 0, 1, 2, 4, 8, 16, 32, 60]
    assert guess_delay(10_000) == 60


def test_guess_counts_although_the_program_is_stopped(tmp_path):
    kept = Kept(tmp_path)
    for _ in range(3):
        with pytest.raises(WrongKeyError):
            kept.unlock("wrong words")

    def stop(_seconds):
        raise KeyboardInterrupt

    impatient = Passphrase(lambda: "wrong words", wait=stop)
    with pytest.raises(KeyboardInterrupt):
        impatient.unlock(tmp_path, "instance")
    assert json.loads((tmp_path / SEALED_NAME).read_text())["wrong_guesses"] == 3


def test_short_and_missing_words_are_refused(tmp_path):
    with pytest.raises(BadInputError):
        Kept(tmp_path, "short")
    assert list(tmp_path.iterdir()) == []
    kept = Kept(tmp_path)
    with pytest.raises(KeyMissingError):
        kept.unlock("")


def test_profile_without_its_sealed_key_says_so(tmp_path):
    with pytest.raises(KeyMissingError):
        Passphrase(lambda: WORDS).unlock(tmp_path, "instance")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"passphrase": {}, "recovery": {}, "wrong_guesses": 0}'])
def test_unreadable_sealed_key_is_damage(tmp_path, text):
    (tmp_path / SEALED_NAME).write_text(text)
    with pytest.raises(DamagedError):
        Passphrase(lambda: WORDS).unlock(tmp_path, "instance")


@pytest.mark.parametrize(("field", "value"), [("passes", 2), ("sealed", "00" * 48), ("memory_kib", 1 << 30)])
def test_changed_sealed_key_never_opens(tmp_path, field, value):
    kept = Kept(tmp_path)
    sealed = json.loads((tmp_path / SEALED_NAME).read_text())
    sealed["passphrase"][field] = value
    (tmp_path / SEALED_NAME).write_text(json.dumps(sealed))
    with pytest.raises((WrongKeyError, DamagedError)):
        kept.unlock(WORDS)


def test_right_words_open_a_profile_that_cannot_be_written(tmp_path):
    kept = Kept(tmp_path)
    with an_unwritable(tmp_path) as place:
        assert kept.source(WORDS).unlock(place, "instance") == kept.key


def test_codes_are_long_and_differ():
    codes = {new_recovery_code() for _ in range(100)}
    assert len(codes) == 100
    assert all(len(code.replace("-", "")) == 32 for code in codes)


def test_default_cost_takes_64_mib():
    assert Cost().memory_kib == 64 * 1024
    assert Cost().is_sane()
