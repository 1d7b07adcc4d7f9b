"""The error tree, grouped by what happens next.

WorkbenchError
├── RetryLaterError     nothing is wrong with us; the same call may work later
│   ├── LineError                no answer, a cut line, a reply that is not whole
│   ├── PlatformBusyError        the platform asked us to wait (429, 503)
│   ├── ServerAwayError          the database server of headquarters does not answer, or not to us
│   ├── BudgetSpentError         the data this account may use today is used up
│   └── UnsettledError           what we sent may have arrived or not: look before sending it again
│       └── ConflictError        the platform says that it is there already
├── NeedsUserError      a person has to decide or give something
│   ├── WrongKeyError            key file, passphrase or vault entry does not open this profile
│   ├── KeyMissingError          no vault, no key file and nobody to ask
│   ├── ProfileBusyError         another window or command is writing to this profile
│   ├── NewerProfileError        made by a newer version of the program
│   ├── NotOurFileError          not a profile of this program
│   ├── SignInError              the platform refused our credentials
│   ├── ClockError               this computer's clock is too far off to sign in or to trust what it stamps
│   ├── ManyGoneError            so much would be removed that a person has to look first
│   ├── RefusedError             the platform does not take what we sent, and will not later
│   ├── ForeignEnvelopeError     not a file from this program, not of this kind, or not meant for this profile
│   ├── EnvelopeLockedError      a sealed file needs its passphrase, or was given another one
│   ├── OlderEnvelopeError       a sealed file in a form that is no longer read
│   ├── NewerEnvelopeError       a sealed file in a form that only a newer version reads
│   ├── ReplayedEnvelopeError    a sealed file that was taken in before
│   ├── ForkedEnvelopeError      two sealed files with one number and different content
│   ├── UntrustedSignerError     nobody vouched for who signed a sealed file
│   └── BadInputError            what was given cannot be used (exit 2 on the command line)
│       └── TooManyPeopleError   more people than their network can be worked out for
├── SkipStreamError     one stream of one community cannot be read; the others go on
│   ├── NotFoundError            the community or list is gone or was never there
│   └── ForbiddenError           we may not read it
├── SourceError         a file handed in for import cannot be read to its end
│   └── EnvelopeDamagedError     a sealed file is not as its sender signed it
│       └── EnvelopeCutError         a sealed file ends before its end
├── StoreError          the profile could not be read or written; nothing half done is kept
│   ├── DamagedError             checks failed: pages do not authenticate or rows do not fit
│   ├── NoSpaceError             the disk is full
│   ├── ReadOnlyError            the folder does not let us write
│   ├── WorkStoppedError         the process that did the work ended without a word
│   └── ExportError              a document could not be written
└── CancelledError      a stop somebody asked for; an error by spelling only

Every class carries a `code`; `workbench.messages` turns code and details into what happened, what is safe and
what to do next. Everything outside this tree is a bug and is shown as one.
"""

import errno
from typing import ClassVar

_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class WorkbenchError(Exception):
    """Root of every error the program expects; `details` fill the wording in `messages`."""

    code: ClassVar[str] = "unexpected"
    exit_code: ClassVar[int] = 1

    def __init__(self, reason: str = "", **details: str | int | float) -> None:
        super().__init__(reason or self.code)
        self.reason = reason
        self.details = details


class RetryLaterError(WorkbenchError):
    """Nothing is wrong with us; the same call may work later."""

    code = "retry_later"


class LineError(RetryLaterError):
    """No answer, a cut line, or a reply that did not arrive whole."""

    code = "line"


class PlatformBusyError(RetryLaterError):
    """The platform asked us to wait; `details["seconds"]` says how long, when it said so."""

    code = "platform_busy"


class ServerAwayError(RetryLaterError):
    """The database server of headquarters does not answer, or not to us; its words may hold names and stay out."""

    code = "server_away"


class BudgetSpentError(RetryLaterError):
    """What this account may use of the line today is used up; nothing was asked."""

    code = "budget_spent"


class UnsettledError(RetryLaterError):
    """Something was sent and no whole answer came: it may have arrived. Look for it before sending it again."""

    code = "unsettled"


class ConflictError(UnsettledError):
    """The platform says that what we sent is there already; perhaps it is ours from an earlier try."""

    code = "conflict"


class NeedsUserError(WorkbenchError):
    """A person has to decide or give something."""

    code = "needs_user"
    exit_code = 4


class WrongKeyError(NeedsUserError):
    """The key does not open this profile."""

    code = "wrong_key"


class KeyMissingError(NeedsUserError):
    """No vault, no key file and nobody to ask."""

    code = "key_missing"


class ProfileBusyError(NeedsUserError):
    """Another window or command is writing to this profile."""

    code = "profile_busy"


class NewerProfileError(NeedsUserError):
    """The profile was made by a newer version of the program."""

    code = "newer_profile"


class NotOurFileError(NeedsUserError):
    """The file is not a profile of this program."""

    code = "not_our_file"


class SignInError(NeedsUserError):
    """The platform refused our credentials."""

    code = "sign_in"


class ClockError(NeedsUserError):
    """This computer's clock is too far off; `details["seconds"]` says how far it is behind (below zero: ahead)."""

    code = "clock"


class ManyGoneError(NeedsUserError):
    """So much would be removed at once that a person has to look first; nothing more was removed."""

    code = "many_gone"


class RefusedError(NeedsUserError):
    """The platform does not take what we sent, now or later; `details["said"]` is what it said, as plain text."""

    code = "refused"


class ForeignEnvelopeError(NeedsUserError):
    """Not a file from this program, not of the kind asked for, or not meant for this profile; `details["cause"]`."""

    code = "foreign_envelope"


class EnvelopeLockedError(NeedsUserError):
    """A sealed file needs its passphrase (`details["cause"]` is "missing") or was given another one ("wrong")."""

    code = "envelope_locked"


class OlderEnvelopeError(NeedsUserError):
    """A sealed file in a form that is no longer read."""

    code = "older_envelope"


class NewerEnvelopeError(NeedsUserError):
    """A sealed file in a form that only a newer version reads."""

    code = "newer_envelope"


class ReplayedEnvelopeError(NeedsUserError):
    """A sealed file that was taken in before, at `details["day"]`; its cause is "own" where it was sent from here."""

    code = "replayed_envelope"


class ForkedEnvelopeError(NeedsUserError):
    """Two sealed files carry one number of one sender and differ: somewhere a copied profile goes on counting."""

    code = "forked_envelope"


class UntrustedSignerError(NeedsUserError):
    """Nobody vouched for who signed a sealed file; `details["cause"]` is "new" or "changed"."""

    code = "untrusted_signer"


class BadInputError(NeedsUserError):
    """What was given cannot be used; `reason` says why in one sentence."""

    code = "bad_input"
    exit_code = 2


class TooManyPeopleError(BadInputError):
    """So many people have ties in what was chosen that nobody could wait for, or read, their network."""

    code = "too_many_people"


class SkipStreamError(WorkbenchError):
    """One stream of one community cannot be read; the others go on."""

    code = "skip_stream"


class NotFoundError(SkipStreamError):
    """The community or list is gone or was never there."""

    code = "not_found"


class ForbiddenError(SkipStreamError):
    """We may not read it."""

    code = "forbidden"


class SourceError(WorkbenchError):
    """A file handed in for import cannot be read to its end; `details["path"]` names it."""

    code = "source"


class EnvelopeDamagedError(SourceError):
    """A sealed file is not as its sender signed it."""

    code = "envelope_damaged"


class EnvelopeCutError(EnvelopeDamagedError):
    """A sealed file ends before its end: copying it was broken off, or still goes on."""

    code = "envelope_cut"


class StoreError(WorkbenchError):
    """The profile could not be read or written; nothing half done is kept."""

    code = "store"


class DamagedError(StoreError):
    """Checks failed: pages do not authenticate or rows do not fit together."""

    code = "damaged"


class NoSpaceError(StoreError):
    """The disk is full."""

    code = "no_space"


class ReadOnlyError(StoreError):
    """The folder does not let us write."""

    code = "read_only"


class WorkStoppedError(StoreError):
    """The process that did the work ended without a word; what it committed stays."""

    code = "work_stopped"


class ExportError(StoreError):
    """A document could not be written; `details["path"]` names it."""

    code = "export"


class CancelledError(WorkbenchError):
    """A stop somebody asked for; what was committed stays."""

    code = "cancelled"
    exit_code = 3


def store_error(error: OSError) -> StoreError:
    """What an operating system error on a file of the profile means."""
    if error.errno in _NO_SPACE:
        return NoSpaceError("the disk is full")
    if error.errno in _READ_ONLY:
        return ReadOnlyError("the folder does not let us read or write")
    return StoreError(f"the operating system answered: {error.strerror or type(error).__name__}")
