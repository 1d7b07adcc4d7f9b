"""Changes: flags naming what a write touched, so that pages know whether to read again."""

from enum import Flag, auto


class Changes(Flag):
    """Union of everything one write touched; `NOTHING` is a write that found no work."""

    NOTHING = 0
    ACCOUNTS = auto()
    COMMUNITIES = auto()
    MEMBERS = auto()
    EVENTS = auto()
    COVERAGE = auto()
    RUNS = auto()
    QUARANTINE = auto()
    NOTES = auto()
    MARKS = auto()
    PLANS = auto()
    PREFERENCES = auto()
    OUTBOX = auto()
    VIEWS = auto()
    FILES = auto()
    ROLLUP = auto()
    TODAY = auto()
    EVERYTHING = (
        ACCOUNTS
        | COMMUNITIES
        | MEMBERS
        | EVENTS
        | COVERAGE
        | RUNS
        | QUARANTINE
        | NOTES
        | MARKS
        | PLANS
        | PREFERENCES
        | OUTBOX
        | VIEWS
        | FILES
        | ROLLUP
        | TODAY
    )
