"""The verb `network`: the numbers of the network page, and its ties as a file for programs that draw networks."""

import argparse
from typing import Any, Final

from workbench.cancel import CancelToken
from workbench.cli.basis import scope_of
from workbench.cli.interrupt import stop_on_interrupt
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output, ProgressLine
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.metrics.catalog import find_metric
from workbench.metrics.roles import ROLES
from workbench.metrics.window import Window, last_days_over
from workbench.operations.network import NetworkLook, look_at_network
from workbench.operations.network_file import NamesFor, graphml
from workbench.operations.sight import blind_spots

DAYS: Final = 90
"""What the window shows when nobody chooses a period."""
MEASURES: Final = ("two_way", "cross_office", "density", "key_players", "betweenness", "emergent_structures")


def run_network(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Tells the network of one community, or of all; with `--out` it writes the ties as well."""
    from workbench.export.files import refuse_unwritable, write_whole  # noqa: PLC0415 - only for a file

    names = _names(options)
    if options.out is not None:
        refuse_unwritable(options.out)
    as_of = clock.now()
    window = last_days_over(DAYS, as_of) if options.period is None else Window.between(*options.period)
    progress, cancel = ProgressLine(clock), CancelToken()
    with open_workspace(options, clock=clock, say=output.warn, writable=False) as workspace:
        with workspace.database.read() as reader:
            scope = scope_of(reader, options.community, output)
        with stop_on_interrupt(cancel):
            try:
                look = look_at_network(
                    workspace, scope=scope, window=window, as_of=as_of, report=progress, cancel=cancel
                )
            finally:
                progress.close()
    row = told(look) | {"as_of": as_of}
    if options.out is not None:
        document = graphml(look, names=names, as_of=as_of)
        write_whole(options.out, document)
        row |= {"path": str(options.out), "size": len(document)}
    output.one(row)
    return 0


def told(look: NetworkLook) -> dict[str, Any]:
    """The numbers; nobody is named."""
    return {
        "community": look.name,
        "from": look.window.start_on,
        "to": look.window.end_on,
        "coverage": round(look.known, 6),
        "known_until": look.known_until,
        "members": look.members,
        "people": len(look.people),
        "ties": len(look.edges.ends),
        "groups": look.clusters,
        "is_sampled": look.is_sampled,
        **{key: look.values[key].value for key in MEASURES},
        "unseen": _unseen(look),
        **{f"{role.value}s": len(look.roles[role]) for role in ROLES},
    }


def _unseen(look: NetworkLook) -> list[str]:
    """What the numbers leave out, each sentence once."""
    said = (words for key in MEASURES for words in blind_spots(find_metric(key), look.unseen))
    return list(dict.fromkeys(said))


def _names(options: argparse.Namespace) -> NamesFor | None:
    """Names leave only with a recipient and a purpose."""
    if options.names_for is None and options.names_because is None:
        return None
    recipient, purpose = (options.names_for or "").strip(), (options.names_because or "").strip()
    if not recipient or not purpose:
        message = "Names go out only with both --names-for WHO and --names-because WHY."
        raise BadInputError(message)
    return NamesFor(recipient, purpose)
