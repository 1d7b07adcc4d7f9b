"""Comparison data: what the page reads, its rows in words, and the table as CSV with privacy kept."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from workbench.cancel import CancelToken
from workbench.export.cells import csv_table, plain
from workbench.ids import CommunityId
from workbench.metrics.catalog import find_metric
from workbench.metrics.disclosure import MINIMUM_PEOPLE, is_withheld
from workbench.metrics.value import Unit, Value
from workbench.metrics.window import days_over
from workbench.models.changes import Changes
from workbench.models.database import Database, Reader
from workbench.models.kinds import CommunityType
from workbench.notes.store import NotesStore
from workbench.operations.comparison import MEASURES, ComparedCommunity, Comparison, compare
from workbench.operations.scorecard import ScoreLine
from workbench.operations.standing import Standing
from workbench.queries.benchmarks import BenchmarkRow
from workbench.queries.communities import community_names
from workbench.queries.comparison import TypeGroup, type_groups
from workbench.queries.known import Known, all_days, read_known
from workbench.queries.preferences import preference
from workbench.queries.scope import Scope
from workbench.ui import numbers
from workbench.ui.pages.community_card import ASKED_TITLES, NO_COORDINATOR
from workbench.ui.pages.scorecard_words import (
    MEANINGS,
    number_words,
    standing_words,
    tip,
    value_words,
    window_words,
)
from workbench.ui.qt_models.comparison_table import CompareCell, CompareRow
from workbench.ui.sanitiser import line as one_line
from workbench.ui.theme import MEANING_ICONS, Meaning

NOT_SAID: Final = "not said"
_ASKED_FORMULA: Final = "communities that their members asked for / communities of the type"
_LED_FORMULA: Final = "communities whose card names a coordinator, or where somebody leads / communities of the type"
_OFFICES_FORMULA: Final = "offices of the people who wrote in the window, each once over all communities"
_OTHERS_FORMULA: Final = "organisations of the people who wrote in the window, each once over all communities"
MOST_COLUMNS: Final = 24
"""More are read on request only: each column is a scorecard of its own."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """What there is to choose from, and the comparison of what was chosen; None where no type has a community."""

    groups: tuple[TypeGroup, ...]
    names: tuple[tuple[CommunityId, str], ...]
    """Every community of the type that is shown, by name."""
    comparison: Comparison | None
    known: Known | None


def read_comparison(
    database: Database,
    *,
    scope: Scope,
    kind: CommunityType | str | None,
    days: tuple[date, date] | None,
    now: datetime,
    cancel: CancelToken,
) -> ComparisonView:
    """The communities of a type in the scope; `kind` "" takes the type of which there are most.

    A single community is compared with its type: beside itself alone it says nothing. Of more than MOST_COLUMNS those
    that were chosen (`keep_chosen`) get a column, else the first by name; a single community of the scope always does.
    """
    today = now.astimezone(UTC).date()
    with database.read() as reader:
        is_one = len(scope) == 1
        groups = tuple(type_groups(reader, () if is_one else scope))
        if not groups or (is_one and not type_groups(reader, scope)):
            return ComparisonView((), (), None, None)
        # Of equally many those without a type come last: nothing says that they are alike.
        most = max(groups, key=lambda group: (is_one and scope[0] in group.ids, len(group.ids), group.type is not None))
        group = next((each for each in groups if each.type == kind), most)
        window = days_over(*(days or all_days(reader, group.ids, now)), today=today)
        columns = _columns(reader, group, wanted=scope if is_one else ())
        found = compare(reader, ids=group.ids, columns=columns, window=window, as_of=now, cancel=cancel)
        known = read_known(reader, group.ids, window.start_on, window.end_on - _DAY, today=today)
        names = community_names(reader)
    return ComparisonView(groups, tuple((each, names[each]) for each in group.ids), found, known)


def keep_chosen(notes: NotesStore, kind: CommunityType | None, chosen: Sequence[CommunityId]) -> Changes:
    """Remembers which communities of a type stand side by side; none of them is the first by name again."""
    return notes.set_preference(_chosen_key(kind), json.dumps(list(chosen)) if chosen else None)


def _columns(reader: Reader, group: TypeGroup, *, wanted: Scope) -> frozenset[CommunityId]:
    if len(group.ids) <= MOST_COLUMNS:
        return frozenset(group.ids)
    text = preference(reader, _chosen_key(group.type))
    kept = frozenset(json.loads(text)) if text is not None else frozenset()
    # One that is gone, or of another type now, makes room.
    chosen = [each for each in group.ids if each in kept] or group.ids
    others = [each for each in chosen if each not in wanted]
    return frozenset((*wanted, *others[: MOST_COLUMNS - len(wanted)]))


def _chosen_key(kind: CommunityType | None) -> str:
    return f"comparison.columns.{'' if kind is None else kind.value}"


def rows_of(found: Comparison, places: Sequence[int] | None = None) -> tuple[CompareRow, ...]:
    """Measures first, then what shows value, then what the cards say; of the communities at `places`, None for all."""
    shown = found.communities if places is None else [found.communities[place] for place in places]
    measures = tuple(
        CompareRow(
            key,
            find_metric(key).title,
            tuple(_measured(each.line(key)) for each in shown),
            _benchmark(found.benchmarks.get(key), find_metric(key).unit),
        )
        for key in MEASURES
    )
    facts = tuple(CompareRow("", title, tuple(cell(each) for each in shown)) for title, cell in _FACTS.items())
    return measures + facts


def summary_words(found: Comparison) -> tuple[tuple[str, str, str, str], ...]:
    """(what, number, what it is out of, what it says of itself) for the communities together."""
    many = found.many
    said = many - found.not_said
    parts = [_of(round(found.bottom_up.numerator or 0), many)] if said else []
    parts += [f"{numbers.count(found.not_said)} not said"] if found.not_said else []
    led = f"{_of(round(found.coordinated.numerator or 0), many)} communities"
    asked, wrote = _now_words(_ASKED_FORMULA, said, many), "of those who wrote"
    offices, organisations = found.offices, found.organisations
    return (
        ("Members asked for them", value_words(found.bottom_up), ", ".join(parts), asked),
        ("With a coordinator", value_words(found.coordinated), led, _now_words(_LED_FORMULA, many, many)),
        ("Offices reached", value_words(offices), wrote, _span_words(_OFFICES_FORMULA, offices)),
        ("Organisations reached", value_words(organisations), wrote, _span_words(_OTHERS_FORMULA, organisations)),
    )


def _now_words(formula: str, said: int, many: int) -> str:
    """What a number of the communities' cards says of itself: it knows no days."""
    return f"Formula: {formula}.\nWindow: as the cards stand now.\nKnown: {_of(said, many)} communities."


def _span_words(formula: str, value: Value) -> str:
    window = "" if value.window is None else f"Window: {window_words(value.window)}.\n"
    known = numbers.known_percent(value.coverage or 0.0)
    return f"Formula: {formula}.\n{window}Days known: {known}.\nLeft out: people of whom nobody knows it."


def benchmark_words(row: BenchmarkRow, unit: Unit) -> str:
    """A benchmark with who published it, and when."""
    return f"{number_words(row.value, unit)}: {one_line(row.source)}, {numbers.day(row.day)}"


def as_csv(found: Comparison) -> str:
    """The comparison to hand on: figures that count fewer than five people are withheld."""
    head = ("measure", "unit", *(one_line(each.card.name) for each in found.communities),
            "benchmark", "source of the benchmark", "date of the benchmark")  # fmt: skip
    table = [head]
    for key in MEASURES:
        metric, row = find_metric(key), found.benchmarks.get(key)
        outside = ("", "", "") if row is None else (plain(row.value), one_line(row.source), row.day.isoformat())
        table.append(
            (metric.title, metric.unit.value, *(_plain(each.line(key)) for each in found.communities), *outside)
        )
    for title, cell in _FACTS.items():
        table.append((title, "", *(cell(each).text for each in found.communities), "", "", ""))
    return csv_table(table)


def _measured(line: ScoreLine) -> CompareCell:
    meaning, _words = MEANINGS[line.standing]
    mark = None if meaning is Meaning.NEUTRAL else (MEANING_ICONS[meaning], meaning.value)
    words = standing_words(line)
    return CompareCell(value_words(line.now), f"{words}\n{tip(line)}" if words else tip(line), mark)


def _benchmark(row: BenchmarkRow | None, unit: Unit) -> CompareCell:
    return CompareCell("") if row is None else CompareCell(number_words(row.value, unit), benchmark_words(row, unit))


def _plain(line: ScoreLine) -> str:
    if is_withheld(line.metric.key, line.now):
        return f"fewer than {MINIMUM_PEOPLE}"
    # What is not known well enough is not handed on beside what is.
    return "not known" if line.now.value is None or line.standing is Standing.UNKNOWN else plain(line.now.value)


def _of(part: int, whole: int) -> str:
    return f"{numbers.count(part)} of {numbers.count(whole)}"


def _objectives(each: ComparedCommunity) -> CompareCell:
    said = each.evidence
    if not said.objectives:
        return CompareCell("no plan", "No plan for it has an objective.")
    return CompareCell(
        f"{numbers.count(said.reached)} of {numbers.count(said.objectives)}", "Objectives that are reached now"
    )


def _evidence(each: ComparedCommunity) -> CompareCell:
    said = each.evidence
    if not said.done:
        return CompareCell("none done", "No card of a plan for it is done.")
    return CompareCell(
        f"{numbers.count(said.evidenced)} of {numbers.count(said.done)}", "Done cards that have evidence"
    )


def _asked(each: ComparedCommunity) -> CompareCell:
    return CompareCell(NOT_SAID if each.card.asked_by is None else ASKED_TITLES[each.card.asked_by].lower())


def _coordinator(each: ComparedCommunity) -> CompareCell:
    if not each.card.has_coordinator:
        return CompareCell(NO_COORDINATOR.lower(), mark=(MEANING_ICONS[Meaning.BAD], Meaning.BAD.value))
    names = one_line(each.card.coordinator) or ", ".join(one_line(name) for name in each.card.leaders)
    return CompareCell("yes", names, (MEANING_ICONS[Meaning.GOOD], Meaning.GOOD.value))


_FACTS: Final[Mapping[str, Callable[[ComparedCommunity], CompareCell]]] = {
    "Offices reached": lambda each: CompareCell(value_words(each.offices)),
    "Objectives reached": _objectives,
    "Done cards with evidence": _evidence,
    "Asked for by": _asked,
    "Coordinator": _coordinator,
}
