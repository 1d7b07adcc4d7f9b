"""Personas: how members take part, told as a distribution; a single person's is for the person card alone."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from workbench.ids import PersonId
from workbench.metrics.value import Value, share
from workbench.metrics.window import Window
from workbench.queries.frames import MeasureFrame

OBSERVER_BELOW: Final = 3
BROADCASTER_POSTS: Final = 3
BROADCASTER_OTHERS: Final = 0.2
RATIO: Final = 2


class Persona(StrEnum):
    """A way to take part; tested in this order, the last one is what remains."""

    OBSERVER = "observer"
    BROADCASTER = "broadcaster"
    CATALYST = "catalyst"
    RESPONDER = "responder"
    ENGAGER = "engager"


def persona(*, posts: int, given: int, received: int) -> Persona:
    """By posts, what somebody gave (posts, replies, reactions) and received from others (replies, reactions)."""
    if given < OBSERVER_BELOW:
        return Persona.OBSERVER
    if posts >= BROADCASTER_POSTS and given - posts < BROADCASTER_OTHERS * given:
        return Persona.BROADCASTER
    if received >= RATIO * given:
        return Persona.CATALYST
    return Persona.RESPONDER if given >= RATIO * received else Persona.ENGAGER


def given_and_received(
    frame: MeasureFrame, window: Window
) -> tuple[Counter[PersonId], Counter[PersonId], Counter[PersonId]]:
    """How much everybody posted, gave and received in the window; whoever did nothing of the kind counts 0."""
    posts, given, received = Counter[PersonId](), Counter[PersonId](), Counter[PersonId]()
    for row in frame.acts:
        if window.start_us <= row.start_us < window.end_us:
            posts.update(dict(zip(row.people, row.posts, strict=True)))
            given.update(dict(zip(row.people, row.given, strict=True)))
    for tie in frame.ties.sums:
        if window.start_us <= tie.start_us < window.end_us:
            received.update(tie.messages[1])
            received.update(tie.reactions[1])
    return posts, given, received


def personas_of(frame: MeasureFrame, window: Window) -> Mapping[PersonId, Persona]:
    """The persona of every member who gave enough in the window to be more than an observer."""
    posts, given, received = given_and_received(frame, window)
    gave = {person for person, count in given.items() if count >= OBSERVER_BELOW}
    return {
        person: persona(posts=posts[person], given=given[person], received=received[person])
        for person in frame.members.among(gave, window.end_us)
    }


def personas(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Members who are more than observers, out of all; `detail["personas"]` has how many there are of each."""
    members = frame.members.count_at(window.end_us)
    counts = Counter(personas_of(frame, window).values())
    counts[Persona.OBSERVER] += members - counts.total()
    told = tuple((each.value, counts[each]) for each in Persona)
    return share(members - counts[Persona.OBSERVER], members, personas=told)
