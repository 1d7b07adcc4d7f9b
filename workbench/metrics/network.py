"""Network measures: ties both ways, between offices and new ones, key players, who stands between, strangers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from statistics import median

from workbench.ids import PersonId
from workbench.metrics import network_paths
from workbench.metrics.network_clusters import clusters
from workbench.metrics.network_paths import Ways, betweenness_of, is_sampled
from workbench.metrics.participation import cut, may_not_be_first
from workbench.metrics.ties import Network, network_of
from workbench.metrics.value import Unit, Value, share
from workbench.metrics.window import Window
from workbench.models.moments import to_micros
from workbench.queries.frames import MeasureFrame
from workbench.queries.people import everyone

SMALLEST_CLUSTER = 3
"""Two people who wrote to one another are a tie, not a group."""
_MAJORITY = 2
_FEWEST_FOR_PATHS = 3
_FEWEST_OFFICES = 2


def two_way(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Pairs of members who turned to one another both ways, out of all pairs of members with a tie."""
    return two_way_in(network_of(frame, window))


def two_way_in(network: Network) -> Value:
    """As `two_way`."""
    return share(len(network.mutual), network.ties)


def density(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Pairs of members with a tie, out of all pairs there could be; a community of one has no pairs."""
    return density_in(network_of(frame, window))


def density_in(network: Network) -> Value:
    """As `density`."""
    return share(network.ties, network.members * (network.members - 1) // 2)


def cross_office(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Interactions between members of different offices, out of those of which both offices are known."""
    return cross_office_in(network_of(frame, window), frame.ties.offices)


def cross_office_in(network: Network, offices: Mapping[PersonId, str]) -> Value:
    """As `cross_office`."""
    across = known = 0
    for (who, whom), acts in network.acts.items() if offices else ():
        if who in offices and whom in offices:
            known += acts
            across += acts if offices[who] != offices[whom] else 0
    return share(across, known, interactions=sum(network.acts.values()))


def new_ties(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Pairs of members whose first interaction ever lies in the window, out of all with a tie in it."""
    network, start = network_of(frame, window), window.start_us
    count = sum(
        (one, other) in network.acts or (other, one) in network.acts
        for (one, other), first in frame.ties.firsts.items()
        if first >= start
    )
    detail = {"may_not_be_first": may_not_be_first(frame, window)}
    return Value(count, Unit.TIES, count, network.ties, detail=detail)


def key_players(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """The fewest members who together have half of all ties' ends, out of all members; higher is safer."""
    return key_players_in(network_of(frame, window))


def key_players_in(network: Network) -> Value:
    """As `key_players`."""
    degrees = sorted(network.degrees.values(), reverse=True)
    whole = sum(degrees)
    held = count = 0
    for degree in degrees:
        if held * _MAJORITY >= whole:
            break
        held, count = held + degree, count + 1
    if not whole:
        return Value(None, Unit.SHARE, 0, network.members)
    return share(count, network.members, ties=whole // 2)


def highest_betweenness(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """The betweenness of whoever most shortest paths lead through, out of all pairs of others among the members.

    Each person's own number stays on this machine, with the roles. Above 2,000 people it is an estimate, and
    `detail["is_sampled"]` says so. Of more people with ties than anybody would wait for there is none.
    """
    network = network_of(frame, window)
    if len(network.people) > network_paths.MOST_PEOPLE:
        doubts = (f"More than {network_paths.MOST_PEOPLE:,} people have ties here: choose a community.",)
        return Value(None, Unit.RATIO, detail={"doubts": doubts})
    edges = network.edges()
    return highest_betweenness_in(network, betweenness_of(edges), is_estimate=is_sampled(edges))


def highest_betweenness_in(network: Network, between: Sequence[float], *, is_estimate: bool) -> Value:
    """As `highest_betweenness`, from what leads through each person who has ties."""
    others = network.members - 1
    pairs = others * (others - 1) / 2
    if network.members < _FEWEST_FOR_PATHS:
        return Value(None, Unit.RATIO, None, pairs)
    most = max(between, default=0.0)
    return Value(most / pairs, Unit.RATIO, most, pairs, detail=_doubt(is_sampled=is_estimate))


def _doubt(*, is_sampled: bool) -> dict[str, object]:
    if not is_sampled:
        return {"is_sampled": False}
    return {"is_sampled": True, "doubts": ("Estimated from a sample, because there are more than 2,000 people.",)}


def stranger_answer_rate(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Answered questions whose answerer had no tie with the asker before the question, out of all answered ones."""
    asked = [row for row in frame.ties.answers if _is_in(row.asked_us, row.answered_us, window, as_of)]
    firsts = frame.ties.firsts
    strange = [
        row.thread_id
        for row in asked
        if firsts.get((min(row.asker, row.answerer), max(row.asker, row.answerer)), row.asked_us) >= row.asked_us
    ]
    early = may_not_be_first(frame, window)
    return share(len(strange), len(asked), thread_ids=tuple(strange), may_not_be_first=early)


def referral(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Answered questions in which someone else brought the later answerer in by mention, out of all answered ones.

    `detail["hops"]` counts the questions by how many ties lay between asker and answerer before the question;
    `detail["without_way"]` those where nothing did.
    """
    asked = sum(_is_in(row.asked_us, row.answered_us, window, as_of) for row in frame.ties.answers)
    rows = [row for row in frame.ties.referrals if _is_in(row.asked_us, row.answered_us, window, as_of)]
    ways = Ways(frame.ties.firsts if rows else {})
    hops = [ways.steps(row.asker, row.answerer, before=row.asked_us) for row in rows]
    known = sorted(count for count in hops if count is not None)
    return share(
        len(rows),
        asked,
        thread_ids=tuple(row.thread_id for row in rows),
        hops=dict(sorted(Counter(known).items())),
        median_hops=median(known) if known else None,
        without_way=len(hops) - len(known),
    )


def emergent_structures(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """Clusters of three people or more that hold people of two offices at least, out of all such clusters.

    `detail["groups"]` has the people of each cluster that counts; for this machine only.
    """
    network, offices = network_of(frame, window), frame.ties.offices
    if len(offices) < _FEWEST_OFFICES:
        return emergent_in(())  # nothing can be said of any group, so that none is looked for
    found = groups_of(network, clusters(network.edges()))
    value = emergent_in([[offices.get(person, "") for person in group] for group in found])
    mixed = [group for group in found if len({offices[person] for person in group if person in offices}) > 1]
    return replace(value, detail={"groups": tuple(map(tuple, mixed))})


def emergent_in(groups: Iterable[Sequence[str]]) -> Value:
    """As `emergent_structures`, from the offices of the people of each group; "" where an office is not known.

    Of a group in which fewer than two offices of people are known nothing can be said, so it is left out.
    """
    known = [[office for office in group if office] for group in groups]
    told = [set(offices) for offices in known if len(offices) > 1]
    return share(sum(len(offices) > 1 for offices in told), len(told))


def groups_of(network: Network, member: Sequence[int]) -> list[list[PersonId]]:
    """The people of every cluster of three or more, by the number of the cluster; `member` is by place."""
    groups: dict[int, list[PersonId]] = {}
    for person, cluster in zip(network.people, member, strict=True):
        groups.setdefault(cluster, []).append(person)
    return [group for _, group in sorted(groups.items()) if len(group) >= SMALLEST_CLUSTER]


def relationship_leverage(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """People no member list names who wrote, reacted or mentioned someone here, out of all members.

    Without a member list nobody can be told from a member: then there is no data.
    """
    outside, members = frame.ties.outsiders, frame.members.count_at(window.end_us)
    if outside is None:
        doubts = ("There is no member list, so nobody can be told from a member.",)
        return Value(None, Unit.SHARE, None, members, detail={"doubts": doubts})
    return share(len(outside & everyone(cut(frame.active, window))), members)


def _is_in(asked_us: int, answered_us: int, window: Window, as_of: datetime) -> bool:
    return window.start_us <= asked_us < window.end_us and answered_us <= to_micros(as_of)
