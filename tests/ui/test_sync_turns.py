"""Turns on the line: what a person asked for goes first, and nothing is done twice."""

from workbench.operations.sync import SyncOrder
from workbench.ui.sync_turns import SyncTurns, Turn


def test_what_a_person_asked_for_goes_before_what_goes_by_itself():
    turns = SyncTurns()
    turns.put(Turn("Lists", is_by_itself=True))
    turns.put(Turn("Forum"))
    turns.put(Turn("Engage"))
    taken = [turns.take() for _ in range(4)]
    assert [turn.account if turn else None for turn in taken] == ["Forum", "Engage", "Lists", None]


def test_the_same_waits_once_and_asking_for_it_brings_it_forward():
    turns = SyncTurns()
    assert turns.put(Turn("Lists", is_by_itself=True))
    assert turns.put(Turn("Forum", is_by_itself=True))
    assert not turns.put(Turn("Lists", is_by_itself=True))
    assert turns.put(Turn("Forum"))
    assert not turns.put(Turn("Forum"))
    assert turns.put(Turn("Forum", is_check=True))
    assert turns.put(Turn("Forum", SyncOrder(trusts_gone=True)))
    assert len(turns) == 4


def test_turns_of_an_account_can_be_forgotten():
    turns = SyncTurns()
    turns.put(Turn("Forum"))
    turns.put(Turn("Lists"))
    assert turns.waits("Forum")
    turns.drop("Forum")
    assert not turns.waits("Forum")
    turns.clear()
    assert not turns.waits("Lists")
    turns.put(Turn(""))
    assert turns.waits("Lists"), "one for all is one for each"
