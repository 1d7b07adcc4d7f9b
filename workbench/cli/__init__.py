"""The command line: words in, one operation, rows or documents out, and an exit code that says how it went."""

import sys
from collections.abc import Callable, Sequence

from workbench.cli.output import Output
from workbench.cli.parser import build_parser
from workbench.clock import Clock, SystemClock
from workbench.errors import WorkbenchError

DONE, FAILED, USAGE, PARTLY, NEEDS_USER = range(5)
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None, *, clock: Clock | None = None) -> int:
    """Runs one verb and answers its exit code; expected errors are told in words, anything else is a bug and raises."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    output = Output(as_json=bool(options.json))
    try:
        return _verb(options.verb)(options, output, clock or SystemClock())
    except WorkbenchError as error:
        output.fail(error)
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing is wrong here.
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        output.warn("Stopped. What was stored stays; run it again to go on.")
        return INTERRUPTED


Handler = Callable[..., int]


def _verb(name: str) -> Handler:
    """The function behind a verb; each group is imported only when one of its verbs is asked for."""
    if name in {"", "gui"}:
        from workbench.cli.window import run_window  # noqa: PLC0415 - only this verb loads Qt

        return run_window
    if name == "demo":
        from workbench.cli.demo import run_demo  # noqa: PLC0415 - as above, a verb loads what it needs

        return run_demo
    if name in {"import", "account", "sync", "plan"}:
        from workbench.cli import changing  # noqa: PLC0415 - as above

        return changing.VERBS[name]
    if name in {"report", "check", "backup", "restore"}:
        from workbench.cli import upkeep  # noqa: PLC0415 - as above

        return upkeep.VERBS[name]
    from workbench.cli import reading  # noqa: PLC0415 - as above

    return reading.VERBS[name]
