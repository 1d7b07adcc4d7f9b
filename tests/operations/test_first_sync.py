"""What a first sync costs: bytes from what the platform holds, requests at its own pace."""

import pytest

from workbench.operations.first_sync import first_sync_estimate
from workbench.queries.sync_status import CommunityStateRow
from workbench.sync.connectors import discourse, hyperkitty, viva_engage


def a_row(messages: int | None) -> CommunityStateRow:
    return CommunityStateRow(
        community_id=1, account_id=1, name="Fishers", remote_id="f", is_followed=True, is_visible=True, synced_at=None,
        checked_at=None, counted_at=None, platform_messages=messages, platform_members=None, messages=0, members=0,
    )  # fmt: skip


def test_bytes_follow_from_what_the_platform_holds():
    told = first_sync_estimate([a_row(9)], days=None)
    assert 9 * 100 < told.low < told.high < 40_000
    assert told.calls_per_minute is None
    assert first_sync_estimate([a_row(None)]).is_guess


@pytest.mark.parametrize(
    ("platform", "settings", "pace", "calls"),
    [
        (viva_engage.PLATFORM, {}, 18, (51, 51)),
        (discourse.PLATFORM, {}, 18, (11, 51)),
        (discourse.PLATFORM, {"calls_per_minute": "60"}, 60, (11, 51)),
        (discourse.PLATFORM, {"calls_per_minute": "many"}, 18, (11, 51)),
        (hyperkitty.PLATFORM, {}, 300, (11, 51)),
    ],
)
def test_requests_go_at_the_pace_of_the_platform(platform, settings, pace: int, calls: tuple[int, int]):
    told = first_sync_estimate([a_row(1000)], days=None, declared=platform, settings=settings)
    assert (told.calls_per_minute, told.calls) == (pace, calls)
