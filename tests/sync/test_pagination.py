"""Pagination: pages that repeat, circle, shift or end oddly lose nothing and never run on for ever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import LineError
from workbench.sync.pagination import Page, list_reply, offset_after, query_of, walk


def paged(items: list[int], *, size: int, overlap: int = 0):
    def fetch(offset: int) -> Page[int, int]:
        got = items[offset : offset + size]
        is_last = offset + size >= len(items)
        return Page(got, None if is_last else offset_after(offset, len(got), overlap=overlap))

    return fetch


def walked(fetch) -> list[int]:
    return [item for items in walk(0, fetch, key=lambda item: item) for item in items]


@given(st.lists(st.integers(), unique=True), st.integers(1, 9), st.integers(0, 12))
def test_every_item_comes_once_whatever_the_size_and_overlap(items: list[int], size: int, overlap: int):
    assert walked(paged(items, size=size, overlap=overlap)) == items


@given(st.integers(1, 40), st.integers(1, 3))
def test_items_put_in_on_top_meanwhile_lose_nothing(count: int, arriving: int):
    items = list(range(count))

    def fetch(offset: int) -> Page[int, int]:
        page = paged(items, size=5)(offset)
        items[:0] = [1000 + len(items) + number for number in range(arriving)] if len(items) < 60 else []
        return page

    assert set(range(count)) <= set(walked(fetch))


def test_items_taken_away_meanwhile_lose_nothing_within_the_overlap():
    items = list(range(30))

    def fetch(offset: int) -> Page[int, int]:
        page = paged(items, size=10, overlap=3)(offset)
        if offset == 0:
            del items[:2]
        return page

    assert set(range(30)) <= set(walked(fetch))


def test_a_platform_that_repeats_its_last_page_ends():
    assert walked(lambda page: Page([1, 2] if page == 0 else [3], page + 1)) == [1, 2, 3]


def test_an_empty_page_ends_the_walk_although_more_is_announced():
    assert walked(lambda page: Page([] if page else [1], page + 1)) == [1]


def test_pages_that_run_in_a_circle_are_refused():
    with pytest.raises(LineError, match="circle"):
        walked(lambda page: Page([page], (page + 1) % 3))


def test_a_walk_without_end_is_refused():
    with pytest.raises(LineError):
        list(walk(0, lambda page: Page([page], page + 1), key=lambda item: item, cap=50))


def test_of_a_link_only_its_query_is_trusted():
    link = "http://inside.example.net:8000/api/?limit=2&offset=4&empty="
    assert query_of(link) == {"limit": "2", "offset": "4", "empty": ""}


def test_list_replies_are_read_in_both_shapes():
    assert list_reply([1, 2]) == ([1, 2], 2, None)
    assert list_reply({"count": 9, "next": "x", "results": [1]}) == ([1], 9, "x")
    assert list_reply({"count": 1, "next": None, "results": [1]}) == ([1], 1, None)


@pytest.mark.parametrize("value", [None, 7, "[]", {}, {"count": 1}, {"results": []}, {"count": "1", "results": []}])
def test_a_list_reply_of_another_shape_is_refused(value: object):
    with pytest.raises(LineError):
        list_reply(value)
