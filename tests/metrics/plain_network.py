"""The network measures once more, worked out the slow way from a plain list of events, with Brandes' algorithm as printed."""

import random
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from tests.metrics.plain import Answer, moment, part
from tests.queries.network import a_person
from workbench.models.kinds import EventKind
from workbench.sync.records import ActRecord, MemberRecord, MessageRecord, Record

DAYS = 90
MESSAGES = {"post", "reply"}


@dataclass(frozen=True)
class Act:
    """An event; `target` is whom it turns to, `named` somebody mentioned."""

    id: str
    person: str
    kind: str
    at: datetime
    root: str
    parent: str | None
    target: str | None
    is_question: bool


@dataclass(frozen=True)
class Hamlet:
    """A small community: who is in it, where they sit, who is a bot, who left when, and what happened."""

    acts: tuple[Act, ...]
    listed: dict[str, datetime | None]
    offices: dict[str, str]
    bots: frozenset[str]

    def records(self) -> tuple[Record, ...]:
        members = (MemberRecord("", self._person(name), None, left) for name, left in self.listed.items())
        return (*members, *map(self._record, self.acts))

    def _person(self, name: str):
        return a_person(name, is_bot=name in self.bots, office=self.offices.get(name))

    def _record(self, act: Act) -> Record:
        person = self._person(act.person)
        if act.kind in MESSAGES:
            text = "Where is it?" if act.is_question else "Here it is."
            references = () if act.parent is None else (act.parent,)
            return MessageRecord(act.id, "", person, act.at, "Pumps", text, references=references)
        named = self._person(act.target) if act.kind == "mention" else None
        return ActRecord(
            act.id, "", EventKind[act.kind.upper()], person, act.at, target=act.parent, target_person=named
        )


def a_hamlet(number: int, rng: random.Random) -> Hamlet:
    """A community made by chance, small enough that every case comes up: mentions bring answerers in, bots join in."""
    people = [f"h{number}p{index}" for index in range(rng.randint(1, 8))]
    acts: list[Act] = []
    for index in range(rng.choice((0, 6, 20, 60))):
        earlier = [act for act in acts if act.kind in MESSAGES]
        kind = rng.choice(("post", "reply", "reply", "reply", "reaction", "mention", "mention")) if earlier else "post"
        parent = None if kind == "post" else rng.choice(earlier)
        # No two at one moment: which came first is then no question.
        at = moment(rng.randrange(DAYS)) if parent is None else parent.at + timedelta(hours=rng.choice((2, 90, 700)))
        at = min(at, moment(DAYS) - timedelta(days=1)) + timedelta(seconds=index + 1)
        id_, person = f"h{number}e{index}", rng.choice(people)
        root = id_ if parent is None else parent.root
        target = rng.choice(people) if kind == "mention" else parent.person if parent is not None else None
        is_question = kind in MESSAGES and rng.random() < 0.5
        acts.append(Act(id_, person, kind, at, root, parent.id if parent else None, target, is_question))
    listed = {
        person: moment(rng.randrange(DAYS), hours=12) if rng.random() < 0.2 else None
        for person in [*people, f"h{number}silent"]
        if rng.random() < 0.7
    }
    offices = {person: rng.choice(("Lima", "Dakar", "Kabul")) for person in people if rng.random() < 0.8}
    return Hamlet(tuple(acts), listed, offices, frozenset(person for person in people if rng.random() < 0.1))


class PlainNetwork:
    """The measures over [start, end), word by word as the definitions say."""

    def __init__(self, hamlet: Hamlet, start: datetime, end: datetime, as_of: datetime) -> None:
        self.hamlet, self.start, self.end, self.as_of = hamlet, start, end, as_of
        self.acts = [act for act in hamlet.acts if act.person not in hamlet.bots]
        self.turns = [act for act in self.acts if act.target not in {None, act.person, *hamlet.bots}]
        self.members = self._members()
        self.window = [act for act in self.turns if start <= act.at < end and {act.person, act.target} <= self.members]
        self.pairs = {frozenset((act.person, act.target)) for act in self.window}

    def answer(self, key: str) -> Answer:
        return getattr(self, key)()

    def two_way(self) -> Answer:
        directed = {(act.person, act.target) for act in self.window}
        return part(sum((other, one) in directed for one, other in directed) // 2, len(self.pairs))

    def density(self) -> Answer:
        return part(len(self.pairs), len(list(combinations(self.members, 2))))

    def cross_office(self) -> Answer:
        offices = [(self.hamlet.offices.get(act.person), self.hamlet.offices.get(act.target)) for act in self.window]
        known = [both for both in offices if None not in both]
        return part(sum(one != other for one, other in known), len(known))

    def new_ties(self) -> Answer:
        new = [pair for pair in self.pairs if not self._had_tie(pair, self.start)]
        return len(new), len(new), len(self.pairs)

    def key_players(self) -> Answer:
        degrees = sorted((sum(one in pair for pair in self.pairs) for one in self.members), reverse=True)
        if not self.pairs:
            return None, 0, len(self.members)
        return part(next(k for k in range(99) if sum(degrees[:k]) >= sum(degrees) / 2), len(self.members))

    def betweenness(self) -> Answer:
        others = len(self.members) - 1
        whole = others * (others - 1) / 2
        if others < 2:
            return None, None, whole
        most = max(brandes(self.pairs).values(), default=0.0)
        return most / whole, most, whole

    def stranger_answer_rate(self) -> Answer:
        answered = self._answered()
        strange = [root for root, reply in answered if not self._had_tie({root.person, reply.person}, root.at)]
        return part(len(strange), len(answered))

    def referral(self) -> Answer:
        return part(len(self.referred()), len(self._answered()))

    def referred(self) -> list[int | None]:
        """How many ties lay between asker and answerer for every question in which somebody referred."""
        hops = []
        for root, _ in self._answered():
            thread = [act for act in self.acts if act.root == root.id]
            mentions = [act for act in self.turns if act.root == root.id and act.kind == "mention"]
            replies = {}
            for reply in sorted((act for act in thread if act.kind == "reply"), key=lambda act: act.at):
                replies.setdefault(reply.person, reply.at)
            found = {
                (named.person, named.target): replies[named.target]
                for named in mentions
                if named.target in replies and named.at < replies[named.target] <= self.as_of
                if root.person not in {named.person, named.target}
            }
            if found:
                referrers = {by for by, _ in found}
                ends = {to: at for (_, to), at in found.items() if to not in referrers}
                ends = ends or {to: at for (_, to), at in found.items()}
                hops.append(self._hops(root.person, min(ends, key=ends.__getitem__), root.at))
        return hops

    def relationship_leverage(self) -> Answer:
        if not set(self.hamlet.listed) - self.hamlet.bots:
            return None, None, len(self.members)
        active = {act.person for act in self.acts if self.start <= act.at < self.end}
        return part(len(active - set(self.hamlet.listed)), len(self.members))

    def _members(self) -> set[str]:
        listed = self.hamlet.listed
        met = {act.person for act in self.acts if act.at < self.end and act.person not in listed}
        stayed = {person for person, left in listed.items() if left is None or left >= self.end}
        return (met | stayed) - self.hamlet.bots

    def _had_tie(self, pair, before: datetime) -> bool:
        return any({act.person, act.target} == set(pair) and act.at < before for act in self.turns)

    def _answered(self) -> list[tuple[Act, Act]]:
        found = []
        for root in self.acts:
            if root.kind == "post" and root.is_question and self.start <= root.at < self.end:
                replies = [
                    act
                    for act in self.acts
                    if act.root == root.id
                    and act.kind == "reply"
                    and act.person != root.person
                    and act.at <= self.as_of
                ]
                if replies:
                    found.append((root, min(replies, key=lambda act: act.at)))
        return found

    def _hops(self, start: str, goal: str, before: datetime) -> int | None:
        reached, count = {start}, 0
        ties = [{act.person, act.target} for act in self.turns if act.at < before]
        while goal not in reached:
            wider = reached.union(*(tie for tie in ties if tie & reached))
            if wider == reached:
                return None
            reached, count = wider, count + 1
        return count


def brandes(pairs) -> dict[str, float]:
    """Betweenness of every node, unweighted and undirected, each pair of others once; after the pseudocode of 2001."""
    near = defaultdict(list)
    for one, other in map(sorted, pairs):
        near[one].append(other)
        near[other].append(one)
    total = dict.fromkeys(near, 0.0)
    for source in near:
        order, before = [], defaultdict(list)
        paths, distance = defaultdict(float, {source: 1.0}), {source: 0}
        queue = deque([source])
        while queue:
            node = queue.popleft()
            order.append(node)
            for other in near[node]:
                if other not in distance:
                    distance[other] = distance[node] + 1
                    queue.append(other)
                if distance[other] == distance[node] + 1:
                    paths[other] += paths[node]
                    before[other].append(node)
        share = defaultdict(float)
        for node in reversed(order):
            for other in before[node]:
                share[other] += paths[other] / paths[node] * (1 + share[node])
            if node != source:
                total[node] += share[node]
    return {node: value / 2 for node, value in total.items()}
