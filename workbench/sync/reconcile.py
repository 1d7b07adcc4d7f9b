"""Reconcile: compares a community with its platform, so that what was edited or deleted long ago is seen."""

from collections.abc import Iterable

from workbench.cancel import CancelToken
from workbench.errors import CancelledError, WorkbenchError
from workbench.ids import CommunityId
from workbench.models.database import Database
from workbench.models.kinds import RunState
from workbench.progress import Report, silent
from workbench.queries.held import brought_in, held_threads, held_versions, newest_held
from workbench.sync.community_run import CommunityRun, Walk
from workbench.sync.connector import CensusOf, Checker, Connector, Stage
from workbench.sync.engine import RunResult, result_of
from workbench.sync.gone import Removals
from workbench.sync.mirror import MirrorStore

CHECK = "check"


class HeldMessages:
    """What the mirror holds of one community, read as it is asked for."""

    def __init__(self, database: Database, community_id: CommunityId) -> None:
        self._database = database
        self._community_id = community_id

    def versions(self, remote_ids: Iterable[str]) -> dict[str, str | None]:
        """{remote id: version} of those of the messages that are held and not gone."""
        names = _by_key(remote_ids)
        with self._database.read() as reader:
            found = held_versions(reader, self._community_id, list(names))
        return {names[key]: version for key, version in found.items()}

    def threads(self, remote_ids: Iterable[str]) -> dict[str, int]:
        """{remote id of a first message: messages of its thread that are held and not gone}."""
        names = _by_key(remote_ids)
        with self._database.read() as reader:
            found = held_threads(reader, self._community_id, list(names))
        return {names[key]: count for key, count in found.items()}

    def newest(self, count: int) -> tuple[str, ...]:
        """Remote ids of the newest messages, newest first."""
        with self._database.read() as reader:
            return newest_held(reader, self._community_id, count)

    def has_files(self) -> bool:
        """Whether messages were brought in from files as well, which the platform need not have."""
        with self._database.read() as reader:
            return brought_in(reader, self._community_id)


def check_community(
    connector: Connector,
    checker: Checker,
    mirror: MirrorStore,
    database: Database,
    *,
    community_id: CommunityId,
    remote_id: str,
    trusts_gone: bool = False,
    report: Report = silent,
    cancel: CancelToken | None = None,
) -> RunResult:
    """Makes the mirror of one community true again, and says in the history how that went.

    `checker` is the connector, as one that can compare. Where more would be removed than a mistake explains, it is
    kept, and the result asks (ManyGoneError) unless `trusts_gone`. Expected errors end up in the result, and so does
    a stop; a bug is noted and raised on.
    """
    held = HeldMessages(database, community_id)
    removals = Removals(trusts_gone=trusts_gone)
    walk = Walk(CHECK, lambda: checker.check(remote_id, held), Stage.NEWS)
    run = CommunityRun(connector, mirror, community_id=community_id, walks=[walk], removals=removals)
    run.start()
    state: RunState | None = None
    try:
        run.advance(Stage.EXTRAS, report=report, cancel=cancel or CancelToken())
        if run.is_whole:
            removals.went_through(CensusOf.MESSAGES)
            removals.went_through(CensusOf.REACTIONS)
            mirror.checked(community_id)
    except CancelledError:
        state = RunState.CANCELLED
    except WorkbenchError:
        state = RunState.PARTLY if run.totals.records else RunState.FAILED
    finally:
        ended, changes = run.finish(state)
    return result_of(run, ended, changes)


def _by_key(remote_ids: Iterable[str]) -> dict[bytes, str]:
    from workbench.sync.lookups import remote_key  # noqa: PLC0415 - loads the ORM, and what checks writes anyway

    return {remote_key(remote_id): remote_id for remote_id in remote_ids}
