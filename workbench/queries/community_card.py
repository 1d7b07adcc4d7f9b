"""Community card: what its coordinator says a community is, and who leads it by the words of its platform."""

from dataclasses import dataclass
from datetime import datetime

from workbench.ids import CommunityId
from workbench.models.database import Reader
from workbench.models.kinds import AskedBy, CommunityLevel, CommunityType
from workbench.models.leading import is_leading
from workbench.models.moments import maybe_from_micros
from workbench.queries.scope import Scope, scope_parameter, sql, within


@dataclass(frozen=True, slots=True)
class CommunityCardRow:
    """One card. `coordinator` is what was typed; `leaders` hold a leading role there, by name.

    `description` is the platform's own and follows it; `purpose` is the coordinator's.
    """

    community_id: CommunityId
    name: str
    description: str
    type: CommunityType | None
    level: CommunityLevel | None
    purpose: str
    themes: str
    spaces: str
    policies: str
    partners: str
    asked_by: AskedBy | None
    coordinator: str
    leaders: tuple[str, ...]

    @property
    def has_coordinator(self) -> bool:
        """Whether somebody is known to see to it."""
        return bool(self.coordinator.strip() or self.leaders)


_CARDS = """
SELECT c.id, c.name, c.description, c.type, k.level, ifnull(k.purpose, ''), ifnull(k.themes, ''), ifnull(k.spaces, ''),
  ifnull(k.policies, ''), ifnull(k.partners, ''), k.asked_by, ifnull(k.coordinator, '')
FROM community c LEFT JOIN community_card k ON k.community_id = c.id WHERE
"""
# What the coordinator typed of a person's role wins over what its source says.
_TOLD = """
SELECT m.community_id, p.name, m.role FROM member m CROSS JOIN person p ON p.id = m.person_id
WHERE m.role IS NOT NULL AND m.left_at IS NULL AND NOT p.is_bot
  AND NOT EXISTS (SELECT 1 FROM personfact f WHERE f.person_id = m.person_id AND f.role IS NOT NULL) AND
"""
_TYPED = """
SELECT m.community_id, p.name, f.role FROM personfact f CROSS JOIN person p ON p.id = f.person_id
JOIN member m ON m.person_id = f.person_id
WHERE f.role IS NOT NULL AND m.left_at IS NULL AND NOT p.is_bot AND
"""


def community_card(reader: Reader, community_id: CommunityId) -> CommunityCardRow | None:
    """The card of one community, empty where nobody wrote on it; None where there is no such community."""
    return next(iter(community_cards(reader, (community_id,))), None)


def community_cards(reader: Reader, scope: Scope) -> list[CommunityCardRow]:
    """The cards of the communities of the scope, by name."""
    params = {"scope": scope_parameter(scope)}
    led = leaders_by_community(reader, scope)
    rows = [
        CommunityCardRow(
            CommunityId(id_),
            name,
            description,
            None if kind is None else CommunityType(kind),
            None if level is None else CommunityLevel(level),
            purpose,
            themes,
            spaces,
            policies,
            partners,
            None if asked_by is None else AskedBy(asked_by),
            coordinator,
            led.get(CommunityId(id_), ()),
        )
        for (
            id_,
            name,
            description,
            kind,
            level,
            purpose,
            themes,
            spaces,
            policies,
            partners,
            asked_by,
            coordinator,
        ) in reader.rows(sql(_CARDS, within("c.id", scope)), params)
    ]
    return sorted(rows, key=lambda row: (row.name.casefold(), row.community_id))


def leaders_by_community(reader: Reader, scope: Scope) -> dict[CommunityId, tuple[str, ...]]:
    """{community: the names of its members in a leading role, by name}."""
    found: dict[CommunityId, set[str]] = {}
    params = {"scope": scope_parameter(scope)}
    here = within("m.community_id", scope)
    for community_id, name, role in reader.rows(sql(_TOLD, here, "UNION ALL", _TYPED, here), params):
        if is_leading(role):
            found.setdefault(CommunityId(community_id), set()).add(name)
    return {id_: tuple(sorted(names, key=str.casefold)) for id_, names in found.items()}


def talks_since(reader: Reader, scope: Scope) -> datetime | None:
    """The first message of the scope that is here; None where there is none."""
    statement = sql("SELECT min(t.first_message_at) FROM communitytotal t WHERE", within("t.community_id", scope))
    return maybe_from_micros(reader.scalar(statement, {"scope": scope_parameter(scope)}))


def coordinated_ids(reader: Reader) -> frozenset[CommunityId]:
    """Every community somebody is known to see to."""
    typed = reader.rows("SELECT community_id FROM community_card WHERE coordinator <> '' AND community_id IS NOT NULL")
    return frozenset(leaders_by_community(reader, ())) | {CommunityId(row[0]) for row in typed}
