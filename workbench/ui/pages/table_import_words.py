"""What the table wizard says: kinds, columns, the question about dates, and what a trial found. No widgets."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from workbench.operations.tables import PREVIEW_ROWS, PreviewRow, TableLook, Trial
from workbench.sync.importers.cells import DayOrder, Unclear, moment_of, orders_of
from workbench.sync.importers.table_mapping import DAYS, ColumnMapping, TableField, TableKind
from workbench.ui import numbers

FILTERS: Final = "Tables (*.csv *.tsv *.txt *.xlsx *.xlsm);;All files (*)"
SUFFIXES: Final = frozenset({".csv", ".tsv", ".xlsx", ".xlsm"})
KIND_TITLES: Final[dict[TableKind, str]] = {
    TableKind.MEMBERS: "A member of the community",
    TableKind.POSTS: "A post or a reply",
    TableKind.ATTENDANCE: "Somebody at an event",
    TableKind.EVENTS: "Anything somebody did",
}
NOT_READ: Final = "Not read"
FIELD_TITLES: Final[dict[TableField, str]] = {
    TableField.NAME: "Name",
    TableField.GIVEN: "Given name",
    TableField.FAMILY: "Family name",
    TableField.ADDRESS: "E-mail or handle",
    TableField.COMMUNITY: "Community",
    TableField.OFFICE: "Office or country",
    TableField.ROLE: "Role",
    TableField.JOINED: "Joined on",
    TableField.LEFT: "Left on",
    TableField.DATE: "Date",
    TableField.TIME: "Time of day",
    TableField.SUBJECT: "Subject",
    TableField.TEXT: "Text",
    TableField.THREAD: "Thread",
    TableField.REPLY_TO: "In reply to",
    TableField.ID: "Id of the message",
    TableField.KIND: "What was done",
    TableField.EVENT: "Event",
    TableField.ATTENDED: "Attended",
    TableField.REGION: "Region",
    TableField.ORGANISATION: "Organisation",
    TableField.LANGUAGES: "Languages",
    TableField.TIME_ZONE: "Time zone",
    TableField.LEVEL: "Level or grade",
}
_FEW_NAMES: Final = 3


def missing_words(mapping: ColumnMapping) -> str:
    """What still has to be chosen before rows can be read; empty when nothing is."""
    parts = []
    for group in mapping.missing():
        titles = [FIELD_TITLES[field].lower() for field in group]
        parts.append("a name or an e-mail" if len(titles) > _FEW_NAMES else " or ".join(titles))
    return f"Choose the column for: {', '.join(parts)}." if parts else ""


def twice_words(mapping: ColumnMapping) -> str:
    """Which meaning two columns have; empty when none."""
    named = [field for field in mapping.columns if field is not None]
    twice = next((field for field in named if named.count(field) > 1), None)
    return "" if twice is None else f"Two columns are “{FIELD_TITLES[twice]}”. Choose one of them."


def open_date(look: TableLook, mapping: ColumnMapping) -> str:
    """A date of the table that can be read in two ways; empty where there is none among the first rows."""
    places = [place for place, field in enumerate(mapping.columns) if field in DAYS]
    cells = (cells[place] for _, cells in look.samples for place in places)
    return next((cell for cell in cells if len(orders_of(cell)) > 1), "")


def read_as(text: str, order: DayOrder) -> str:
    """A date as one of its readings, such as "5 Jan 2026"."""
    moment = moment_of(text, order)
    return "" if isinstance(moment, Unclear) else numbers.day(moment.date())


def preview_words(look: TableLook, rows: Sequence[PreviewRow], *, is_settled: bool = True) -> str:
    """How the rows shown fare; what cannot be read is counted once it is settled how to read."""
    held = sum(bool(row.fault) for row in rows) if is_settled else 0
    left = sum(row.is_left_out for row in rows)
    said = (
        f"The first {numbers.count(len(rows))} rows"
        if len(rows) >= PREVIEW_ROWS
        else f"All {numbers.count(len(rows))} rows"
    )
    parts = [f"{numbers.count(held)} cannot be read" if held else "", f"{numbers.count(left)} left out" if left else ""]
    found = ", ".join(part for part in parts if part)
    header = f"the header is line {numbers.count(look.shape.header_line)}" if look.shape.header_line > 1 else ""
    return "; ".join(part for part in (said, header, found) if part) + "."


def trial_words(trial: Trial) -> str:
    """What an import would bring."""
    if not trial.rows:
        return "No row can be read like this. Look at what the columns mean."
    people = numbers.plural(trial.people, "person", "people")
    said = f"{numbers.plural(trial.rows, 'row', 'rows')} can be read, of {people}"
    return f"{said}{_days(trial.first, trial.last)}."


def besides_words(trial: Trial) -> str:
    """What an import would not bring; empty when it is everything."""
    parts = []
    if trial.rejected_count:
        parts.append(f"{numbers.plural(trial.rejected_count, 'row', 'rows')} cannot be read and would be held back.")
    if trial.left_out:
        rows = numbers.plural(trial.left_out, "row is", "rows are")
        parts.append(f"{rows} left out: totals, people who did not come, other communities.")
    if trial.rejected_count > len(trial.rejected):
        parts.append(f"The first {numbers.count(len(trial.rejected))} of those held back:")
    return " ".join(parts)


def _days(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    return f", {numbers.day(first)}" if first == last else f", {numbers.day(first)} to {numbers.day(last)}"
