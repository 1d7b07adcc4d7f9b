"""How people are found: names and facts spelled without case and accents."""

from typing import Final

from workbench.models.search_text import folded

FACTS: Final = ("office", "region", "organisation", "languages", "time_zone", "level")
"""What sources tell of a person beside the name, as the columns of Person are called.

The filter of the directory looks in all but the last.
"""


def plain_key(text: str) -> str:
    """A name, or what somebody typed to find one: no case, no accents."""
    return folded(text).casefold()


def find_key(*parts: str | None) -> str:
    """What the filter of the directory looks in: each part on a line of its own, the first one gives the order."""
    return "\n".join(" ".join(plain_key(part or "").split()) for part in parts)
