"""Two people made one and apart again: nothing is lost, sums follow, and a later sync changes nothing of that."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import a_clock
from tests.sync.mirrored import START, Mirrored, a_message, a_mirror, a_person, an_act
from workbench.errors import BadInputError
from workbench.ids import PersonId
from workbench.models.kinds import AccountKind, EventKind
from workbench.notes.store import NotesStore
from workbench.sync.connector import Batch, Census, CensusOf
from workbench.sync.people_merge import PeopleMerger
from workbench.sync.records import CommunityRecord, MemberRecord, Record
from workbench.sync.rollup_check import differences

PEOPLE = ("amina", "bruno", "chidi", "dalia")
MOMENTS = {"personmerge", "mergedevent", "syncrun", "keptmark", "sqlite_stat1", "sqlite_stat4"}
MEMBERSHIPS = ("member", "memberword", "networkstay", "personaway")


def merger(mirrored: Mirrored) -> PeopleMerger:
    return PeopleMerger(mirrored.database, a_clock())


def person(mirrored: Mirrored, handle: str, *, account: int = 1) -> PersonId:
    statement = "SELECT coalesce(own_id, person_id) FROM handle WHERE remote_id = ? AND account_id = ?"
    return PersonId(mirrored.scalar(statement, (handle, account)))


def everything(mirrored: Mirrored) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but those of merges themselves."""
    names = mirrored.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'message_fts%'")
    return {
        name: sorted(mirrored.rows(f'SELECT * FROM "{name}"'), key=repr) for (name,) in names if name not in MOMENTS
    }


def second_community(mirrored: Mirrored) -> Any:
    """Another account with a community of its own."""
    account = mirrored.accounts.find(AccountKind.SAMPLE, "Sample") or mirrored.accounts.add(
        AccountKind.SAMPLE, "Sample"
    )
    return mirrored.mirror.ensure_community(account, CommunityRecord("field", "Field"))


def records(acts: Sequence[tuple[int, int, int]], *, start: int, prefix: str) -> list[Record]:
    """A message, reply, reaction, mention, coming, going or listing for each (who, what, whom) of `acts`."""
    made: list[Record] = []
    for number, (who, what, whom) in enumerate(acts):
        by, name, hours = PEOPLE[who], f"{prefix}{number}", start + 9 * number
        target = f"{prefix}{max(0, number - 1 - whom)}"
        if what in {0, 1} or number == 0:
            made.append(a_message(name, by=by, hours=hours, references=(target,) if what and number else ()))
        elif what == 2:
            made.append(an_act(name, EventKind.REACTION, by=by, hours=hours, target=target))
        elif what == 3:
            aimed = a_person(PEOPLE[whom])
            made.append(an_act(name, EventKind.MENTION, by=by, hours=hours, target=target, target_person=aimed))
        elif what == 4:
            made.append(an_act(name, EventKind.LEAVE if whom % 2 else EventKind.JOIN, by=by, hours=hours))
        else:
            moment = START + timedelta(hours=hours)
            role = (None, "mentor", "Owner", "Moderator")[whom]
            joined, left = moment if whom != 1 else None, moment + timedelta(days=9) if number % 3 == 1 else None
            made.append(MemberRecord("water", a_person(by), role=role, joined_at=joined, left_at=left))
    return made


Acts = Sequence[tuple[int, int, int]]
ACTS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6), st.integers(0, 3)), min_size=1, max_size=14)


def filled(folder: Path, first: Acts, other: Acts) -> Mirrored:
    """A profile with two accounts, in which things happened and were noted."""
    mirrored = a_mirror(folder)
    mirrored.apply(*(a_message(f"hello {name}", by=name) for name in PEOPLE))
    mirrored.apply(*records(first, start=20, prefix="a"))
    elsewhere = [a_message("hello", by="amina", hours=80), *records(other, start=90, prefix="o")]
    mirrored.mirror.apply(second_community(mirrored), "messages", Batch(records=tuple(elsewhere)))
    notes = NotesStore(mirrored.database, a_clock())
    for name in PEOPLE[::2]:
        notes.set_note(person(mirrored, name), f"About {name}")
        notes.set_tags(person(mirrored, name), [name, "pumps"])
    return mirrored


def memberships(mirrored: Mirrored) -> dict[str, list[tuple[Any, ...]]]:
    """Who is a member where, by all that is kept of it."""
    return {name: sorted(mirrored.rows(f"SELECT * FROM {name}"), key=repr) for name in MEMBERSHIPS}


def tell(mirrors: Sequence[Mirrored], told: Sequence[Record], *, census: Census | None = None) -> None:
    """The same news for each of these."""
    for one in mirrors:
        one.apply(*told, censuses=() if census is None else (census,))


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ACTS, other=ACTS, later=ACTS, order=st.permutations((1, 2, 3)), taken_back=st.permutations((1, 2, 3)))
def test_undone_merges_leave_the_profile_as_if_they_had_never_been(  # noqa: PLR0917 - what hypothesis varies
    tmp_path_factory, first, other, later, order, taken_back
):
    never, late, merged = mirrors = [filled(tmp_path_factory.mktemp("profile"), first, other) for _ in range(3)]
    people = [person(merged, name) for name in PEOPLE[:3]] + [person(merged, "amina", account=2)]
    pairs = {place: (people[0] if place != 3 else people[1], people[place]) for place in order}
    before = everything(merged)
    for place in order:
        merger(merged).merge(*pairs[place])
    one = {
        merged.scalar("SELECT person_id FROM handle WHERE coalesce(own_id, person_id) = ?", (own,)) for own in people
    }
    assert len(one) == 1
    for table, column in (("event", "person_id"), ("event", "target_person_id"), ("member", "person_id")):
        assert {row[0] for row in merged.rows(f"SELECT DISTINCT {column} FROM {table}")} & set(people) <= one
    with merged.database.read() as reader:
        assert differences(reader) == []
    for place in taken_back:
        merger(merged).unmerge(people[place])
    assert everything(merged) == before
    coming = records(later, start=200, prefix="l")
    # An edit, and two messages of which the platform says now that somebody else wrote them.
    coming += [a_message("hello bruno", by="bruno", text="Edited"), a_message("hello chidi", by="amina", text="Hers")]
    coming.append(a_message("hello dalia", by="chidi", text="His"))
    pieces = [coming[number::6] for number in range(6)]
    for place in order:
        merger(merged).merge(*pairs[place])
        tell(mirrors, pieces.pop())
    tell(mirrors, (), census=Census(CensusOf.MEMBERS, frozenset(PEOPLE[len(later) % 3 :])))
    with merged.database.read() as reader:
        assert differences(reader) == []
    for place in order:
        merger(late).merge(*pairs[place])
    assert memberships(merged) == memberships(late)
    for place in taken_back:
        for one in (late, merged):
            merger(one).unmerge(people[place])
        tell(mirrors, pieces.pop())
    assert everything(merged) == everything(late) == everything(never)
    assert merged.rows("SELECT * FROM memberword") == []
    for one in mirrors:
        one.database.close()


def test_merges_that_make_no_sense_are_refused(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"), a_message("m2", by=a_person("robot", is_bot=True)))
    one, robot = person(mirrored, "amina"), person(mirrored, "robot")
    for keep, other in ((one, one), (one, PersonId(99)), (one, robot)):
        with pytest.raises(BadInputError):
            merger(mirrored).merge(keep, other)
    with pytest.raises(BadInputError):
        merger(mirrored).unmerge(one)


def test_an_answer_to_somebody_is_theirs_again_though_it_came_later(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1", by="bruno"), a_message("m2"), a_message("m3", by="chidi"))
    keep, other = person(mirrored, "amina"), person(mirrored, "bruno")
    merger(mirrored).merge(keep, other)
    mirrored.apply(a_message("m4", by="chidi", hours=3, references=("m1",)))
    assert mirrored.scalar("SELECT target_person_id FROM event WHERE remote_id = 'm4'") == keep
    merger(mirrored).unmerge(other)
    assert mirrored.scalar("SELECT target_person_id FROM event WHERE remote_id = 'm4'") == other


def test_not_the_same_is_remembered_whatever_the_order(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"), a_message("m2", by="bruno"))
    one, other = person(mirrored, "amina"), person(mirrored, "bruno")
    merger(mirrored).not_same(other, one)
    merger(mirrored).not_same(one, other)
    assert mirrored.rows("SELECT * FROM notsame") == [(one, other)]
    merger(mirrored).not_same(other, one, is_other=False)
    assert mirrored.rows("SELECT * FROM notsame") == []
