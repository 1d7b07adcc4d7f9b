"""A profile with questions in every state, for tests of the pages that show them."""

from datetime import timedelta

from tests.builders import NOW
from workbench.ids import EventId
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.operations import questions as deeds
from workbench.sync.connector import Batch
from workbench.sync.records import AttachmentRecord, CommunityRecord, MessageRecord, PersonRecord, Record
from workbench.workspace import Workspace

PEOPLE = [PersonRecord(f"p{n}", f"Person {n} Example", office=f"Office {n % 3}") for n in range(6)]


def a_message(name: str, *, by: int, hours: float, text: str, to: str | None = None, **fields) -> Record:
    references = () if to is None else (to,)
    at = NOW - timedelta(hours=hours)
    return MessageRecord(name, "", PEOPLE[by], at, f"About {name}", text, references=references, **fields)


def fill(workspace: Workspace) -> dict[str, EventId]:
    """Open (one old, one young, one before any usual period), routed, answered, given up; {remote id: event}."""
    account = workspace.accounts.add(AccountKind.TABLE, "Tables")
    water = workspace.mirror.ensure_community(account, CommunityRecord("water", "Water", url="https://example.org/w"))
    messages = (
        a_message("old", by=0, hours=100, text="Which borehole pump? #pumps"),
        a_message("young", by=1, hours=3, text="Which tank?"),
        a_message("ancient", by=1, hours=24 * 200, text="Which well?"),
        a_message("routed", by=2, hours=60, text="Which borehole pipe? #pumps"),
        a_message("answered", by=3, hours=50, text="Which seal?"),
        a_message("reply", by=4, hours=48, text="The small borehole one.", to="answered"),
        a_message("up", by=5, hours=30, text="Which valve?"),
        a_message("file", by=5, hours=24 * 300, text="A guide", attachments=(AttachmentRecord("g", "guide.pdf"),)),
    )
    days = DayRange(NOW.date() - timedelta(days=400), NOW.date())
    workspace.mirror.apply(water, "events", Batch(messages, covered=(days,)))
    with workspace.database.read() as reader:
        ids = dict(reader.rows("SELECT remote_id, id FROM event"))
    deeds.route_question(workspace, thread_id=ids["routed"], owner="Person 4 Example")
    deeds.settle_question(workspace, thread_id=ids["up"], is_answered=False)
    return ids


def shelve(workspace: Workspace, many: int) -> None:
    """Puts so many more files into the Library of "Water", none of which anybody touched since."""
    with workspace.database.read() as reader:
        water = reader.scalar("SELECT id FROM community WHERE name = 'Water'")
    files = (
        a_message(
            f"shelf{n}", by=5, hours=24 * 300 + n, text="Notes", attachments=(AttachmentRecord(f"s{n}", "n.pdf"),)
        )
        for n in range(many)
    )
    workspace.mirror.apply(water, "events", Batch(tuple(files)))
