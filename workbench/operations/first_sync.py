"""First sync: what it will cost and how long it will take, told before anything is fetched."""

from collections.abc import Mapping, Sequence

from workbench.queries.sync_status import CommunityStateRow
from workbench.sync.budget import RATES, USUAL, Estimate, Held, estimate
from workbench.sync.platforms import Platform


def first_sync_estimate(
    communities: Sequence[CommunityStateRow],
    *,
    days: int | None = 90,
    is_text_only: bool = True,
    declared: Platform | None = None,
    settings: Mapping[str, str] | None = None,
) -> Estimate:
    """About how many bytes and requests the first sync of these communities takes, from what their platform holds.

    Files on messages are as large as they are and not in it.

    With the platform as `declared`, and the account's `settings`, the requests are those of its pages and its pace.
    """
    held = [Held(row.platform_messages, row.platform_members) for row in communities]
    if declared is None:
        return estimate(held, days=days, is_text_only=is_text_only)
    set_pace = (settings or {}).get("calls_per_minute", "")
    rates = RATES.get(declared.kind, USUAL)
    pace = int(set_pace) if set_pace.isdecimal() and int(set_pace) else declared.calls_per_minute
    return estimate(held, days=days, is_text_only=is_text_only, rates=rates, page=declared.page, calls_per_minute=pace)
