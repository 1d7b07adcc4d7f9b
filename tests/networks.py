"""A community whose network is known beforehand: three circles of six in two offices, and one person who knows all."""

from datetime import timedelta

from tests.builders import NOW
from workbench.ids import CommunityId
from workbench.models.kinds import AccountKind, EventKind
from workbench.models.moments import DayRange
from workbench.sync.connector import Batch
from workbench.sync.records import ActRecord, CommunityRecord, MemberRecord, MessageRecord, PersonRecord, Record
from workbench.workspace import Workspace

CIRCLES, SIZE = 3, 6
OFFICES = ("Dakar", "Dakar", "Lima")
HUB = "Zoe Example"


def a_circle_of_friends(workspace: Workspace, name: str = "Water circle") -> CommunityId:
    """19 people with ties and one without: circle 0 and 1 sit in Dakar, circle 2 in Lima, Zoe is tied to four of each."""
    account = workspace.accounts.add(AccountKind.TABLE, f"Tables of {name}")
    community = workspace.mirror.ensure_community(account, CommunityRecord(name.casefold(), name))
    workspace.mirror.apply(community, "events", Batch(tuple(_records())))
    days = DayRange((NOW - timedelta(days=200)).date(), NOW.date())
    workspace.mirror.apply(community, "events", Batch((), covered=(days,)))
    return community


def person(circle: int, place: int) -> PersonRecord:
    return PersonRecord(f"p{circle}{place}", f"{'ABC'[circle]}mina {place} Example", office=OFFICES[circle])


ZOE = PersonRecord("zoe", HUB, office="Kabul")
ALONE = PersonRecord("alone", "Alone Example")


def _records() -> list[Record]:
    records: list[Record] = [
        MemberRecord("", person(circle, place)) for circle in range(CIRCLES) for place in range(SIZE)
    ]
    records += [MemberRecord("", ZOE), MemberRecord("", ALONE)]
    at = NOW - timedelta(days=40)
    for circle in range(CIRCLES):
        for place in range(SIZE):
            at += timedelta(hours=1)
            root = f"root{circle}{place}"
            words = "Who knows latrines? #latrines" if place == 0 else "Notes of the call."
            records.append(MessageRecord(root, "", person(circle, place), at, "Pumps", words))
            for other in range(SIZE):
                if other != place:
                    records.append(
                        _reply(f"{root}by{other}", person(circle, other), root, at + timedelta(minutes=other + 1))
                    )
            if place < 4:
                records.append(_reply(f"{root}byzoe", ZOE, root, at + timedelta(minutes=30)))
                records.append(_like(f"{root}liked", person(circle, place), f"{root}byzoe", at + timedelta(minutes=40)))
    return records


def _reply(id_: str, who: PersonRecord, to: str, at) -> Record:
    return MessageRecord(id_, "", who, at, "Re: Pumps", "Here it is.", references=(to,))


def _like(id_: str, who: PersonRecord, to: str, at) -> Record:
    return ActRecord(id_, "", EventKind.REACTION, who, at, target=to)
