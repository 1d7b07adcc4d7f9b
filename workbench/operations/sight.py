"""Sight: which platforms do not show what, so that a number can say what it leaves out.

Connectors declare what they see beside the code that speaks to the platform, and loading that brings the whole line.
What measures ask for is repeated here in a light form; a test holds the two equal.
"""

from collections.abc import Mapping
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
DECLARED: Final = frozenset({_S.REACTIONS, _S.JOIN_DATES, _S.VIEWS, _S.LEAVERS, _S.SILENT_MEMBERS})
"""What connectors declare; roles and offices depend on what was brought in."""

SEES: Final[Mapping[AccountKind, frozenset[Sight]]] = {
    AccountKind.MAILING_LIST: frozenset(),
    AccountKind.HYPERKITTY: frozenset(),
    AccountKind.TABLE: DECLARED,
    AccountKind.SAMPLE: frozenset({_S.JOIN_DATES, _S.REACTIONS, _S.SILENT_MEMBERS}),
    AccountKind.VIVA_ENGAGE: frozenset({_S.LEAVERS, _S.REACTIONS, _S.SILENT_MEMBERS}),
    AccountKind.VIVA_ENGAGE_EXPORT: frozenset(),
    AccountKind.DISCOURSE: frozenset({_S.LEAVERS, _S.JOIN_DATES, _S.REACTIONS, _S.SILENT_MEMBERS}),
    AccountKind.HCL_CONNECTIONS: frozenset({_S.LEAVERS, _S.JOIN_DATES, _S.SILENT_MEMBERS}),
    AccountKind.OPEN_SOCIAL: frozenset({_S.LEAVERS, _S.JOIN_DATES, _S.SILENT_MEMBERS}),
}


def unseen(reader: Reader, scope: Scope, known_by: MembersAre) -> Mapping[Sight, tuple[str, ...]]:
    """What the sources of these communities do not show, each with the places it is true of, in words.

    Whether silent members, roles and offices are known is asked of what is here, whatever a source might show.
    """
    statement = sql(_SOURCES, within("c.id", scope), "GROUP BY a.kind ORDER BY a.kind")
    lacking: dict[Sight, list[str]] = {}
    for text, is_without_roles, is_without_offices in reader.rows(statement, {"scope": scope_parameter(scope)}):
        kind = AccountKind(text)
        if kind in WEB_SITES:
            continue
        missing = DECLARED - SEES[kind] - {Sight.SILENT_MEMBERS}
        missing |= {Sight.SILENT_MEMBERS} if known_by is not MembersAre.LISTED else set()
        missing |= {Sight.ROLES} if is_without_roles else set()
        missing |= {Sight.OFFICES} if is_without_offices else set()
        for sight in missing:
            lacking.setdefault(sight, []).append(TITLES[kind])
    return {sight: tuple(lacking[sight]) for sight in Sight if sight in lacking}


_SOURCES = """
SELECT a.kind,
  min(NOT EXISTS (SELECT 1 FROM member m WHERE m.community_id = c.id AND m.role IS NOT NULL)),
  min(NOT EXISTS (SELECT 1 FROM member m CROSS JOIN person p ON p.id = m.person_id
    WHERE m.community_id = c.id AND p.office <> ''))
FROM community c JOIN account a ON a.id = c.account_id WHERE c.is_followed AND
"""


def blind_spots(metric: Metric, lacking: Mapping[Sight, tuple[str, ...]]) -> tuple[str, ...]:
    """What a number leaves out, one sentence each, with the place that does not show it."""
    return tuple(
        f"{words.removesuffix('.')} ({', '.join(lacking[sight])})."
        for sight, words in metric.cannot.items()
        if sight in lacking
    )
