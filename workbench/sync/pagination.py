"""Pagination: one guarded walk over pages, whatever leads to the next one (link, offset, page number, cursor)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import parse_qsl, urlsplit

from workbench.sync.gate import Cause, line, take

Item = TypeVar("Item")
Token = TypeVar("Token")

PAGE_CAP = 100_000


@dataclass(frozen=True, slots=True)
class Page(Generic[Item, Token]):
    """One page: its items and what to ask for next, None at the end."""

    items: Sequence[Item]
    next: Token | None


def walk(
    start: Token, fetch: Callable[[Token], Page[Item, Token]], *, key: Callable[[Item], object], cap: int = PAGE_CAP
) -> Iterator[tuple[Item, ...]]:
    """The items of page after page, each item once (by `key`), as it is safe to use them.

    Pages that overlap because something arrived meanwhile are harmless. Ends at the last page, at an empty page and
    at a page that only repeats the one before it (some platforms answer so past their end). Refuses a walk that
    returns to a page it has asked for, and one longer than `cap` pages.
    """
    asked: set[Token] = set()
    seen: set[object] = set()
    before: list[object] | None = None
    token: Token | None = start
    while token is not None:
        if token in asked or len(asked) >= cap:
            raise line(Cause.BAD_REPLY, "the pages of the reply run in a circle")
        asked.add(token)
        page = fetch(token)
        keys = [key(item) for item in page.items]
        if not keys or keys == before:
            return
        before = keys
        fresh = []
        for item, name in zip(page.items, keys, strict=True):
            if name not in seen:
                seen.add(name)
                fresh.append(item)
        yield tuple(fresh)
        token = page.next


def offset_after(offset: int, got: int, *, overlap: int = 0) -> int:
    """The next offset, reaching back `overlap` items so that deletions meanwhile skip nothing; always moves forward."""
    return offset + max(1, got - overlap)


def query_of(link: str) -> dict[str, str]:
    """The query of a next link: its host and path are not trusted, only what it asks for."""
    return dict(parse_qsl(urlsplit(link).query, keep_blank_values=True))


def list_reply(value: object) -> tuple[list[object], int, str | None]:
    """Items, total and next link of a Django REST list in either shape: a page, or an array of everything."""
    if isinstance(value, list):
        return value, len(value), None
    items: list[object] = take(value, "results", list)
    link = value.get("next") if isinstance(value, dict) else None
    return items, take(value, "count", int), link if isinstance(link, str) else None
