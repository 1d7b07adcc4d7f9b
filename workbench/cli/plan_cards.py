"""The verb plan card: adding, changing, moving and archiving cards, by title or id."""

import argparse
from collections.abc import Callable, Mapping
from typing import Any, Final

from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.cli.plan_rows import Stand, changed
from workbench.cli.plan_values import Values, card_draft, card_options, card_values, entries, json_in
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import CardId
from workbench.models.changes import Changes
from workbench.models.kinds import CardColumn
from workbench.operations.plans import plan_named
from workbench.plans.editor import PlanEditor
from workbench.queries.plans import CardRow

_PARTS = ("checklist", "evidence")


def run_card(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """One gesture on cards; prints the plan with what it touched."""
    make = _GESTURES[options.card_action](options)
    with open_workspace(options, clock=clock, say=output.warn, writable=True) as workspace:
        plan_id = plan_named(workspace, options.plan)
        return changed(workspace, plan_id, output, lambda stand: make(workspace.plans.open(plan_id), stand))


Gesture = Callable[[PlanEditor, Stand], list[Changes]]


def _add(options: argparse.Namespace) -> Gesture:
    given = card_options(options)
    said = json_in(options)
    found = [
        card_values(each, f"cards[{number}]")
        for number, each in enumerate(entries(said if said is not None else {}, "cards"))
    ]

    def make(editor: PlanEditor, stand: Stand) -> list[Changes]:
        drafts = [card_draft(_serving(values | given, stand)) for values in found]
        return [editor.add_cards(drafts)]

    return make


def _set(options: argparse.Namespace) -> Gesture:
    given = card_options(options)
    said = entries(json_in(options) or {}, "cards")
    if len(said) != 1:
        raise BadInputError(reason="One card is changed at a time; the JSON holds several.")
    values = card_values(said[0], "the card") | given
    if not (values or options.tick or options.untick):
        raise BadInputError(reason="Say what to set, as in --due 2026-03-02.")

    def make(editor: PlanEditor, stand: Stand) -> list[Changes]:
        card = _one_of(stand, options.card, all_times=options.all_times)
        fields = _serving({name: value for name, value in values.items() if name not in _PARTS}, stand)
        every = bool(options.all_times)
        done = []
        if fields:
            done.append((editor.set_series if every else editor.set_card)(card.id, **fields))
        done += [editor.add_check(card.id, text, all_times=every) for text in values.get("checklist", ())]
        done += [
            editor.add_evidence(card.id, kind=shown.kind, title=shown.title, value=shown.value)
            for shown in values.get("evidence", ())
        ]
        for texts, is_done in ((options.tick, True), (options.untick, False)):
            done += [editor.set_check(card.id, _line(editor, card.id, text), is_done=is_done) for text in texts]
        return done

    return make


def _move(options: argparse.Namespace) -> Gesture:
    to, index = CardColumn(options.column), max(0, options.place - 1)
    return lambda editor, stand: [editor.move_card(stand.card(options.card), to=to, index=index)]


def _archive(options: argparse.Namespace) -> Gesture:
    def make(editor: PlanEditor, stand: Stand) -> list[Changes]:
        cards = [stand.card(wanted, is_archived=options.restore) for wanted in options.cards]
        return [(editor.restore_cards if options.restore else editor.archive_cards)(cards)]

    return make


_GESTURES: Final[Mapping[str, Callable[[argparse.Namespace], Gesture]]] = {
    "add": _add,
    "set": _set,
    "move": _move,
    "archive": _archive,
}


def _serving(values: Values, stand: Stand) -> dict[str, Any]:
    """With the objective that is named by its title told by its id."""
    named = values.get("objective_id")
    return values if named is None else values | {"objective_id": stand.objective(str(named))}


def _one_of(stand: Stand, wanted: str, *, all_times: bool) -> CardRow:
    """The card; where all times of a series are meant, any of them."""
    same = stand.cards_named(wanted)
    if all_times and same and len({card.series_id or card.id for card in same}) == 1:
        return same[0]
    card_id = stand.card(wanted)
    return next(card for card in same if card.id == card_id)


def _line(editor: PlanEditor, card_id: CardId, text: str) -> str:
    """The id of the line of the checklist that says this."""
    (card,) = (card for card in editor.view().cards if card.id == card_id)
    same = [item.id for item in card.checklist if item.text == text]
    if len(same) != 1:
        reason = "no line" if not same else "more than one line"
        raise BadInputError(reason=f"The checklist of this card has {reason} that says “{text}”.")
    return same[0]
