"""Seldom: from when on somebody counts as an occasional contributor, as the coordinator chose it."""

import json
from typing import Final, NamedTuple

from workbench.models.database import Reader
from workbench.queries.preferences import preference

SELDOM_KEY: Final = "measures.occasional"
"""Preference: [fewest, gap_days]."""


class Seldom(NamedTuple):
    """Who wrote fewer than `fewest` messages in a window, or paused for more than `gap_days` between two."""

    fewest: int = 3
    gap_days: int = 30


USUAL_SELDOM: Final = Seldom()
"""Our default: the source leaves both free."""


def seldom(reader: Reader) -> Seldom:
    """The limits in use."""
    text = preference(reader, SELDOM_KEY)
    return USUAL_SELDOM if text is None else Seldom(*json.loads(text))
