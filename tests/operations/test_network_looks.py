"""Network looks kept whole: the same comes back, names stay sealed, and any change is looked at anew."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOW, a_workspace
from tests.networks import HUB, ZOE, a_circle_of_friends
from workbench.metrics.window import last_days, month
from workbench.models.database import Reader
from workbench.models.marks import Ground, ground_of
from workbench.operations import network as operation
from workbench.operations import network_looks
from workbench.operations.identities import merge_people, unmerge_person
from workbench.operations.kept import kept_measures
from workbench.operations.network import look_at_network
from workbench.operations.network_cache import FOLDER
from workbench.operations.network_looks import packed_look, unpacked_look
from workbench.operations.people import count_as_program, set_facts
from workbench.operations.upkeep import backup_profile, restore_profile
from workbench.queries.people_own import OwnFacts
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, MessageRecord
from workbench.vault import KeyFile
from workbench.workspace import Workspace

WINDOW = last_days(90, NOW)
READ = 20  # SQLite's code for "this statement reads a column"


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    monkeypatch.setattr(operation, "KEPT_FROM", 1)
    with a_workspace(tmp_path) as found:
        yield found


def look(workspace, *scope, window=WINDOW, as_of=NOW, **how):
    return look_at_network(workspace, scope=scope, window=window, as_of=as_of, **how)


def files(workspace):
    return sorted((workspace.profile / FOLDER).glob("look-*.bin"))


def test_a_look_comes_back_as_it_was(workspace):
    first = look(workspace, a_circle_of_friends(workspace))
    back = unpacked_look(json.loads(json.dumps(packed_look(first))), WINDOW)
    assert back == first
    assert repr(replace(back, unseen=first.unseen)) == repr(first)  # a set has no order to come back in
    assert (back.near, back.clusters) == (first.near, first.clusters)


def test_what_nothing_changed_in_is_not_read_again(workspace, monkeypatch):
    community = a_circle_of_friends(workspace)
    first, everything = look(workspace, community), look(workspace, window=None)
    monkeypatch.setattr(operation, "load_frame", None)
    assert look(workspace, community, as_of=NOW + timedelta(hours=5)) == first
    assert look(workspace, window=None) == everything
    for other in ({"window": month(2024, 5)}, {"as_of": NOW + timedelta(days=1)}, {"as_of": NOW - timedelta(hours=1)}):
        with pytest.raises(TypeError):
            look(workspace, community, **other)


def test_a_change_is_looked_at_anew(workspace):
    community = a_circle_of_friends(workspace)
    look(workspace, community)
    record = MessageRecord("new", "", ZOE, NOW - timedelta(days=3), "Re: Pumps", "Thanks", references=("root05",))
    workspace.mirror.apply(community, "events", Batch((record,)))
    before = files(workspace)
    changed = look(workspace, community)
    assert before
    assert not {*before} & {*files(workspace)}
    for file in files(workspace):
        file.unlink()
    assert look(workspace, community) == changed
    assert len(changed.near[-1]) == 13


def test_what_was_seen_after_a_backup_is_not_seen_again_once_it_was_put_back(tmp_path, workspace):
    community = a_circle_of_friends(workspace)

    def told(profile: Workspace, office: str) -> set[str | None]:
        with profile.database.read() as reader:
            zoe = reader.scalar("SELECT id FROM person WHERE name = ?", (ZOE.name,))
        set_facts(profile, person_id=zoe, facts=OwnFacts(office=office))
        return {one.office for one in look(profile, community).people}

    copy = backup_profile(workspace)
    assert "Lima" in told(workspace, "Lima")
    workspace.close()
    restore_profile(workspace.profile, copy.path, key=KeyFile(tmp_path / "key"), clock=workspace.clock)
    with a_workspace(tmp_path) as again:
        assert "Quito" in told(again, "Quito")


@pytest.mark.parametrize("deed", ["removed", "joined", "parted", "program"])
def test_nobody_who_goes_stays_in_what_is_kept(workspace, deed):
    community = a_circle_of_friends(workspace)
    with workspace.database.read() as reader:
        zoe = reader.scalar("SELECT id FROM person WHERE name = ?", (ZOE.name,))
        hub = reader.scalar("SELECT min(id) FROM person WHERE id <> ?", (zoe,))
    if deed == "parted":
        merge_people(workspace, into=hub, person=zoe)
    look(workspace, community)
    with kept_measures(workspace.database, long_seconds=0.0) as (reader, kept):
        kept(reader, ("messages",), scope=(), windows=(WINDOW,), as_of=NOW)
    assert files(workspace)
    if deed == "removed":
        workspace.accounts.forget(workspace.accounts.list()[0].id)
        assert not [*(workspace.profile / FOLDER).iterdir()]
    elif deed == "joined":
        merge_people(workspace, into=hub, person=zoe)
    elif deed == "parted":
        unmerge_person(workspace, person=zoe)
    else:
        count_as_program(workspace, person_ids=[zoe], is_program=True)
    assert not files(workspace)
    with workspace.database.read() as reader:
        assert reader.scalar("SELECT count(*) FROM keptresult") == 0


def test_names_stay_sealed_and_a_damaged_file_is_no_file(workspace):
    community = a_circle_of_friends(workspace)
    first = look(workspace, community)
    (file,) = files(workspace)
    content = file.read_bytes()
    assert HUB.encode() not in content
    assert file.stat().st_mode & 0o077 == 0
    for damaged in (b"", content[:-1], bytes(len(content))):
        file.write_bytes(damaged)
        assert look(workspace, community) == first
        assert file.read_bytes() != damaged


@pytest.mark.parametrize("lost", ["ids", "arcs", "roles", "values", "unseen"])
def test_a_look_of_another_form_is_refused(workspace, lost):
    packed = packed_look(look(workspace, a_circle_of_friends(workspace)))
    with pytest.raises((KeyError, TypeError, ValueError)):
        unpacked_look({key: part for key, part in packed.items() if key != lost}, WINDOW)
    with pytest.raises((KeyError, TypeError, ValueError)):
        unpacked_look(packed | {lost: [1]}, WINDOW)


def test_members_that_a_platform_tells_of_are_part_of_the_question(workspace):
    community = a_circle_of_friends(workspace)
    record = CommunityRecord("water circle", "Water circle", members=5_000)
    look(workspace, community)
    workspace.mirror.ensure_community(workspace.accounts.list()[0].id, record)
    told = look(workspace, community).unseen
    for file in files(workspace):
        file.unlink()
    assert look(workspace, community).unseen == told


def test_only_so_many_are_kept(workspace, monkeypatch):
    monkeypatch.setattr(network_looks, "KEPT_FILES", 2)
    community = a_circle_of_friends(workspace)
    for days in (90, 80, 70):
        look(workspace, community, window=last_days(days, NOW))
    assert len(files(workspace)) == 2


def test_a_network_rests_on_nothing_that_moves_no_mark(workspace):
    community = a_circle_of_friends(workspace)
    read: set[tuple[str, str]] = set()

    def hear(action: int, table: str | None, column: str | None, *_: object) -> int:
        if action == READ and table is not None:
            read.add((table, column or ""))
        return 0

    for scope in ((), (community,)):
        connection = workspace.database.connection()
        connection.set_authorizer(hear)
        connection.execute("BEGIN")
        operation._read(Reader(connection), scope, WINDOW, NOW)
        connection.close()
    # These are read for what is part of the question: the day of the last sync, and by what members are known.
    asked = {("json_each", "value"), ("communitystate", "synced_at"), ("communitystate", "platform_members")}
    grounds = {place: ground_of(*place) for place in read - asked}
    assert {place for place, ground in grounds.items() if ground is not Ground.MIRROR} == set()
