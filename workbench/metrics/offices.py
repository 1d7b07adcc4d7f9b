"""How work is spread over offices and organisations."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from workbench.ids import PersonId
from workbench.metrics.participation import fewest_for_majority, may_not_be_first, written_by
from workbench.metrics.value import Unit, Value
from workbench.metrics.window import Window
from workbench.queries.frames import MeasureFrame


def office_absence_factor(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """The fewest offices whose people together wrote at least half of the messages whose office is known.

    Numerator and denominator are the messages of these offices and of all offices.
    """
    by_office, unknown = _by_place(frame, window, frame.ties.offices)
    value = fewest_for_majority(sorted(by_office.values(), reverse=True), Unit.OFFICES)
    return Value(value.value, value.unit, value.numerator, value.denominator, detail=_unknown(unknown))


def organisations(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """How many organisations wrote something in the window.

    Numerator and denominator are the messages whose organisation is known and all. `detail` has the share of each
    organisation in name order, and which were "new": their first message ever lies in the window.
    """
    written, unknown = _by_place(frame, window, frame.organisations)
    known = written.total()
    shares = tuple((name, written[name] / known) for name in sorted(written))
    starts = frame.organisation_starts
    new = tuple(name for name in sorted(written) if window.start_us <= starts.get(name, -1) < window.end_us)
    detail = {
        "shares": shares,
        "new": new,
        "may_not_be_first": may_not_be_first(frame, window),
        **_unknown(unknown),
    }
    return Value(len(shares) if shares else None, Unit.ORGANISATIONS, known, known + unknown, detail=detail)


def _by_place(frame: MeasureFrame, window: Window, places: Mapping[PersonId, str]) -> tuple[Counter[str], int]:
    """Messages by place, and how many are of people whose place is not known."""
    written = written_by(frame, window)
    found, unknown = Counter[str](), 0
    if not places:
        return found, written.total()
    for person, messages in written.items():
        place = places.get(person)
        if place is None:
            unknown += messages
        else:
            found[place] += messages
    return found, unknown


def _unknown(messages: int) -> dict[str, object]:
    """How many messages are left out, and why."""
    why = "Messages are left out of which nobody knows where their authors belong."
    return {"left_out": messages, "doubts": (why,)} if messages else {"doubts": ()}
