"""Community health: how a community stands by the targets of its type, in one standing with its reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from workbench.cancel import CancelToken
from workbench.ids import CommunityId
from workbench.metrics.value import Value
from workbench.metrics.window import Window
from workbench.models.database import Reader
from workbench.models.kinds import CommunityType
from workbench.operations.standing import Standing

if TYPE_CHECKING:
    # The list of communities shows before the measures are loaded.
    from workbench.metrics.catalog import Metric

DAYS: Final = 90
_WORST_FIRST: Final = (Standing.BAD, Standing.WATCH, Standing.GOOD)


@dataclass(frozen=True, slots=True)
class HealthReason:
    """One measure with a target: what it is, what it should be, and how that stands."""

    metric: "Metric"
    value: Value
    target: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class Health:
    """The worst standing of the measures its type has targets for; of those not known nothing is claimed.

    Neutral where there is no type, or a type without targets; unknown where nothing is known well enough.
    """

    type: CommunityType | None
    standing: Standing
    reasons: tuple[HealthReason, ...]


def community_health(
    reader: Reader,
    communities: Iterable[tuple[CommunityId, CommunityType | None]],
    *,
    as_of: datetime,
    cancel: CancelToken | None = None,
) -> dict[CommunityId, Health]:
    """{community: its health} over the last 90 days that are over."""
    stop, today = cancel or CancelToken(), as_of.astimezone(UTC).date()
    window = Window.between(today - timedelta(days=DAYS), today)
    found: dict[CommunityId, Health] = {}
    for community_id, kind in communities:
        stop.check()
        found[community_id] = _health(reader, community_id, kind, window=window, as_of=as_of)
    return found


def _health(
    reader: Reader, community_id: CommunityId, kind: CommunityType | None, *, window: Window, as_of: datetime
) -> Health:
    from workbench.metrics.catalog import CATALOG  # noqa: PLC0415 - as said above
    from workbench.metrics.compute import measure_all  # noqa: PLC0415 - as said above
    from workbench.queries.roster import MembersAre, members_are  # noqa: PLC0415 - as said above

    metrics = [metric for metric in CATALOG if metric.target(kind) is not None]
    if not metrics:
        return Health(kind, Standing.NEUTRAL, ())
    scope = (community_id,)
    values = measure_all(reader, [metric.key for metric in metrics], scope=scope, windows=[window], as_of=as_of)
    is_seen = members_are(reader, scope, before=window.end_on) is MembersAre.SEEN
    reasons = tuple(_reason(metric, values[metric.key][0], kind, is_seen=is_seen) for metric in metrics)
    stands = {reason.standing for reason in reasons}
    worst = next((each for each in _WORST_FIRST if each in stands), Standing.UNKNOWN)
    return Health(kind, worst, reasons)


def _reason(metric: "Metric", value: Value, kind: CommunityType | None, *, is_seen: bool) -> HealthReason:
    from workbench.metrics.metric import Sight  # noqa: PLC0415 - as said above
    from workbench.operations.scorecard import standing  # noqa: PLC0415 - as said above

    # Where only who wrote lately is known, a share of the members says nothing.
    is_share = is_seen and Sight.SILENT_MEMBERS in metric.cannot
    stands = Standing.UNKNOWN if is_share else standing(metric, value, kind)
    return HealthReason(metric, value, metric.target(kind) or 0.0, stands)
