"""work_out: groups, betweenness and places of a network; in a child process where the window would have to wait.

The child is handed numbers only: no name, no key, no database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from workbench.cancel import CancelToken
from workbench.metrics.network_clusters import clusters
from workbench.metrics.network_layout import Place, places
from workbench.metrics.network_paths import betweenness
from workbench.metrics.ties import Edges
from workbench.progress import Progress, Report, silent

NETWORK_ORDER: Final = "network"
_PATHS_ONLY: Final = "paths_only"
AT_ONCE_UP_TO: Final = 150
"""So few people are done within a few hundredths of a second: a child would take longer to start."""
_DIGITS: Final = 3
_PATHS_SHARE: Final = 0.6
"""How much of the time of a large network goes into its paths; the rest into places."""


@dataclass(frozen=True, slots=True)
class Worked:
    """For every node of a network the number of its group, what leads through it, and where it is drawn."""

    clusters: tuple[int, ...]
    between: tuple[float, ...]
    places: tuple[Place, ...]


def work_out(
    edges: Edges,
    *,
    before: Mapping[int, Place] | None = None,
    report: Report = silent,
    cancel: CancelToken | None = None,
) -> Worked:
    """Works it out here. `before` has places of nodes that were drawn earlier; a stop ends it within a round."""
    groups = clusters(edges, cancel=cancel)
    between = betweenness(edges, report=_part(report, 0.0, _PATHS_SHARE), cancel=cancel)
    drawn = places(edges, groups, before=before, report=_part(report, _PATHS_SHARE, 1.0), cancel=cancel)
    rounded = tuple((round(x, _DIGITS), round(y, _DIGITS)) for x, y in drawn)
    return Worked(tuple(groups), tuple(between), rounded)


def work_out_beside(
    profile: Path,
    edges: Edges,
    *,
    before: Mapping[int, Place] | None = None,
    report: Report = silent,
    cancel: CancelToken | None = None,
) -> Worked:
    """As `work_out`, for a window: all but small networks go to a child. Blocks; refuses as `ask_child` does."""
    if edges.nodes <= AT_ONCE_UP_TO:
        return work_out(edges, before=before, report=report, cancel=cancel)
    from workbench.operations.worker import ask_child  # noqa: PLC0415 - it brings the importers, which the child needs

    order = {
        "profile": str(profile.absolute()),
        NETWORK_ORDER: {"edges": list(edges), "before": [[node, *place] for node, place in (before or {}).items()]},
    }
    return unpacked(ask_child(order, report=report, cancel=cancel)[NETWORK_ORDER])


def paths_beside(
    profile: Path, edges: Edges, *, report: Report = silent, cancel: CancelToken | None = None
) -> Sequence[float]:
    """Only `betweenness`, in a child where the window would have to wait; blocks, and refuses as `ask_child` does."""
    if edges.nodes <= AT_ONCE_UP_TO:
        return betweenness(edges, report=report, cancel=cancel)
    from workbench.operations.worker import ask_child  # noqa: PLC0415 - as above

    order = {"profile": str(profile.absolute()), NETWORK_ORDER: {"edges": list(edges), _PATHS_ONLY: True}}
    found: Sequence[float] = ask_child(order, report=report, cancel=cancel)[NETWORK_ORDER]["between"]
    return found


def work_out_packed(order: Mapping[str, Any], *, report: Report, cancel: CancelToken) -> dict[str, Any]:
    """The child's side: what `work_out_beside` or `paths_beside` asked for, as it travels."""
    edges = Edges(*order["edges"])
    if order.get(_PATHS_ONLY):
        return {"between": betweenness(edges, report=report, cancel=cancel)}
    before = {node: (x, y) for node, x, y in order["before"]}
    worked = work_out(edges, before=before, report=report, cancel=cancel)
    return packed(worked)


def packed(worked: Worked) -> dict[str, Any]:
    """As it travels, and as it is kept."""
    return {
        "clusters": worked.clusters,
        "between": worked.between,
        "x": [x for x, _ in worked.places],
        "y": [y for _, y in worked.places],
    }


def unpacked(answer: Mapping[str, Any]) -> Worked:
    """What `packed` made."""
    drawn: Sequence[Place] = list(zip(answer["x"], answer["y"], strict=True))
    return Worked(tuple(answer["clusters"]), tuple(answer["between"]), tuple(drawn))


def _part(report: Report, first: float, last: float) -> Report:
    """Reports a piece of the work as its share of the whole."""

    def told(progress: Progress) -> None:
        share = progress.done / progress.total if progress.total else 0.0
        report(replace(progress, fraction=first + (last - first) * share))

    return told
