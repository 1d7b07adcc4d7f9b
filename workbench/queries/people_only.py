"""People only: communities in which nobody writes by their nature, and what is left of a scope without them."""

from typing import Final

from workbench.ids import CommunityId
from workbench.models.database import Reader
from workbench.queries.scope import Scope, scope_parameter, sql, within

PEOPLE_ONLY: Final = "(a.kind = 'discourse' AND (c.remote_id = 'everybody' OR c.remote_id GLOB 'group-*'))"
"""A condition on community `c` of account `a`: a forum's groups and its directory list people; posts are elsewhere."""

_ROSTERS = "SELECT c.id FROM account a JOIN community c ON c.account_id = a.id WHERE"
_WRITTEN_IN = """
SELECT c.id FROM community c JOIN account a ON a.id = c.account_id
WHERE c.is_followed AND a.kind NOT IN ('google-analytics', 'analytics-file') AND NOT
"""


def people_only(reader: Reader, scope: Scope) -> frozenset[CommunityId]:
    """The communities of the scope that list people and hold no messages; of the whole network, the followed ones."""
    which = within("c.id", scope) if scope else "c.is_followed"
    statement = sql(_ROSTERS, PEOPLE_ONLY, "AND", which)
    return frozenset(CommunityId(row[0]) for row in reader.rows(statement, {"scope": scope_parameter(scope)}))


def written_in(reader: Reader, scope: Scope) -> Scope:
    """The scope without those of people only, whose days nobody can miss; as it is where nothing else is in it."""
    rosters = people_only(reader, scope) if len(scope) != 1 else frozenset()
    if not rosters:
        return scope
    if scope:
        return tuple(one for one in scope if one not in rosters) or scope
    return tuple(CommunityId(row[0]) for row in reader.rows(sql(_WRITTEN_IN, PEOPLE_ONLY)))
