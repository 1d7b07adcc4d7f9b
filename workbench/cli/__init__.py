"""The command line: words in, one operation, rows or documents out, and an exit code that says how it went."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Final

from workbench.cli.output import Output
from workbench.cli.parser import build_parser
from workbench.clock import Clock, SystemClock
from workbench.errors import CancelledError, WorkbenchError
from workbench.paths import WORKER_VERB

DONE, FAILED, USAGE, PARTLY, NEEDS_USER = range(5)


def main(arguments: Sequence[str] | None = None, *, clock: Clock | None = None) -> int:
    """Runs one verb and answers its exit code; every failure is told in words on stderr."""
    if (sys.argv[1:] if arguments is None else list(arguments)) == [WORKER_VERB]:
        from workbench.operations.worker_main import main as work  # noqa: PLC0415 - no verb for people: the window starts it

        return work()
    options = build_parser().parse_args(arguments)
    output = Output(as_json=bool(options.json))
    try:
        code = _run(options, output, clock or SystemClock())
        output.flush()
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing is wrong here.
        return DONE
    except WorkbenchError as error:  # the disk that our output is written to
        output.fail(error)
        return error.exit_code
    return code


def _run(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """The exit code of the verb; a mistake of ours is told by its class, and written to the log with its place."""
    try:
        return _verb(options.verb)(options, output, clock)
    except WorkbenchError as error:
        output.fail(error)
        return error.exit_code
    except KeyboardInterrupt:
        output.fail(CancelledError())
        return CancelledError.exit_code
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - a person at a terminal gets words, whatever went wrong
        output.fail(error)
        _write_down(error, options, clock)
        return FAILED


def _write_down(error: Exception, options: argparse.Namespace, clock: Clock) -> None:
    """Into the profile's log, where there is a profile: which lines the error passed, nothing of what it says."""
    from workbench.cli.keys import profile_folder  # noqa: PLC0415 - only for a mistake of ours
    from workbench.logs import Log  # noqa: PLC0415 - as above
    from workbench.paths import log_folder  # noqa: PLC0415 - as above

    profile = profile_folder(options)
    if profile.is_dir():
        log = Log(log_folder(profile), clock=clock)
        log.failure("verb.failed", error, verb=options.verb or "gui")
        log.close()


Handler = Callable[..., int]


_HANDLERS: Final[Mapping[str, tuple[str, str]]] = {
    "": ("window", "run_window"),
    "gui": ("window", "run_window"),
    "demo": ("demo", "run_demo"),
    "import": ("changing", "run_import"),
    "account": ("accounts", "run_account"),
    "sync": ("syncing", "run_sync"),
    "outbox": ("outbox", "run_outbox"),
    "attachment": ("attachments", "run_attachment"),
    "communities": ("community_deeds", "run_communities"),
    "people": ("people", "run_people"),
    "questions": ("questions", "run_questions"),
    "hashtags": ("questions", "run_hashtags"),
    **dict.fromkeys(("watch", "output", "idea"), ("watching", "run_watching")),
    "house-rules": ("watching", "run_house_rules"),
    "search": ("searches", "run_search"),
    "today": ("today", "run_today"),
    "metric": ("measures", "run_metric"),
    "scorecard": ("measures", "run_scorecard"),
    "network": ("network", "run_network"),
    "plan": ("planning", "run_plan"),
    "rollup": ("rollup", "run_rollup"),
    **dict.fromkeys(("report", "check", "backup", "restore"), ("upkeep", "run_upkeep")),
}
"""Which module and function a verb leads to; verbs that only read are all in one place."""


def _verb(name: str) -> Handler:
    """The function behind a verb; its module is loaded only when it is asked for, Qt only for the window."""
    module, function = _HANDLERS.get(name, ("reading", "run_reading"))
    found: Handler = getattr(import_module(f"workbench.cli.{module}"), function)
    return found
