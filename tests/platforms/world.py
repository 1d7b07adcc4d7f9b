"""World: what a platform stand-in tells of; invented people, groups and messages that change while we sync.

The same seed and the same calls give the same world. Every platform dresses it in its own shapes.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

BEGINNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
GIVEN = ("Amina", "Bruno", "Chen", "Dalia", "Emil", "Fatou", "Goran", "Hana", "Iris", "Jonas", "Kavi", "Lena")
OFFICES = ("Nairobi", "La Paz", "Dhaka", "Geneva", "Suva")
WORDS = [
    "pump",
    "well",
    "school",
    "latrine",
    "filter",
    "rain",
    "budget",
    "training",
    "survey",
    "report",
    "visit",
    "team",
    "water",
    "safe",
    "girls",
    "plan",
]


@dataclass(slots=True)
class Someone:
    """A person of the platform."""

    id: int
    name: str
    username: str
    office: str
    is_gone: bool = False

    @property
    def email(self) -> str:
        """An address under a domain that nobody has."""
        return f"{self.username}@example.org"


@dataclass(slots=True)
class Group:
    """A group with who is in it, and since when."""

    id: int
    name: str
    description: str
    members: dict[int, datetime] = field(default_factory=dict)
    owners: set[int] = field(default_factory=set)
    is_hidden: bool = False


@dataclass(slots=True)
class Said:
    """A message; `root` is its own id when it opens a thread, `parent` what it answers."""

    id: int
    group: int
    author: int
    at: datetime
    subject: str
    text: str
    root: int
    parent: int | None = None
    version: int = 1
    changed_at: datetime | None = None
    removed_at: datetime | None = None
    shown_from: datetime | None = None
    likes: dict[int, datetime] = field(default_factory=dict)
    key: str = ""
    """What the sender called it, on platforms that take such a key."""

    @property
    def touched_at(self) -> datetime:
        """When it was last written to."""
        return self.changed_at or self.at


class World:
    """The state of one platform. `me` is the person whose account we use; `now` is the platform's clock."""

    def __init__(self, *, now: datetime | None = None, me: int = 1) -> None:
        self.now = now or BEGINNING
        self.me = me
        self.people: dict[int, Someone] = {}
        self.groups: dict[int, Group] = {}
        self.said: dict[int, Said] = {}
        self.left: list[tuple[int, int, datetime]] = []
        """(group, person, when) of everybody who left."""

    def person(self, name: str | None = None) -> Someone:
        """A new person."""
        number = len(self.people) + 1
        given = name or f"{GIVEN[(number - 1) % len(GIVEN)]} Example {number}"
        someone = Someone(number, given, f"{given.split()[0].lower()}{number}", OFFICES[number % len(OFFICES)])
        self.people[number] = someone
        return someone

    def group(self, name: str, description: str = "") -> Group:
        """A new group with nobody in it."""
        group = Group(len(self.groups) + 11, name, description)
        self.groups[group.id] = group
        return group

    def join(self, group: int, person: int) -> None:
        """Somebody becomes a member now."""
        self.groups[group].members[person] = self.now

    def leave(self, group: int, person: int) -> None:
        """Somebody is a member no longer."""
        if self.groups[group].members.pop(person, None) is not None:
            self.left.append((group, person, self.now))

    def say(
        self,
        group: int,
        author: int,
        text: str,
        *,
        subject: str = "",
        parent: int | None = None,
        at: datetime | None = None,
        key: str = "",
    ) -> Said:
        """A new message; an answer belongs to the thread of its parent."""
        number = 1000 + len(self.said) + 1
        root = number if parent is None else self.said[parent].root
        said = Said(number, group, author, at or self.now, subject, text, root, parent, key=key)
        self.said[number] = said
        return said

    def edit(self, message: int, text: str) -> None:
        """Other words now."""
        said = self.said[message]
        said.text, said.version, said.changed_at = text, said.version + 1, self.now

    def remove(self, message: int) -> None:
        """The message is gone; its answers stay."""
        self.said[message].removed_at = self.now

    def like(self, message: int, person: int) -> None:
        """A like; a second one changes nothing."""
        self.said[message].likes.setdefault(person, self.now)

    def unlike(self, message: int, person: int) -> None:
        """The like is taken back."""
        self.said[message].likes.pop(person, None)

    def pass_time(self, **length: float) -> None:
        """The platform's clock goes on by a timedelta's words: minutes=5, days=2."""
        self.now += timedelta(**length)

    def shown(self, group: int | None = None) -> list[Said]:
        """What stands there now, oldest first."""
        return [
            said
            for said in self.said.values()
            if said.removed_at is None
            and (group is None or said.group == group)
            and (said.shown_from is None or said.shown_from <= self.now)
        ]

    def thread(self, root: int) -> list[Said]:
        """What stands in one thread, oldest first."""
        return [said for said in self.shown() if said.root == root]


def a_world(
    *,
    people: int = 12,
    groups: int = 3,
    messages: int = 60,
    seed: int = 7,
    days: float = 90,
    end: datetime = BEGINNING,
) -> World:
    """A world with some history, up to `end`: about a third of the messages open threads."""
    rng = random.Random(seed)
    world = World(now=end - timedelta(days=days))
    for _ in range(people):
        world.person()
    names = ("Water points", "School meals", "Data and maps", "Safe spaces", "Field offices")
    for number in range(groups):
        group = world.group(
            names[number] if number < len(names) else f"Group {number + 1}", "A group made up for tests"
        )
        group.owners.add(1)
        for person in rng.sample(range(1, people + 1), max(2, people * 2 // 3)):
            world.join(group.id, person)
        world.join(group.id, world.me)
    numbers = list(world.groups)
    roots: dict[int, list[int]] = {number: [] for number in numbers}
    for _ in range(messages):
        world.now += timedelta(days=days / (messages + 1))
        group_id = rng.choice(numbers)
        author = rng.choice(sorted(world.groups[group_id].members))
        text = " ".join(rng.choices(WORDS, k=rng.randint(6, 30))).capitalize() + rng.choice((".", "?"))
        answered = roots[group_id] and rng.random() < 0.66
        if answered:
            root = rng.choice(roots[group_id][-6:])
            parent = rng.choice([said.id for said in world.thread(root)])
            said = world.say(group_id, author, text, parent=parent)
        else:
            said = world.say(group_id, author, text, subject=" ".join(rng.choices(WORDS, k=4)).capitalize())
            roots[group_id].append(said.id)
        for person in rng.sample(range(1, people + 1), rng.choice((0, 0, 0, 1, 2))):
            world.like(said.id, person)
    world.now = end
    return world
