"""Words of the outbox: which group an item is in, its place in the queue, what it is, and its buttons."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from workbench.models.kinds import OutboxState, PostKind
from workbench.queries.outbox import OutboxRow
from workbench.ui import numbers
from workbench.ui.pages.conversation_reply import Deed, deeds, title_of
from workbench.ui.sanitiser import line


class Group(StrEnum):
    """Where an item is shown."""

    DECIDE = "decide"
    WAITING = "waiting"
    DRAFTS = "drafts"
    SENT = "sent"


GROUPS: Final[Mapping[Group, str]] = {
    Group.DECIDE: "For you to decide",
    Group.WAITING: "Waiting to go out",
    Group.DRAFTS: "Drafts",
    Group.SENT: "Sent lately",
}
_QUEUE: Final = frozenset({OutboxState.QUEUED, OutboxState.SENDING})


def group_of(row: OutboxRow) -> Group:
    """Where an item is shown."""
    if row.state is OutboxState.DRAFT:
        return Group.DRAFTS
    if row.state is OutboxState.SENT:
        return Group.SENT
    return Group.DECIDE if row.needs_decision else Group.WAITING


def places(rows: Sequence[OutboxRow]) -> dict[str, str]:
    """{item: its place among those of its account that go out} where there are several; `rows` are in that order."""
    found: dict[str, str] = {}
    for account in {row.account_id for row in rows}:
        queue = [row.id for row in rows if row.account_id == account and row.state in _QUEUE]
        if len(queue) > 1:
            whole = numbers.count(len(queue))
            found |= {item: f"{numbers.count(place)} of {whole} to go" for place, item in enumerate(queue, 1)}
    return found


def headline(row: OutboxRow) -> str:
    """What an item is: `Reply to Amina Example in Which pump?`."""
    subject = line(" ".join(row.subject.split()))
    author = line(row.parent_author)
    if row.kind is PostKind.TOPIC:
        return f"New topic: {subject}" if subject else "New topic"
    verb = "Like" if row.kind is PostKind.LIKE else "Reply"
    who = f" {'of' if row.kind is PostKind.LIKE else 'to'} {author}" if author else ""
    return f"{verb}{who}" + (f" in “{subject}”" if subject else "")


def buttons_of(row: OutboxRow) -> tuple[tuple[Deed, str], ...]:
    """The likeliest button of an item first; nothing for one that is sent or being sent.

    What has lost its account can only be copied or dropped. What has lost its conversation has nowhere to be edited in;
    a topic is edited where threads are begun.
    """
    found = list(deeds(row))
    if row.account_id is None and row.state is not OutboxState.SENT:
        found = [Deed.COPY, Deed.DROP] if row.text else [Deed.DROP]
    elif row.thread_id is None and row.kind is not PostKind.TOPIC:
        found = _without_thread(row, found)
    elif row.kind is PostKind.TOPIC:
        found = _of_topic(row, found)
    if row.state is OutboxState.SENT and row.url and row.account_id is not None:
        found = [Deed.OPEN]
    if found and row.text and Deed.COPY not in found:
        found.append(Deed.COPY)
    if found and row.state not in {OutboxState.UNKNOWN, OutboxState.SENT} and Deed.DROP not in found:
        found.append(Deed.DROP)
    return tuple((deed, title_of(deed, row)) for deed in found)


def shown_beside(row: OutboxRow) -> int:
    """How many of these buttons stand beside the item, the others in its menu.

    Where nobody can tell whether it arrived, looking for it and sending it again are equally near; so are writing on
    at a draft and letting it go.
    """
    has_two = row.state is OutboxState.UNKNOWN and row.needs_decision
    return 2 if has_two or (row.state is OutboxState.DRAFT and row.thread_id is not None) else 1


def _of_topic(row: OutboxRow, found: list[Deed]) -> list[Deed]:
    if row.community_id is None:
        return _without_thread(row, found)
    return [deed for deed in found if deed is not Deed.OPEN or row.url]


def _without_thread(row: OutboxRow, found: list[Deed]) -> list[Deed]:
    if row.state is OutboxState.DRAFT:
        return [Deed.QUEUE, Deed.COPY, Deed.DROP]
    if row.state is OutboxState.REFUSED and row.kind is PostKind.TOPIC:
        return [Deed.COPY, Deed.QUEUE, Deed.DROP]  # as it stands it would only be refused again
    if row.state is OutboxState.QUEUED:
        return [Deed.EDIT, Deed.DROP]
    return [deed for deed in found if deed is not Deed.EDIT and (deed is not Deed.OPEN or row.url)]
