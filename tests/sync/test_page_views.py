"""Rows of pages: what adds up is added, what does not is not known."""

from workbench.sync.page_views import NOT_SET, joined, named, sum_of
from workbench.sync.records import PageViews

HOME = PageViews("/", 5, users=3, sessions=4, events=20)


def test_a_page_without_a_name_gets_the_platform_s_word_for_it():
    assert (named(""), named("/")) == (NOT_SET, "/")


def test_views_and_events_of_two_rows_add_up_and_users_do_not():
    assert joined(None, HOME) == HOME
    assert joined(HOME, HOME) == PageViews("/", 10, events=40)
    assert joined(HOME, PageViews("/", 1)) == PageViews("/", 6)


def test_the_sum_of_pages_has_views_only():
    assert sum_of([HOME, PageViews("/a", 2, users=9)]) == PageViews("", 7)
