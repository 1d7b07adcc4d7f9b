"""How the command line comes by the key: a file, a descriptor, the system's vault, or a question on a terminal."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path

from workbench.clock import Clock
from workbench.errors import BadInputError, KeyMissingError, store_error
from workbench.paths import default_profile
from workbench.vault import KeyFile, KeyKind, KeySource, Passphrase, Vault, pinned_backend, read_card
from workbench.workspace import Workspace, has_profile

MOST_BYTES = 4096


def profile_folder(options: argparse.Namespace) -> Path:
    """The folder named by --profile, else the one of this system's user."""
    return Path(options.profile) if options.profile is not None else default_profile()


def key_source(options: argparse.Namespace, profile: Path, *, say: Callable[[str], None]) -> KeySource:
    """The keeper of the key; asks only on a terminal and never with --no-input (KeyMissingError instead).

    A new profile without any option gets its key into the system's vault; where there is none, a person at a terminal
    is asked for a passphrase. `say` shows a new recovery code.
    """
    if options.key_file is not None:
        return KeyFile(Path(options.key_file))
    if options.passphrase_fd is not None:
        return Passphrase(ask=lambda: read_descriptor(options.passphrase_fd), show_recovery=_code_shower(say))
    card = read_card(profile)
    if card is None and may_ask(options) and not _has_vault():
        return Passphrase(ask=_new_passphrase, show_recovery=_code_shower(say))
    if card is None or card.key_kind is KeyKind.VAULT:
        return Vault()
    if card.key_kind is KeyKind.PASSPHRASE and may_ask(options):
        return Passphrase(ask=lambda: getpass.getpass("Passphrase or recovery code: "), show_recovery=_code_shower(say))
    message = "nobody gave the key"
    raise KeyMissingError(message, kind=card.key_kind.value)


def _has_vault() -> bool:
    """Whether this system has a vault that can keep a key."""
    try:
        pinned_backend()
    except KeyMissingError:
        return False
    return True


def _new_passphrase() -> str:
    """Asked for twice, because nobody sees what is typed."""
    first = getpass.getpass("This computer has no key vault. A passphrase for the new profile (8 letters or more): ")
    if getpass.getpass("The same again: ") != first:
        message = "The two were not the same; no profile was made."
        raise BadInputError(message)
    return first


def may_ask(options: argparse.Namespace) -> bool:
    """Whether there is a person at a terminal who may be asked."""
    streams = (sys.stdin, sys.stderr)  # None where whoever started us closed it
    return not options.no_input and all(stream is not None and stream.isatty() for stream in streams)


def read_descriptor(number: int) -> str:
    """The passphrase from an open descriptor, without its line end; it is closed afterwards."""
    try:
        with os.fdopen(number, "rb") as stream:
            data = stream.read(MOST_BYTES)
        return data.decode().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        message = (
            f"Descriptor {number} could not be read: open it for the command, as in "
            f"--passphrase-fd {number} {number}<FILE."
        )
        raise BadInputError(message) from error


def open_workspace(
    options: argparse.Namespace, *, clock: Clock, say: Callable[[str], None], writable: bool, create: bool = False
) -> Workspace:
    """The workspace of the chosen profile; `create` makes it where there is none, BadInputError otherwise."""
    profile = profile_folder(options)
    if not _is_there(profile):
        if not create:
            message = (
                f"There is no profile in {profile}. Name its folder with --profile, or make one by bringing something "
                "in: workbench import mailing-list PATH --community NAME"
            )
            raise BadInputError(message)
        return Workspace.create(profile, key=key_source(options, profile, say=say), clock=clock)
    return Workspace.open(profile, key=key_source(options, profile, say=say), clock=clock, writable=writable)


def _is_there(profile: Path) -> bool:
    try:
        return has_profile(profile)
    except OSError as error:  # a folder that may not be entered, a name that is too long
        raise store_error(error) from error


def _code_shower(say: Callable[[str], None]) -> Callable[[str], None]:
    return lambda code: say(
        f"Recovery code (print it and keep it in a safe place; it is shown only now): {code}",
    )
