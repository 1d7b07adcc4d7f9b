"""Annotations as they are kept: what is refused, and every change undone and made again."""

from datetime import date

import pytest

from tests.builders import a_clock
from tests.sync.mirrored import a_mirror
from workbench.errors import BadInputError
from workbench.ids import CommunityId
from workbench.notes.annotations import LONGEST, AnnotationStore

DAY = date(2024, 3, 11)
_ALL = "SELECT account_kind, community_remote_id, day, words FROM annotation ORDER BY id"


@pytest.mark.parametrize("words", ["  ", "x" * (LONGEST + 1)])
def test_no_words_and_too_many_are_refused(tmp_path, words):
    mirrored = a_mirror(tmp_path)
    store = AnnotationStore(mirrored.database, a_clock())
    with pytest.raises(BadInputError):
        store.add(day=DAY, words=words)
    kept = store.add(day=DAY, words="Campaign")
    with pytest.raises(BadInputError):
        store.change(kept.id, day=DAY, words=words)
    assert mirrored.rows(_ALL) == [("", "", "2024-03-11", "Campaign")]


def test_what_is_not_here_is_refused(tmp_path):
    mirrored = a_mirror(tmp_path)
    store = AnnotationStore(mirrored.database, a_clock())
    for deed in (
        lambda: store.add(day=DAY, words="Campaign", community_id=CommunityId(99)),
        lambda: store.change("none", day=DAY, words="Campaign"),
        lambda: store.remove("none"),
    ):
        with pytest.raises(BadInputError):
            deed()


def test_every_change_is_undone_and_made_again(tmp_path):
    mirrored = a_mirror(tmp_path)
    store = AnnotationStore(mirrored.database, a_clock())
    before = [store.add(day=DAY, words="New  platform", community_id=mirrored.community_id)]
    states = [mirrored.rows(_ALL)]
    assert states[0][0][1:] == ("water", "2024-03-11", "New platform")
    before.append(store.change(before[0].id, day=date(2024, 3, 12), words="Newer platform"))
    states.append(mirrored.rows(_ALL))
    before.append(store.remove(before[0].id))
    assert mirrored.rows(_ALL) == []
    again = [store.put_back(before[2])]
    assert mirrored.rows(_ALL) == states[1]
    again.append(store.put_back(before[1]))
    assert mirrored.rows(_ALL) == states[0]
    store.put_back(again[1])
    assert mirrored.rows(_ALL) == states[1]
    store.put_back(again[0])
    assert mirrored.rows(_ALL) == []
