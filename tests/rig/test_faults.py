"""Each of the forty faults by itself: what a sync under nothing else comes to, what a person reads, that all is kept."""

import random
from datetime import timedelta

import pytest

from tests.rig.fake_net import LineFault
from tests.rig.faults import CERTIFICATES, FAULTS, Fault, Group, fault
from tests.rig.invariants import hold
from tests.rig.places import PLACES
from tests.rig.rig import Rig
from tests.rig.steps import come_to_rest, take
from workbench.errors import (
    ForbiddenError,
    LineError,
    NotFoundError,
    PlatformBusyError,
    SignInError,
    WorkbenchError,
)
from workbench.messages import wording
from workbench.sync.causes import Cause

CUT = (LineError, Cause.CUT)
UNREADABLE = (LineError, Cause.BAD_REPLY)
PORTAL = (LineError, Cause.PORTAL)
TOLD: dict[int, tuple[type[WorkbenchError] | tuple[type[WorkbenchError], ...], Cause | None] | None] = {
    1: None, 2: None, 3: CUT, 4: CUT, 5: (LineError, Cause.NO_ANSWER), 6: CUT, 7: CUT, 8: CUT,
    9: CUT, 10: CUT, 11: CUT, 12: CUT, 13: (LineError, Cause.TOO_LARGE), 14: UNREADABLE, 15: UNREADABLE,
    16: UNREADABLE, 17: UNREADABLE, 18: (LineError, Cause.TOO_LARGE),
    19: PORTAL, 20: PORTAL, 21: UNREADABLE, 22: None, 23: ((ForbiddenError, NotFoundError), None),
    24: (PlatformBusyError, None), 25: (LineError, Cause.SERVER), 26: PORTAL,
    27: None, 28: None, 29: None, 30: None, 31: (NotFoundError, None), 32: None, 33: None, 34: None, 35: None,
    36: (LineError, Cause.TLS_UNKNOWN_ISSUER), 37: (SignInError, None), 38: None, 39: None, 40: None,
}  # fmt: skip
"""{fault: the error of a sync in which it befalls every exchange, with its cause; None where the sync goes well}."""
SENTENCES = {
    (LineError, Cause.CUT): "The connection broke, or the answer did not arrive whole.",
    (LineError, Cause.NO_ANSWER): "The platform does not answer.",
    (LineError, Cause.SERVER): "The platform has a fault of its own.",
    (LineError, Cause.BAD_REPLY): "The platform sent something that cannot be read.",
    (LineError, Cause.TOO_LARGE): "The platform sent far more than was asked for.",
    (
        LineError,
        Cause.PORTAL,
    ): "Something else answered in the place of the platform, such as the sign-in page of this network.",
    (LineError, Cause.TLS_NOT_YET_VALID): "The certificate of the platform is not valid yet.",
    (LineError, Cause.TLS_EXPIRED): "The certificate of the platform has expired.",
    (LineError, Cause.TLS_UNKNOWN_ISSUER): "Nobody this computer trusts vouches for the certificate of the platform.",
    (LineError, Cause.TLS_WRONG_HOST): "The certificate belongs to another address than that of the platform.",
    (NotFoundError, None): "The community is not there, or not any more.",
    (ForbiddenError, None): "The platform does not let this account read the community.",
    (PlatformBusyError, None): "The platform is busy and asked us to wait.",
    (SignInError, None): "The platform did not accept the sign-in.",
}
MIRRORED = "SELECT remote_id, at, removed_at, content_key FROM event ORDER BY id"


def _befall(rig: Rig, one: Fault) -> None:
    """The fault, and nothing else, at every exchange from now on; a move happens once, now."""
    rng = random.Random(one.number)
    if one.move is not None:
        one.move(rig, rng)
    elif one.line is not None:
        line = one.line
        rig.net.befalls = lambda asked: line(rng)
        first = line(random.Random(one.number))
        rig.net.refuses = first if first.refuse is not None else None
    rig.doubt(one)


def _over(rig: Rig) -> None:
    rig.net.refuses, rig.net.befalls = None, None


def _rows(rig: Rig) -> list[tuple[object, ...]]:
    with rig.workspace.database.read() as reader:
        return reader.rows(MIRRORED)


def _synced(rig: Rig) -> WorkbenchError | None:
    return next((result.error for result in rig.sync() if result.error is not None), None)


@pytest.mark.parametrize("one", FAULTS, ids=lambda one: f"{one.number} {one.name}")
def test_a_sync_under_one_fault_says_what_it_was_and_keeps_everything(one: Fault):
    place = PLACES["viva-engage"] if one.number == 38 else PLACES["discourse"]
    with Rig(place, one.number) as rig:
        assert _synced(rig) is None
        rig.wait(timedelta(hours=2))
        take(rig, "said", 1)
        before = _rows(rig)
        _befall(rig, one)
        error, expected = _synced(rig), TOLD[one.number]
        if expected is None:
            assert error is None
        else:
            kind, cause = expected
            assert isinstance(error, kind)
            assert error.details.get("cause") == cause
            assert wording(error).happened == SENTENCES[type(error), cause]
            assert _rows(rig) == before
        assert rig.saved.are_kept(rig.workspace, rig.account_id) or one.number == 37
        assert not [asked for asked in rig.elsewhere.asked if "user-api-key" in asked.headers]
        hold(rig)
        _over(rig)
        come_to_rest(rig)


@pytest.mark.parametrize("code", CERTIFICATES, ids=CERTIFICATES.get)
def test_each_kind_of_bad_certificate_gets_advice_of_its_own(code):
    causes = {9: Cause.TLS_NOT_YET_VALID, 10: Cause.TLS_EXPIRED, 20: Cause.TLS_UNKNOWN_ISSUER, 64: Cause.TLS_WRONG_HOST}
    with Rig(PLACES["discourse"], code) as rig:
        rig.net.refuses = LineFault("bad certificate", refuse=code)
        error = _synced(rig)
        assert isinstance(error, LineError)
        assert error.details["cause"] == causes[code]
        assert wording(error).happened == SENTENCES[LineError, causes[code]]
        assert rig.saved.are_kept(rig.workspace, rig.account_id)


def test_two_refreshes_at_once_ask_the_platform_once():
    with Rig(PLACES["viva-engage"], 38) as rig:
        assert _synced(rig) is None
        issued = len(rig.saved.issued)
        fault(38).move(rig, random.Random(38))
        assert _synced(rig) is None
        assert len(rig.saved.issued) == issued + 2, "the other process got its two tokens, and nobody else any"


def test_what_means_something_else_reads_otherwise():
    assert len(set(SENTENCES.values())) == len(SENTENCES)
    said = {wording(LineError(cause=cause)) for cause in Cause}
    assert len({(words.happened, words.next) for words in said}) == len(Cause)


def test_there_are_forty_in_their_groups():
    assert [one.number for one in FAULTS] == list(range(1, 41))
    sizes = {group: sum(one.group is group for one in FAULTS) for group in Group}
    assert sizes == {Group.LINE: 8, Group.BYTES: 10, Group.MEANING: 8, Group.PAGING: 9, Group.TRUST: 5}
    assert all((one.line is None) != (one.move is None) for one in FAULTS)


def test_a_check_that_went_through_ends_the_doubts_of_before():
    with Rig(PLACES["discourse"], 1) as rig:
        assert _synced(rig) is None
        rig.doubt(next(one for one in FAULTS if one.lies))
        rig.net.is_online = False
        rig.check()
        assert rig.has_doubts
        rig.net.is_online = True
        rig.check()
        assert (rig.has_doubts, rig.has_lied) == (False, True)
