"""Lists of people one looks after, as rows of words: what each list is called, whom it names and why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from workbench.cancel import CancelToken
from workbench.ids import EventId, PersonId
from workbench.models.database import Database
from workbench.operations.identities import suggestions
from workbench.queries.knowledge import HOW_FAR, leaving_holders, who_knows
from workbench.queries.lapsed import lapsed_regulars
from workbench.queries.people_own import Step, advocates
from workbench.queries.recognition import advocate_candidates, long_silent, recognition_log, sponsors
from workbench.queries.scope import Scope
from workbench.ui import numbers
from workbench.ui.pages.person_same import what_it_brings
from workbench.ui.sanitiser import line


class PeopleList(StrEnum):
    """The lists, in the order of the menu."""

    KNOWS = "knows"
    ADVOCATES = "advocates"
    QUIET = "quiet"
    SPONSORS = "sponsors"
    THANKS = "thanks"
    LEAVING = "leaving"
    SAME = "same"


TITLES: Final = {
    PeopleList.KNOWS: "Who knows about …?",
    PeopleList.ADVOCATES: "Advocates",
    PeopleList.QUIET: "Gone quiet",
    PeopleList.SPONSORS: "Sponsors",
    PeopleList.THANKS: "Thanks given",
    PeopleList.LEAVING: "Knowledge that leaves",
    PeopleList.SAME: "Perhaps the same person",
}
ICONS: Final = {
    PeopleList.KNOWS: "magnifying-glass",
    PeopleList.ADVOCATES: "megaphone",
    PeopleList.QUIET: "moon",
    PeopleList.SPONSORS: "handshake",
    PeopleList.THANKS: "heart",
    PeopleList.LEAVING: "sign-out",
    PeopleList.SAME: "users",
}
EMPTY: Final = {
    PeopleList.KNOWS: "Nobody has written about it here. Try another word, or one word less.",
    PeopleList.ADVOCATES: "Nobody is on the way, and nobody answered three questions in ninety days.",
    PeopleList.QUIET: "No regular has gone quiet.",
    PeopleList.SPONSORS: "Nobody is marked as a sponsor. Mark somebody under Details.",
    PeopleList.THANKS: "No thanks are noted yet. Note some with the person they go to.",
    PeopleList.LEAVING: "Nobody is marked as leaving. Mark somebody under Details.",
    PeopleList.SAME: "Nobody here looks like somebody else.",
}


LONG_SILENT: Final = "Silent for half a year"
RULES: Final = {
    PeopleList.QUIET: "Regulars did fifty things in ninety days and then nothing for thirty. Below them are those who"
    " wrote within a year, but in no community for half of it. Days that are not known yet do not count as silence."
    " The measure Drifting away asks of its communities only, so it also counts who writes elsewhere by now.",
    PeopleList.KNOWS: HOW_FAR,
}
"""The rule of a list, where its titles do not say it."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One person with why they are in a list; `threads` show it. `other_id` is who may be the same person."""

    person_id: PersonId
    name: str
    reason: str
    group: str = ""
    threads: tuple[tuple[EventId, str], ...] = ()
    other_id: PersonId | None = None
    other: str = ""


def read_list(
    database: Database,
    which: PeopleList,
    *,
    text: str,
    scope: Scope,
    now: datetime,
    only_known: bool = False,
    cancel: CancelToken | None = None,
) -> list[ListRow]:
    """The rows of a list, in its order, which is that of names within each group; `only_known` of who knows."""
    if which is PeopleList.SAME:
        return _doubles(database, cancel)
    if which is PeopleList.KNOWS:
        return _knows(database, text, scope, only_known=only_known)
    return _READ[which](database, text, scope, now)


def _knows(database: Database, text: str, scope: Scope, *, only_known: bool) -> list[ListRow]:
    with database.read() as reader:
        found = who_knows(reader, text, scope, only_known=only_known)
    rows = []
    for one in found:
        threads = numbers.plural(one.threads, "thread", "threads")
        thanked = f", thanked in {numbers.count(one.thanked)}" if one.thanked else ""
        leaving = " · leaving soon" if one.is_leaving else ""
        office = f"{line(one.office)} · " if one.office else ""
        proofs = tuple((proof.thread_id, proof.subject) for proof in one.proofs)
        rows.append(ListRow(one.person_id, one.name, f"{office}Wrote in {threads}{thanked}{leaving}", threads=proofs))
    return rows


def _advocates(database: Database, _text: str, scope: Scope, now: datetime) -> list[ListRow]:
    with database.read() as reader:
        on_the_way, candidates = advocates(reader), advocate_candidates(reader, scope, as_of=now)
    rows = []
    for one in on_the_way:
        step = one.path.step or Step.SPOTTED
        day = {
            Step.SPOTTED: one.path.spotted_on, Step.ASKED: one.path.asked_on, Step.AGREED: one.path.agreed_on,
            Step.ACTIVE: one.path.active_on,
        }[step]  # fmt: skip
        words = " · ".join(filter(None, (numbers.day(day) if day else "", line(one.path.note))))
        rows.append(ListRow(one.person_id, one.name, words, step.value.capitalize()))
    for candidate in candidates:
        answered = numbers.plural(candidate.answers, "question answered", "questions answered")
        parts = [answered] if candidate.answers else []
        words = " · ".join([*parts, *map(line, candidate.roles)])
        rows.append(ListRow(candidate.person_id, candidate.name, words, "Could be asked"))
    return rows


def _quiet(database: Database, _text: str, scope: Scope, now: datetime) -> list[ListRow]:
    with database.read() as reader:
        silent, away = lapsed_regulars(reader, scope, as_of=now), long_silent(reader, scope, as_of=now)
    rows = []
    for one in silent:
        paused = " · asked after already" if one.is_paused else ""
        days = numbers.plural(one.silent_days, "day", "days")
        words = f"A regular in {line(one.community)}, silent for {days}{paused}"
        rows.append(ListRow(one.person_id, one.name, words, "Regulars"))
    for other in away:
        words = f"Last wrote {numbers.ago(other.last_at, now=now)}"
        rows.append(ListRow(other.person_id, other.name, words, LONG_SILENT))
    return rows


def _sponsors(database: Database, _text: str, _scope: Scope, now: datetime) -> list[ListRow]:
    with database.read() as reader:
        found = sponsors(reader, as_of=now)
    rows = []
    for one in found:
        spoken = "never spoken to" if one.last_contact is None else f"spoken to {numbers.day(one.last_contact)}"
        due = sum(not promise.is_done for promise in one.promises)
        promised = numbers.plural(due, "promise open", "promises open") if due else ""
        acts = f"{numbers.plural(one.acts, 'visible act', 'visible acts')} in 90 days"
        rows.append(ListRow(one.person_id, one.name, " · ".join(filter(None, (spoken, promised, acts)))))
    return rows


def _thanks(database: Database, _text: str, _scope: Scope, _now: datetime) -> list[ListRow]:
    with database.read() as reader:
        found = recognition_log(reader)
    return [
        ListRow(
            one.person_id, one.name, f"{line(one.reason)} · from {line(one.given_by)}, {numbers.day(one.day)}",
            threads=() if one.thread_id is None else ((EventId(one.thread_id), "Open the thread"),),
        )
        for one in found
    ]  # fmt: skip


def _leaving(database: Database, _text: str, _scope: Scope, now: datetime) -> list[ListRow]:
    with database.read() as reader:
        found = leaving_holders(reader, as_of=now)
    rows = []
    for one in found:
        when = "" if one.leaves_on is None else f"leaves {numbers.day(one.leaves_on)}"
        alone = f"{numbers.plural(one.alone, 'question', 'questions')} only they answered" if one.alone else ""
        topics = f"few others answer {' '.join('#' + line(topic) for topic in one.topics)}" if one.topics else ""
        words = " · ".join(filter(None, (when, alone, topics))) or "No answers in two years"
        rows.append(ListRow(one.person_id, one.name, words))
    return rows


def _doubles(database: Database, cancel: CancelToken | None) -> list[ListRow]:
    return [
        ListRow(
            one.one.person_id, one.one.name, f"{one.reason}. Joining brings {what_it_brings(one.other)}.",
            other_id=one.other.person_id, other=one.other.name,
        )
        for one in suggestions(database, cancel=cancel)
    ]  # fmt: skip


_READ: Final[dict[PeopleList, Callable[[Database, str, Scope, datetime], list[ListRow]]]] = {
    PeopleList.ADVOCATES: _advocates,
    PeopleList.QUIET: _quiet,
    PeopleList.SPONSORS: _sponsors,
    PeopleList.THANKS: _thanks,
    PeopleList.LEAVING: _leaving,
}
