"""What stands in the archives of a HyperKitty: each mail as it was when it arrived, and who answers whom since."""

from base64 import b32encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from hashlib import sha1
from itertools import islice

from tests.platforms.world import Group, Said, Someone, World

HOST = "lists.example.org"
_HOURS = {"Nairobi": 3, "La Paz": -4, "Dhaka": 6, "Geneva": 1, "Suva": 12}
"""How far the clocks of the offices are from UTC: a mail carries the day of who wrote it."""


def address_of(group: Group) -> str:
    """The address mail for a list is sent to."""
    return f"{group.name.lower().replace(' ', '-')}@{HOST}"


def message_id_of(said: Said) -> str:
    """The Message-ID without its angle brackets."""
    return said.key or f"said.{said.id}@example.org"


def hash_of(message_id: str) -> str:
    """The name HyperKitty gives a mail: base32 of the SHA-1 of its Message-ID."""
    return b32encode(sha1(message_id.encode(), usedforsecurity=False).digest()).decode()


@dataclass(slots=True, eq=False)
class Mail:
    """A mail in an archive. Its words stay as they came; `parent` and `children` change when others are deleted."""

    said: Said
    message_id: str
    hash: str
    author: Someone
    sent_at: datetime
    arrived_at: datetime
    subject: str
    text: str
    thread: str
    in_reply_to: str | None
    parent: "Mail | None"
    children: "list[Mail]" = field(default_factory=list)


class Archive:
    """The mails of one list in order of arrival, by hash and by thread."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.address = address_of(group)
        self.mails: list[Mail] = []
        self.by_hash: dict[str, Mail] = {}
        self.threads: dict[str, list[Mail]] = {}

    def put(self, said: Said, *, author: Someone, subject: str, answered: Said | None, arrived_at: datetime) -> None:
        """Takes a mail in, unless there is one with its Message-ID already: the first one stays."""
        message_id = message_id_of(said)
        name = hash_of(message_id)
        if name in self.by_hash:
            return
        in_reply_to = None if answered is None else message_id_of(answered)
        # What answers a mail that is not there yet opens a thread of its own.
        parent = None if in_reply_to is None else self.by_hash.get(hash_of(in_reply_to))
        zone = timezone(timedelta(hours=_HOURS.get(author.office, 0)))
        mail = Mail(
            said,
            message_id,
            name,
            author,
            said.at.replace(microsecond=0).astimezone(zone),
            arrived_at,
            subject,
            said.text + "\n",
            name if parent is None else parent.thread,
            in_reply_to,
            parent,
        )
        if parent is not None:
            parent.children.append(mail)
        self.mails.append(mail)
        self.by_hash[name] = mail
        self.threads.setdefault(mail.thread, []).append(mail)

    def drop(self, mail: Mail) -> None:
        """Deletes it as an owner does: answers move up, or the first of them opens the thread; its name stays."""
        self.mails.remove(mail)
        del self.by_hash[mail.hash]
        thread = self.threads[mail.thread]
        thread.remove(mail)
        if not thread:
            del self.threads[mail.thread]
        children = sorted(mail.children, key=lambda child: child.sent_at)
        above = mail.parent
        if above is not None:
            above.children.remove(mail)
        elif children:
            above = children.pop(0)
            above.parent = None
        for child in children:
            child.parent = above
            assert above is not None
            above.children.append(child)

    def in_order(self, thread: str) -> list[Mail]:
        """The mails of a thread, each one's answers below it."""
        ordered: list[Mail] = []
        waiting = [mail for mail in self.threads.get(thread, []) if mail.parent is None]
        while waiting:
            mail = waiting.pop(0)
            ordered.append(mail)
            waiting = sorted(mail.children, key=lambda child: child.sent_at) + waiting
        return ordered

    def by_activity(self) -> list[str]:
        """The threads by the date of their latest mail, the latest first."""
        return sorted(self.threads, key=lambda name: max(mail.sent_at for mail in self.threads[name]), reverse=True)


class Shelf:
    """The archives of all lists, kept up with the world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen = 0
        self._held: list[Said] = []
        self._last: datetime | None = None
        self.archives: dict[str, Archive] = {}

    def fill(self) -> None:
        """Takes in what arrived since, in order of arrival, and takes out what was deleted.

        A mail arrives when it is shown, whatever its date; without a word on that, no earlier than the one before it.
        """
        world, now = self._world, self._world.now
        for group in world.groups.values():
            self.archives.setdefault(address_of(group), Archive(group))
        new = [*self._held, *islice(world.said.values(), self._seen, None)]
        self._seen = len(world.said)
        self._held = [said for said in new if said.shown_from is not None and said.shown_from > now]
        held = {said.id for said in self._held}
        arrivals: list[tuple[datetime, Said]] = []
        latest = self._last or min((said.at for said in new), default=now)
        for said in new:
            if said.id in held or said.removed_at is not None:
                continue
            if said.shown_from is None:
                latest = max(latest, min(said.at, now))
            arrivals.append((said.shown_from or latest, said))
        for arrived_at, said in sorted(arrivals, key=lambda arrival: arrival[0]):
            self._put(said, arrived_at)
            self._last = max(self._last or arrived_at, arrived_at)
        for archive in self.archives.values():
            for mail in [mail for mail in archive.mails if mail.said.removed_at is not None]:
                archive.drop(mail)

    def _put(self, said: Said, arrived_at: datetime) -> None:
        world = self._world
        self.archives[address_of(world.groups[said.group])].put(
            said,
            author=world.people[said.author],
            subject=said.subject or f"Re: {world.said[said.root].subject}",
            answered=None if said.parent is None else world.said[said.parent],
            arrived_at=arrived_at,
        )
