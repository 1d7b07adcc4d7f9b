"""Plans kept: which mirrored community a plan means, whichever of the two came first; and plans of an older form."""

import json
import shutil
from contextlib import closing

import pytest

from tests.builders import KEY, a_clock
from tests.queries.network import NOW, a_network
from workbench.models.connections import connect
from workbench.models.kinds import AccountKind
from workbench.models.migrate import RELEASED, Chain, bring_up_to_date, create_database
from workbench.plans.drafts import ObjectiveDraft
from workbench.plans.store import PlanStore
from workbench.sync.accounts import AccountStore
from workbench.sync.records import CommunityRecord

FORUM = ("discourse", "https://forum.example.org", "5")
OTHER = ("discourse", "https://other.example.org", "5")
FILE = ("table", "", "water")


@pytest.mark.parametrize(
    ("place", "here", "is_found"),
    [
        ((), FORUM, True),
        (FORUM, FORUM, True),
        (FORUM, OTHER, False),
        (FORUM, (*FORUM[:2], "6"), False),
        (FORUM, FILE, True),
        (FILE, FORUM, True),
        (FILE, (*FILE[:2], "water-2"), False),
    ],
    ids=[
        "a name alone",
        "the same",
        "another site",
        "another id",
        "a file of it",
        "a plan from a file",
        "another file",
    ],
)
@pytest.mark.parametrize("comes", ["first", "later"])
def test_a_plan_finds_the_community_it_names(tmp_path, place, here, is_found, comes):
    network = a_network(tmp_path)
    network.community("Knitting")
    store = PlanStore(network.database, a_clock(NOW), author="Amina Example")
    kind, site, remote_id = here

    def mirror():
        account = AccountStore(network.database, a_clock(NOW)).add(AccountKind(kind), "Source", site or None)
        return network.mirror.ensure_community(account, CommunityRecord(remote_id, "Water"))

    def plan():
        return store.create(
            name="P", purpose="p", owner="Amina Example", starts_on=NOW.date(), community_name="Water",
            community_place=place, objectives=[ObjectiveDraft("More", "messages")],
        )  # fmt: skip

    plan_id, community = (plan(), mirror()) if comes == "later" else (mirror(), plan())[::-1]
    assert store.open(plan_id).view().community_id == (community if is_found else None)
    network.database.close()


def test_plans_of_an_older_form_are_given_to_nobody_else(tmp_path):
    path, folder = tmp_path / "old.db", tmp_path / "earlier"
    folder.mkdir()
    for step in RELEASED.folders[0].glob("m0*.py"):
        if step.name[1:5] <= "0020":
            shutil.copy(step, folder)
    create_database(path, KEY, chain=Chain(folders=(folder,), head=20))
    plans = {
        "kept": (1, "Water"),
        "renamed": (2, "Old name"),
        "stranger": (3, "Gone"),
        "again": (9, "Knitting"),
        "all": (None, ""),
    }
    with closing(connect(path, KEY, writable=True)) as connection:
        connection.executescript(
            """
            INSERT INTO account (id, kind, name, base_url, settings, is_paused, created_at)
              VALUES (1, 'discourse', 'F', 'https://forum.example.org', '{}', 0, 0);
            INSERT INTO community (id, account_id, remote_id, name, description, is_followed, created_at)
              VALUES (1, 1, '5', 'Water', '', 1, 900), (2, 1, '6', 'New name', '', 1, 0), (3, 1, '7', 'Knitting', '', 1, 900);
            INSERT INTO listening (words, filters, owner_name, seen_id, created_at, name) VALUES ('w', '{}', '', 70, 0, '');
            INSERT INTO preference VALUES ('me', '30'), ('sync.kept_gone', '{"12": {}}');
            """
        )
        for name, (community, called) in plans.items():
            connection.execute("INSERT INTO planfile VALUES (?, x'00', 0, 'r')", (name,))
            connection.execute(
                "INSERT INTO plan (id, name, purpose, owner, community_id, community_name, starts_on, is_archived,"
                " created_at) VALUES (?1, ?1, '', '', ?2, ?3, '2024-06-03', 0, 500)",
                (name, community, called),
            )
        connection.commit()
    bring_up_to_date(path, KEY, copies=tmp_path / "backups", clock=a_clock())
    with closing(connect(path, KEY, writable=False)) as connection:
        found = connection.execute("SELECT id, community_id, community_place FROM plan").fetchall()
        ids = dict(map(tuple, connection.execute("SELECT name, id FROM lastid").fetchall()))
    forum = ["discourse", "https://forum.example.org"]
    assert {plan: (community, json.loads(place)) for plan, community, place in found} == {
        "kept": (1, [*forum, "5"]),
        "renamed": (2, [*forum, "6"]),
        "stranger": (None, []),
        "again": (3, [*forum, "7"]),
        "all": (None, []),
    }
    assert ids == {"account": 1, "community": 12, "person": 30, "event": 70}
