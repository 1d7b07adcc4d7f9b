"""Who counts as a program by hand: every measure as if a platform had said so, and back again, whatever a sync brings."""

from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_clock
from tests.queries.network import NOW, START, Network, a_member, a_message, a_network, a_person, a_reaction
from tests.sync.test_people_merge import MOMENTS
from workbench.errors import BadInputError
from workbench.ids import PersonId
from workbench.metrics.catalog import METRICS
from workbench.metrics.compute import measure_all
from workbench.metrics.window import month
from workbench.models.kinds import EventKind
from workbench.notes.people import PeopleNotes
from workbench.queries.people_own import Counted, OwnFacts, counted_as, own_facts
from workbench.queries.sync_status import profile_counts
from workbench.sync.people_counted import PeopleCounter
from workbench.sync.people_merge import PeopleMerger
from workbench.sync.records import ActRecord
from workbench.sync.rollup_check import differences

WORDS = frozenset({"person", "personfact"})


def a_village(folder: Path, *, is_bot: bool = False) -> Network:
    """A community in which a digest begins threads, answers, reacts, mentions and is answered, besides three people."""
    network = a_network(folder)
    water = network.community("Water")
    network.cover(water, START.date(), NOW.date())
    digest = a_person("digest", is_bot=is_bot)
    mention = ActRecord("at", "", EventKind.MENTION, a_person("amina"), START, target="q", target_person=digest)
    network.apply(
        water,
        a_member("amina", joined_at=START, role="Coordinadora"),
        a_member("bruno", joined_at=START),
        a_member("digest", is_bot=is_bot, joined_at=START, role="Owner"),
        a_message("q", by="bruno", text="Which pump?", hours=1),
        a_message("a", by=digest, to="q", hours=2),
        a_message("b", by="amina", to="q", hours=30),
        a_message("news", by=digest, text="News?", hours=40),
        a_message("re", by="amina", to="news", hours=41),
        a_message("more", by="chidi", to="news", hours=50),
        a_reaction("l1", to="news", by="bruno", hours=42),
        ActRecord("l2", "", EventKind.REACTION, digest, START, target="q"),
        mention,
    )
    return network


def a_village_with_a_bulletin(folder: Path, *, is_there: bool) -> Network:
    """Three people, and perhaps a bulletin that writes, answers, reacts and mentions, and that nobody heeds."""
    network = a_network(folder)
    water = network.community("Water")
    network.cover(water, START.date(), NOW.date())
    amina, bulletin = a_person("amina"), a_person("bulletin")
    mention = ActRecord("at", "", EventKind.MENTION, bulletin, START, target="q", target_person=amina)
    written = [a_message(f"n{number}", by=bulletin, text="News?", hours=9 * number) for number in range(60)]
    theirs = (
        a_member("bulletin", joined_at=START, role="Owner", office="Lima"),
        a_message("a0", by=bulletin, to="q", hours=2),
        a_reaction("l0", to="b", by="bulletin", hours=43),
        mention,
        *written,
    )
    network.apply(
        water,
        a_member("amina", joined_at=START, role="member", office="Quito"),
        a_member("bruno", joined_at=START, office="Lima"),
        a_message("q", by="bruno", text="Which pump?", hours=1),
        a_message("b", by="amina", to="q", hours=30),
        a_message("more", by="chidi", to="q", hours=50),
        *(theirs if is_there else ()),
    )
    return network


def rows(network: Network, *, but: frozenset[str] = frozenset()) -> dict[str, list[tuple[Any, ...]]]:
    with network.read() as reader:
        assert differences(reader) == []
        names = reader.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'message_fts%'")
        left_out = MOMENTS | but
        return {
            name: sorted(reader.rows(f'SELECT * FROM "{name}"'), key=repr) for (name,) in names if name not in left_out
        }


def measures(network: Network) -> dict[str, Any]:
    keys = [metric.key for metric in METRICS]
    with network.read() as reader:
        found = measure_all(reader, keys, scope=(), windows=[month(2024, 1)], as_of=NOW)
    return {
        key: [(value.value, value.numerator, value.denominator) for value in values] for key, values in found.items()
    }


def count(network: Network, handle: str, *, is_program: bool | None) -> None:
    PeopleCounter(network.database).count([network.person(handle)], is_program=is_program)


def test_a_program_by_hand_counts_as_little_as_one_a_platform_told(tmp_path):
    told, typed = a_village(tmp_path / "told", is_bot=True), a_village(tmp_path / "typed")
    before, counted = rows(typed), measures(typed)
    count(typed, "digest", is_program=True)
    assert measures(typed) == measures(told) != counted
    theirs = rows(told, but=WORDS)
    assert rows(typed, but=WORDS) == theirs
    count(typed, "digest", is_program=None)
    assert rows(typed) == before
    assert measures(typed) == counted
    # And a person whom a platform takes for a program, the other way round.
    count(told, "digest", is_program=False)
    assert measures(told) == counted
    count(told, "digest", is_program=None)
    assert rows(told, but=WORDS) == theirs


def test_a_program_by_hand_leaves_every_measure_as_if_it_had_never_been_there(tmp_path):
    without, beside = (a_village_with_a_bulletin(tmp_path / str(there), is_there=there) for there in (False, True))
    assert measures(beside) != measures(without)
    count(beside, "bulletin", is_program=True)
    assert measures(beside) == measures(without)


def test_no_sync_overrides_the_word_and_what_it_told_is_known_afterwards(tmp_path):
    network = a_village(tmp_path)
    water, digest = network.community("Water"), network.person("digest")
    count(network, "digest", is_program=False)
    network.apply(water, a_message("later", by=a_person("digest", is_bot=True), hours=60))
    with network.read() as reader:
        assert counted_as(reader, digest) == Counted(typed=False, told=True)
        assert reader.scalar("SELECT is_bot FROM person WHERE id = ?", (digest,)) == 0
        assert differences(reader) == []
    count(network, "digest", is_program=None)
    told = a_village(tmp_path / "told", is_bot=True)
    told.apply(told.community("Water"), a_message("later", by="digest", hours=60))
    assert rows(network) == rows(told)


def test_facts_that_are_typed_leave_the_word_alone(tmp_path):
    network = a_village(tmp_path)
    digest, notes = network.person("digest"), PeopleNotes(network.database, a_clock())
    count(network, "digest", is_program=True)
    for facts in (OwnFacts(office="Lima", is_sponsor=True), OwnFacts()):
        notes.set_facts(digest, facts)
        with network.read() as reader:
            assert own_facts(reader, digest) == facts
            assert counted_as(reader, digest).typed is True
    count(network, "digest", is_program=None)
    with network.read() as reader:
        assert reader.rows("SELECT * FROM personfact") == []


def test_a_person_who_is_not_there_is_refused_and_nobody_is_counted_otherwise(tmp_path):
    network = a_village(tmp_path)
    before = rows(network)
    with pytest.raises(BadInputError):
        PeopleCounter(network.database).count([network.person("digest"), PersonId(99)], is_program=True)
    assert rows(network) == before


def test_programs_and_people_are_never_made_one_and_two_programs_part_as_they_were(tmp_path):
    network = a_village(tmp_path)
    merger = PeopleMerger(network.database, a_clock())
    amina, bruno, digest = (network.person(name) for name in ("amina", "bruno", "digest"))
    count(network, "digest", is_program=True)
    with pytest.raises(BadInputError):
        merger.merge(amina, digest)
    count(network, "bruno", is_program=True)
    before = rows(network)
    merger.merge(digest, bruno)
    assert rows(network)["event"] != before["event"]
    with network.read() as reader:
        assert profile_counts(reader).people == 2, "Amina and Chidi"
    merger.unmerge(bruno)
    assert rows(network) == before


def test_a_program_told_of_one_of_two_who_are_one_is_known_of_that_one(tmp_path):
    network, apart = a_village(tmp_path / "joined"), a_village(tmp_path / "apart")
    merger = PeopleMerger(network.database, a_clock())
    bruno, digest = network.person("bruno"), network.person("digest")
    merger.merge(bruno, digest)
    for one in (network, apart):
        one.apply(one.community("Water"), a_message("later", by=a_person("digest", is_bot=True), hours=60))
    with network.read() as reader:
        assert counted_as(reader, bruno).is_program
        assert differences(reader) == []
    merger.unmerge(digest)
    assert rows(network) == rows(apart)


@pytest.mark.parametrize("turn", [1, -1])
def test_somebody_who_is_a_person_after_all_stays_one_when_made_one_with_a_person(tmp_path, turn):
    network = a_village(tmp_path, is_bot=True)
    merger = PeopleMerger(network.database, a_clock())
    count(network, "digest", is_program=False)
    before = rows(network)
    keep, other = (network.person(name) for name in ("amina", "digest")[::turn])
    merger.merge(keep, other)
    with network.read() as reader:
        assert counted_as(reader, keep) == Counted(typed=False, told=True)
        assert reader.scalar("SELECT is_bot FROM person WHERE id = ?", (keep,)) == 0
        assert differences(reader) == []
    merger.unmerge(other)
    assert rows(network) == before
