"""ThanksWish: asks the Members page for somebody with the lines for thanks open, for what they did in a thread."""

from typing import NamedTuple

from workbench.ids import EventId, PersonId


class ThanksWish(NamedTuple):
    """Whom to thank, and the thread in which it can be seen."""

    person_id: PersonId
    thread_id: EventId
    subject: str
