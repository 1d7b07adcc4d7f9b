"""Roster: whether the members of a scope are listed by a source, or only met in what they wrote."""

from datetime import date, timedelta
from enum import Enum
from typing import Final

from workbench.models.database import Reader
from workbench.queries.coverage import MINIMUM_COVERAGE, coverage_share
from workbench.queries.scope import Scope, scope_parameter, sql, within

MET_DAYS: Final = 90
"""Where nobody lists the members, those who wrote on so many days before stand for them."""
_AT_ONCE: Final = 4


class MembersAre(Enum):
    """How members came to be known, and so what a share of them means."""

    LISTED = "listed"
    MET = "met"
    SEEN = "seen"


# What a source counts beside what it listed: a list that was cut is no list yet.
_LISTS = """
SELECT EXISTS (SELECT 1 FROM member m WHERE m.community_id = c.id AND m.is_listed), s.platform_members,
  CASE WHEN s.platform_members > 0
    THEN (SELECT count(*) FROM member m WHERE m.community_id = c.id AND m.left_at IS NULL)
    ELSE EXISTS (SELECT 1 FROM member m WHERE m.community_id = c.id AND m.left_at IS NULL) END
FROM community c LEFT JOIN communitystate s ON s.community_id = c.id WHERE
"""


def members_are(reader: Reader, scope: Scope, *, before: date) -> MembersAre:
    """LISTED where each community with members has a list of nine in ten; else MET where a good while is known.

    MET needs most of the 90 days before `before`: of less, everybody who is known has written lately, because only who
    wrote lately is known (SEEN).
    """
    if _is_listed(reader, scope):
        return MembersAre.LISTED
    day = timedelta(days=1)
    share = coverage_share(reader, scope, before - MET_DAYS * day, before - day)
    return MembersAre.MET if share >= MINIMUM_COVERAGE else MembersAre.SEEN


def _is_listed(reader: Reader, scope: Scope) -> bool:
    which, has_members = within("c.id", scope) if scope else "c.is_followed", False
    # A few at a time: to learn that nobody lists a community takes a walk over its members, and one is enough.
    lists = reader.iterate(sql(_LISTS, which), {"scope": scope_parameter(scope)}, size=_AT_ONCE)
    for is_listed, told, members in lists:
        if members and not (is_listed and members >= (told or 0) * MINIMUM_COVERAGE):
            return False
        has_members = has_members or members > 0
    return has_members
