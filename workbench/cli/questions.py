"""Verbs about questions: the board, what waited too long, and hashtags; they work beside an open window."""

import argparse
from typing import Any

from workbench.cli.basis import BASIS, basis, scope_of, without_whose
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.cli.question_deeds import run_deed
from workbench.cli.question_words import LATE
from workbench.cli.reading import period_of
from workbench.clock import Clock
from workbench.models.database import Reader
from workbench.operations.questions import choose_joined_tags, late_questions, question_board
from workbench.queries.hashtags import disclosed, list_hashtags
from workbench.queries.newcomers import joined_tags
from workbench.queries.questions import QuestionRow, QuestionState
from workbench.queries.scope import Scope

QUESTIONS = (
    "id", "state", "community", "subject", "author", "asked_at", "hours", "owner", "answerer", "answered_at",
    "is_accepted", "is_by_hand", "is_urgent", *BASIS[1:],
)  # fmt: skip
QUESTIONS_READ = QUESTIONS[: -len(BASIS) + 1]
TAGS = ("tag", "uses", "people", "offices", "communities", "last_at")
EVERYTHING = 1 << 40
NO_TAG = "none"
"""In place of a hashtag: no hashtag says that somebody joined."""


def run_questions(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Lists questions: by default all that wait; `--state` one column of the board, or what waited too long.

    With an action it is done to one of them.
    """
    if options.action:
        return run_deed(options, output, clock)
    with (
        open_workspace(options, clock=clock, say=output.warn, writable=False) as workspace,
        workspace.database.read() as reader,
    ):
        scope, now = scope_of(reader, options.community, output), clock.now()
        rows = _rows(reader, scope, options, clock)
        told = without_whose(basis(reader, scope, (options.first, options.last), now))
    rows_told = [_told(row) | told for row in rows]
    output.rows(rows_told, QUESTIONS if output.as_json else QUESTIONS_READ, empty="No question there.")
    return 0


def _rows(reader: Reader, scope: Scope, options: argparse.Namespace, clock: Clock) -> list[QuestionRow]:
    now, period = clock.now(), period_of(options, clock)
    limit = EVERYTHING if options.limit is None else int(options.limit)
    if options.state == LATE:
        return late_questions(reader, scope, as_of=now, period=period, limit=limit)
    board = question_board(reader, scope, as_of=now, period=period, per_column=limit)
    wanted = [QuestionState.OPEN, QuestionState.ROUTED] if options.state is None else [QuestionState(options.state)]
    found = [row for state in wanted for row in board.columns[state]]
    return (sorted(found, key=lambda row: (row.asked_at, row.id)) if options.state is None else found)[:limit]


def _told(row: QuestionRow) -> dict[str, Any]:
    told = {key: getattr(row, key) for key in QUESTIONS_READ}
    return told | {"hours": None if row.hours is None else round(row.hours, 2)}


def run_hashtags(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Lists the hashtags that at least five people used; those of fewer would tell of the people.

    With `--joined` it says, or sets, by which of them people say that they joined.
    """
    if options.joined is not None:
        return _joined(options, output, clock)
    with (
        open_workspace(options, clock=clock, say=output.warn, writable=False) as workspace,
        workspace.database.read() as reader,
    ):
        scope, now = scope_of(reader, options.community, output), clock.now()
        rows = list_hashtags(reader, scope, as_of=now, period=period_of(options, clock), limit=EVERYTHING)
    told = [{key: getattr(row, key) for key in TAGS} for row in disclosed(rows)]
    output.rows(told, TAGS, empty="No hashtag that five people used.")
    if len(told) < len(rows):
        output.warn(f"{len(told)} of {len(rows)} hashtags: those that fewer than five people used are left out.")
    return 0


def _joined(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    with open_workspace(options, clock=clock, say=output.warn, writable=bool(options.joined)) as workspace:
        if options.joined:
            choose_joined_tags(workspace, tags=[tag for tag in options.joined if tag != NO_TAG])
        with workspace.database.read() as reader:
            output.one({"joined": list(joined_tags(reader))})
    return 0
