"""Growth figures: the funnel, its cohorts, greeted and not greeted newcomers, and who wrote how much, as rows."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from workbench.metrics.newcomers import LEVELS
from workbench.metrics.settled import NOT_KNOWN_YET
from workbench.metrics.suppression import suppress
from workbench.metrics.value import Value
from workbench.metrics.window import Window
from workbench.models.moments import DAY_MICROSECONDS
from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.queries.frames_people import BEGINNING_US
from workbench.ui import numbers
from workbench.ui.pages.growth_charts import share_words
from workbench.ui.pages.growth_data import GrowthData, is_known
from workbench.ui.pages.growth_withheld import few_steps, hidden_cohorts, is_few
from workbench.ui.widgets.cohort_data import MOST_DRAWN, Cell, Figure, FigureRow

FIGURES: Final = {
    "funnel": "Funnel",
    "cohorts": "Cohorts",
    "apart": "Greeted or not",
    "split": "Who wrote how much",
}
_TITLES: Final = {"joined": "Joined", "reacted": "Reacted", "replied": "Replied", "started": "Started", "led": "Led"}
_HORIZON: Final = timedelta(days=BEGINNING_US // DAY_MICROSECONDS)
_SPLITS: Final = {"none": "Nothing", "few": "1 or 2 messages", "many": "More than 2"}
_UNKNOWN: Final = Cell("not known", None)
_YOUNG: Final = "90 days not over"
_UNFETCHED: Final = "90 days not known"


def figure_of(key: str, data: GrowthData) -> Figure:
    """The figure of a key of FIGURES."""
    return _FIGURES[key](data)


def _levels(value: Value) -> tuple[int, ...]:
    found = value.detail["levels"]
    if not isinstance(found, tuple):
        raise TypeError(found)
    return found


def _cohorts_of(data: GrowthData) -> list[tuple[int, ...]]:
    return [_levels(value) for value in data.months.values["funnel"]]


def _funnel(data: GrowthData) -> Figure:
    levels = _levels(data.months.whole["funnel"])
    _, gone = hidden_cohorts(_cohorts_of(data))
    hidden = few_steps(levels) | gone
    joined, rows = levels[0], list[FigureRow]()
    for place, (level, people) in enumerate(zip(LEVELS, levels, strict=True)):
        share = people / joined if joined else None
        words = numbers.count(people) if not place else f"{numbers.count(people)} · {share_words(share)}"
        cell = Cell(words, share, str(people), is_withheld=place in hidden)
        rows.append(FigureRow(_TITLES[level], (cell,), _step_words(levels, place)))
    return Figure(
        title=FIGURES["funnel"],
        subtitle="all who joined, within 90 days",
        corner="Step",
        heads=("People",),
        rows=tuple(rows) if joined else (),
        note=_joined_note(data, joined),
    )


def _step_words(levels: Sequence[int], place: int) -> str:
    if not place:
        return "everybody who joined, those who never wrote too"
    before = levels[place - 1]
    return f"{share_words(levels[place] / before)} of the step before" if before else ""


def _joined_note(data: GrowthData, joined: int) -> str:
    if not joined and not _not_known_yet(data.months.whole["funnel"]):
        return "Nobody joined on a known date in these months. Some platforms do not tell when people joined."
    young = data.today - _HORIZON
    is_any = data.window.start_on < young < data.window.end_on
    said = [f"Who joined after {numbers.day(young)} has had less than 90 days."] if is_any else []
    unknown = _not_known_yet(data.months.whole["funnel"])
    if unknown:
        said.append(f"{numbers.plural(unknown, 'more is', 'more are')} left out: their 90 days are not known.")
    return " ".join(said)


def _cohorts(data: GrowthData) -> Figure:
    cohorts, values = _cohorts_of(data), data.months.values["funnel"]
    joined = [levels[0] + _not_known_yet(value) for value, levels in zip(values, cohorts, strict=True)]
    hidden, _ = hidden_cohorts([(whole, *levels[1:]) for whole, levels in zip(joined, cohorts, strict=True)])
    rows: list[FigureRow] = []
    pairs = zip(data.months.windows, values, cohorts, strict=True)
    for row, (window, value, levels) in enumerate(pairs):
        # A list tells who joined; what they did is only known where the days are.
        knows, young = is_known(value, last=data.last), _young_words(window, data)
        if levels[0] < MINIMUM_COVERAGE * joined[row]:
            knows, young = False, _UNFETCHED
        told = (joined[row], *levels[1:])
        cells = tuple(
            _cohort_cell(told, level, is_hidden=(row, level) in hidden, is_young=knows and bool(young))
            if knows or not level
            else _UNKNOWN
            for level in range(len(LEVELS))
        )
        rows.append(FigureRow(numbers.month(window.start_on), cells, young))
    is_any = any(joined)
    return Figure(
        title=FIGURES["cohorts"],
        subtitle="by month of joining, share of all who joined",
        corner="Joined in",
        heads=tuple(_TITLES[level] for level in LEVELS),
        rows=tuple(rows) if is_any else (),
        note=_newest(rows)
        + _grows(rows)
        + "Small numbers stay here: files and pictures leave out cells of fewer than five people."
        if is_any
        else "",
    )


def _cohort_cell(levels: Sequence[int], level: int, *, is_hidden: bool, is_young: bool) -> Cell:
    people, joined = levels[level], levels[0]
    if is_young and joined and not people:
        # Their days are not over: nobody yet is no share of them.
        return Cell("not yet", None, "0", is_hidden)
    if not level:
        # Who joined is the whole of the row and needs no shade.
        return Cell(numbers.count(people), 0.0, str(people), is_hidden)
    return Cell(
        share_words(people / joined) if joined else numbers.MISSING, _share(people, joined), str(people), is_hidden
    )


def _grows(rows: Sequence[FigureRow]) -> str:
    """From which month on the 90 days are not over."""
    young = next((row.title for row in rows if row.beside == _YOUNG), None)
    return "" if young is None else f"From {young} on the 90 days are not over, and shares may grow. "


def _young_words(window: Window, data: GrowthData) -> str:
    return _YOUNG if window.end_on + _HORIZON > data.today else ""


def _not_known_yet(value: Value) -> int:
    """How many were left out, because what they did lies in days that nobody fetched."""
    return _count(value.detail.get(NOT_KNOWN_YET, 0))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _apart(data: GrowthData) -> Figure:
    detail, rows, begun = data.months.whole["activated"].detail, list[FigureRow](), 0
    for key, title in (("greeted", "Greeted within 3 days"), ("not_greeted", "Not greeted")):
        found = detail[key]
        if not isinstance(found, tuple):
            raise TypeError(found)
        wrote, people = found
        begun += people
        words = f"{share_words(wrote / people)} wrote" if people else "nobody"
        is_hidden = is_few(wrote) or is_few(people) or is_few(people - wrote)
        cell = Cell(words, _share(wrote, people) if people else 0.0, f"{wrote} of {people}", is_hidden)
        rows.append(FigureRow(title, (cell,), f"{numbers.count(wrote)} of {numbers.count(people)} within 30 days"))
    greeted = data.months.whole["greeted"]
    said = " "
    if greeted.value is not None:
        of = f"{numbers.count(greeted.numerator)} of {numbers.count(greeted.denominator)}"
        said = f"{of} were greeted in time"
    others = round(greeted.denominator or 0) - begun
    beside = (
        f" {numbers.plural(others, 'person', 'people')} who came less than 30 days ago, or on a day nobody knows,"
        f" {'is' if others == 1 else 'are'} in neither row."
    )
    is_any = bool(data.months.whole["activated"].denominator)
    return Figure(
        title=FIGURES["apart"],
        subtitle=said if is_any else " ",
        corner="Newcomers",
        heads=("Wrote",),
        rows=tuple(rows) if is_any else (),
        note="A difference is not a proof: whoever is greeted may have been easier to greet."
        + (beside if others > 0 else "")
        if is_any
        else "It takes newcomers who joined on a known date, thirty days ago or more.",
    )


def _split(data: GrowthData) -> Figure:
    rows = tuple(
        FigureRow(numbers.month(window.start_on), _split_cells(value, data))
        for window, value in zip(data.months.windows, data.months.values["split"], strict=True)
    )
    return Figure(
        title=FIGURES["split"],
        subtitle="share of all members, by messages in the month",
        corner="Month",
        heads=tuple(_SPLITS.values()),
        rows=rows if any(cell.value for row in rows for cell in row.cells) else (),
        note=_newest(rows) + "Shown in place of the 90-9-1 rule. Most people read: look whether the middle grows.",
    )


def _split_cells(value: Value, data: GrowthData) -> tuple[Cell, ...]:
    counts = [_count(value.detail[key]) for key in _SPLITS]
    total = sum(counts)
    if not total:
        return tuple(Cell(numbers.MISSING, 0.0) for _ in _SPLITS)
    if not is_known(value, last=data.last):
        return (_UNKNOWN,) * len(_SPLITS)
    found = suppress(counts, total)
    return tuple(
        Cell(
            f"{share_words(people / total)} · {numbers.count(people)}",
            people / total,
            str(people),
            place in found.cells,
        )
        for place, people in enumerate(counts)
    )


def _newest(rows: Sequence[FigureRow]) -> str:
    """Says that older rows are in the table alone."""
    return f"The last {MOST_DRAWN} months are drawn, the table has all. " if len(rows) > MOST_DRAWN else ""


def _count(found: object) -> int:
    if not isinstance(found, int):
        raise TypeError(found)
    return found


_FIGURES: Final[dict[str, Callable[[GrowthData], Figure]]] = {
    "funnel": _funnel,
    "cohorts": _cohorts,
    "apart": _apart,
    "split": _split,
}
