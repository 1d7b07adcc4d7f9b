"""Sources: which account and remote id stand behind each community, so that it can be read again."""

from dataclasses import dataclass
from typing import Any

from workbench.ids import AccountId, CommunityId
from workbench.models.database import Reader
from workbench.models.kinds import AccountKind, CommunityType


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A community with where it comes from; `settings` is the account's JSON text."""

    community_id: CommunityId
    community: str
    remote_id: str
    description: str
    type: CommunityType | None
    url: str | None
    address: str | None
    account_id: AccountId
    kind: AccountKind
    account: str
    base_url: str | None
    settings: str
    is_paused: bool
    is_followed: bool = True


_SOURCES = """
SELECT c.id, c.name, c.remote_id, c.description, c.type, c.url, c.address, a.id, a.kind, a.name, a.base_url, a.settings,
  a.is_paused, c.is_followed
FROM community c JOIN account a ON a.id = c.account_id ORDER BY c.id
"""


def list_sources(reader: Reader) -> list[SourceRow]:
    """Every community with its source, in the order they were added."""
    return [_source(row) for row in reader.rows(_SOURCES)]


def source_named(reader: Reader, name: str) -> SourceRow | None:
    """The source of the community of exactly this name, whatever the case."""
    wanted = name.strip().casefold()
    return next((source for source in list_sources(reader) if source.community.casefold() == wanted), None)


def source_kind(reader: Reader, community_id: CommunityId) -> AccountKind | None:
    """What kind of source a community has; None when the community is gone."""
    kind = reader.scalar(_KIND, (community_id,))
    return None if kind is None else AccountKind(kind)


_KIND = "SELECT a.kind FROM community c JOIN account a ON a.id = c.account_id WHERE c.id = ?"


def _source(row: tuple[Any, ...]) -> SourceRow:
    id_, name, remote_id, description, type_, url, address, account_id, kind, account, base_url, *state = row
    settings, is_paused, is_followed = state
    return SourceRow(
        community_id=id_,
        community=name,
        remote_id=remote_id,
        description=description,
        type=None if type_ is None else CommunityType(type_),
        url=url,
        address=address,
        account_id=account_id,
        kind=AccountKind(kind),
        account=account,
        base_url=base_url,
        settings=settings,
        is_paused=bool(is_paused),
        is_followed=bool(is_followed),
    )
