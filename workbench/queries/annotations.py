"""Annotations: what a leader says happened on the days of a scope."""

from dataclasses import dataclass
from datetime import date

from workbench.models.database import Reader
from workbench.queries.scope import Scope, scope_parameter, sql, within


@dataclass(frozen=True, slots=True)
class AnnotationRow:
    """One annotation; `community` is "" where it is about all of them."""

    id: str
    day: date
    words: str
    community: str


def annotations(reader: Reader, scope: Scope, first: date, last: date) -> list[AnnotationRow]:
    """Those of [first, last] about the communities of the scope, and those about all, by day.

    Those of a community that is not here (its account was removed) wait unseen.
    """
    params = {"scope": scope_parameter(scope), "first": first.isoformat(), "last": last.isoformat()}
    return [
        AnnotationRow(id_, date.fromisoformat(day), words, community or "")
        for id_, day, words, community in reader.rows(sql(_IN_SPAN, within("c.id", scope), _ORDER), params)
    ]


_IN_SPAN = """
SELECT n.id, n.day, n.words, min(c.name) FROM annotation n
LEFT JOIN account a ON a.kind = n.account_kind AND ifnull(a.base_url, '') = n.site
LEFT JOIN community c ON c.account_id = a.id AND c.remote_id = n.community_remote_id
WHERE n.day >= :first AND n.day <= :last AND (n.account_kind = '' OR c.id IS NOT NULL AND
"""
_ORDER = ") GROUP BY n.id ORDER BY n.day, n.id"
