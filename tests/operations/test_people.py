"""What the coordinator does with somebody: facts that make sense, one gentle nudge, words to begin with."""

from datetime import timedelta

import pytest

from tests.builders import a_workspace
from tests.sync.mirrored import a_message
from workbench.errors import BadInputError
from workbench.ids import PersonId
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind
from workbench.operations.people import (
    knows,
    nudge_person,
    nudge_text,
    offset_of,
    persona_words,
    set_facts,
    take_back_nudge,
)
from workbench.queries.people_details import person_details
from workbench.queries.people_own import OwnFacts
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord

AMINA = PersonId(1)


@pytest.fixture
def workspace(tmp_path):
    found = a_workspace(tmp_path)
    account = found.accounts.add(AccountKind.TABLE, "Tables")
    water = found.mirror.ensure_community(account, CommunityRecord("water", "Water"))
    found.mirror.apply(water, "messages", Batch((a_message("m1", text="About wells"),)))
    yield found
    found.close()


def test_nobody_is_nudged_twice_within_the_pause(workspace):
    assert nudge_person(workspace, person_id=AMINA) == Changes.NOTES
    with pytest.raises(BadInputError):
        nudge_person(workspace, person_id=AMINA)
    assert take_back_nudge(workspace, person_id=AMINA) == Changes.NOTES
    assert take_back_nudge(workspace, person_id=AMINA) == Changes.NOTHING
    nudge_person(workspace, person_id=AMINA, is_sent=False)


def test_words_to_begin_with_name_person_and_community(workspace):
    text = nudge_text(workspace, name="Amina Example", community="Water")
    assert "Amina Example" in text
    assert "Water" in text


@pytest.mark.parametrize(
    ("zone", "offset"),
    [("+03:00", 180), ("UTC-5", -300), ("gmt+0530", 330), ("+9", 540), ("Africa/Nairobi", None), ("+x", None)],
)
def test_offsets_are_read_as_sources_write_them(zone, offset):
    assert offset_of(zone) == (None if offset is None else timedelta(minutes=offset))


def test_a_time_zone_that_is_none_is_refused(workspace):
    set_facts(workspace, person_id=AMINA, facts=OwnFacts(time_zone="Africa/Nairobi"))
    with pytest.raises(BadInputError):
        set_facts(workspace, person_id=AMINA, facts=OwnFacts(time_zone="Atlantis/Middle"))


def test_answers_and_persona_are_told_in_words(workspace):
    assert [one.name for one in knows(workspace, text="wells")] == ["Amina Example"]
    with workspace.database.read() as reader:
        assert persona_words(person_details(reader, AMINA, as_of=workspace.clock.now())) == "Mostly reads"
