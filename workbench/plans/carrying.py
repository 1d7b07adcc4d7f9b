"""Carrying: a plan as the payload of an envelope: its document, and the names behind the marks of its authors."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.errors import EnvelopeDamagedError
from workbench.ids import PlanId

_MOST_NAMES = 10_000
_MOST_NAME = 200
_JOINERS = str.maketrans("", "", "\u200c\u200d")  # names in several scripts need them


@dataclass(frozen=True, slots=True)
class PlanPayload:
    """`author` is the sender's own mark; `names` has the name behind each mark that the sender knows."""

    plan_id: PlanId
    author: str
    names: Mapping[str, str]
    document: bytes = field(repr=False)


def packed(payload: PlanPayload) -> bytes:
    """One line of JSON, then the document as it is."""
    head = {"plan": payload.plan_id, "author": payload.author, "names": dict(sorted(payload.names.items()))}
    return json.dumps(head, ensure_ascii=False, sort_keys=True).encode() + b"\n" + payload.document


def unpacked(data: bytes) -> PlanPayload:
    """The payload that `packed` made; EnvelopeDamagedError for anything else."""
    head, _, document = data.partition(b"\n")
    try:
        values = json.loads(head)
        names = {_short(author): _short(name) for author, name in values["names"].items()}
        payload = PlanPayload(PlanId(_short(values["plan"])), _short(values["author"]), names, document)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = "the plan in it cannot be read"
        raise EnvelopeDamagedError(message) from error
    if len(names) > _MOST_NAMES or not payload.plan_id or not document:
        message = "the plan in it cannot be read"
        raise EnvelopeDamagedError(message)
    return payload


def _short(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MOST_NAME or not value.translate(_JOINERS).isprintable():
        message = "not a short text"
        raise ValueError(message)
    return value
