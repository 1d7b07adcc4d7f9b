"""CATALOG: every measure the program shows, with its words, source and targets; a measure not listed is not shown."""

from typing import Final

from workbench.errors import BadInputError
from workbench.metrics.catalog_adoption import ADOPTION
from workbench.metrics.catalog_answers import ANSWERS
from workbench.metrics.catalog_behaviours import BEHAVIOURS
from workbench.metrics.catalog_dialogue import DIALOGUE
from workbench.metrics.catalog_participation import PARTICIPATION
from workbench.metrics.metric import Family, Measure, Metric, Section
from workbench.metrics.network_catalog import NETWORK

__all__ = ["CATALOG", "METRICS", "Family", "Measure", "Metric", "Section", "find_metric", "of_family"]

CATALOG: Final[tuple[Metric, ...]] = (
    *PARTICIPATION,
    *ANSWERS,
    *DIALOGUE,
    *NETWORK,
    *BEHAVIOURS,
    *ADOPTION,
)

_BY_KEY: Final = {metric.key: metric for metric in CATALOG}

METRICS: Final[tuple[Metric, ...]] = tuple(
    _BY_KEY[key]
    for key in (
        "messages", "contributors", "new_contributors", "interactive_users", "reply_rate", "response_rate",
        "first_reply_hours", "unanswered", "curiosity", "retention", "absence_factor",
    )
)  # fmt: skip
"""Those that plans aim at and offices report, in the order they are offered."""


def find_metric(key: str) -> Metric:
    """The measure of this key; refuses an unknown one and says which there are (BadInputError)."""
    try:
        return _BY_KEY[key]
    except KeyError:
        reason = f"there is no measure “{key}”; there are {', '.join(_BY_KEY)}"
        raise BadInputError(reason) from None


def of_family(family: Family) -> tuple[Metric, ...]:
    """The measures of one family of the scorecard."""
    return tuple(metric for metric in CATALOG if metric.family is family)
