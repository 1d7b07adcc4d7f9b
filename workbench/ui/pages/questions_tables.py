"""Question tables: urgent threads, hashtags and untouched Library items as tables of the page.

`FIRST` is the column by which a table is ordered at first, downwards.
"""

from PySide6.QtCore import QObject

from workbench.queries.hashtags import TagRow
from workbench.queries.lanes import LibraryItem
from workbench.queries.surge import Surge
from workbench.ui import numbers
from workbench.ui.pages.question_words import surge_words
from workbench.ui.qt_models.rows_model import Column, RowsModel
from workbench.ui.sanitiser import line, short_subject


class SurgeModel(RowsModel[Surge]):
    """Urgent threads, the newest first."""

    WIDTHS = (0, 176, 168, 88, 88, 176)
    FIRST = 2

    def __init__(self, parent: QObject | None = None) -> None:
        columns: tuple[Column[Surge], ...] = (
            Column(
                "Urgent thread", lambda row: short_subject(row.subject, row.community) or "No subject",
                lambda row: row.subject.casefold(), mark=lambda _row: ("lightning", "bad"),
            ),
            Column("Asked by", lambda row: line(row.author), lambda row: row.author.casefold(), 176),
            Column("Begun", lambda row: numbers.moment(row.started_at), lambda row: row.started_at, 168),
            Column("People", lambda row: numbers.count(row.people_in_time), lambda row: row.people_in_time, 88,
                   is_number=True, tip=_who),
            Column("Offices", lambda row: numbers.count(row.offices_in_time), lambda row: row.offices_in_time, 88,
                   is_number=True, tip=_who),
            Column("In 24 hours", _reached, lambda row: row.reached_hours, 176, tip=surge_words, mark=_mark),
        )  # fmt: skip
        super().__init__(columns, words=lambda row: f"{row.subject} {row.author}", parent=parent)


def _reached(row: Surge) -> str:
    if row.reached_hours is not None:
        return f"enough after {numbers.hours(row.reached_hours)}"
    if row.is_marked_late:
        return "marked too late"
    return "not enough" if row.is_over else "still running"


def _mark(row: Surge) -> tuple[str, str]:
    if row.is_reached:
        return "check-circle", "good"
    return ("minus", "neutral") if row.is_over else ("hourglass", "watch")


def _who(row: Surge) -> str:
    said = (f"{line(one.name)}{f', {line(one.office)}' if one.office else ''}: after {numbers.hours(one.hours)}"
            for one in row.responders)  # fmt: skip
    return "\n".join(said) or "Nobody has answered yet."


class TagModel(RowsModel[TagRow]):
    """Hashtags; those of fewer than five people stay on this screen."""

    WIDTHS = (0, 96, 96, 96, 96, 160, 128)
    FIRST = 1

    def __init__(self, parent: QObject | None = None) -> None:
        columns: tuple[Column[TagRow], ...] = (
            Column("Hashtag", lambda row: f"#{line(row.tag)}", lambda row: row.tag,
                   tip=lambda row: "First used in this period" if row.is_new else ""),
            Column("People", lambda row: numbers.count(row.people), lambda row: row.people, 96, is_number=True),
            Column("Messages", lambda row: numbers.count(row.uses), lambda row: row.uses, 96, is_number=True),
            Column("Offices", lambda row: numbers.count(row.offices), lambda row: row.offices, 96, is_number=True),
            Column("New", lambda row: "new" if row.is_new else "", lambda row: row.is_new, 96),
            Column("Messages a week", lambda _row: "", lambda row: sum(row.trend[-4:]), 160,
                   spark=lambda row: row.trend, tip=lambda row: f"{row.trend[-1]} in the last seven days"),
            Column("Last used", lambda row: numbers.day_of(row.last_at), lambda row: row.last_at, 128),
        )  # fmt: skip
        super().__init__(columns, words=lambda row: row.tag, parent=parent)


class LibraryModel(RowsModel[LibraryItem]):
    """Files and links nobody has touched for long."""

    WIDTHS = (280, 0, 144, 120)
    FIRST = 3

    def __init__(self, parent: QObject | None = None) -> None:
        columns: tuple[Column[LibraryItem], ...] = (
            Column(
                "File or link", lambda row: line(row.name), lambda row: row.name.casefold(),
                tip=lambda row: f"{line(row.subject)}\n{line(row.name)}",
                mark=lambda row: ("file" if row.is_file else "link", "second"),
            ),
            Column("Conversation", lambda row: line(row.subject), lambda row: row.subject.casefold(), 200),
            Column("From", lambda row: line(row.author), lambda row: row.author.casefold(), 144),
            Column("Last touched", lambda row: numbers.day_of(row.last_at), lambda row: row.last_at, 120),
        )  # fmt: skip
        super().__init__(columns, words=lambda row: f"{row.name} {row.subject} {row.author}", parent=parent)
