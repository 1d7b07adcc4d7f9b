"""Vault: pinned backends, refusals, a limit on waiting."""

import threading

import keyring.backends.SecretService
import pytest

from workbench.errors import KeyMissingError
from workbench.vault.system import SERVICE, Vault, pinned_backend


class Drawer:
    """A keyring backend that keeps its entries in memory."""

    def __init__(self):
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service, username):
        return self.entries.get((service, username))

    def set_password(self, service, username, password):
        self.entries[service, username] = password


class LockedDrawer(Drawer):
    def get_password(self, service, username):
        message = f"the collection is locked, {username}"
        raise RuntimeError(message)

    set_password = None


class ForgetfulDrawer(Drawer):
    def set_password(self, service, username, password):
        pass


class SilentDrawer(Drawer):
    def __init__(self):
        super().__init__()
        self.end = threading.Event()

    def get_password(self, service, username):
        self.end.wait()


def test_key_is_kept_under_the_profiles_instance(tmp_path):
    drawer = Drawer()
    key = Vault(drawer).make(tmp_path, "one")
    assert drawer.entries == {(SERVICE, "one"): key.hex()}
    assert Vault(drawer).unlock(tmp_path, "one") == key
    assert len(key) == 32


@pytest.mark.parametrize("entry", [None, "", "hello", "00" * 31])
def test_vault_without_a_key_for_this_profile_is_said_so(tmp_path, entry):
    drawer = Drawer()
    if entry is not None:
        drawer.entries[SERVICE, "one"] = entry
    with pytest.raises(KeyMissingError):
        Vault(drawer).unlock(tmp_path, "one")


@pytest.mark.parametrize("drawer", [LockedDrawer(), ForgetfulDrawer()])
def test_vault_that_refuses_or_forgets_makes_no_profile(tmp_path, drawer):
    with pytest.raises(KeyMissingError):
        Vault(drawer).make(tmp_path, "one")
    with pytest.raises(KeyMissingError):
        Vault(drawer).unlock(tmp_path, "one")


def test_silent_vault_is_not_waited_for(tmp_path):
    drawer = SilentDrawer()
    with pytest.raises(KeyMissingError) as caught:
        Vault(drawer, seconds=0.01).unlock(tmp_path, "one")
    assert "did not answer" in caught.value.reason
    drawer.end.set()


@pytest.mark.parametrize("wish", ["keyring.backends.null.Keyring", "keyring.backends.chainer.ChainerBackend"])
def test_backends_that_are_not_pinned_are_never_taken(tmp_path, monkeypatch, wish):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", wish)
    monkeypatch.setattr("sys.platform", "a system without any vault")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    with pytest.raises(KeyMissingError):
        pinned_backend()
    with pytest.raises(KeyMissingError) as caught:
        Vault().unlock(tmp_path, "one")
    assert caught.value.details == {"kind": "vault"}


def test_pinned_backend_that_works_is_taken(monkeypatch):
    class Working(Drawer):
        priority = 5

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(keyring.backends.SecretService, "Keyring", Working)
    assert isinstance(pinned_backend(), Working)
