"""Plain texts in parts: own words, quotes and footers; and the addresses in them."""

from workbench.ui.message_parts import LEFT_OPEN, PartKind, link_ranges, parts_of


def kinds(text: str) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(part.kind.name, part.depth, part.lines) for part in parts_of(text)]


def test_quotes_stand_apart_from_own_words():
    text = "Amina wrote:\n> Which pump?\n> The red one?\n\nThe red one.\n"
    assert kinds(text) == [
        ("OWN", 0, ("Amina wrote:",)),
        ("QUOTE", 1, ("Which pump?", "The red one?")),
        ("OWN", 0, ("The red one.",)),
    ]


def test_depth_counts_every_way_of_quoting_and_ends_at_four():
    assert [part.depth for part in parts_of("> a\n>> b\n> > > c\n>>>>>>>> d")] == [1, 2, 3, 4]


def test_blank_line_between_two_quotes_does_not_part_them():
    assert kinds("> a\n\n> b") == [("QUOTE", 1, ("a", "", "b"))]


def test_signature_and_list_footer_fold():
    parts = parts_of("Hello\n-- \nAmina\n")
    assert [part.kind for part in parts] == [PartKind.OWN, PartKind.FOOTER]
    assert parts[1].folds
    assert parts_of("Hello\n____________________\nList footer")[1].kind is PartKind.FOOTER


def test_rule_inside_a_quote_or_at_the_top_is_no_footer():
    assert [part.kind for part in parts_of("> a\n> -- \n> b\nc")] == [PartKind.QUOTE, PartKind.OWN]
    assert parts_of("____________________\nAll there is")[0].kind is PartKind.OWN


def test_only_long_quotes_fold():
    assert not parts_of("> a\n" * LEFT_OPEN)[0].folds
    assert parts_of("> a\n" * (LEFT_OPEN + 1))[0].folds


def test_empty_text_has_no_parts():
    assert parts_of("") == ()
    assert parts_of(" \n\n ") == ()


def test_addresses_end_before_punctuation_and_foreign_brackets():
    text = "see (https://a.example/x_(y)), www.b.example. <http://c.example/> not ftp://d.example"
    assert [(text[start:end], target) for start, end, target in link_ranges(text)] == [
        ("https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("www.b.example", "http://www.b.example"),
        ("http://c.example/", "http://c.example/"),
    ]
