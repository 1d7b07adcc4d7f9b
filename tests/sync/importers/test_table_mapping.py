"""Mappings: what they need, how they are kept, and what dates give away."""

import json

import pytest

from workbench.errors import BadInputError
from workbench.models.kinds import EventKind
from workbench.sync.importers.cells import DayOrder
from workbench.sync.importers.table_mapping import (
    ColumnMapping,
    DayEvidence,
    TableField,
    TableKind,
    evidence_of,
    header_key,
    header_word,
    sum_of,
)

F = TableField


def test_each_kind_says_what_it_cannot_do_without():
    assert len(ColumnMapping(TableKind.POSTS, ()).missing()) == 3
    assert ColumnMapping(TableKind.POSTS, (F.ADDRESS, F.DATE, F.TEXT)).missing() == ()
    assert ColumnMapping(TableKind.MEMBERS, (F.FAMILY,)).missing() == ()
    assert ColumnMapping(TableKind.EVENTS, (F.NAME, F.DATE)).missing() == ((F.KIND,),)
    assert ColumnMapping(TableKind.EVENTS, (F.NAME, F.DATE), act=EventKind.VIEW).missing() == ()
    assert ColumnMapping(TableKind.ATTENDANCE, (F.NAME, F.DATE)).missing() == ((F.EVENT,),)


def test_a_field_stands_over_one_column_only():
    mapping = ColumnMapping(TableKind.MEMBERS, (None, F.NAME, F.TEXT))
    assert mapping.places() == {F.NAME: 1}, "a member has no text"
    with pytest.raises(BadInputError, match="two columns are said to be “name”"):
        ColumnMapping(TableKind.MEMBERS, (F.NAME, F.NAME)).places()


def test_mapping_is_kept_as_json_of_a_version():
    mapping = ColumnMapping(TableKind.EVENTS, (F.NAME, None, F.DATE), DayOrder.MONTH_FIRST, EventKind.ATTEND)
    assert ColumnMapping.from_json(mapping.to_json()) == mapping
    plain = ColumnMapping(TableKind.MEMBERS, (None,))
    assert ColumnMapping.from_json(plain.to_json()) == plain
    assert ColumnMapping.from_json(json.dumps(json.loads(plain.to_json()) | {"v": 99})) is None


def test_header_is_the_same_in_other_dress():
    assert header_key(["Prénom", "E-mail"]) == header_key([" PRENOM ", "e mail:"])
    assert header_key(["Name", "E-mail"]) != header_key(["E-mail", "Name"])
    assert header_word("E-Mail (work)") == "e mail work"


def test_dates_give_away_what_comes_first():
    day, month, either = map(evidence_of, ("25/01/2026", "01/25/2026", "05/01/2026"))
    assert (day | either).settled is DayOrder.DAY_FIRST
    assert (month | either).settled is DayOrder.MONTH_FIRST
    assert not (day | either).is_open
    assert either.is_open
    assert sum_of([day, month]).is_open, "they contradict each other"
    assert sum_of([evidence_of("2026-01-05"), evidence_of("")]) == DayEvidence()
    assert not DayEvidence().is_open
