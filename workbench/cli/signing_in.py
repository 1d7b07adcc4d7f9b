"""Signing in on the command line: into an account and out of it, and the secrets that are typed for it."""

import argparse
import getpass
import sys

from workbench.cancel import CancelToken
from workbench.cli.interrupt import stop_on_interrupt
from workbench.cli.keys import may_ask
from workbench.cli.output import Output
from workbench.cli.runs import DONE
from workbench.errors import BadInputError, RetryLaterError, SignInError
from workbench.operations import signin
from workbench.operations.accounts import set_account
from workbench.operations.sources import account_named
from workbench.operations.sync import discover
from workbench.queries.sync_status import AccountRow
from workbench.sync.platforms import TITLES, SignInKind, SignInWay
from workbench.sync.signin.doors import PASSWORD
from workbench.sync.signin.prompt import Prompt, PromptKind
from workbench.workspace import Workspace

_BY_A_PERSON = frozenset({SignInKind.MICROSOFT, SignInKind.MICROSOFT_CODE, SignInKind.OAUTH, SignInKind.USER_API_KEY})
"""Ways that go on only once somebody did something on a page of the platform."""


def a_secret(name: str, options: argparse.Namespace) -> str:
    """A secret as one line: typed unseen at a terminal, else from the standard input; never from the command line."""
    if may_ask(options):
        return getpass.getpass(f"{name}: ")
    line = sys.stdin.readline().rstrip("\r\n") if sys.stdin is not None else ""
    if not line:
        message = f"There is no line for “{name}” on the standard input."
        raise BadInputError(message)
    return line


def sign_in(options: argparse.Namespace, output: Output, workspace: Workspace) -> int:
    """Signs in by the way that was named, else by the first; a password nobody gave yet, or that was refused, is read.

    Refuses as `signin.sign_in`, and where nobody can be asked what has to be asked (BadInputError).
    """
    account = account_named(workspace, options.name)
    ways = signin.ways_of(workspace, account.id) if account.kind in TITLES else ()
    way = _way(options.way, ways)
    if options.no_input and way.kind in _BY_A_PERSON:
        message = "This way to sign in needs somebody in front of a browser, and --no-input says that nobody is there."
        raise BadInputError(message)
    if way.kind is SignInKind.BASIC and PASSWORD not in signin.secrets_kept(workspace, account.id):
        set_account(workspace, name=account.name, settings={}, secrets={PASSWORD: a_secret(PASSWORD, options)})
    cancel = CancelToken()

    def show(prompt: Prompt) -> None:
        output.warn(prompt.lines())
        if prompt.kind is PromptKind.PASTE and prompt.give is not None:
            if not may_ask(options):
                message = "This way to sign in needs somebody at a terminal who pastes the text that the page shows."
                raise BadInputError(message)
            prompt.give(getpass.getpass("Paste it here (it is not shown): "))

    with stop_on_interrupt(cancel):
        done = signin.sign_in(workspace, account.id, way=way, show=show, cancel=cancel)
        if way.kind is SignInKind.BASIC:
            _try_password(workspace, account, output, cancel)
    for part, reason in done.refused.items():
        output.warn(f"{part} stays closed: {reason}")
    output.say(f"Signed in to {account.name}.")
    if output.as_json:
        output.one({"signed_in": account.name, "refused": dict(done.refused)})
    return DONE


def _try_password(workspace: Workspace, account: AccountRow, output: Output, cancel: CancelToken) -> None:
    """Asks for the communities, for only that shows whether name and password are right; a refused one is forgotten."""
    try:
        discover(workspace, name=account.name, cancel=cancel)
    except SignInError:
        signin.forget_refused(workspace, account.id)
        raise
    except RetryLaterError as error:
        output.explain(error, whose=account.name)
        output.warn("Name and password are kept; whether the platform takes them, the next sync tells.")


def _way(wanted: str | None, ways: tuple[SignInWay, ...]) -> SignInWay:
    known = ", ".join(way.kind.value for way in ways)
    if not ways:
        message = "This account lives in files; nobody signs in to it."
        raise BadInputError(message)
    if wanted is None:
        return ways[0]
    found = next((way for way in ways if way.kind.value == wanted), None)
    if found is None:
        message = f"This platform knows no such way to sign in; known are {known}."
        raise BadInputError(message)
    return found


def sign_out(options: argparse.Namespace, output: Output, workspace: Workspace) -> int:
    """Forgets what signs an account's requests; what was fetched stays."""
    account = account_named(workspace, options.name)
    ways = signin.ways_of(workspace, account.id) if account.kind in TITLES else ()
    is_known = signin.sign_out(workspace, account.id, ways=ways) if ways else True
    output.say(f"Signed out of {account.name}; what was fetched stays.")
    if not is_known:
        output.warn("The platform could not be told. End the access there by hand, in the settings of your account.")
    if output.as_json:
        output.one({"signed_out": account.name, "platform_knows": is_known})
    return DONE
