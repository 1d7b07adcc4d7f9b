"""Probing a mailing list: its archive is read, its members are looked at, the mail server is greeted; none is sent."""

from collections.abc import Callable, Iterable
from typing import Final

from workbench.errors import BadInputError
from workbench.sync.archive_address import check_address
from workbench.sync.hyperkitty.members import Roster
from workbench.sync.hyperkitty.sending import HOST, ListSending
from workbench.sync.probe import Probe, tried
from workbench.sync.records import CommunityRecord
from workbench.sync.seat import Seat

ARCHIVE: Final = "The archive"
MAIL: Final = "Your mail server"
MEMBERS: Final = "The members"


def probes(
    seat: Seat,
    *,
    communities: Callable[[], Iterable[CommunityRecord]],
    sending: ListSending,
    roster: Roster | None,
    address: str | None,
) -> tuple[Probe, ...]:
    """The three services a list may have, each by itself: one that does not answer leaves the others alone."""
    mail = Probe(MAIL, "None is given, so the list is only read.", is_given=False)
    if seat.settings.get(HOST, "").strip():
        mail = tried(MAIL, sending.greet)
    members = Probe(MEMBERS, "Nobody is asked for them; known is who wrote.", is_given=False)
    if roster is not None:
        members = tried(MEMBERS, lambda: _members(roster, address))
    return tried(ARCHIVE, lambda: _archive(communities)), mail, members


def _archive(communities: Callable[[], Iterable[CommunityRecord]]) -> str:
    found = list(communities())
    if len(found) == 1 and found[0].messages is not None:
        return f"It answers, with {found[0].messages:,} messages."
    return "It answers." if len(found) == 1 else f"It answers, with {len(found):,} lists."


def _members(roster: Roster, address: str | None) -> str:
    if not address:
        message = "the members are those of one list: give its address"
        raise BadInputError(message)
    first = next(iter(roster.parts(check_address(address))), None)
    if first is None:
        return "The list shows no member."
    return f"It shows {first.total if first.total is not None else len(first.people):,} members."
