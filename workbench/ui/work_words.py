"""Work words: one line about how an import, a sync, a check or a removal ended."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from workbench.errors import BudgetSpentError, LineError
from workbench.models.kinds import RunState
from workbench.ui import numbers
from workbench.ui.words import error_words
from workbench.ui.work import Work, WorkKind


def said_at_end(work: Work, *, now: datetime | None = None) -> str:
    """One line about how it ended; with `now` it also says at what time there is more data to spend."""
    if work.kind is WorkKind.SYNC and work.error is None and not work.is_stopping and (spent := _spent(work)):
        return _said_of_limit(work, spent, now=now)
    failed = next((result.error for result in work.results if result.state is RunState.FAILED), None)
    error = work.error or (None if work.is_stopping or _is_cut(work) else failed)
    if error is not None:
        return error_words(error)[0][0]
    if work.is_stopping and work.kind is not WorkKind.REMOVE:
        return "Stopped. What was stored up to here stays."
    return _SAID.get(work.kind, _said_of_arrivals)(work)


def _is_cut(work: Work) -> bool:
    return work.kind is WorkKind.SYNC and work.total("added") > 0 and isinstance(work.first_error, LineError)


def _spent(work: Work) -> BudgetSpentError | None:
    """The limit that ended it, where one did."""
    errors = (result.error for result in work.results)
    return next((error for error in errors if isinstance(error, BudgetSpentError)), None)


def _said_of_limit(work: Work, error: BudgetSpentError, *, now: datetime | None) -> str:
    name = next((result.account for result in work.results if result.error is error and result.account), work.subject)
    lead = f"{name}: " if name else ""
    if added := work.total("added"):
        lead += f"{_arrived(added, work.total('messages'))}, then "
    spent, limit = error.details.get("spent"), error.details.get("limit")
    used = ""
    if isinstance(spent, int) and isinstance(limit, int):
        used = f" ({numbers.size(spent)} of {numbers.whole_size(limit)})"
    said = f"today's data is used up{used}. It goes on {_next_day(now)}."
    return lead + (said if lead else said[:1].upper() + said[1:])


def _next_day(now: datetime | None) -> str:
    if now is None:
        return "tomorrow"
    midnight = datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), datetime.min.time(), UTC)
    return numbers.when(midnight, now=now)


def _said_of_arrivals(work: Work) -> str:
    added, held = work.total("added"), work.total("rejected")
    lead = f"{work.subject}: " if work.subject else ""
    if _is_cut(work):
        items = f"{_arrived(added, work.total('messages'))} {'is' if added == 1 else 'are'}"
        return f"{lead}Stopped by the line. {items} here; the rest comes with the next sync."
    end = f", {numbers.count(held)} held back" if held else ""
    if work.kind is WorkKind.SYNC and (idle := _idle(work)):
        return idle
    if work.kind is WorkKind.SYNC:
        return f"{lead}{_arrived(added, work.total('messages')) if added else 'Nothing new'}{end}"
    unit = "row" if work.kind is WorkKind.TABLE else "message"
    return f"{lead}{numbers.plural(added, unit, f'{unit}s')} added{end}"


def _arrived(added: int, messages: int) -> str:
    """What a sync added: its messages, and apart from them the people, likes and the like."""
    if not messages:
        return numbers.plural(added, "new item", "new items")
    said = numbers.plural(messages, "new message", "new messages")
    others = added - messages
    return said if not others else f"{said} and {numbers.plural(others, 'other item', 'other items')}"


def _idle(work: Work) -> str:
    """Why a sync had nothing to read, where that is so of everything that ran; else nothing."""
    if not work.results:
        return "No account is there to sync, or all of them are paused."
    if any(result.community_id or result.error is not None for result in work.results):
        return ""
    names = list(dict.fromkeys(result.account for result in work.results))
    verb = "follows" if len(names) == 1 else "follow"
    return f"{' and '.join(names)} {verb} no community yet, so nothing was fetched."


def _said_of_check(work: Work) -> str:
    compared = [result for result in work.results if result.community_id]
    if not compared:
        return f"{work.subject}: this platform has no list to compare with"
    lead = f"{work.subject}: {numbers.plural(len(compared), 'community', 'communities')} compared"
    parts = [
        f"{numbers.count(work.total(name))} {word}"
        for name, word in (("added", "new"), ("changed", "changed"), ("gone", "gone"))
        if work.total(name)
    ]
    return f"{lead}, {', '.join(parts)}" if parts else f"{lead}, nothing differs"


_SAID: Final[dict[WorkKind, Callable[[Work], str]]] = {
    WorkKind.REMOVE: lambda work: f"{work.subject} was removed",
    WorkKind.SAMPLE: lambda work: (
        f"The sample network is here: {numbers.plural(len(work.results), 'community', 'communities')}"
    ),
    WorkKind.CHECK: _said_of_check,
}
