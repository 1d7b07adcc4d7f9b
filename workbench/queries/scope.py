"""Scope: which communities a question is about, as SQL; empty means all of them."""

import json

from workbench.ids import CommunityId

Scope = tuple[CommunityId, ...]
EVERYTHING: Scope = ()
NOWHERE: Scope = (CommunityId(-1),)
"""A community that is not mirrored here: of it nothing is known, which is neither zero nor what all communities are."""

IN_SCOPE = "IN (SELECT value FROM json_each(:scope))"
"""Goes behind a column; the parameter `scope` is what `scope_text` made."""


def scope_text(scope: Scope) -> str:
    """The scope as the JSON text that `IN_SCOPE` reads."""
    return json.dumps(scope)


def within(column: str, scope: Scope) -> str:
    """A condition on `column` that planners understand best: nothing, one value, or a set (parameter `scope`).

    An equality lets an index answer the order as well; a set of many cannot.
    """
    if not scope:
        return "TRUE"
    if len(scope) == 1:
        return f"{column} = :scope"
    return f"{column} {IN_SCOPE}"


def seeking(column: str, scope: Scope) -> str:
    """`within` for an index that begins with the community: the whole network becomes one seek per community."""
    return within(column, scope) if scope else sql(column, "IN (SELECT id FROM community)")


def scope_parameter(scope: Scope) -> str | int | None:
    """What the parameter `scope` of `within` has to be."""
    if not scope:
        return None
    return int(scope[0]) if len(scope) == 1 else scope_text(scope)


def sql(*parts: str) -> str:
    """One statement out of constant parts: every value travels as a parameter, never as text."""
    return "\n".join(parts)
