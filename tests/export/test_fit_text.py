"""Text for XML: what cannot be held goes, and the first letter says which way it runs."""

from workbench.export.fit_text import fit, runs_right_to_left


def test_control_characters_and_half_letters_go_and_everything_else_stays() -> None:
    assert fit("a\x00b\x0bc\ud800d\n\t\N{PILE OF POO}") == "abcd\n\t\N{PILE OF POO}"


def test_the_first_letter_decides_whatever_stands_before_it() -> None:
    assert runs_right_to_left("1. مياه and water")
    assert not runs_right_to_left("Water, مياه")
    assert not runs_right_to_left("安全饮水")
    assert not runs_right_to_left("12 / 30")
