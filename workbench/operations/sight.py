"""Sight: which platforms do not show what, so that a number can say what it leaves out.

Connectors declare what they see beside the code that speaks to the platform, and loading that brings the whole line.
What measures ask for is repeated here in a light form; a test holds the two equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from workbench.metrics.metric import Metric, Sight
from workbench.models.database import Reader
from workbench.models.kinds import WEB_SITES, AccountKind
from workbench.queries.roster import MembersAre
from workbench.queries.scope import Scope, scope_parameter, sql, within

TITLES: Final[Mapping[AccountKind, str]] = {
    AccountKind.MAILING_LIST: "a mail archive",
    AccountKind.HYPERKITTY: "a mailing list",
    AccountKind.TABLE: "a table",
    AccountKind.SAMPLE: "the sample",
    AccountKind.VIVA_ENGAGE: "Viva Engage",
    AccountKind.VIVA_ENGAGE_EXPORT: "an export of Viva Engage",
    AccountKind.DISCOURSE: "Discourse",
    AccountKind.HCL_CONNECTIONS: "HCL Connections",
    AccountKind.OPEN_SOCIAL: "Open Social",
}
"""How a sentence names where a community comes from."""

_S = Sight
DECLARED: Final = frozenset(
    {_S.REACTIONS, _S.REACTION_DATES, _S.JOIN_DATES, _S.VIEWS, _S.LEAVERS, _S.SILENT_MEMBERS, _S.MENTIONS, _S.ACCEPTED}
)
"""What connectors declare; roles and offices depend on what was brought in."""

SEES: Final[Mapping[AccountKind, frozenset[Sight]]] = {
    AccountKind.MAILING_LIST: frozenset(),
    AccountKind.HYPERKITTY: frozenset(),
    AccountKind.TABLE: DECLARED,
    AccountKind.SAMPLE: frozenset({_S.JOIN_DATES, _S.REACTIONS, _S.REACTION_DATES, _S.SILENT_MEMBERS, _S.MENTIONS}),
    AccountKind.VIVA_ENGAGE: frozenset({_S.LEAVERS, _S.REACTIONS, _S.SILENT_MEMBERS, _S.MENTIONS}),
    AccountKind.VIVA_ENGAGE_EXPORT: frozenset(),
    AccountKind.DISCOURSE: DECLARED - {_S.VIEWS, _S.REACTION_DATES},
    AccountKind.HCL_CONNECTIONS: frozenset({_S.LEAVERS, _S.JOIN_DATES, _S.SILENT_MEMBERS}),
    AccountKind.OPEN_SOCIAL: frozenset({_S.LEAVERS, _S.JOIN_DATES, _S.SILENT_MEMBERS}),
}


@dataclass(frozen=True, slots=True)
class Unseen:
    """What sources do not show, with the places it is true of in words; `nowhere` is what none of them shows."""

    where: Mapping[Sight, tuple[str, ...]] = field(default_factory=dict)
    nowhere: frozenset[Sight] = frozenset()


def unseen(reader: Reader, scope: Scope, known_by: MembersAre) -> Unseen:
    """What the sources of these communities do not show.

    Whether silent members, roles and offices are known is asked of what is here, whatever a source might show; and so
    is everything of a table, which may hold much or little.
    """
    statement = sql(_SOURCES, within("c.id", scope), "GROUP BY a.kind ORDER BY a.kind")
    lacking: dict[Sight, list[str]] = {}
    places = 0
    for text, is_without_roles, is_without_offices in reader.rows(statement, {"scope": scope_parameter(scope)}):
        kind = AccountKind(text)
        if kind in WEB_SITES:
            continue
        places += 1
        missing = DECLARED - SEES[kind] - {Sight.SILENT_MEMBERS}
        missing |= _not_brought(reader, scope) if kind is AccountKind.TABLE else set()
        missing -= {Sight.REACTION_DATES} if Sight.REACTIONS in missing else set()  # what is not shown has no date
        missing |= {Sight.SILENT_MEMBERS} if known_by is not MembersAre.LISTED else set()
        missing |= {Sight.ROLES} if is_without_roles else set()
        missing |= {Sight.OFFICES} if is_without_offices else set()
        for sight in missing:
            lacking.setdefault(sight, []).append(TITLES[kind])
    where = {sight: tuple(lacking[sight]) for sight in Sight if sight in lacking}
    return Unseen(where, frozenset(sight for sight, titles in where.items() if len(titles) == places))


def _not_brought(reader: Reader, scope: Scope) -> set[Sight]:
    """What no table of these communities holds, though a table may."""
    tables = sql("WITH t AS MATERIALIZED (", _TABLES, within("c.id", scope), ")")
    statement = sql(tables, "SELECT", ", ".join(_BROUGHT.values()))
    found = reader.one(statement, {"scope": scope_parameter(scope)}) or ()
    return {sight for sight, is_there in zip(_BROUGHT, found, strict=True) if not is_there}


_SOURCES = """
SELECT a.kind,
  min(NOT EXISTS (SELECT 1 FROM member m WHERE m.community_id = c.id AND m.role IS NOT NULL)),
  min(NOT (EXISTS (SELECT 1 FROM person WHERE office <> '') AND EXISTS (SELECT 1 FROM member m
    CROSS JOIN person p ON p.id = m.person_id WHERE m.community_id = c.id AND p.office <> ''))
    AND NOT EXISTS (SELECT 1 FROM personfact f CROSS JOIN member m ON m.person_id = f.person_id
      WHERE f.office <> '' AND m.community_id = c.id))
FROM community c JOIN account a ON a.id = c.account_id WHERE c.is_followed AND
"""


_TABLES = "SELECT c.id FROM community c JOIN account a ON a.id = c.account_id WHERE a.kind = 'table' AND"
# Each ends with the first find. Where nobody anywhere did a thing, the days of the whole network tell so at once.
_DAYS = """
(EXISTS (SELECT 1 FROM activityday WHERE community_id = 0 AND {0} > 0)
  AND EXISTS (SELECT 1 FROM t CROSS JOIN activityday d ON d.community_id = t.id WHERE d.{0} > 0))
"""
_BROUGHT: Final[Mapping[Sight, str]] = {
    Sight.REACTIONS: _DAYS.format("reactions"),
    Sight.MENTIONS: _DAYS.format("mentions"),
    Sight.VIEWS: "EXISTS (SELECT 1 FROM t CROSS JOIN event e INDEXED BY event_seldom ON e.community_id = t.id"
    " WHERE e.kind >= 9 AND e.kind = 10)",
    Sight.ACCEPTED: "EXISTS (SELECT 1 FROM thread h INDEXED BY thread_accepted"
    " WHERE h.accepted_id IS NOT NULL AND h.community_id IN (SELECT id FROM t))",
    Sight.JOIN_DATES: "EXISTS (SELECT 1 FROM member m INDEXED BY member_joined"
    " WHERE m.joined_at IS NOT NULL AND m.community_id IN (SELECT id FROM t))",
    Sight.LEAVERS: "EXISTS (SELECT 1 FROM t CROSS JOIN member m INDEXED BY member_present"
    " ON m.community_id = t.id WHERE m.left_at IS NOT NULL)",
}
"""What a table may hold, and how to see that one does."""


def blind_spots(metric: Metric, lacking: Unseen) -> tuple[str, ...]:
    """What a number leaves out, one sentence each, with the place that does not show it."""
    return tuple(
        f"{words.removesuffix('.')} ({', '.join(lacking.where[sight])})."
        for sight, words in metric.cannot.items()
        if sight in lacking.where
    )
