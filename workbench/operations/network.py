"""look_at_network: the network of a scope and window, worked out, named and ready to be drawn, listed or told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from workbench.cancel import CancelToken
from workbench.errors import TooManyPeopleError
from workbench.ids import PersonId
from workbench.metrics import network
from workbench.metrics.catalog import find_metric
from workbench.metrics.compute import known
from workbench.metrics.network_layout import Place
from workbench.metrics.network_paths import MOST_PEOPLE, is_sampled
from workbench.metrics.roles import Role, roles_of
from workbench.metrics.ties import Edges, Network, network_of
from workbench.metrics.value import Value
from workbench.metrics.window import Window
from workbench.models.database import Reader
from workbench.operations.network_cache import Drawn, DrawnNetworks, mark_of
from workbench.operations.network_looks import KeptLook
from workbench.operations.network_work import Worked, work_out, work_out_beside
from workbench.operations.sight import Unseen, unseen
from workbench.progress import Report, silent
from workbench.queries.communities import community_names
from workbench.queries.coverage import coverage_share, known_until
from workbench.queries.frames import FramePart, load_frame, mirror_start
from workbench.queries.network import count_turning, names_of
from workbench.queries.roster import members_are
from workbench.queries.scope import Scope
from workbench.queries.ties import TopicAnswers, topic_answers
from workbench.workspace import Workspace

KEPT_FROM: Final = 1_000
"""Smaller networks are read in a moment."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person in the picture; `cluster` is the number of a group, from 0, or None in none of three or more."""

    person_id: PersonId
    name: str
    office: str
    cluster: int | None
    place: Place
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody in a role: the place in `people`, and why."""

    node: int
    reason: str


@dataclass(frozen=True)
class NetworkLook:
    """A network, in the order of names: `edges` and everything else name people by their place in `people`.

    `arcs` has who turned to whom and how often; `known` is the share of the window's days that are mirrored. `values`
    are the measures told beside it, `unseen` what platforms here do not show. `has_topics` is False where no question
    carried a hashtag, so that nobody can be found to know what few do.
    """

    name: str
    window: Window
    known: float
    known_until: date | None
    members: int
    people: tuple[Somebody, ...]
    edges: Edges
    arcs: Mapping[tuple[int, int], int]
    roles: Mapping[Role, tuple[Held, ...]]
    values: Mapping[str, Value]
    is_sampled: bool
    has_topics: bool
    unseen: Unseen = field(default_factory=Unseen)

    @cached_property
    def near(self) -> tuple[tuple[int, ...], ...]:
        """Whom each has ties with, in the order of names."""
        found: list[list[int]] = [[] for _ in self.people]
        for one, other in zip(self.edges.ends, self.edges.others, strict=True):
            found[one].append(other)
            found[other].append(one)
        return tuple(tuple(sorted(some)) for some in found)

    @cached_property
    def clusters(self) -> int:
        """How many groups of three or more there are."""
        return 1 + max((one.cluster for one in self.people if one.cluster is not None), default=-1)


def look_at_network(
    workspace: Workspace,
    *,
    scope: Scope,
    window: Window | None,
    as_of: datetime,
    is_beside: bool = False,
    report: Report = silent,
    cancel: CancelToken | None = None,
) -> NetworkLook:
    """The network of the communities in `scope`; `window` None is all that is mirrored, up to the day of `as_of`.

    While nothing has changed since it was looked at, the same is answered again. What was worked out for the same ties
    is taken from the profile's cache. Otherwise it is done here, or with
    `is_beside` in a child process, beginning from where people stood last. Can be stopped (CancelledError).
    Refuses more than MOST_PEOPLE people with ties (TooManyPeopleError).
    """
    with workspace.database.read() as reader:
        window = window or _all_days(reader, scope, as_of)
        kept_look = KeptLook(workspace, reader, scope, window, as_of=as_of)
        look = kept_look.find()
        if look is not None:
            return look
        # Nothing is read of a network that is too large: that alone takes seconds, and hundreds of megabytes.
        _refuse_more_than_most(count_turning(reader, scope, first=window.first_day, until=window.until_day))
        found = _read(reader, scope, window, as_of)
    drawn = DrawnNetworks(workspace, scope)
    edges = found.network.edges()
    people = tuple(found.network.people)
    _refuse_more_than_most(len(people))
    mark = mark_of(people, edges)
    kept = drawn.find(mark)
    if kept is None:
        before = drawn.places_for(people)
        if is_beside:
            worked = work_out_beside(workspace.profile, edges, before=before, report=report, cancel=cancel)
        else:
            worked = work_out(edges, before=before, report=report, cancel=cancel)
        kept = Drawn(mark, people, worked)
        if workspace.database.writable and people:
            drawn.keep(kept)
    look = _look(found, edges, kept.worked)
    if workspace.database.writable and len(people) >= KEPT_FROM:
        kept_look.keep(look)
    return look


def _refuse_more_than_most(people: int) -> None:
    if people > MOST_PEOPLE:
        message = "more people have ties here than can be worked out"
        raise TooManyPeopleError(message, people=people, most=MOST_PEOPLE)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the database says."""

    name: str
    window: Window
    known: float
    known_until: date | None
    network: Network
    names: Mapping[PersonId, tuple[str, str]]
    offices: Mapping[PersonId, str]
    topics: tuple[TopicAnswers, ...]
    values: Mapping[str, Value]
    unseen: Unseen


def _all_days(reader: Reader, scope: Scope, as_of: datetime) -> Window:
    start, today = mirror_start(reader, scope), as_of.date()
    return Window.between(min(start.date(), today) if start is not None else today, today + _DAY)


def _read(reader: Reader, scope: Scope, window: Window, as_of: datetime) -> _Found:
    frame = load_frame(
        reader, scope, start=window.start, end=window.end, as_of=as_of, parts=FramePart.TIES | FramePart.MEMBERS
    )
    covered = coverage_share(reader, scope, window.start_on, window.end_on - _DAY)
    ties = network_of(frame, window)
    values = {
        "two_way": network.two_way_in(ties),
        "cross_office": network.cross_office_in(ties, frame.ties.offices),
        "density": network.density_in(ties),
        "key_players": network.key_players_in(ties),
    }
    names = names_of(reader, ties.people)
    return _Found(
        name=_title(reader, scope),
        window=window,
        known=covered,
        known_until=known_until(reader, scope),
        network=ties,
        names={person: (row.key, row.name) for person, row in names.items()},
        offices=frame.ties.offices,
        topics=topic_answers(reader, scope, first=window.start_us, until=window.end_us),
        unseen=unseen(reader, scope, members_are(reader, scope, before=window.end_on)),
        values={key: _as_known(key, value, covered=covered, window=window) for key, value in values.items()},
    )


def _as_known(key: str, value: Value, *, covered: float, window: Window) -> Value:
    return replace(known(find_metric(key), value, covered), coverage=covered, window=window)


def _title(reader: Reader, scope: Scope) -> str:
    if len(scope) == 1:
        return community_names(reader).get(scope[0], "")
    return f"{len(scope)} communities" if scope else "All communities"


def _look(found: _Found, edges: Edges, worked: Worked) -> NetworkLook:
    """Puts everybody in the order of names, and says who holds a role and why."""
    ids = found.network.people
    order = sorted(range(len(ids)), key=lambda node: (*found.names.get(ids[node], ("", "")), ids[node]))
    at = {ids[node]: place for place, node in enumerate(order)}
    held = roles_of(found.network, worked.between, offices=found.offices, topics=found.topics)
    roles = {
        role: tuple(sorted((Held(at[one.person_id], one.reason) for one in holders), key=lambda one: one.node))
        for role, holders in held.items()
    }
    of_person: dict[int, list[Role]] = {}
    for role, holders in roles.items():
        for one in holders:
            of_person.setdefault(one.node, []).append(role)
    numbers = _numbers(worked.clusters)
    people = tuple(
        Somebody(
            person_id=ids[node],
            name=found.names.get(ids[node], ("", ""))[1],
            office=found.offices.get(ids[node], ""),
            cluster=numbers.get(worked.clusters[node]),
            place=worked.places[node],
            roles=tuple(of_person.get(place, ())),
        )
        for place, node in enumerate(order)
    )
    turned = [at[person] for person in ids]
    return NetworkLook(
        name=found.name,
        window=found.window,
        known=found.known,
        known_until=found.known_until,
        members=found.network.members,
        people=people,
        edges=_renamed(edges, turned),
        arcs={(at[who], at[whom]): acts for (who, whom), (acts, _weight) in found.network.arcs.items()},
        roles=roles,
        values={
            **found.values,
            "emergent_structures": _as_known(
                "emergent_structures", _mixed(people), covered=found.known, window=found.window
            ),
            "betweenness": _as_known(
                "betweenness",
                network.highest_betweenness_in(found.network, worked.between, is_estimate=is_sampled(edges)),
                covered=found.known,
                window=found.window,
            ),
        },
        is_sampled=is_sampled(edges),
        has_topics=bool(found.topics),
        unseen=found.unseen,
    )


def _numbers(clusters: Sequence[int]) -> dict[int, int]:
    """The groups of three or more, numbered from the largest."""
    sizes: dict[int, int] = {}
    for cluster in clusters:
        sizes[cluster] = sizes.get(cluster, 0) + 1
    return {cluster: cluster for cluster, size in sizes.items() if size >= network.SMALLEST_CLUSTER}


def _renamed(edges: Edges, turned: Sequence[int]) -> Edges:
    return Edges(
        edges.nodes, [turned[node] for node in edges.ends], [turned[node] for node in edges.others], edges.counts
    )


def _mixed(people: Sequence[Somebody]) -> Value:
    """How many groups hold people of two offices or more: the measure `emergent_structures`, from the same groups."""
    offices: dict[int, list[str]] = {}
    for one in people:
        if one.cluster is not None:
            offices.setdefault(one.cluster, []).append(one.office)
    return network.emergent_in(offices.values())
