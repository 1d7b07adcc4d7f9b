"""Basis: what every answer with numbers says of itself: whose they are, of which days, known until when, as of when."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from workbench.cli.output import Output
from workbench.errors import BadInputError
from workbench.metrics.window import Window
from workbench.models.database import Reader
from workbench.queries.communities import community_names, find_community
from workbench.queries.coverage import known_until
from workbench.queries.scope import Scope

BASIS: Final = ("community", "from", "to", "known_until", "as_of")
"""The keys, in each verb the same; `to` is the first day that no longer counts, as in the option --to."""
EVERYBODY: Final = "All communities"


def scope_of(reader: Reader, name: str | None, output: Output | None = None) -> Scope:
    """The community of this name as a scope; all of them for None; BadInputError for one that is not there.

    With `output` it is said on stderr which one is meant, where what was typed is not the whole of its name.
    """
    if name is None:
        return ()
    found = find_community(reader, name)
    if found is None:
        message = f"There is no community called “{name}” in this profile; `workbench communities` lists them."
        raise BadInputError(message)
    if output is not None:
        meant = community_names(reader)[found]
        if meant.casefold() != name.strip().casefold():
            output.warn(f"“{name}” is taken for the community “{meant}”.")
    return (found,)


def basis(
    reader: Reader, scope: Scope, span: Window | tuple[date | None, date | None], as_of: datetime
) -> dict[str, Any]:
    """The five keys of these communities and days; a day is None where the span is open."""
    first, end = (span.start_on, span.end_on) if isinstance(span, Window) else span
    whose = community_names(reader)[scope[0]] if scope else EVERYBODY
    return dict(zip(BASIS, (whose, first, end, known_until(reader, scope), as_of), strict=True))


def without_whose(found: Mapping[str, Any]) -> dict[str, Any]:
    """The same for rows that name a community of their own."""
    return {key: value for key, value in found.items() if key != BASIS[0]}
