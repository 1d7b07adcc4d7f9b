"""Members of a list: read whole by either way, joined with those who write, and nobody is gone after half a reading."""

import json
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from tests.sync.connector_suite import ConnectorSuite
from tests.sync.connectors.hyperkitty_site import FISHERS, NOW, ROOT, FakeSite, Mail, as_json, history
from tests.sync.mirrored import a_mirror
from tests.sync.wire import Wire
from workbench.clock import FixedClock
from workbench.errors import ForbiddenError, LineError
from workbench.models.kinds import RunState
from workbench.sync.api_client import ApiClient
from workbench.sync.connector import Batch, CensusOf, Cursor
from workbench.sync.connectors.hyperkitty import OwnedHyperkitty
from workbench.sync.engine import sync_community
from workbench.sync.hyperkitty.members import CoreRoster, PostoriusRoster, Roster, pull_members
from workbench.sync.people import address_key
from workbench.sync.records import CommunityRecord, MemberRecord
from workbench.sync.signing import Basic, Fixed

CORE = "http://127.0.0.1:8001/3.1/"
PAGES = "https://lists.example.org/mailman3/"
DATE = "Tue, 10 Mar 2026 12:00:00 GMT"


class Core:
    """The roster of a list server, with its traps."""

    def __init__(self, members: dict[str, str]) -> None:
        self.members = members
        self.asked: list[httpx2.Request] = []
        self.between: Callable[[], None] = lambda: None

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        reply = self._answer(request)
        reply.headers["Date"] = DATE
        self.between()
        return reply

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        query = request.url.params
        if request.headers.get("Authorization") != Basic("restadmin", "secret").headers()["Authorization"]:
            return as_json(b'{"title":"401 Unauthorized"}', status=401)
        if request.url.path != f"/3.1/lists/{FISHERS}/roster/member":
            return as_json(b'{"title":"404 Not Found"}', status=404)
        if ("count" in query) != ("page" in query):
            return as_json(b'{"title":"500 Internal Server Error"}', status=500)
        start = int(query["count"]) * (int(query["page"]) - 1)
        assert query.get_list("fields") == ["email", "display_name"]
        entries = [{"email": email, "display_name": name} for email, name in self.members.items()]
        value: dict[str, object] = {"start": start, "total_size": len(entries), "http_etag": '"x"'}
        chosen = entries[start : start + int(query["count"])]
        return as_json(json.dumps(value | ({"entries": chosen} if chosen else {})).encode())

    def roster(self, password: str = "secret") -> CoreRoster:
        return CoreRoster(client(CORE, self.answer, Basic("restadmin", password)))


def client(root: str, answer: Callable[[httpx2.Request], httpx2.Response], signer: Fixed) -> ApiClient:
    return ApiClient(root, clock=FixedClock(NOW), sleep=lambda seconds: None, signer=signer, transport=Wire(answer))


def owners(site: FakeSite, *, cookie: str = "sessionid=abc") -> PostoriusRoster:
    site.cookie = "sessionid=abc"
    return PostoriusRoster(client(PAGES, site.answer, Fixed({"Cookie": cookie})), root=PAGES)


def many(count: int) -> dict[str, str]:
    return {f"person{number}@example.org": f"Person {number} Example" for number in range(count)}


def pull(roster: Roster, since: Cursor | None = None) -> list[Batch]:
    return list(pull_members(roster, FISHERS, since, today=NOW.date()))


def members(batches: list[Batch]) -> dict[str, MemberRecord]:
    found = [record for batch in batches for record in batch.records if isinstance(record, MemberRecord)]
    assert len({member.person.handle for member in found}) == len(found)
    return {member.person.handle: member for member in found}


def named(batches: list[Batch]) -> list[frozenset[str]]:
    censuses = [census for batch in batches for census in batch.censuses]
    assert all(census.of is CensusOf.MEMBERS for census in censuses)
    return [census.ids for census in censuses]


def digest(address: str) -> str:
    key = address_key(address)
    assert key is not None
    return key


class TestTheConnectorOfAnOwnerOnTheSuite(ConnectorSuite):
    community = FISHERS

    def make(self) -> OwnedHyperkitty:
        site = FakeSite({FISHERS: history(400)}, addresses={FISHERS: list(many(30))})
        return OwnedHyperkitty(site.client(), root=ROOT, roster=owners(site))


class TestTheConnectorOfAnAdministratorOnTheSuite(ConnectorSuite):
    community = FISHERS

    def make(self) -> OwnedHyperkitty:
        site = FakeSite({FISHERS: history(40)})
        return OwnedHyperkitty(site.client(), root=ROOT, roster=Core(many(1100)).roster())


@pytest.mark.parametrize("count", [1, 500, 501, 1000, 1234])
def test_every_page_of_the_list_server_is_read_and_then_who_is_gone_is_told(count: int):
    core = Core(many(count))
    batches = pull(core.roster())
    assert members(batches).keys() == {digest(address) for address in core.members}
    assert named(batches) == [frozenset(members(batches))]
    assert len(core.asked) == -(-count // 500)
    assert [batch.cursor for batch in batches[:-1]] == [None] * (len(batches) - 1)


def test_an_empty_roster_has_no_entries_and_names_nobody():
    assert named(pull(Core({}).roster())) == [frozenset()]


def test_nobody_is_gone_after_a_reading_during_which_somebody_came_or_went():
    core = Core(many(700))
    core.between = lambda: core.members.pop("person3@example.org", None) and None
    batches = pull(core.roster())
    assert named(batches) == []
    assert len(members(batches)) == 699


def test_a_page_that_is_missing_is_a_broken_line():
    core = Core(many(700))

    def answer(request: httpx2.Request) -> httpx2.Response:
        cut = as_json(b'{"start": 500, "total_size": 700, "http_etag": "x"}')
        return cut if request.url.params["page"] == "2" else core.answer(request)

    with pytest.raises(LineError):
        pull(CoreRoster(client(CORE, answer, Basic("restadmin", "secret"))))


def test_a_wrong_password_of_the_list_server_leaves_the_members_out():
    with pytest.raises(ForbiddenError, match="name and password") as caught:
        pull(Core(many(3)).roster("hunter2"))
    assert "hunter2" not in f"{caught.value!r} {caught.value.details}"


def test_owners_read_one_address_a_line():
    site = FakeSite(addresses={FISHERS: ["amina@example.org", "Luis@Example.org", "noreply@example.org"]})
    found = members(pull(owners(site)))
    assert found.keys() == {digest("amina@example.org"), digest("luis@example.org"), digest("noreply@example.org")}
    assert found[digest("luis@example.org")].person.name == "luis"
    assert found[digest("noreply@example.org")].person.is_bot
    assert len(site.paths()) == 1


def test_a_line_without_an_address_is_held_back_and_then_nobody_is_gone():
    site = FakeSite(addresses={FISHERS: ["amina@example.org", "not an address", "", "luis@example.org"]})
    batches = pull(owners(site))
    assert [(item.code, item.position) for batch in batches for item in batch.rejected] == [("no_address", 1)]
    assert (len(members(batches)), named(batches)) == (2, [])


def test_no_address_is_in_what_is_brought():
    site = FakeSite(addresses={FISHERS: ["amina@example.org", "odd address@"]})
    for batches in (pull(owners(site)), pull(Core({"amina@example.org": "amina@example.org"}).roster())):
        assert "example.org" not in repr(members(batches)).replace(FISHERS, "")
        assert "odd" not in repr(batches)


def test_who_is_no_owner_or_not_signed_in_any_more_gets_a_sentence():
    with pytest.raises(ForbiddenError):
        pull(owners(FakeSite()))
    with pytest.raises(ForbiddenError, match="sign in again"):
        pull(owners(FakeSite(addresses={FISHERS: []}), cookie="sessionid=old"))


def test_a_page_of_somebody_in_between_is_a_broken_line():
    def elsewhere(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(302, headers={"Location": "https://portal.example.net/"})

    with pytest.raises(LineError):
        pull(PostoriusRoster(client(PAGES, elsewhere, Fixed({})), root=PAGES))


def test_the_members_are_read_once_a_day():
    core = Core(many(3))
    first = pull(core.roster())
    core.asked.clear()
    (again,) = pull(core.roster(), first[-1].cursor)
    assert (again.records, again.censuses, core.asked) == ((), (), [])
    assert again.cursor == first[-1].cursor
    assert named(list(pull_members(core.roster(), FISHERS, again.cursor, today=None)))


def test_members_are_the_people_who_write_and_who_leaves_is_seen(tmp_path: Path):
    mirrored = a_mirror(tmp_path)
    site = FakeSite({FISHERS: [Mail("nets.1@example.org", NOW, NOW)]})
    # An owner's list has no names: those that mails gave stay.
    site.addresses = {FISHERS: ["amina@example.org", *(f"silent{number}@example.org" for number in range(9))]}

    def sync() -> None:
        connector = OwnedHyperkitty(site.client(), root=ROOT, roster=owners(site))
        community = CommunityRecord(FISHERS, FISHERS)
        result = sync_community(connector, mirrored.mirror, community=community, account_id=mirrored.account_id)
        assert (result.state, result.error) == (RunState.DONE, None)

    def people() -> dict[str, bool]:
        return dict(mirrored.rows("SELECT p.name, m.left_at IS NULL FROM member m JOIN person p ON p.id = m.person_id"))

    sync()
    assert people() == {"Amina Example": True, **{f"silent{number}": True for number in range(9)}}
    del site.addresses[FISHERS][5]
    site.now = site.now.replace(day=11)
    sync()
    assert [name for name, is_there in people().items() if not is_there] == ["silent4"]
    assert not mirrored.rows("SELECT 1 FROM person WHERE name LIKE '%@%' OR address_key LIKE '%@%'")
