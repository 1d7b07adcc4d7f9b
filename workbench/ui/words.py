"""Words: errors put as three sentences for the window, with details that can be copied but are never read aloud."""

from workbench.messages import wording


def error_words(error: BaseException) -> tuple[tuple[str, ...], str]:
    """What happened, what is safe and what to do next; then details to copy."""
    said = wording(error)
    details = f"{said.code}: {said.details}" if said.details else f"{said.code}: {type(error).__name__}"
    return (said.happened, said.safe, said.next), details
