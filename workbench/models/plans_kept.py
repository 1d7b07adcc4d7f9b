"""Plans kept: a plan finds its community by what the platform calls it, whenever that is mirrored here."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Of one platform and site only the same id is the same community, whatever its name. A file knows no site: what it
# brought, and what a plan from a file is about, is known by its name to other sources.
_FOUND: Final = """
SELECT c.id FROM community c JOIN account a ON a.id = c.account_id
WHERE {only} AND (
  (a.kind, ifnull(a.base_url, ''), c.remote_id)
    = (json_extract({place}, '$[0]'), json_extract({place}, '$[1]'), json_extract({place}, '$[2]'))
  OR (c.name = {name} AND (
    json_array_length({place}) = 0
    OR ((a.kind, ifnull(a.base_url, '')) <> (json_extract({place}, '$[0]'), json_extract({place}, '$[1]'))
      AND '' IN (ifnull(a.base_url, ''), json_extract({place}, '$[1]'))))))
ORDER BY (a.kind, c.remote_id) IS NOT (json_extract({place}, '$[0]'), json_extract({place}, '$[2]')), c.id LIMIT 1
"""
HERE: Final = _FOUND.format(only="TRUE", place=":place", name=":name")
"""The mirrored community a plan means; `place` is JSON of (kind, site, id there), or of nothing."""
_COME: Final = f"""
UPDATE plan SET community_id = (
  {_FOUND.format(only="c.id = :community", place="plan.community_place", name="plan.community_name")})
WHERE community_id IS NULL AND community_name <> ''
"""  # noqa: S608 - our own constants
_GO: Final = """
UPDATE plan SET community_id = NULL, community_place = CASE community_place WHEN '[]' THEN (
    SELECT json_array(a.kind, ifnull(a.base_url, ''), c.remote_id)
    FROM community c JOIN account a ON a.id = c.account_id WHERE c.id = plan.community_id)
  ELSE community_place END
WHERE community_id IN (SELECT id FROM community WHERE account_id = ?)
"""
_PLACE: Final = """
SELECT a.kind, ifnull(a.base_url, ''), c.remote_id, c.name FROM community c JOIN account a ON a.id = c.account_id
WHERE {known} = ?
"""


def find_plans_again(connection: "Connection", community_id: int) -> None:
    """Ties plans whose community was not mirrored here to one that is now."""
    connection.exec_driver_sql(_COME, {"community": community_id})


def let_plans_go(connection: "Connection", account_id: int) -> None:
    """Before an account goes: its plans keep the name and place of their community, and wait for it."""
    connection.exec_driver_sql(_GO, (account_id,))


def community_at(connection: "Connection", place: Sequence[str], name: str) -> int | None:
    """The mirrored community a plan means; `place` is (kind, site, id there), or empty. No name means all of them."""
    if not name:
        return None
    wanted = {"place": json.dumps(list(place)), "name": name}
    found: int | None = connection.exec_driver_sql(HERE, wanted).scalar()
    return found


def place_named(connection: "Connection", name: str) -> tuple[str, ...]:
    """What the platform calls the community of that name: (kind, site, id there); empty where it is not mirrored."""
    row = connection.exec_driver_sql(_PLACE.format(known="c.name"), (name,)).first()
    return () if row is None else tuple(row[:3])


def place_of(connection: "Connection", community_id: int) -> tuple[tuple[str, ...], str]:
    """As `place_named`, of a community by its id; with its name."""
    row = connection.exec_driver_sql(_PLACE.format(known="c.id"), (community_id,)).first()
    return ((), "") if row is None else (tuple(row[:3]), row[3])
