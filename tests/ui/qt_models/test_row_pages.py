"""RowPages: fetches what is looked at, the newest wish first, and forgets what is far away."""

from workbench.ui.qt_models.row_pages import PAGE, RowPages


def test_one_page_is_asked_for_at_a_time_and_the_newest_wish_comes_first():
    asked: list[int] = []
    pages: RowPages[int] = RowPages(asked.append)
    pages.reset(2000, range(PAGE))
    assert pages.row(5) == 5
    for place in (150, 151, 350, 950, 1250, 1550):
        assert pages.row(place) is None
    assert asked == [1]
    assert pages.give(1, range(PAGE, 2 * PAGE)) == range(PAGE, 2 * PAGE)
    assert asked == [1, 15]
    pages.give(15, range(1500, 1600))
    # Pages scrolled past long ago are not fetched at all.
    assert asked == [1, 15, 12]
    assert pages.row(150) == 150


def test_old_pages_are_forgotten_and_asked_for_again():
    asked: list[int] = []
    pages: RowPages[int] = RowPages(asked.append)
    pages.reset(100 * PAGE, range(PAGE))
    for number in range(1, 60):
        pages.row(number * PAGE)
        pages.give(number, range(number * PAGE, (number + 1) * PAGE))
    assert len(list(pages.known())) == 40 * PAGE
    assert pages.row(0) is None
    assert asked[-1] == 0


def test_failed_page_is_asked_for_when_looked_at_again():
    asked: list[int] = []
    pages: RowPages[int] = RowPages(asked.append)
    pages.reset(300, range(PAGE))
    pages.row(150)
    pages.fail()
    pages.row(150)
    assert asked == [1, 1]


def test_last_page_fills_only_what_there_is():
    pages: RowPages[int] = RowPages(lambda _page: None)
    pages.reset(130, range(PAGE))
    pages.row(120)
    assert pages.give(1, range(PAGE, 130)) == range(PAGE, 130)
    pages.replace(129, -1)
    assert pages.row(129) == -1
    assert list(pages.known())[-1] == (129, -1)
