"""What the Exchange page reads and writes, each away from the window; what signs and seals loads with the first job."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench.ids import PlanId
from workbench.models.database import Reader
from workbench.queries.members import person_card
from workbench.queries.partners import PartnerRow, PlanCopyRow, has_identity, list_partners, plan_copies
from workbench.queries.plans import PlanRow, list_plans
from workbench.queries.preferences import me, preference
from workbench.workspace import Workspace

if TYPE_CHECKING:
    # Keys, seals and the ORM take longer to load than a window may stand still.
    from workbench.operations.exchange import SentFile
    from workbench.operations.exchange_folders import FolderScan
    from workbench.plans.preview import Question
    from workbench.sync.identity import PublicIdentity

WAY_KEY: Final = "exchange_way"
"""Preference: {plan id: how it was sent last}, as JSON."""
FOLDER, FILE, MAIL = "folder", "file", "mail"
_MY_NAME: Final = "my_name"
_WAYS: Final = (FOLDER, FILE, MAIL)


@dataclass(frozen=True, slots=True)
class Way:
    """How a plan goes: to whom (partners by name; none where a passphrase opens it), in which way, to which folder."""

    to: tuple[str, ...] = ()
    way: str = FILE
    place: str = ""


@dataclass(frozen=True, slots=True)
class SendWish:
    """Everything a send needs; `my_name` is given the first time, `passphrase` where no partner is named."""

    plan_id: PlanId
    out: Path
    way: Way
    passphrase: str | None = field(default=None, repr=False)
    my_name: str | None = None


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A file that waits in a folder; `plan` is the name of the plan here, "" where it is new; or `trouble` says why."""

    path: Path
    sender: str = ""
    sequence: int = 0
    created: datetime | None = None
    plan: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class ExchangeData:
    """What the page shows; `own` is None while this profile has no name for partners, then `proposed` is offered."""

    plans: tuple[PlanRow, ...]
    partners: tuple[PartnerRow, ...]
    own: "PublicIdentity | None"
    proposed: str
    ways: dict[str, Way]
    waiting: tuple[WaitingLine, ...]
    choices: "tuple[Question, ...]"
    copies: tuple[PlanCopyRow, ...]


def read_exchange(workspace: Workspace, *, plan_id: PlanId | None) -> ExchangeData:
    """The page; choices and copies are those of `plan_id`. Only what there is loads keys, seals and the ORM."""
    with workspace.database.read() as reader:
        plans = tuple(plan for plan in list_plans(reader) if not plan.is_archived)
        partners = tuple(list_partners(reader))
        copies = () if plan_id is None else tuple(plan_copies(reader, plan_id))
        kept, proposed = preference(reader, WAY_KEY), _proposed(reader, as_of=workspace.clock.now())
        is_named = has_identity(reader)
    return ExchangeData(
        plans=plans,
        partners=partners,
        own=_own(workspace) if is_named else None,
        proposed=proposed,
        ways=_ways(kept),
        waiting=read_waiting(workspace) if any(partner.folder for partner in partners) else (),
        choices=() if plan_id is None else _choices(workspace, plan_id),
        copies=copies,
    )


def _own(workspace: Workspace) -> "PublicIdentity | None":
    from workbench.operations.partners import partner_store  # noqa: PLC0415 - as said above

    stored = partner_store(workspace).stored()
    return None if stored is None else stored.public


def _choices(workspace: Workspace, plan_id: PlanId) -> "tuple[Question, ...]":
    from workbench.operations.exchange_looks import waiting_choices  # noqa: PLC0415 - as said above

    return waiting_choices(workspace, plan_id)


def read_waiting(workspace: Workspace) -> tuple[WaitingLine, ...]:
    """What waits in the folders of partners, folder by folder."""
    from workbench.operations.exchange_folders import scan_partner_folders  # noqa: PLC0415 - as said above

    with workspace.database.read() as reader:
        names = {str(plan.id): plan.name for plan in list_plans(reader)}
    return tuple(line for scan in scan_partner_folders(workspace) for line in _lines(scan, names))


def send(workspace: Workspace, wish: SendWish) -> "SentFile":
    """Writes the sealed file, and keeps how it went for the next time."""
    from workbench.operations.exchange import send_plan  # noqa: PLC0415 - as said above
    from workbench.operations.partners import own_identity  # noqa: PLC0415 - as said above

    if wish.my_name is not None:
        own_identity(workspace, name=wish.my_name)
    sent = send_plan(workspace, plan_id=wish.plan_id, out=wish.out, to=wish.way.to, passphrase=wish.passphrase)
    with workspace.database.read() as reader:
        ways = _ways(preference(reader, WAY_KEY))
    ways.pop(wish.plan_id, None)  # the one used last comes last
    ways[wish.plan_id] = wish.way
    values = {plan: {"to": each.to, "way": each.way, "place": each.place} for plan, each in ways.items()}
    workspace.notes.set_preference(WAY_KEY, json.dumps(values, ensure_ascii=False))
    return sent


def _proposed(reader: Reader, *, as_of: datetime) -> str:
    """The name the coordinator goes by already; "" where nobody said one."""
    name, person = preference(reader, _MY_NAME), me(reader)
    card = None if person is None else person_card(reader, person, as_of=as_of)
    return str(json.loads(name)) if name else "" if card is None else card.name


def _ways(text: str | None) -> dict[str, Way]:
    found = json.loads(text) if text else {}
    return {
        plan: Way(tuple(each["to"]), each["way"] if each["way"] in _WAYS else FILE, each["place"])
        for plan, each in found.items()
    }


def _lines(scan: "FolderScan", names: dict[str, str]) -> list[WaitingLine]:
    from workbench.messages import wording  # noqa: PLC0415 - only where something waits

    if scan.error is not None:
        return [WaitingLine(scan.folder, trouble="This folder cannot be read now; it may be on a stick or a drive.")]
    found = []
    for each in scan.waiting:
        if each.error is not None or each.header is None:
            words = None if each.error is None else wording(each.error)
            trouble = "" if words is None else f"{words.happened} {words.next}"
            found.append(WaitingLine(each.path, trouble=trouble))
            continue
        header = each.header
        plan = names.get(header.stream.removeprefix("plan:").partition(":")[0], "")
        found.append(WaitingLine(each.path, header.sender, header.sequence, header.created, plan))
    return found


def watched_folders(workspace: Workspace) -> tuple[Path, ...]:
    """The folders of partners; nothing is loaded that reads sealed files."""
    with workspace.database.read() as reader:
        return tuple(dict.fromkeys(Path(partner.folder) for partner in list_partners(reader) if partner.folder))
