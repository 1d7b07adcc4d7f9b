"""Errors in words: what happened, what is safe, what to do next. Read by the command line and the window."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import WorkbenchError


@dataclass(frozen=True, slots=True)
class Wording:
    """Plain sentences, the code for the help page, and details to copy (reason and numbers, home folder hidden)."""

    happened: str
    safe: str
    next: str
    code: str
    details: str = ""

    def lines(self) -> str:
        """All of it as short lines for a terminal."""
        return "\n".join(
            line for line in (self.happened, self.safe, self.next, self.details and f"({self.details})") if line
        )


_UNTOUCHED = "Nothing was changed."
_KEPT = "Everything that was stored before is still there."
_MIRROR_KEPT = "What was fetched before is still there and can be read."

# code → what happened, what is safe, what to do next. One entry for each class of the error tree, which a test checks.
_WORDS: dict[str, tuple[str, str, str]] = {
    "unexpected": (
        "Something went wrong inside the program.",
        "Changes that were not finished were not kept; everything stored before is still there.",
        "Try again. If it happens twice, report it with the details below.",
    ),
    "retry_later": ("This did not work just now.", _KEPT, "Try again in a few minutes."),
    "line": (
        "The connection broke, or the answer did not arrive whole.",
        _MIRROR_KEPT,
        "Check the connection and try again; it goes on where it stopped.",
    ),
    "platform_busy": (
        "The platform is busy and asked us to wait.",
        _MIRROR_KEPT,
        "Try again later; it goes on where it stopped.",
    ),
    "server_away": (
        "The database server did not answer, or did not let us in.",
        "Nothing was changed there or here.",
        "Check that it runs, its address, the account and the password, then try again.",
    ),
    "budget_spent": (
        "The data this account may use today is used up.",
        _MIRROR_KEPT,
        "It goes on tomorrow. To go on today, raise the daily limit of the account.",
    ),
    "unsettled": (
        "The line broke while this was being sent, so it may have arrived or not.",
        "Your text is kept here, and it is not sent again by itself.",
        "Wait until the program has looked for it on the platform, or look there yourself.",
    ),
    "conflict": (
        "The platform says that this is there already.",
        "Your text is kept here, and it is not sent again by itself.",
        "Look for it on the platform. If it is yours, nothing is left to do.",
    ),
    "needs_user": ("This needs a decision from you.", _UNTOUCHED, "Read the details and choose how to go on."),
    "wrong_key": (
        "The key does not open this profile.",
        "The profile was not changed.",
        "Try again with the key file or passphrase this profile was made with; the recovery code works too. Only if "
        "you are sure that it is right, the file may be damaged: “workbench restore” puts a backup in its place.",
    ),
    "key_missing": (
        "The key of this profile could not be found.",
        "The profile was not changed.",
        "Give the key file with --key-file FILE, or the passphrase with --passphrase-fd N.",
    ),
    "profile_busy": (
        "Another window or command is writing to this profile.",
        "Its work goes on undisturbed, and nothing was changed here.",
        "Close the other window or wait until the command is done. Reading works meanwhile.",
    ),
    "newer_profile": (
        "This profile was made by a newer version of Community Workbench.",
        "The profile was not changed.",
        "Update the program, or restore a backup made by this version with “workbench restore”.",
    ),
    "not_our_file": (
        "This is not a profile of Community Workbench.",
        "The file was not changed.",
        "Choose the folder of your profile with --profile, or another folder to make a new one.",
    ),
    "sign_in": (
        "The platform did not accept the sign-in.",
        _MIRROR_KEPT,
        "Sign in again on the Sync page.",
    ),
    "clock": (
        "The clock of this computer is wrong.",
        _MIRROR_KEPT,
        "Set the date, the time and the time zone, best to be set by the network, then try again.",
    ),
    "refused": (
        "The platform did not accept what was sent.",
        "Your text is kept here, and nothing was published.",
        "Change it and send it again, or copy the text and post it on the platform.",
    ),
    "many_gone": (
        "The platform no longer shows a large part of what is held here.",
        "All of it is kept.",
        "Look at the community on the platform: perhaps this account sees less of it than before. If it was really "
        "cleared, run the check again and let it remove what is gone.",
    ),
    "foreign_envelope": (
        "This file was not made by Community Workbench.",
        _UNTOUCHED,
        "Choose the file that your partner sent; its name ends in .cwplan.",
    ),
    "envelope_locked": (
        "This file is sealed with a passphrase.",
        _UNTOUCHED,
        "Give the passphrase you agreed on with the sender.",
    ),
    "older_envelope": (
        "This file has an old form that is no longer read.",
        _UNTOUCHED,
        "Ask the sender to update Community Workbench and to send it again.",
    ),
    "newer_envelope": (
        "This file was made by a newer version of Community Workbench.",
        _UNTOUCHED,
        "Update the program here, then open the file again.",
    ),
    "replayed_envelope": (
        "This file was taken in before.",
        _UNTOUCHED,
        "Nothing is left to do. If you expected something newer, ask the sender to send it again.",
    ),
    "forked_envelope": (
        "Two different files of this sender carry the same number.",
        _UNTOUCHED,
        "A copy of the sender's profile seems to be in use on a second computer. Ask the sender which one counts.",
    ),
    "untrusted_signer": (
        "Nobody here has confirmed who sent this file.",
        _UNTOUCHED,
        "Compare the fingerprint with the sender, by telephone or in person; if it is the same, add the sender as a "
        "partner.",
    ),
    "envelope_damaged": (
        "This file is damaged: it is not as its sender signed it.",
        "Nothing was changed, and nothing in it was used.",
        "Ask the sender for it once more, or copy it again.",
    ),
    "envelope_cut": (
        "This file ends too early.",
        "Nothing was changed, and nothing in it was used.",
        "It may still be on its way: wait until it is copied, or copy it again.",
    ),
    "bad_input": ("What was given cannot be used.", _UNTOUCHED, "Correct it and try again."),
    "skip_stream": (
        "A part of this community could not be read.",
        "The other parts were read and kept.",
        "Look at the Sync page for what was left out.",
    ),
    "not_found": (
        "The community is not there, or not any more.",
        _MIRROR_KEPT,
        "Check its address. If it was closed, you can keep what was fetched and stop following it.",
    ),
    "forbidden": (
        "The platform does not let this account read the community.",
        _MIRROR_KEPT,
        "Ask its owner for access, or sign in with another account.",
    ),
    "source": (
        "A file could not be read to its end.",
        "What was read before that point was kept; nothing in the file was changed.",
        "Get a fresh copy of the file and run the same import again; it adds only what is missing.",
    ),
    "store": (
        "The profile could not be read or written.",
        "Nothing half done was kept.",
        "Check that the disk is connected and works, then try again.",
    ),
    "damaged": (
        "A part of the profile is damaged.",
        "Nothing was read from the damaged part, and backups are untouched.",
        "Run “workbench check”, then “workbench restore” with the newest backup; what platforms hold is fetched again.",
    ),
    "no_space": (
        "The disk is full.",
        "The step that did not fit was taken back; everything stored before is still there.",
        "Free some space and try again.",
    ),
    "read_only": (
        "The folder does not let us write.",
        _UNTOUCHED,
        "Give yourself the right to write in the folder, or choose another one with --profile.",
    ),
    "export": (
        "The document could not be written.",
        "The profile was not changed, and no half document was left behind.",
        "Choose a folder you may write to, with enough space, and export again.",
    ),
    "work_stopped": (
        "The work stopped unexpectedly.",
        "What was stored up to here is kept.",
        "Run it again; it goes on from there.",
    ),
    "cancelled": (
        "Stopped, as you asked.",
        "What was stored up to here stays.",
        "Run it again to go on from there.",
    ),
}

_KEY_STEPS = {
    "key-file": "Give the key file of this profile with --key-file FILE.",
    "passphrase": "Give the passphrase, or the recovery code you printed, with --passphrase-fd N.",
    "vault": "Unlock the vault of this computer (keyring, Keychain, Credential Manager) and try again; without a "
    "vault, use a passphrase or --key-file FILE for a new profile.",
}


def wording(error: BaseException) -> Wording:
    """The words for an error; anything outside our tree is told as an unexpected one, by its class only."""
    if not isinstance(error, WorkbenchError):
        happened, safe, next_step = _WORDS["unexpected"]
        return Wording(happened, safe, next_step, "unexpected", type(error).__name__)
    happened, safe, next_step = _WORDS[error.code]
    if error.code in _REFINED:
        happened, next_step = _REFINED[error.code](error, happened, next_step)
    return Wording(happened, safe, next_step, error.code, _details(error))


def _with_reason(error: WorkbenchError, happened: str, next_step: str) -> tuple[str, str]:
    """Where the reason is itself a sentence for people."""
    return (_sentence(error.reason) if error.reason else happened), next_step


def _with_file(error: WorkbenchError, happened: str, next_step: str) -> tuple[str, str]:
    name = Path(str(error.details.get("path", ""))).name
    lead = f"{happened[:-1]}: {name}." if name else happened
    return (f"{lead} {_sentence(error.reason)}" if error.reason else lead), next_step


def _with_key_steps(error: WorkbenchError, happened: str, next_step: str) -> tuple[str, str]:
    lead = f"{happened[:-1]}: {error.reason}." if error.reason else happened
    return lead, _KEY_STEPS.get(str(error.details.get("kind", "")), next_step)


def _with_wait(error: WorkbenchError, happened: str, next_step: str) -> tuple[str, str]:
    seconds = error.details.get("seconds")
    if not isinstance(seconds, int | float):
        return happened, next_step
    return happened, f"Try again in {max(1, round(seconds / 60))} min; it goes on where it stopped."


def _with_cause(error: WorkbenchError, happened: str, next_step: str) -> tuple[str, str]:
    return _CAUSES.get(str(error.details.get("cause", "")), (happened, next_step))


def _with_budget(error: WorkbenchError, happened: str, next_step: str) -> tuple[str, str]:
    if error.details.get("of") != "run":
        return happened, next_step
    return "The data this run may use is used up.", "The next sync goes on from there."


def _with_answer(error: WorkbenchError, happened: str, next_step: str) -> tuple[str, str]:
    said = str(error.details.get("said", "")).strip()
    return (f"{happened} It says: “{said.rstrip('.')}”." if said else happened), next_step


def _with_drift(error: WorkbenchError, happened: str, next_step: str) -> tuple[str, str]:
    seconds = error.details.get("seconds")
    if not isinstance(seconds, int | float):
        return happened, next_step
    amount, unit = next((abs(seconds) / size, name) for size, name in _UNITS if abs(seconds) >= size or size == 1)
    counted = f"{round(amount)} {unit}{'' if round(amount) == 1 else 's'}"
    return f"The clock of this computer is {counted} {'behind' if seconds > 0 else 'ahead'}.", next_step


def _with_space(error: WorkbenchError, happened: str, next_step: str) -> tuple[str, str]:
    needed = error.details.get("needed")
    if not isinstance(needed, int | float):
        return happened, next_step
    return (
        "There is not enough free space on the disk.",
        f"Free at least {max(1, round(needed / 1e6))} MB and try again.",
    )


_DATE_FIRST = "Check the date of this computer. If it is right, tell whoever runs the platform."

# What stands in `details["cause"]` of a LineError → what happened and what to do next.
_CAUSES: dict[str, tuple[str, str]] = {
    "no_answer": (
        "The platform does not answer.",
        "Check the connection and the address of the account, then try again.",
    ),
    "server": (
        "The platform has a fault of its own.",
        "Nothing is wrong here. Try again later; it goes on where it stopped.",
    ),
    "bad_reply": (
        "The platform sent something that cannot be read.",
        "Try again later. If it stays so, report it with the details below.",
    ),
    "too_large": (
        "The platform sent far more than was asked for.",
        "Try again later. If it stays so, report it with the details below.",
    ),
    "portal": (
        "Something else answered in the place of the platform, such as the sign-in page of this network.",
        "Open any web page in your browser and sign in to the network there, then try again.",
    ),
    "tls": (
        "No secure connection to the platform could be made, so nothing was sent.",
        "Try another network, or ask whoever runs this one.",
    ),
    "tls_not_yet_valid": ("The certificate of the platform is not valid yet.", _DATE_FIRST),
    "tls_expired": ("The certificate of the platform has expired.", _DATE_FIRST),
    "tls_unknown_issuer": (
        "Nobody this computer trusts vouches for the certificate of the platform.",
        "The network may be looking into connections: ask whoever runs it, or try another one.",
    ),
    "tls_wrong_host": (
        "The certificate belongs to another address than that of the platform.",
        "Check the address of the account. In a public network, sign in to the network first.",
    ),
}

_NOT_FOR_US = "This file is sealed for somebody else, or for this profile before it was made anew."
_OTHER_KIND = "This is another kind of file of Community Workbench."
_SEND_YOURS = "Send your partner your own partner file, and ask for the plan to be sealed for it."

# code and `details["cause"]` of an envelope error → what happened and what to do next.
_ENVELOPE_CAUSES: dict[tuple[str, str], tuple[str, str]] = {
    ("foreign_envelope", "not_for_us"): (_NOT_FOR_US, _SEND_YOURS),
    ("foreign_envelope", "kind"): (_OTHER_KIND, "Open it in the place for files of its kind."),
    ("replayed_envelope", "own"): ("This is a file you sent yourself.", "Choose the one your partner sent."),
    ("envelope_locked", "wrong"): (
        "The passphrase does not open this file.",
        "Try again; capitals and spaces count. Ask the sender if you are not sure.",
    ),
    ("untrusted_signer", "changed"): (
        "This file is signed with another key than the one you trust under this name.",
        "The sender may have a new computer or profile. Ask them for their new partner file before you go on; if they "
        "know of none, somebody else made this file.",
    ),
}


def _with_envelope_cause(error: WorkbenchError, happened: str, next_step: str) -> tuple[str, str]:
    return _ENVELOPE_CAUSES.get((error.code, str(error.details.get("cause", ""))), (happened, next_step))


def _with_day(error: WorkbenchError, happened: str, next_step: str) -> tuple[str, str]:
    day = error.details.get("day")
    return _with_envelope_cause(error, f"{happened[:-1]}, on {day}." if day else happened, next_step)


_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))

_REFINED: dict[str, Callable[[WorkbenchError, str, str], tuple[str, str]]] = {
    "bad_input": _with_reason,
    "sign_in": _with_reason,
    "source": _with_file,
    "export": _with_file,
    "key_missing": _with_key_steps,
    "platform_busy": _with_wait,
    "budget_spent": _with_budget,
    "line": _with_cause,
    "refused": _with_answer,
    "clock": _with_drift,
    "no_space": _with_space,
    **dict.fromkeys(("foreign_envelope", "envelope_locked", "untrusted_signer"), _with_envelope_cause),
    "replayed_envelope": _with_day,
}


def _sentence(text: str) -> str:
    text = text.strip()
    ended = text if text.endswith((".", "?")) else f"{text}."
    return ended[0].upper() + ended[1:]


def _details(error: WorkbenchError) -> str:
    parts = [error.reason] if error.reason and error.reason != error.code else []
    parts += [f"{name}: {_without_home(str(value))}" for name, value in error.details.items()]
    return "; ".join(parts)


def _without_home(text: str) -> str:
    """The user's name often stands in the path of the home folder, and details get copied into reports."""
    return text.replace(str(Path.home()), "~") if str(Path.home()) not in {"/", ""} else text
