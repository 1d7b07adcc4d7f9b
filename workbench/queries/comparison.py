"""Comparison: which communities there are to be put side by side, and the plans that belong to each."""

import json
from dataclasses import dataclass

from workbench.ids import CommunityId, PlanId
from workbench.models.database import Reader
from workbench.models.kinds import WEB_SITES, CommunityType
from workbench.queries.scope import Scope, scope_parameter, sql, within


@dataclass(frozen=True, slots=True)
class TypeGroup:
    """The communities of one type, by name; `type` None for those of which nobody chose one."""

    type: CommunityType | None
    ids: tuple[CommunityId, ...]


def type_groups(reader: Reader, scope: Scope) -> list[TypeGroup]:
    """The followed communities of the scope by their type, in the order of the types; web sites are none."""
    statement = sql(
        "SELECT c.id, c.name, c.type FROM community c JOIN account a ON a.id = c.account_id",
        "WHERE c.is_followed AND a.kind NOT IN (SELECT value FROM json_each(:sites)) AND",
        within("c.id", scope),
    )
    params = {"scope": scope_parameter(scope), "sites": json.dumps(sorted(WEB_SITES))}
    found: dict[CommunityType | None, list[tuple[str, CommunityId]]] = {kind: [] for kind in (*CommunityType, None)}
    for id_, name, kind in reader.rows(statement, params):
        found[None if kind is None else CommunityType(kind)].append((name.casefold(), CommunityId(id_)))
    return [TypeGroup(kind, tuple(id_ for _, id_ in sorted(rows))) for kind, rows in found.items() if rows]


def plans_of(reader: Reader, scope: Scope) -> dict[CommunityId, tuple[PlanId, ...]]:
    """{community: the plans for it that are not archived}."""
    statement = sql(
        "SELECT p.community_id, p.id FROM plan p WHERE NOT p.is_archived AND p.community_id IS NOT NULL AND",
        within("p.community_id", scope),
        "ORDER BY p.id",
    )
    found: dict[CommunityId, tuple[PlanId, ...]] = {}
    for community_id, plan_id in reader.rows(statement, {"scope": scope_parameter(scope)}):
        found[community_id] = (*found.get(community_id, ()), plan_id)
    return found
