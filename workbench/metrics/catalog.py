"""METRICS: every measure the program shows, with its words, source and targets; a measure not listed is not shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from workbench.errors import BadInputError
from workbench.metrics import answers, dialogue, participation
from workbench.metrics.value import Unit, Value
from workbench.metrics.window import Window
from workbench.models.kinds import CommunityType
from workbench.queries.frames import FramePart, MeasureFrame


class Measure(Protocol):
    """Arithmetic over a frame: no clock, no file, no database."""

    def __call__(self, frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
        """The value of one window; replies and reactions count up to `as_of`."""
        ...


@dataclass(frozen=True, slots=True)
class Metric:
    """One measure. `targets` are in the unit of the value; a type of community without one is shown without colour.

    `needs` is what has to be read for it; `looks_back` says that the window before is needed as well.
    """

    key: str
    title: str
    unit: Unit
    formula: str
    source: str
    function: Measure
    needs: FramePart
    higher_is_better: bool | None
    chart: Literal["line", "bar"]
    targets: Mapping[CommunityType, float] = field(default_factory=dict)
    looks_back: bool = False

    def target(self, community_type: CommunityType | None) -> float | None:
        """What a community of this type aims at; None where no target is set."""
        return None if community_type is None else self.targets.get(community_type)


METRICS: tuple[Metric, ...] = (
    Metric(
        key="messages",
        title="Messages",
        unit=Unit.MESSAGES,
        formula="posts and replies written in the window",
        source="our default",
        function=participation.messages,
        needs=FramePart.SUMS,
        higher_is_better=None,
        chart="bar",
    ),
    Metric(
        key="contributors",
        title="Contributors",
        unit=Unit.PEOPLE,
        formula="members who wrote at least one post or reply in the window",
        source="CHAOSS",
        function=participation.contributors,
        needs=FramePart.WROTE | FramePart.MEMBERS,
        higher_is_better=True,
        chart="bar",
    ),
    Metric(
        key="new_contributors",
        title="New contributors",
        unit=Unit.PEOPLE,
        formula="members whose first post or reply ever lies in the window",
        source="CHAOSS",
        function=participation.new_contributors,
        needs=FramePart.FIRSTS | FramePart.MEMBERS,
        higher_is_better=True,
        chart="bar",
    ),
    Metric(
        key="interactive_users",
        title="Interactive members",
        unit=Unit.SHARE,
        formula="members who wrote, reacted or mentioned someone in the window / members at its end",
        source="SWOOP Analytics",
        function=participation.interactive_users,
        needs=FramePart.ACTIVE | FramePart.MEMBERS,
        higher_is_better=True,
        chart="line",
        targets={CommunityType.PROJECT_TEAM: 0.90, CommunityType.COMMUNITY_OF_PRACTICE: 0.25},
    ),
    Metric(
        key="reply_rate",
        title="Reply rate",
        unit=Unit.SHARE,
        formula="threads begun in the window with a reply by someone else / threads begun in the window",
        source="SWOOP Analytics",
        function=answers.reply_rate,
        needs=FramePart.THREADS,
        higher_is_better=True,
        chart="line",
        targets={CommunityType.INFORMATION_FORUM: 0.58},
    ),
    Metric(
        key="response_rate",
        title="Response rate",
        unit=Unit.SHARE,
        formula="threads begun in the window with a reply, or a reaction to the first message, by someone else"
        " / threads begun in the window",
        source="SWOOP Analytics",
        function=answers.response_rate,
        needs=FramePart.THREADS,
        higher_is_better=True,
        chart="line",
    ),
    Metric(
        key="first_reply_hours",
        title="Hours to first reply",
        unit=Unit.HOURS,
        formula="median hours from the first message of a thread to the first reply by someone else",
        source="CHAOSS",
        function=answers.first_reply_hours,
        needs=FramePart.THREADS,
        higher_is_better=False,
        chart="line",
        targets={CommunityType.INFORMATION_FORUM: 24.0},
    ),
    Metric(
        key="unanswered",
        title="Unanswered questions",
        unit=Unit.THREADS,
        formula="questions that began a thread in the window, without a reply and older than 48 hours",
        source="our default",
        function=answers.unanswered,
        needs=FramePart.QUESTIONS,
        higher_is_better=False,
        chart="bar",
    ),
    Metric(
        key="curiosity",
        title="Curiosity",
        unit=Unit.SHARE,
        formula="messages that hold a question / messages",
        source="SWOOP Analytics",
        function=dialogue.curiosity,
        needs=FramePart.SUMS,
        higher_is_better=True,
        chart="line",
        targets={CommunityType.COMMUNITY_OF_PRACTICE: 0.20},
    ),
    Metric(
        key="retention",
        title="Retention",
        unit=Unit.SHARE,
        formula="members interactive in this window and in the one before / members interactive in the one before",
        source="Linux Foundation",
        function=participation.retention,
        needs=FramePart.ACTIVE | FramePart.MEMBERS,
        higher_is_better=True,
        chart="line",
        looks_back=True,
    ),
    Metric(
        key="absence_factor",
        title="Absence factor",
        unit=Unit.PEOPLE,
        formula="the fewest people who together wrote at least half of the messages of the window",
        source="CHAOSS",
        function=participation.absence_factor,
        needs=FramePart.WRITTEN,
        higher_is_better=True,
        chart="line",
    ),
)

_BY_KEY = {metric.key: metric for metric in METRICS}


def find_metric(key: str) -> Metric:
    """The measure of this key; refuses an unknown one and says which there are (BadInputError)."""
    try:
        return _BY_KEY[key]
    except KeyError:
        reason = f"there is no measure “{key}”; there are {', '.join(_BY_KEY)}"
        raise BadInputError(reason) from None
