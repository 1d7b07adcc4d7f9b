"""What is kept of people on the command line, and that the person beside the directory shows the same."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.builders import a_clock, a_workspace
from tests.cli.runs import USAGE, Desk
from workbench.ids import PersonId
from workbench.models.kinds import AccountKind
from workbench.queries.people_details import PersonDetails, person_details
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, MessageRecord, PersonRecord

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
SECRET = "They want to move to Lima"


@pytest.fixture(name="peopled")
def a_desk_with_people(desk: Desk) -> Desk:
    with a_workspace(desk.folder, clock=a_clock(NOW)) as workspace:
        account = workspace.accounts.add(AccountKind.TABLE, "Tables")
        water = workspace.mirror.ensure_community(account, CommunityRecord("water", "Water"))
        messages = tuple(
            MessageRecord(
                name, "water", PersonRecord(name, f"{name.title()} Example", office="Quito"), NOW, "Pumps", "A note."
            )
            for name in ("amina", "bruno", "brian")
        )
        workspace.mirror.apply(water, "messages", Batch(messages))
    desk.clock = a_clock(NOW)
    return desk


def details(desk: Desk) -> PersonDetails:
    """What the window shows of Amina."""
    with a_workspace(desk.folder, clock=a_clock(NOW)) as workspace, workspace.database.read() as reader:
        return person_details(reader, PersonId(1), as_of=NOW)


def test_facts_and_tags_are_typed_over_what_sources_tell_and_taken_back(peopled: Desk):
    told = peopled.rows(
        "people", "set", "ami", "--office", "Lima", "--languages", "Spanish", "--sponsor", "--leaving", "2024-07-01",
        "--tag", "maps", "--note", SECRET,
    )  # fmt: skip
    assert (told["name"], told["office"], told["region"]) == ("Amina Example", "Lima", None)
    assert (told["is_sponsor"], told["leaves_on"], told["tags"]) == (True, "2024-07-01", ["maps"])
    own = details(peopled).own
    assert (own.office, own.languages, own.is_leaving, own.leaves_on) == ("Lima", "Spanish", True, date(2024, 7, 1))
    shown = peopled.rows("people", "show", "Amina Example")
    assert (shown["office"], shown["leaves_on"], shown["tags"]) == ("Lima", "2024-07-01", ["maps"])
    (leaver,) = peopled.rows("people", "list", "--who", "leaving")
    assert (leaver["name"], leaver["leaves_on"]) == ("Amina Example", "2024-07-01")
    assert (leaver["only_they_answered"], leaver["few_answer"]) == (0, [])
    assert peopled.rows("people", "set", "amina", "--leaving")["leaves_on"] is None
    told = peopled.rows("people", "set", "amina", "--office", "none", "--leaving", "none", "--untag", "Maps")
    assert (told["office"], told["is_leaving"], told["tags"], told["is_sponsor"]) == (None, False, [], True)
    assert peopled.rows("people", "set", "amina") == told
    assert peopled.run("people", "set", "amina", "--time-zone", "Nowhere/Land").code == USAGE


def test_thanks_contacts_steps_and_a_nudge_are_kept_as_the_window_shows_them_and_taken_back(peopled: Desk):
    (thanks,) = peopled.rows("people", "thank", "amina", "--for", "A map", "--by", "Dana Example", "--thread", 2)
    (contact,) = peopled.rows("people", "contact", "amina", "--kind", "call", "--day", "2024-06-01", "--note", SECRET)
    peopled.rows("people", "advocate", "amina", "spotted", "--day", "2024-06-02", "--note", SECRET)
    path = peopled.rows("people", "advocate", "amina", "asked")
    nudge = peopled.rows("people", "nudge", "amina")
    shown = details(peopled)
    (kept,) = shown.thanks
    assert (thanks["id"], thanks["day"], thanks["reason"]) == (kept.id, "2024-06-15", kept.reason)
    assert (thanks["given_by"], thanks["thread_id"]) == (kept.given_by, kept.thread_id) == ("Dana Example", 2)
    assert [(one.kind, one.day, one.note) for one in shown.contacts] == [("call", date(2024, 6, 1), SECRET)]
    assert (shown.path.step, shown.path.spotted_on, shown.path.note) == ("asked", date(2024, 6, 2), SECRET)
    assert (path["step"], path["asked_on"]) == ("asked", "2024-06-15")
    assert (nudge["is_sent"], nudge["paused_until"]) == (True, (NOW + timedelta(days=90)).isoformat()[:-6] + "Z")
    assert SECRET not in peopled.run("people", "show", "amina").out + peopled.run("people", "contact", "amina").out
    told = peopled.rows("people", "show", "amina")
    assert (told["contacts"], told["advocate"]) == (["2024-06-01: call"], "asked")
    assert told["thanked"] == ["2024-06-15, Dana Example: A map"]
    assert peopled.run("people", "nudge", "amina").code == USAGE
    assert peopled.rows("people", "nudge", "amina", "--not")["at"] is None
    assert peopled.rows("people", "thank", "amina", "--remove", thanks["id"]) == []
    assert peopled.rows("people", "contact", "amina", "--remove", contact["id"][:8]) == []
    for step in ("asked", "spotted"):
        peopled.rows("people", "advocate", "amina", step, "--not")
    assert details(peopled).path.note == ""


WRONG = (
    (("set", "Br", "--role", "Chair"), "name one of them by id: 3, 2"),
    (("set", "Nobody Known", "--role", "Chair"), "Nobody here is called"),
    (("show", "99"), "Nobody here is called"),
    (("thank", "amina", "--for", "A map"), "Say who gave the thanks"),
    (("thank", "amina", "--by", "Dana"), "Say what for"),
    (("thank", "amina", "--for", "A map", "--thread", "99"), "no thread 99"),
    (("thank", "amina", "--remove", "0"), "None of these"),
    (("contact", "amina", "--note", "Long"), "Say how you spoke"),
    (("advocate", "amina", "--note", "Why"), "Name the step"),
)


def test_what_cannot_be_kept_is_refused_in_words(peopled: Desk):
    for words, said in WRONG:
        ran = peopled.run("people", *words)
        assert (ran.code, said in ran.err) == (USAGE, True), ran.err
