"""What a first sync takes, as the command line says it: in words on the error stream, and as an object."""

from typing import Any, Final

from workbench.cli.output import Output
from workbench.operations.first_offer import FirstSync, first_sync_of
from workbench.workspace import Workspace

ESTIMATE: Final = (
    "name", "communities", "history_from", "is_text_only", "bytes_least", "bytes_most", "requests_least",
    "requests_most", "is_guess",
)  # fmt: skip
_MEGA: Final = 1_000_000


def estimate_row(first: FirstSync) -> dict[str, Any]:
    """Under the keys of `account estimate`."""
    told = first.estimate
    return dict(
        zip(
            ESTIMATE,
            (
                first.name, first.communities, first.history_from, first.is_text_only, told.low, told.high, *told.calls,
                told.is_guess,
            ),
            strict=True,
        )
    )  # fmt: skip


def estimate_words(first: FirstSync) -> str:
    """Such as `First sync of Forum: since 2026-08-24, text only; about 34 kB to 1.2 MB in 12 to 40 requests`."""
    reach = "everything" if first.history_from is None else f"since {first.history_from.isoformat()}"
    kinds = ", text only" if first.is_text_only else ""
    told = first.estimate
    least, most = told.calls
    cost = f"{shown_size(told.low)} to {shown_size(told.high)} in {least:,} to {most:,} requests"
    sure = f"perhaps {cost}; the platform has not said how much there is" if told.is_guess else f"about {cost}"
    return f"First sync of {first.name}: {reach}{kinds}; {sure}."


def warn_first(workspace: Workspace, output: Output, *names: str) -> None:
    """Says of each account that was never read what its first sync takes, and how to go further or less far."""
    for name in names:
        first = first_sync_of(workspace, name=name)
        if first is not None:
            output.warn(estimate_words(first))
            output.warn(f'`workbench account limits "{first.name}"` changes it: --history all, --everything, --daily.')


def shown_size(count: int) -> str:
    """Bytes as a person reads them."""
    if count >= _MEGA:
        return f"{count / _MEGA:,.1f} MB"
    return f"{max(1, round(count / 1000)):,} kB"
