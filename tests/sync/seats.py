"""Seats in a test: an account whose clients end in a stand-in (or in a function), with sleeps that only move the clock."""

from collections.abc import Callable

import httpx2

from tests.platforms.server import StandIn
from tests.platforms.world import BEGINNING
from tests.sync.clients import Sleeps
from tests.sync.connector_suite import SECRET
from tests.sync.wire import Wire
from workbench.clock import FixedClock
from workbench.sync.api_client import ApiClient
from workbench.sync.pace import POLITE, Pace
from workbench.sync.seat import Reach, Seat
from workbench.sync.signing import Fixed, Signer

BASE = "https://platform.example.org/"


def a_seat(
    platform: StandIn | Callable[[httpx2.Request], httpx2.Response],
    *,
    base_url: str = BASE,
    reach: Reach = Reach(),  # noqa: B008 - frozen
    signer: Signer | None = None,
    clock: FixedClock | None = None,
    **settings: str,
) -> Seat:
    """A seat before this platform; its clock starts at the platform's, and its requests are signed with SECRET."""
    wire = platform.wire() if isinstance(platform, StandIn) else Wire(platform)
    if clock is None:
        clock = FixedClock(platform.world.now) if isinstance(platform, StandIn) else FixedClock(BEGINNING)
    sleep = Sleeps(clock)
    own = signer or Fixed({"Authorization": f"Bearer {SECRET}"})

    def client(root, *, resource="", limits=(), refusal=None, keeps_cookies=False, signer=own) -> ApiClient:
        _ = resource  # one secret signs for all of them
        return ApiClient(
            root,
            clock=clock,
            sleep=sleep,
            jitter=lambda: 0.0,
            signer=signer or own,
            pace=Pace(clock, limits=limits or POLITE, sleep=sleep),
            refusal=refusal,
            keeps_cookies=keeps_cookies,
            transport=wire,
        )

    return Seat(base_url, clock, client, settings, reach)
