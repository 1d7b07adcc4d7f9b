"""Verbs about questions: the board, what waited too long, and hashtags; they work beside an open window."""

import argparse
from typing import Any

from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.cli.question_words import LATE
from workbench.cli.reading import period_of, scope_of
from workbench.clock import Clock
from workbench.models.database import Reader
from workbench.operations.questions import late_questions, question_board
from workbench.queries.hashtags import disclosed, list_hashtags
from workbench.queries.questions import QuestionRow, QuestionState

QUESTIONS = (
    "id", "state", "community", "subject", "author", "asked_at", "hours", "owner", "answerer", "answered_at",
    "is_accepted", "is_by_hand", "is_urgent",
)  # fmt: skip
TAGS = ("tag", "uses", "people", "offices", "communities", "last_at")
EVERYTHING = 1 << 40


def run_questions(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Lists questions: by default all that wait; `--state` one column of the board, or what waited too long."""
    with (
        open_workspace(options, clock=clock, say=output.warn, writable=False) as workspace,
        workspace.database.read() as reader,
    ):
        rows = _rows(reader, options, clock)
    output.rows([_told(row) for row in rows], QUESTIONS, empty="No question there.")
    return 0


def _rows(reader: Reader, options: argparse.Namespace, clock: Clock) -> list[QuestionRow]:
    scope, now, period = scope_of(reader, options.community), clock.now(), period_of(options, clock)
    limit = EVERYTHING if options.limit is None else int(options.limit)
    if options.state == LATE:
        return late_questions(reader, scope, as_of=now, period=period, limit=limit)
    board = question_board(reader, scope, as_of=now, period=period, per_column=limit)
    wanted = [QuestionState.OPEN, QuestionState.ROUTED] if options.state is None else [QuestionState(options.state)]
    found = [row for state in wanted for row in board.columns[state]]
    return (sorted(found, key=lambda row: (row.asked_at, row.id)) if options.state is None else found)[:limit]


def _told(row: QuestionRow) -> dict[str, Any]:
    told = {key: getattr(row, key) for key in QUESTIONS}
    return told | {"hours": None if row.hours is None else round(row.hours, 2)}


def run_hashtags(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Lists the hashtags that at least five people used; those of fewer would tell of the people."""
    with (
        open_workspace(options, clock=clock, say=output.warn, writable=False) as workspace,
        workspace.database.read() as reader,
    ):
        scope, now = scope_of(reader, options.community), clock.now()
        rows = list_hashtags(reader, scope, as_of=now, period=period_of(options, clock), limit=EVERYTHING)
    told = [{key: getattr(row, key) for key in TAGS} for row in disclosed(rows)]
    output.rows(told, TAGS, empty="No hashtag that five people used.")
    return 0
