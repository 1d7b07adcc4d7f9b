"""The verb plan: starting, listing, showing, changing and archiving plans; its other actions lie beside."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from importlib import import_module
from typing import Any, Final

from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.cli.plan_rows import Stand, changed, show_plan
from workbench.cli.plan_values import (
    card_draft,
    card_values,
    entries,
    entry,
    json_in,
    measure_choice,
    objective_draft,
    objective_values,
    plan_options,
    plan_values,
)
from workbench.cli.plan_words import EMPTY
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.export.gather import MEASURE_DAYS
from workbench.ids import PlanId
from workbench.operations.plans import (
    MeasureChoice,
    carry_over,
    plan_named,
    refuse_incomplete,
    start_plan,
)
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.plans.templates import SHIPPED, STARTER, shipped_template
from workbench.plans.views import HAND_KEPT
from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.queries.plans import list_plans, plan_objectives
from workbench.queries.share_known import whole_percents
from workbench.workspace import Workspace

_LEAST_SHARE = 0.01
PLANS = ("name", "owner", "community", "starts_on", "todo", "doing", "done")
HANDED_ON = ("title", "pillar", "owner", "due_on", "hours", "promised_to")
_REQUIRED = ("name", "purpose", "owner")
_ELSEWHERE: Final[Mapping[str, tuple[str, str]]] = {
    "card": ("plan_cards", "run_card"),
    "objective": ("plan_objectives", "run_objective"),
    "checkpoint": ("plan_checkpoints", "run_checkpoint"),
    "template": ("plan_templates", "run_template"),
    "export": ("plan_files", "run_export"),
    "import": ("plan_files", "run_import"),
    **dict.fromkeys(("conflicts", "choose"), ("plan_choices", "run_choices")),
    **dict.fromkeys(("send", "receive", "partner", "copies"), ("plan_exchange", "run_plan_exchange")),
}
"""Which module and function an action leads to, loaded only when it is asked for."""


def run_plan(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """One action on plans; what only reads works beside an open window."""
    if options.action in _ELSEWHERE:
        module, function = _ELSEWHERE[options.action]
        run: Callable[..., int] = getattr(import_module(f"workbench.cli.{module}"), function)
        return run(options, output, clock)
    if options.action == "new":
        return start(options, output, clock)
    is_reading = options.action in {"list", "show", "carry-over"}
    with open_workspace(options, clock=clock, say=output.warn, writable=not is_reading) as workspace:
        return _ACTIONS[options.action](options, workspace, output)


def start(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Starts a plan from options, JSON, a template and the plan before; a wrong one costs no profile."""
    whole = _whole(json_in(options))
    charter = plan_values(whole["plan"]) | plan_options(options) | _options(options)
    objectives = [
        objective_draft(objective_values(each, where), where)
        for where, each in _numbered("objectives", whole["objectives"])
    ]
    cards = [card_draft(card_values(each, where), where) for where, each in _numbered("cards", whole["cards"])]
    template = _template(options, whole, has_cards=bool(cards))
    measures = [measure_choice(text) for text in options.measure]
    _refuse(charter, measures, objectives, template)
    community = charter.pop("community_name", None) or None
    # A community, a template of one's own and the plan before can only be found in a profile that is there.
    create = community is None and options.after is None and template in (None, *SHIPPED)
    with open_workspace(options, clock=clock, say=output.warn, writable=True, create=create) as workspace:
        if options.after is not None:
            handed_on = carry_over(workspace, plan_named(workspace, options.after))
            cards = [*handed_on.cards, *cards]
            charter = {"follows": handed_on.follows} | charter
        plan_id = start_plan(
            workspace,
            name=charter.pop("name"),
            purpose=charter.pop("purpose"),
            owner=charter.pop("owner"),
            starts_on=charter.pop("starts_on", None),
            measures=measures,
            objectives=objectives,
            community=community,
            template=template,
            with_starter_cards=False,
            cards=_serving(cards, objectives),
            **charter,
        )
        _warn_of_baseline(workspace, plan_id, output)
        show_plan(workspace, plan_id, output)
    return 0


def _whole(data: Any) -> dict[str, Any]:
    said = dict(entry(data if data is not None else {}, "the plan"))
    known = {"format", "plan", "objectives", "cards", "template", "checkpoints", "conflicts"}
    if strange := sorted(said.keys() - known):
        raise BadInputError(reason=f"In the JSON, the plan has no part named {strange[0]}.")
    return {"plan": entry(said.get("plan", {}), "plan"), "template": said.get("template")} | {
        name: entries(said.get(name, []), name) for name in ("objectives", "cards")
    }


def _numbered(name: str, found: list[Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(f"{name}[{number}]", each) for number, each in enumerate(found)]


def _options(options: argparse.Namespace) -> dict[str, Any]:
    given: dict[str, str | date | None] = {
        "name": options.name,
        "purpose": options.purpose,
        "owner": options.owner,
        "community_name": options.community,
        "starts_on": options.start,
    }
    return {name: value for name, value in given.items() if value is not None}


def _template(options: argparse.Namespace, whole: Mapping[str, Any], *, has_cards: bool) -> str | None:
    """The starter, unless cards come from elsewhere or another is named; None for no cards at all."""
    key = options.template or whole["template"]
    if key is None:
        return None if has_cards or options.after is not None else STARTER
    return None if key == EMPTY else str(key)


def _refuse(
    charter: Mapping[str, Any],
    measures: list[MeasureChoice],
    objectives: list[ObjectiveDraft],
    template: str | None,
) -> None:
    if any(choice.key == HAND_KEPT for choice in measures):
        message = "A measure kept by hand needs a title: name it in the JSON, or later with `plan objective add`."
        raise BadInputError(message)
    chosen = [*measures, *(MeasureChoice(each.measure) for each in objectives)]
    if not chosen and template in SHIPPED:
        chosen = [MeasureChoice(each.measure) for each in shipped_template(str(template)).objectives]
    name, purpose, owner = (str(charter.get(key, "")) for key in _REQUIRED)
    if chosen or template in (None, *SHIPPED):
        refuse_incomplete(name=name, purpose=purpose, owner=owner, measures=chosen)


def _serving(cards: list[CardDraft], objectives: list[ObjectiveDraft]) -> list[CardDraft]:
    """Cards with the objective they name by its title told by its key."""
    keys = {each.title: each.key for each in objectives if each.key}
    return [
        card
        if card.objective_id is None
        else replace(card, objective_id=keys.get(card.objective_id, card.objective_id))
        for card in cards
    ]


def _warn_of_baseline(workspace: Workspace, plan_id: PlanId, output: Output) -> None:
    """Says of how few days the baseline is, where that is too little to compare with."""
    with workspace.database.read() as reader:
        coverage = [row.baseline_coverage or 0.0 for row in plan_objectives(reader, plan_id)]
    known = min(coverage, default=1.0)
    if known < MINIMUM_COVERAGE:
        share = f"Only {whole_percents(known)} %" if known >= _LEAST_SHARE else "Nothing"
        output.warn(f"{share} of the {MEASURE_DAYS} days before day 0 is known here; the baseline says so.")


def _list(options: argparse.Namespace, workspace: Workspace, output: Output) -> int:
    with workspace.database.read() as reader:
        plans = [plan for plan in list_plans(reader) if options.archived or not plan.is_archived]
    rows = [
        {key: getattr(plan, key) for key in PLANS if key != "community"}
        | {"community": plan.community_name if output.as_json else plan.community, "is_mirrored": plan.is_here}
        for plan in plans
    ]
    columns = (*PLANS, "is_mirrored") if output.as_json else PLANS
    empty = "No plan yet. Start one: workbench plan new NAME --purpose … --owner … --measure …"
    output.rows(rows, columns, empty=empty)
    return 0


def _show(options: argparse.Namespace, workspace: Workspace, output: Output) -> int:
    show_plan(workspace, plan_named(workspace, options.name), output)
    return 0


def _set(options: argparse.Namespace, workspace: Workspace, output: Output) -> int:
    values = plan_values(entry(json_in(options) or {}, "plan")) | plan_options(options)
    if not values:
        raise BadInputError(reason="Say what to set, as in --set owner=NAME.")
    plan_id = plan_named(workspace, options.name)
    return changed(workspace, plan_id, output, lambda _: [workspace.plans.open(plan_id).set_plan(**values)])


def _archive(options: argparse.Namespace, workspace: Workspace, output: Output) -> int:
    plan_id = plan_named(workspace, options.name)

    def gesture(_: Stand) -> list[Any]:
        return [workspace.plans.open(plan_id).set_plan(is_archived=not options.restore)]

    return changed(workspace, plan_id, output, gesture)


def _carry_over(options: argparse.Namespace, workspace: Workspace, output: Output) -> int:
    found = carry_over(workspace, plan_named(workspace, options.name))
    head = {"follows": found.follows, "name": found.name} | {
        key: getattr(found, key) for key in ("lessons", "worked", "did_not_work")
    }
    cards = [{key: getattr(card, key) for key in HANDED_ON} for card in found.cards]
    if output.as_json:
        output.one(head | {"cards": cards})
        return 0
    output.one(head)
    output.say("")
    output.rows(cards, HANDED_ON, empty="Every card is done.")
    output.say("")
    output.say(f'Begin the next one with them: workbench plan new NAME --after "{found.name}" …')
    return 0


_ACTIONS: Final[Mapping[str, Callable[[argparse.Namespace, Workspace, Output], int]]] = {
    "list": _list,
    "show": _show,
    "set": _set,
    "archive": _archive,
    "carry-over": _carry_over,
}
