"""Sections: what a summary says, in which order, and what the short form leaves out and counts."""

from dataclasses import replace
from datetime import date

from tests.export.samples import a_card, a_summary
from workbench.export.sections import Facts, Grid, Words, head_blocks, sections
from workbench.export.summary import Charter, ColumnBlock, EvidenceLine, Extent, WeekLine


def titles(**changes: object) -> list[str]:
    return [section.title for section in sections(replace(a_summary(), **changes))]  # type: ignore[arg-type]  # by name


def test_a_section_with_nothing_in_it_is_left_out() -> None:
    plain = ["Objectives and measures", "Next 30 days", "Board", "To do (4)", "Doing (2)", "Done (1)", "Checkpoints"]
    assert titles() == plain
    full = titles(
        charter=Charter(problem="Answers take weeks"),
        risks=("One person answers most",),
        weeks=(WeekLine(date(2026, 4, 6), 4.0, 2.0),),
        retrospective=(("What worked", "The weekly question"),),
    )
    assert set(full) - set(plain) == {"Charter", "Risks", "Hours", "Looking back"}


def test_what_came_of_cards_stands_after_the_board_once_for_a_series() -> None:
    line = EvidenceLine("link", "Guide", "https://example.org/g")
    times = tuple(
        replace(a_card(f"Write ({n} of 2)"), came_of="Two use it", evidence=(line, EvidenceLine("conversation", "")))
        for n in (1, 2)
    )
    summary = replace(a_summary(), columns=(ColumnBlock("Done", (a_card("Nothing yet"), *times)),))
    found = next(each for each in sections(summary) if each.title == "What came of it")
    assert found.blocks == (
        Grid(
            ("Card", "What came of it", "Evidence"),
            (("Write", "Two use it", "link: Guide, https://example.org/g; conversation"),),
            (34, 33, 33),
        ),
    )
    assert "What came of it" not in [each.title for each in sections(replace(summary, extent=Extent.ONE_PAGE))]


_THIN = "71\u00a0% (39 of 55, 86\u00a0% of days known, so nothing is claimed)"


def test_a_checkpoint_that_was_held_brings_its_numbers_and_words() -> None:
    summary = a_summary()
    held = replace(
        summary.checkpoints[0], locked_on=date(2026, 5, 8), decisions="Go on",
        measures=(("Questions are answered", summary.measures[0].now),),
    )  # fmt: skip
    found = next(
        each
        for each in sections(replace(summary, checkpoints=(held, *summary.checkpoints[1:])))
        if each.title == "Day 30"
    )
    assert Words("Held and locked on 8 May 2026.", is_small=True) in found.blocks
    assert any(isinstance(block, Grid) and block.rows == (("Questions are answered", _THIN),) for block in found.blocks)
    assert Facts((("Decisions", "Go on"),)) in found.blocks


def test_the_short_form_counts_what_it_leaves_out() -> None:
    short = replace(
        a_summary(), extent=Extent.ONE_PAGE, next_days=tuple(a_card(f"Card {n}") for n in range(9)),
        risks=tuple(f"Risk {n}" for n in range(5)),
    )  # fmt: skip
    text = str(sections(short))
    assert "and 4 more, in the full summary." in text
    assert "and 2 more" in text
    assert "Board" not in [section.title for section in sections(short)]


def test_purpose_coverage_and_facts_stand_before_the_first_heading() -> None:
    purpose, coverage, facts = head_blocks(a_summary())
    assert isinstance(purpose, Words)
    assert isinstance(coverage, Words)
    assert coverage.is_small
    assert isinstance(facts, Facts)


def test_the_short_form_tells_the_numbers_a_checkpoint_was_locked_with() -> None:
    summary = a_summary()
    held = replace(
        summary.checkpoints[0],
        locked_on=date(2026, 5, 8),
        measures=(("Questions are answered", summary.measures[0].now),),
    )
    short = replace(summary, extent=Extent.ONE_PAGE, checkpoints=(held, *summary.checkpoints[1:]))
    blocks = sections(short)[-1].blocks
    assert Words("Day 30, locked on 8 May 2026: Questions are answered 71\u00a0% (86\u00a0% known)") in blocks


def test_a_measure_named_as_its_objective_is_not_told_twice() -> None:
    summary = a_summary()
    same = replace(summary.measures[0], objective="reply rate")
    for extent in Extent:
        found = sections(replace(summary, measures=(same,), extent=extent))[0]
        grid = next(block for block in found.blocks if isinstance(block, Grid))
        assert grid.rows[0][:2] == ("reply rate", "")


def test_what_is_late_never_hides_what_comes_next() -> None:
    late = tuple(a_card(f"Late {n}", is_late=True, due_on=date(2026, 5, 1)) for n in range(8))
    coming = tuple(a_card(f"Soon {n}") for n in range(3))
    summary = replace(a_summary(), next_days=(*late, *coming))
    short = {each.title: str(each.blocks) for each in sections(replace(summary, extent=Extent.ONE_PAGE))}
    assert all(f"Soon {n}" in short["Next 30 days"] for n in range(3))
    assert "Late 3" not in short["Next 30 days"]
    assert "Late: 8 cards, the oldest due on 1 May 2026: Late 0; Late 1; Late 2; and 5 more" in short["Next 30 days"]
    full = {each.title: str(each.blocks) for each in sections(summary)}
    assert all(f"Late {n}" in full["Late"] for n in range(8))
    assert "Late 7" not in full["Next 30 days"]
    nothing = {each.title: str(each.blocks) for each in sections(replace(summary, next_days=late))}
    assert "No open card is due in the next 30 days." in nothing["Next 30 days"]


def test_late_times_of_a_series_are_called_so() -> None:
    late = tuple(a_card(f"Weekly call ({n} of 12)", is_late=True) for n in range(1, 5))
    short = replace(a_summary(), extent=Extent.ONE_PAGE, next_days=late)
    assert "Late: 4 times of cards, the oldest" in str(sections(short))


def test_how_the_points_of_an_objective_are_taken_is_said_once_and_only_where_there_are_some() -> None:
    charts = a_summary().charts
    said = "covers the 90 days before it"
    assert said not in str(sections(a_summary()))
    many = tuple(replace(chart, is_trailing=True) for chart in charts)
    for extent in Extent:
        assert str(sections(replace(a_summary(), charts=many, extent=extent))).count(said) == 1


def test_an_objective_with_points_left_out_says_what_they_need() -> None:
    charts = tuple(
        replace(chart, is_trailing=True, points=(replace(chart.points[0], is_known=False),))
        for chart in a_summary().charts
    )
    for extent in Extent:
        said = str(sections(replace(a_summary(), charts=charts, extent=extent)))
        assert said.count("It is left out where less than 90\\xa0% of those days is known.") == 1


def test_every_value_of_the_short_form_prints_the_share_known() -> None:
    (grid,) = sections(replace(a_summary(), extent=Extent.ONE_PAGE))[0].blocks
    assert isinstance(grid, Grid)
    assert grid.rows[0][2:4] == ("58\u00a0% (100\u00a0% known)", "71\u00a0% (86\u00a0% known)")
    assert grid.rows[1][3] == "fewer than 5 people"
