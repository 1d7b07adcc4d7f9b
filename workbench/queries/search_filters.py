"""Search filters: which of the messages that hold the words are wanted: whose, when, what kind, answered or not."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from workbench.ids import EventId, PersonId
from workbench.models.database import Reader
from workbench.models.hashtags import hashtags_in, tag_key
from workbench.models.moments import to_micros
from workbench.queries.scope import Scope, scope_parameter, sql, within


class MessageKind(StrEnum):
    """What a message is to a search; one may be several of these."""

    QUESTION = "question"
    THREAD = "thread"
    REPLY = "reply"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """Everything given has to hold. `period` is [start, end); `has_answer`: somebody replied in its thread.

    `tags` as `tag_key` makes them: the message bears each of them itself.
    """

    person_id: PersonId | None = None
    period: tuple[datetime, datetime] | None = None
    kind: MessageKind | None = None
    has_answer: bool | None = None
    tags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != NO_FILTERS

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The filters that `to_text` wrote down; refuses (ValueError) anything else."""
        told = json.loads(text)
        period = told.get("period")
        return cls(
            person_id=told.get("person_id"),
            period=None if period is None else (_moment(period[0]), _moment(period[1])),
            kind=None if told.get("kind") is None else MessageKind(told["kind"]),
            has_answer=told.get("has_answer"),
            tags=tuple(told.get("tags", ())),
        )

    def to_text(self) -> str:
        """As JSON, without what is not given."""
        told = {
            "person_id": self.person_id,
            "period": None if self.period is None else [moment.isoformat() for moment in self.period],
            "kind": self.kind,
            "has_answer": self.has_answer,
            "tags": list(self.tags) or None,
        }
        return json.dumps({key: value for key, value in told.items() if value is not None}, sort_keys=True)


NO_FILTERS = SearchFilters()


def with_tags_of(text: str, filters: SearchFilters) -> tuple[str, SearchFilters]:
    """The words of a typed text without its hashtags, and the filters with them: "#joined" asks for the tag."""
    tags = hashtags_in(text)
    if not tags:
        return text, filters
    words = " ".join(word for word in text.split() if not (word[:1] in "#\uff03" and tag_key(word) in tags))
    return words, replace(filters, tags=(*filters.tags, *(tag for tag in tags if tag not in filters.tags)))


def passing(reader: Reader, messages: Sequence[EventId], filters: SearchFilters) -> list[EventId]:
    """Those of the messages that pass, in the same order."""
    if not filters:
        return list(messages)
    condition, params = _condition(filters)
    statement = sql(
        "SELECT e.id FROM json_each(:messages) j CROSS JOIN event e ON e.id = j.value WHERE TRUE", condition
    )
    kept = {row[0] for row in reader.rows(statement, params | {"messages": json.dumps(list(messages))})}
    return [id_ for id_ in messages if id_ in kept]


def newest_passing(reader: Reader, filters: SearchFilters, scope: Scope, *, limit: int) -> list[EventId] | None:
    """The newest messages of a scope that pass, whatever words they hold; None where no index leads to them.

    One does with a tag, a person, or files.
    """
    condition, params = _condition(filters)
    if filters.tags:
        source, params["first_tag"] = (
            "event_tag f CROSS JOIN event e ON e.id = f.event_id AND f.tag = :first_tag",
            filters.tags[0],
        )
    elif filters.person_id is not None:
        source = "event e INDEXED BY event_person"
    elif filters.kind is MessageKind.FILE:
        source = "(SELECT DISTINCT event_id AS id FROM attachment) f CROSS JOIN event e ON e.id = f.id"
    else:
        return None
    statement = sql(
        "SELECT e.id FROM",
        source,
        "WHERE",
        within("e.community_id", scope),
        "AND e.kind IN (3, 4) AND e.removed_at IS NULL",
        condition,
        "ORDER BY e.at DESC, e.id DESC LIMIT :limit",
    )
    rows = reader.rows(statement, params | {"scope": scope_parameter(scope), "limit": limit})
    return [EventId(row[0]) for row in rows]


def _condition(filters: SearchFilters) -> tuple[str, dict[str, object]]:
    parts: list[str] = []
    params: dict[str, object] = {}
    if filters.person_id is not None:
        parts.append("AND e.person_id = :person")
        params["person"] = filters.person_id
    if filters.period is not None:
        parts.append("AND e.at >= :start AND e.at < :end")
        params |= {"start": to_micros(filters.period[0]), "end": to_micros(filters.period[1])}
    if filters.kind is not None:
        parts.append(_KINDS[filters.kind])
    if filters.has_answer is not None:
        parts.append("AND" if filters.has_answer else "AND NOT")
        parts.append(_ANSWERED)
    for number, tag in enumerate(filters.tags):
        parts.append(f"AND EXISTS (SELECT 1 FROM event_tag h WHERE h.event_id = e.id AND h.tag = :tag{number})")  # noqa: S608 - a number of ours
        params[f"tag{number}"] = tag
    return sql(*parts), params


_KINDS = {
    MessageKind.QUESTION: "AND e.is_question = 1",
    MessageKind.THREAD: "AND e.kind = 3",
    MessageKind.REPLY: "AND e.kind = 4",
    MessageKind.FILE: "AND EXISTS (SELECT 1 FROM attachment f WHERE f.event_id = e.id)",
}
_ANSWERED = """
EXISTS (SELECT 1 FROM thread t WHERE t.id = e.root_id AND (t.first_reply_at IS NOT NULL OR t.accepted_id IS NOT NULL))
"""


def _moment(text: object) -> datetime:
    return datetime.fromisoformat(str(text))
