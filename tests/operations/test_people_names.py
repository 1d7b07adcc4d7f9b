"""May two names be one person's: a table of pairs that are, and of pairs that are not."""

import pytest

from workbench.operations.people_names import Likeness, likeness, name_words, pairs

PAIRS = [
    ("Amina Example", "amina EXAMPLE", Likeness.SAME),
    ("Zoë Ørsted", "Zoe Orsted", Likeness.SAME),
    ("Example, Amina", "Amina Example", Likeness.ORDER),
    ("A. Example", "Amina Example", Likeness.INITIALS),
    ("Amina B. Example", "Amina Bilge Example", Likeness.INITIALS),
    ("Amina B. Example", "A. B. Example", Likeness.INITIALS),
    ("J-P Muster", "Jean Pierre Muster", Likeness.INITIALS),
    ("Mohammed Example", "Mohamed Example", Likeness.SPELLING),
    ("Amina Exampel", "Amina Example", Likeness.SPELLING),
    ("أمينة مثال", "مثال أمينة", Likeness.ORDER),
    ("Amina Example", "Bruno Example", None),
    ("Amina Example", "Amina Muster", None),
    ("A. Example", "B. Example", None),
    ("Amina", "Amina Example", None),
    ("Site 10 Example", "Site 11 Example", None),
    ("Amina Example II", "Amina Example III", None),
    ("Amina Example Jr.", "Amina Example Sr.", None),
    ("Ann Lee", "Dan Lee", None),
    ("", "", None),
]


@pytest.mark.parametrize(("one", "other", "found"), PAIRS)
def test_names_are_told_alike_by_words_order_initials_and_spelling(one, other, found):
    assert likeness(name_words(one), name_words(other)) is found
    assert likeness(name_words(other), name_words(one)) is found


def test_every_alike_pair_is_found_once_without_comparing_everybody():
    names = ["Amina Example", "Bruno Muster", "Example Amina", "B. Muster", "Chidi Contoh"]
    found = set(pairs((number, name_words(name)) for number, name in enumerate(names)))
    assert found == {(0, 2, Likeness.ORDER), (1, 3, Likeness.INITIALS)}
    crowd = [(number, name_words("Amina Example")) for number in range(60)]
    assert list(pairs(crowd)) == []
