"""The verbs plan conflicts and plan choose: fields two people changed at once, and which of their values stays."""

import argparse
from collections.abc import Mapping, Sequence
from typing import Any, Final

from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.cli.plan_rows import Stand, changed
from workbench.cli.plan_values import entries, json_in
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.models.changes import Changes
from workbench.operations.exchange_looks import waiting_choices
from workbench.operations.plans import plan_named
from workbench.plans.occurrences import place_of, split_id
from workbench.plans.preview import Question
from workbench.plans.views import Conflict

WAITING: Final = ("id", "kind", "title", "field", "values", "stays")
_PARTS: Final = frozenset({"id", "keep"})


def run_choices(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Lists what waits for a choice, or makes choices, all of them or none."""
    chosen = _chosen(options) if options.action == "choose" else []
    is_reading = options.action == "conflicts"
    with open_workspace(options, clock=clock, say=output.warn, writable=not is_reading) as workspace:
        plan_id = plan_named(workspace, options.name)
        if is_reading:
            _list(waiting_choices(workspace, plan_id), output)
            return 0

        def choose(_stand: Stand) -> Sequence[Changes]:
            editor = workspace.plans.open(plan_id)
            return [editor.settle(_found(editor.view().conflicts, id_), keep - 1) for id_, keep in chosen]

        return changed(workspace, plan_id, output, choose)


def values_of(question: Question) -> list[dict[str, Any]]:
    """The values of one field, the one that shows first: in words, whose it is, when it was typed."""
    candidates = question.conflict.candidates
    return [
        {"value": words, "author": author, "at": candidate.at}
        for words, author, candidate in zip(question.words, question.authors, candidates, strict=True)
    ]


def in_words(values: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The same for a person, numbered as `plan choose` takes them."""
    return tuple(f"{number}: {each['value']} ({each['author']})" for number, each in enumerate(values, start=1))


def _list(questions: Sequence[Question], output: Output) -> None:
    rows = []
    for each in questions:
        values: Any = values_of(each)
        rows.append(
            {
                "id": _id(each.conflict),
                "kind": each.conflict.kind,
                "title": each.title,
                "field": each.field,
                "values": values if output.as_json else in_words(values),
                "stays": each.stays,
            }
        )
    output.rows(rows, WAITING, empty="Nothing waits for a choice.")


def _chosen(options: argparse.Namespace) -> list[tuple[str, int]]:
    """What to keep where: of the JSON, then of the arguments; BadInputError for anything else."""
    said = json_in(options)
    found = [_one(each, f"choices[{number}]") for number, each in enumerate(entries(said, "choices") if said else ())]
    if (options.id is None) != (options.keep is None):
        raise BadInputError(
            reason="Name the field by its id and the value by its number, as plan conflicts lists them."
        )
    if options.id is not None:
        found.append((options.id, options.keep))
    if not found and said is None:
        raise BadInputError(reason="Say what to keep: an id and a number of plan conflicts, or --json-in.")
    return found


def _one(entry: Mapping[str, Any], where: str) -> tuple[str, int]:
    if strange := sorted(entry.keys() - _PARTS):
        raise BadInputError(reason=f"In the JSON, {where} has no part named {strange[0]}.")
    id_, keep = entry.get("id"), entry.get("keep")
    if not isinstance(id_, str) or not isinstance(keep, int) or isinstance(keep, bool):
        raise BadInputError(reason=f"In the JSON, {where} needs an id and keep, the number of the value that stays.")
    return id_, keep


def _found(conflicts: Sequence[Conflict], id_: str) -> Conflict:
    for conflict in conflicts:
        if _id(conflict) == id_:
            return conflict
    raise BadInputError(reason=f"Nothing waits for a choice under {id_}; `workbench plan conflicts` lists what does.")


def _id(conflict: Conflict) -> str:
    """The field by its place in the plan: it stays the same until somebody chooses."""
    return "/".join(filter(None, (conflict.kind, split_id(conflict.record_id)[0], place_of(conflict))))
