"""RollupTables: offices, their plans and measures over all of them, as headquarters sees them, one row each."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from workbench.ui import numbers
from workbench.ui.qt_models.rows_model import Column, RowsModel

if TYPE_CHECKING:
    # The report is made away from the window; its module is not needed to show it.
    from workbench.export.rollup_report import MeasureCount, OfficeLine, PlanLine

_STALE_DAYS: Final = 30
OFFICE_WIDTHS: Final = (0, 168, 88, 152, 128, 0)
OFFICE_GIVES_WAY: Final = (4, 1)
PLAN_WIDTHS: Final = (0, 176, 200, 112, 104, 88, 0)
PLAN_GIVES_WAY: Final = (2, 5)
MEASURE_WIDTHS: Final = (0, 96, 96, 0, 144)


class OfficeTableModel(RowsModel["OfficeLine"]):
    """Offices by name; one that nothing came from says so and is never shown as zero."""

    def __init__(self, parent: QObject | None = None) -> None:
        columns: tuple[Column[OfficeLine], ...] = (
            Column("Office", lambda row: row.name, lambda row: row.name.casefold(), tip=lambda row: row.office_id),
            Column("Country", lambda row: row.country or "", lambda row: (row.country or "").casefold(), 168),
            Column("Plans", _plans_text, lambda row: row.plans if row.heard_at else None, 88, is_number=True),
            Column("Last file", heard_words, lambda row: row.age_days, 128, mark=_heard_mark),
            Column("Known until", lambda row: numbers.day(row.known_until), lambda row: row.known_until, 128),
            Column("Files", files_words, files_words, mark=_files_mark, tip=files_words),
        )
        super().__init__(columns, words=lambda row: f"{row.name} {row.office_id} {row.country or ''}", parent=parent)


class PlanLineTableModel(RowsModel["PlanLine"]):
    """Plans by office, with the state of their cards and measures as the office told it."""

    def __init__(self, parent: QObject | None = None) -> None:
        columns: tuple[Column[PlanLine], ...] = (
            Column("Plan", lambda row: row.plan.name, lambda row: row.plan.name.casefold()),
            Column("Office", _office, lambda row: _office(row).casefold(), 176, tip=_office),
            Column("Community", lambda row: row.plan.community, lambda row: row.plan.community.casefold(), 200),
            Column("Day", lambda row: row.day_words, lambda row: row.plan.day, 112),
            Column("Done", cards_words, _done_share, 104, is_number=True, tip=_cards_tip),
            Column("Late", lambda row: numbers.count(row.plan.late), lambda row: row.plan.late, 88, is_number=True),
            Column("Measures", _standing_text, _standing_text, tip=_standing_text, mark=_standing_mark),
        )
        super().__init__(
            columns, words=lambda row: f"{row.plan.name} {row.office_words} {row.plan.community}", parent=parent
        )


class MeasureTableModel(RowsModel["MeasureCount"]):
    """Measures against their targets, over the running plans of all offices."""

    def __init__(self, parent: QObject | None = None) -> None:
        columns: tuple[Column[MeasureCount], ...] = (
            Column(
                "Measure", lambda row: measure_title(row.measure), lambda row: measure_title(row.measure).casefold()
            ),
            Column("Plans", lambda row: numbers.count(row.plans), lambda row: row.plans, 96, is_number=True),
            Column("Offices", lambda row: numbers.count(row.offices), lambda row: row.offices, 96, is_number=True),
            Column("Where they stand", standings_words, standings_words, tip=standings_words),
            Column("Withheld", lambda row: numbers.count(row.withheld), lambda row: row.withheld, 144, is_number=True),
        )
        super().__init__(columns, words=lambda row: measure_title(row.measure), parent=parent)


def heard_words(row: "OfficeLine") -> str:
    """How old the newest file of an office is."""
    if row.age_days is None:
        return "Nothing came"
    return "Today" if row.age_days == 0 else numbers.plural(row.age_days, "day ago", "days ago")


def files_words(row: "OfficeLine") -> str:
    """How many files came, and what is wrong with their row."""
    if row.heard_at is None:
        return "On the list" if row.is_expected else ""
    said = numbers.plural(row.files, "file", "files")
    trouble = "; ".join(each.words for each in row.troubles)
    return f"{said}: {trouble}" if trouble else said if row.is_expected else f"{said}, not on the list"


def _office(row: "PlanLine") -> str:
    return row.office_words


def cards_words(row: "PlanLine") -> str:
    """Cards done of all cards."""
    return f"{numbers.count(row.plan.done)} of {numbers.count(row.cards)}"


def standings_words(row: "MeasureCount") -> str:
    """In how many plans the measure stands where."""
    return ", ".join(f"{numbers.count(count)} {standing}" for standing, count in row.standings.items() if count)


def measure_title(key: str) -> str:
    """What a measure is called; one that an office keeps by hand, or a newer version has, goes by its key."""
    from workbench.metrics.catalog import METRICS  # noqa: PLC0415 - with the first row shown

    return next((each.title for each in METRICS if each.key == key), key.replace("_", " ").capitalize())


def _plans_text(row: "OfficeLine") -> str:
    return numbers.count(row.plans) if row.heard_at is not None else numbers.MISSING


def _heard_mark(row: "OfficeLine") -> tuple[str, str]:
    if row.age_days is None:
        return "circle-dashed", "unknown"
    return ("warning-circle", "watch") if row.age_days > _STALE_DAYS else ("check-circle", "good")


def _files_mark(row: "OfficeLine") -> tuple[str, str] | None:
    return ("warning-circle", "watch") if row.troubles else None


def _done_share(row: "PlanLine") -> float | None:
    return row.plan.done / row.cards if row.cards else None


def _cards_tip(row: "PlanLine") -> str:
    plan = row.plan
    return f"{numbers.count(plan.todo)} to do, {numbers.count(plan.doing)} doing, {numbers.count(plan.done)} done"


def _standing_text(row: "PlanLine") -> str:
    return row.standing_words or "None told"


def _standing_mark(row: "PlanLine") -> tuple[str, str] | None:
    return None if row.standing_words else ("circle-dashed", "unknown")
