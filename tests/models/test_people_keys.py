"""Keys people are found by: no case, no accents, one line for each thing that is told."""

from workbench.models.people_keys import find_key, plain_key


def test_case_accents_and_spelling_variants_do_not_matter():
    assert plain_key("Zoë ØRSTED") == plain_key("zoe orsted")


def test_find_key_begins_with_the_name_and_keeps_each_fact_on_a_line():
    assert find_key("Amina  Example", "São Tomé", None, "Agua\nUna") == "amina example\nsao tome\n\nagua una"
