"""The word lists: every field in every language, and no word that could stand for two kinds of thing."""

import re

import pytest

from workbench.sync.importers.cells import folded
from workbench.sync.importers.table_mapping import TableField
from workbench.sync.importers.table_words import HEADERS, KINDS, MONTHS, NO, TOTALS, YES

SCRIPTS = {"Arabic": "[\u0600-\u06ff]", "Russian": "[\u0400-\u04ff]", "Chinese": "[\u4e00-\u9fff]"}


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_field_has_words_in_every_script(script: str):
    pattern = re.compile(SCRIPTS[script])
    assert not [field for field, words in HEADERS.items() if not any(pattern.search(word) for word in words)]
    for words in (KINDS, YES, NO, TOTALS, MONTHS):
        assert script == "Chinese" or any(pattern.search(word) for word in words)


def test_there_are_words_for_every_field():
    assert set(HEADERS) == {field.value for field in TableField}


def test_words_are_kept_as_they_are_compared():
    for words in (*HEADERS.values(), KINDS, YES, NO, TOTALS, MONTHS):
        assert [word for word in words if word != folded(word)] == []


def test_yes_is_never_no():
    assert not YES & NO


def test_a_month_has_one_number():
    assert set(MONTHS.values()) == set(range(1, 13))
    assert MONTHS[folded("août")] == 8
