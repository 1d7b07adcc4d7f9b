"""Extras of the sample network: hashtags, people named, files, monthly calls, and newcomers welcomed by name.

They have a seed of their own, so that they never change who writes what and when.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any, Final

from workbench.models.kinds import EventKind
from workbench.sync.records import ActRecord, AttachmentRecord, MessageRecord, PersonRecord, Record

COORDINATOR: Final = "Coordinator"
TAGGED_ROOTS: Final = 0.16
TAGGED: Final = 0.05
NAMED: Final = 0.06
WITH_FILE: Final = 0.03
WELCOMED: Final = 0.6
"""Shares: roots and replies with a hashtag, messages that name whoever writes next, roots with a file, welcomes."""
CALL_DAYS: Final = range(8, 15)
"""The monthly call is on the Thursday among these days."""
COMES: Final = 0.12
_THURSDAY: Final = 3
_NEW: Final = timedelta(days=3)
_SMALL: Final = frozenset(
    {"les", "la", "le", "l", "las", "los", "el", "de", "des", "del", "d", "par", "à", "por", "en"}
)

Told = list[tuple[datetime, Record]]


class Extras:
    """What is added to one community; `members` with the moment they joined."""

    def __init__(
        self, community: str, words: dict[str, Any], members: Sequence[tuple[PersonRecord, datetime]], *, seed: int
    ) -> None:
        self._community, self._words, self._members = community, words, members
        self._rng = random.Random(f"{seed}/extras/{community}")  # noqa: S311 - a seeded sample, not a secret

    def added(self, records: Told, topic: str) -> Told:
        """A thread with its extras."""
        rng, found = self._rng, list(records)
        told = [(place, record) for place, (_at, record) in enumerate(records) if isinstance(record, MessageRecord)]
        after = [record.author for _place, record in told[1:]]
        for (place, record), later in zip_longest(told, after):
            text, files = record.text, record.attachments
            if rng.random() < (TAGGED if record.references else TAGGED_ROOTS):
                text += f" #{tag_of(topic)}"
            if later is not None and later.handle != record.author.handle and rng.random() < NAMED:
                text = f"@{later.name} {text}"
                found.append((record.sent_at, self._named(record, later)))
            if not record.references and rng.random() < WITH_FILE:
                content = "\n".join([record.subject, "", *rng.sample(self._words["body"], k=4), ""]).encode()
                files = (AttachmentRecord("1", f"{tag_of(topic)}.txt", "text/plain", len(content), content=content),)
            found[place] = (record.sent_at, replace(record, text=text, attachments=files))
        return found

    def day(self, day: date, leaders: Sequence[PersonRecord]) -> Told:
        """The call of a month, and on Mondays a welcome to whoever joined since Friday."""
        return [*self._call(day), *(self._welcome(day, leaders) if day.weekday() == 0 else ())]

    def _call(self, day: date) -> Told:
        if day.weekday() != _THURSDAY or day.day not in CALL_DAYS:
            return []
        at = datetime.combine(day, time(14), tzinfo=UTC)
        came = [person for person, joined in self._members if joined < at and self._rng.random() < COMES]
        return [
            (at, ActRecord(f"{self._community}-call-{day}+{one.handle}", self._community, EventKind.ATTEND, one, at))
            for one in came
        ]

    def _welcome(self, day: date, leaders: Sequence[PersonRecord]) -> Told:
        at = datetime.combine(day, time(9), tzinfo=UTC)
        here = {one.handle for one, joined in self._members if joined < at - _NEW}
        leader = next((one for one in leaders if one.handle in here), None)
        new = [one for one, joined in self._members if at - _NEW <= joined < at]
        if leader is None or not new or self._rng.random() >= WELCOMED:
            return []
        text = f"{self._words['welcome']}: {', '.join(f'@{one.name}' for one in new)}."
        message = MessageRecord(
            f"{self._community}-welcome-{day}", self._community, leader, at, self._words["welcome"], text
        )
        return [(at, message), *((at, self._named(message, one)) for one in new)]

    def _named(self, message: MessageRecord, whom: PersonRecord) -> ActRecord:
        return ActRecord(
            remote_id=f"{message.remote_id}@{whom.handle}",
            community=self._community,
            kind=EventKind.MENTION,
            person=message.author,
            at=message.sent_at,
            target=message.remote_id,
            target_person=whom,
        )


def tag_of(topic: str) -> str:
    """A topic as one word, without its articles; capital letters or lines part the words."""
    words = topic.replace("-", "").replace("'", " ").split()
    long = [word for word in words if word not in _SMALL]
    return "".join(word[0].upper() + word[1:] for word in long) if topic.isascii() else "_".join(long)
