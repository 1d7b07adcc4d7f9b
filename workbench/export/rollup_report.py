"""RollupReport: all offices in one table, frozen at one moment; what did not come is named and never zero."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from workbench.clock import local_day
from workbench.errors import BadInputError
from workbench.export.summary import Standing
from workbench.plans.horizon import day_label
from workbench.queries.rollup import (
    FileRow,
    OfficeCheckpointRow,
    OfficeObjectiveRow,
    OfficePlanRow,
    OfficeRow,
    OfficeWeekRow,
    RowSource,
    community_weeks,
    list_office_checkpoints,
    list_office_files,
    list_office_objectives,
    list_office_plans,
    list_offices,
    office_totals,
)

WEEKS: Final = 13
_DAYS = 7
_WEEK = timedelta(days=_DAYS)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with the row of files of one copy of an office's profile.

    `missing` are numbers that never came; `twins` numbers that came with two different contents; `strays` numbers of
    files that name another file before them than the one that came. Any of these two: a copied profile is in use.
    """

    instance: str
    missing: tuple[int, ...]
    twins: tuple[int, ...]
    strays: tuple[int, ...]

    @property
    def words(self) -> str:
        """In a sentence: "files 3 and 7–9 are missing; number 12 came twice with different content"."""
        parts = []
        if self.missing:
            parts.append(f"{_numbered('file', self.missing)} missing")
        if self.twins:
            parts.append(f"{_numbers(self.twins)} came twice with different content")
        if self.strays:
            parts.append(f"{_numbers(self.strays)} follows another file than the one that came")
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office; `age_days` since its newest file was made, None while it is silent."""

    office_id: str
    name: str
    country: str | None
    is_expected: bool
    heard_at: datetime | None
    age_days: int | None
    last_week: date | None
    known_until: date | None
    files: int
    plans: int
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan of an office with its measures; `as_of` says when the office told of it.

    `shared_with` are the other offices that told of the same plan; what the newest of them said is shown.
    """

    office: OfficeLine
    plan: OfficePlanRow
    day_words: str
    objectives: tuple[OfficeObjectiveRow, ...]
    checkpoints: tuple[OfficeCheckpointRow, ...]
    shared_with: tuple[OfficeLine, ...] = ()

    @property
    def office_words(self) -> str:
        """Whose plan it is, such as "Kenya, shared with Uganda"."""
        others = ", ".join(office.name for office in self.shared_with)
        return f"{self.office.name}, shared with {others}" if others else self.office.name

    @property
    def office_ids(self) -> frozenset[str]:
        """Every office that told of it."""
        return frozenset(office.office_id for office in (self.office, *self.shared_with))

    @property
    def cards(self) -> int:
        """Cards of all three columns."""
        return self.plan.todo + self.plan.doing + self.plan.done

    @property
    def standings(self) -> Mapping[Standing, int]:
        """How many of its measures stand where."""
        return Counter(_standing(each) for each in self.objectives)

    @property
    def standing_words(self) -> str:
        """The same in words, such as "2 reached, 1 on the way"; empty without measures."""
        counted = self.standings
        return ", ".join(f"{counted[each]} {each.value}" for each in Standing if counted.get(each))


@dataclass(frozen=True, slots=True)
class MeasureCount:
    """One measure over all running plans: in how many it is used, and how many of them stand where."""

    measure: str
    plans: int
    offices: int
    standings: Mapping[Standing, int]
    withheld: int


@dataclass(frozen=True, slots=True)
class NetworkWeek:
    """A week over the offices that told of it, `offices` of them, `partly` without all of its days; no other is zero.

    `contributors` adds up the offices that told theirs (`contributors_from` of them): who writes in two counts twice.
    """

    week: date
    offices: int
    partly: int
    messages: int
    threads: int
    replied_threads: int
    contributors: int | None
    contributors_from: int


@dataclass(frozen=True, slots=True)
class RollupReport:
    """What headquarters knows at `as_of`."""

    as_of: datetime
    offices: tuple[OfficeLine, ...]
    plans: tuple[PlanLine, ...]
    measures: tuple[MeasureCount, ...]
    weeks: tuple[NetworkWeek, ...]

    @property
    def expected(self) -> int:
        """How many offices are waited for."""
        return sum(office.is_expected for office in self.offices)

    @property
    def heard(self) -> tuple[OfficeLine, ...]:
        """The offices that told something: those of the list, or all where there is no list."""
        wanted = [office for office in self.offices if office.is_expected] or self.offices
        return tuple(office for office in wanted if office.heard_at is not None)

    @property
    def silent(self) -> tuple[OfficeLine, ...]:
        """Expected offices that nothing came from."""
        return tuple(office for office in self.offices if office.is_expected and office.heard_at is None)

    @property
    def unexpected(self) -> tuple[OfficeLine, ...]:
        """Offices that told something and stand on no list, where there is one."""
        return tuple(office for office in self.offices if self.expected and not office.is_expected)

    @property
    def troubled(self) -> tuple[OfficeLine, ...]:
        """Offices with a gap or a twin among their files."""
        return tuple(office for office in self.offices if office.troubles)

    @property
    def coverage_words(self) -> str:
        """Such as "131 of 152 offices, newest 3 d, oldest 26 d"; stands on everything that is shown or exported."""
        heard = self.heard
        of = f" of {self.expected}" if self.expected else ""
        noun = "office" if (self.expected or len(heard)) == 1 else "offices"
        ages = [office.age_days for office in heard if office.age_days is not None]
        more = f", newest {_age(min(ages))}, oldest {_age(max(ages))}" if ages else ""
        others = f", and {len(self.unexpected)} not on the list" if self.unexpected else ""
        return f"{len(heard)}{of} {noun}{more}{others}"


def _age(days: int) -> str:
    return f"{days} d" if days else "today"


@dataclass(frozen=True, slots=True)
class PlanDetail:
    """One plan as far as its office told: its line, and the weeks of its community."""

    line: PlanLine
    weeks: tuple[OfficeWeekRow, ...]


def gather_rollup(source: RowSource, *, as_of: datetime, weeks: int = WEEKS) -> RollupReport:
    """The report at `as_of`, with the last `weeks` whole weeks that any office told of."""
    plans = list_office_plans(source)
    offices = _offices(source, plans, as_of)
    today = as_of.date()
    since = today - timedelta(days=today.weekday()) - weeks * _WEEK
    lines = _plan_lines(source, plans, offices, local_day(as_of))
    return RollupReport(
        as_of, tuple(offices.values()), lines, _measures(lines), _network(office_totals(source, since=since))
    )


def plan_detail(source: RowSource, *, office_id: str, plan_id: str, as_of: datetime) -> PlanDetail:
    """One plan with the weeks of its community; refuses one that no such office told of (BadInputError)."""
    plans = [plan for plan in list_office_plans(source) if plan.plan_id == plan_id]
    if office_id not in {plan.office_id for plan in plans}:
        message = "No such plan was told of by this office."
        raise BadInputError(message)
    offices = _offices(source, plans, as_of)
    (line,) = _plan_lines(source, plans, offices, local_day(as_of))
    return PlanDetail(line, tuple(community_weeks(source, office_id, line.plan.community_key)))


def troubles_of(files: Sequence[FileRow]) -> tuple[Trouble, ...]:
    """Gaps and twins in the files of one office, copy by copy; nothing is known of what follows the last one."""
    found = []
    rows: defaultdict[str, defaultdict[int, list[FileRow]]] = defaultdict(lambda: defaultdict(list))
    for file in files:
        rows[file.instance][file.sequence].append(file)
    for instance, numbered in sorted(rows.items()):
        missing = tuple(number for number in range(1, max(numbered)) if number not in numbered)
        twins = tuple(number for number, same in sorted(numbered.items()) if len(same) > 1)
        digests = {number: {file.digest for file in same} for number, same in numbered.items()}
        strays = tuple(
            number
            for number, same in sorted(numbered.items())
            if number - 1 in digests and any(file.previous not in digests[number - 1] for file in same)
        )
        if missing or twins or strays:
            found.append(Trouble(instance, missing, twins, strays))
    return tuple(found)


def _offices(source: RowSource, plans: Sequence[OfficePlanRow], as_of: datetime) -> dict[str, OfficeLine]:
    files: defaultdict[str, list[FileRow]] = defaultdict(list)
    for file in list_office_files(source):
        files[file.office_id].append(file)
    counted = Counter(plan.office_id for plan in plans if not plan.is_archived)
    return {
        row.office_id: _office(row, files[row.office_id], counted[row.office_id], as_of) for row in list_offices(source)
    }


def _office(row: OfficeRow, files: Sequence[FileRow], plans: int, as_of: datetime) -> OfficeLine:
    age = None if row.heard_at is None else max(0, (local_day(as_of) - local_day(row.heard_at)).days)
    return OfficeLine(
        office_id=row.office_id,
        name=row.name,
        country=row.country,
        is_expected=row.is_expected,
        heard_at=row.heard_at,
        age_days=age,
        last_week=row.last_week,
        known_until=row.known_until,
        files=len(files),
        plans=plans,
        troubles=troubles_of(files),
    )


def _plan_lines(
    source: RowSource, plans: Iterable[OfficePlanRow], offices: Mapping[str, OfficeLine], today: date
) -> tuple[PlanLine, ...]:
    objectives: defaultdict[tuple[str, str], list[OfficeObjectiveRow]] = defaultdict(list)
    for objective in list_office_objectives(source):
        objectives[objective.office_id, objective.plan_row_id].append(objective)
    checkpoints: defaultdict[tuple[str, str], list[OfficeCheckpointRow]] = defaultdict(list)
    for checkpoint in list_office_checkpoints(source):
        checkpoints[checkpoint.office_id, checkpoint.plan_row_id].append(checkpoint)
    told: defaultdict[str, list[OfficePlanRow]] = defaultdict(list)
    for plan in plans:
        told[plan.plan_id].append(plan)
    lines = []
    for same in told.values():
        # Offices that work on one plan together tell of it each; it is one plan, and the newest word on it counts.
        plan, *others = sorted(same, key=lambda each: (each.as_of, each.office_id), reverse=True)
        lines.append(
            PlanLine(
                offices[plan.office_id],
                plan,
                day_label(plan.starts_on, today),
                tuple(objectives[plan.office_id, plan.row_id]),
                tuple(checkpoints[plan.office_id, plan.row_id]),
                tuple(sorted((offices[each.office_id] for each in others), key=lambda office: office.name.casefold())),
            )
        )
    return tuple(
        sorted(lines, key=lambda line: (line.office.name.casefold(), line.plan.name.casefold(), line.plan.row_id))
    )


def _measures(lines: Sequence[PlanLine]) -> tuple[MeasureCount, ...]:
    used: defaultdict[str, list[tuple[PlanLine, OfficeObjectiveRow]]] = defaultdict(list)
    for line in lines:
        for objective in line.objectives:
            if not line.plan.is_archived:
                used[objective.measure].append((line, objective))
    return tuple(
        MeasureCount(
            measure,
            plans=len({line.plan.row_id for line, _objective in uses}),
            offices=len(frozenset[str]().union(*(line.office_ids for line, _objective in uses))),
            standings=Counter(_standing(objective) for _line, objective in uses),
            withheld=sum(objective.now.is_withheld for _line, objective in uses),
        )
        for measure, uses in sorted(used.items())
    )


def _standing(objective: OfficeObjectiveRow) -> Standing:
    """What the office said; a word of a newer version reads as not known."""
    known = {each.value: each for each in Standing}
    return known.get(objective.standing, Standing.UNKNOWN)


def _network(rows: Iterable[OfficeWeekRow]) -> tuple[NetworkWeek, ...]:
    weeks: defaultdict[date, list[OfficeWeekRow]] = defaultdict(list)
    for row in rows:
        weeks[row.week].append(row)
    return tuple(_network_week(week, told) for week, told in sorted(weeks.items()))


def _network_week(week: date, told: Sequence[OfficeWeekRow]) -> NetworkWeek:
    people = [row.contributors for row in told if row.contributors is not None]
    return NetworkWeek(
        week,
        offices=len(told),
        partly=sum(row.known_days < _DAYS for row in told),
        messages=sum(row.messages for row in told),
        threads=sum(row.threads for row in told),
        replied_threads=sum(row.replied_threads for row in told),
        contributors=sum(people) if people else None,
        contributors_from=len(people),
    )


def _numbered(noun: str, numbers: Sequence[int]) -> str:
    return f"{noun} {_numbers(numbers)} is" if len(numbers) == 1 else f"{noun}s {_numbers(numbers)} are"


def _numbers(numbers: Sequence[int]) -> str:
    """3, 7–9 and 12."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
