"""Refined words: where an error carries a reason, a file, a number or a cause, its sentences say so."""

from collections.abc import Callable
from pathlib import Path

from workbench.errors import WorkbenchError
from workbench.messages.causes import ENVELOPE_CAUSES, LINE_CAUSES

_KEY_STEPS = {
    "key-file": "Give the key file of this profile with --key-file FILE.",
    "passphrase": "Give the passphrase, or the recovery code you printed, with --passphrase-fd N.",
    "vault": "Unlock the vault of this computer (keyring, Keychain, Credential Manager) and try again; without a "
    "vault, use a passphrase or --key-file FILE for a new profile.",
}


def refined(error: WorkbenchError, happened: str, next_step: str) -> tuple[str, str]:
    """What happened and what to do next, said as closely as the error knows it."""
    refine = _REFINED.get(error.code)
    return (happened, next_step) if refine is None else refine(error, happened, next_step)


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
    return LINE_CAUSES.get(str(error.details.get("cause", "")), (happened, next_step))


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


def _with_envelope_cause(error: WorkbenchError, happened: str, next_step: str) -> tuple[str, str]:
    return ENVELOPE_CAUSES.get((error.code, str(error.details.get("cause", ""))), (happened, next_step))


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
