"""SyncClock: lets accounts sync by themselves: on their hour, when a link appears, after the machine woke up."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from workbench.ids import AccountId
from workbench.models.changes import Changes
from workbench.sync.schedule import Link, Occasion, by_itself
from workbench.ui.link import FOR_SCHEDULE
from workbench.ui.link import Link as SeenLink
from workbench.ui.source_work import Work, WorkKind
from workbench.ui.status_row import ALL_PAUSED, LineAccount, StatusRow

if TYPE_CHECKING:
    from workbench.ui.context import Context

SLEPT_AFTER: Final = timedelta(seconds=150)
"""The window looks every minute: a pause longer than this was a machine asleep."""
_WITHOUT: Final = frozenset({Link.NONE})


class SyncClock(QObject):
    """Does nothing before `start`: a window that is only photographed asks no platform for anything.

    Has no timer of its own: whoever reads the status calls `look`, at most once a minute while nothing happens.

    What was begun here is not begun again before its account is due once more, however it ended: a person who stopped
    it, or a child that broke down, leaves no trace in the profile.
    """

    def __init__(self, context: "Context") -> None:
        super().__init__(context)
        self._context = context
        self._sources = context.sources
        self._is_on = False
        self._status: StatusRow | None = None
        self._looked_at: datetime | None = None
        self._begun: dict[AccountId, datetime] = {}
        self._link = FOR_SCHEDULE[self._sources.link.state]
        self._sources.link.changed.connect(self._on_link)
        self._sources.ended.connect(self._on_ended)

    def start(self) -> None:
        """From now on accounts run by themselves, beginning with what is due."""
        self._is_on = True
        self._begin(Occasion.HOUR)

    def look(self, status: StatusRow) -> None:
        """Begins what is due by what was just read."""
        now = self._context.workspace.clock.now()
        has_slept = self._looked_at is not None and now - self._looked_at > SLEPT_AFTER
        self._status, self._looked_at = status, now
        self._begin(Occasion.WAKE if has_slept else Occasion.HOUR)

    def pause_all(self, *, is_paused: bool) -> None:
        """Keeps every account from running by itself, and stops what runs; or lets them run again."""
        context = self._context
        if is_paused:
            self._sources.stop_syncs()
        else:
            self._begun.clear()

        def job() -> Changes:
            return context.workspace.notes.set_preference(ALL_PAUSED, json.dumps(obj=True) if is_paused else None)

        context.jobs.run(self, "pause all", job, context.bus.publish)

    def _begin(self, occasion: Occasion) -> None:
        status, context = self._status, self._context
        if not self._is_on or status is None or status.is_all_paused or not context.workspace.database.writable:
            return
        now = context.workspace.clock.now()
        for line in due(status, link=self._link, now=now, occasion=occasion, begun=self._begun):
            self._begun[line.id] = now
            self._sources.sync(line.name, is_by_itself=True)

    def _on_link(self, link: SeenLink) -> None:
        before, self._link = self._link, FOR_SCHEDULE[link]
        if before in _WITHOUT and self._link not in _WITHOUT:
            self._begin(Occasion.LINK)

    def _on_ended(self, work: Work) -> None:
        """What a person stopped rests until its next hour, also where it went by hand."""
        if work.kind is WorkKind.SYNC and work.is_stopping and self._status is not None:
            now = self._context.workspace.clock.now()
            self._begun |= {line.id: now for line in self._status.lines if work.subject in {line.name, ""}}


def due(
    status: StatusRow,
    *,
    link: Link,
    now: datetime,
    occasion: Occasion = Occasion.HOUR,
    begun: Mapping[AccountId, datetime] | None = None,
) -> list[LineAccount]:
    """The accounts that run by themselves now, in order. `begun` is when this window last began each of them."""
    lines = [line for line in status.lines if line.followed]
    return [
        line for line in lines if _may(line, link=link, now=now, occasion=occasion, begun=(begun or {}).get(line.id))
    ]


def _may(line: LineAccount, *, link: Link, now: datetime, occasion: Occasion, begun: datetime | None) -> bool:
    standing = line.standing
    is_told = standing.tried_at is not None and begun is not None and begun <= standing.tried_at <= now
    if begun is not None and begun <= now and not is_told:
        # The profile does not know of it: it was stopped, or broke down. Then only its hour counts.
        rested = replace(standing, tried_at=begun, error_code=None, is_broken_off=False)
        return by_itself(rested, link=link, now=now).may_run
    return by_itself(standing, link=link, now=now, occasion=occasion).may_run
