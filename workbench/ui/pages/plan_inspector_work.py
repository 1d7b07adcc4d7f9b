"""CardWork: what the card at the side reads and writes: fields, times of a series, checklist, evidence, choices."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from workbench.ids import CardId
from workbench.models.changes import Changes
from workbench.models.kinds import EvidenceKind
from workbench.models.plan_parts import CheckItem, Evidence
from workbench.plans.card_story import CardStory
from workbench.plans.views import Conflict
from workbench.queries.plans import CardRow
from workbench.ui.context import Context
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_data import BoardData
from workbench.ui.pages.plan_evidence import EvidenceOpener, find_threads
from workbench.ui.pages.plan_inspector import CardInspector
from workbench.ui.pages.plan_inspector_fields import PersonLine
from workbench.ui.pages.plan_inspector_form import FormPlan
from workbench.ui.pages.plan_inspector_names import find_names
from workbench.ui.pages.plan_inspector_times import for_all_times
from workbench.ui.pages.plan_load import overload
from workbench.ui.words import error_words

if TYPE_CHECKING:
    from workbench.plans.editor import PlanEditor
    from workbench.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Told:
    story: CardStory
    authors: Mapping[str, str]


class CardWork(QObject):
    """Joins a CardInspector to the plan on the desk; every edit is one gesture, and shows at once in every view."""

    def __init__(self, context: Context, cards: PlanCards, acts: CardActs, inspector: CardInspector) -> None:
        super().__init__(inspector)
        self._context, self._cards, self._acts, self._inspector = context, cards, acts, inspector
        self._data: BoardData | None = None
        self.evidence = EvidenceOpener(context, inspector)
        cards.changed.connect(self._show_again)
        inspector.edited.connect(self._on_edited)
        inspector.settled.connect(self._on_settled)
        inspector.form.asked.connect(self._look_up_names)
        checklist, evidence = inspector.checklist, inspector.evidence
        checklist.added.connect(self._add_checks)
        checklist.ticked.connect(self._tick)
        checklist.worded.connect(self._word)
        checklist.moved.connect(self._move)
        checklist.removed.connect(self._remove_check)
        evidence.added.connect(self._add_evidence)
        evidence.removed.connect(self._remove_evidence)
        evidence.opened.connect(self._open_evidence)
        evidence.file_wanted.connect(self._choose_file)
        evidence.looked_up.connect(self._look_up_threads)

    def show(self, data: BoardData, cards: Sequence[CardId]) -> bool:
        """Shows those of the cards that are in the plan that was read; False where none is."""
        self._data = data
        found = self._rows(cards)
        if not found:
            return False
        if tuple(row.id for row in found) != self._inspector.card_ids:
            self.evidence.leave()
        self._show(found)
        if len(found) == 1:
            self._ask_story(found[0].id)
        return True

    # Showing

    def _rows(self, ids: Sequence[CardId]) -> list[CardRow]:
        rows = self._cards.rows
        return [rows[each] for each in ids if each in rows]

    def _show_again(self) -> None:
        if self._inspector.isVisible() and (found := self._rows(self._inspector.card_ids)):
            self._show(found)

    def _show(self, found: Sequence[CardRow]) -> None:
        if self._data is None:
            return
        data = self._data
        plan = FormPlan(
            data.plan.starts_on,
            data.closed,
            data.owners,
            tuple((each.id, each.title) for each in data.objectives),
            partial(self._overload, limit=data.plan.weekly_hours, closed=data.closed),
        )
        series = found[0].series_id
        times = 0 if series is None else sum(row.series_id == series for row in self._cards.rows.values())
        self._inspector.show_cards(found, plan, times=times)

    def _overload(self, cards: Sequence[CardRow], hours: float | None, *, limit: float, closed: Container[date]) -> str:
        return overload(self._cards.rows.values(), cards, hours, limit=limit, closed=closed)

    def _ask_story(self, card: CardId) -> None:
        workspace = self._context.workspace
        question, done = partial(_told, workspace=workspace, card=card), partial(self._on_story, card)
        self._context.desk.ask(self, "story", question, done=done, failed=self._say_why)

    def _on_story(self, card: CardId, told: _Told) -> None:
        if self._inspector.card_ids == (card,):
            now = self._context.workspace.clock.now()
            self._inspector.show_story(told.story, now=now, authors=told.authors)

    def _say_why(self, error: Exception) -> None:
        self._context.tell(" ".join(error_words(error)[0][:2]))

    # Fields

    def _on_edited(self, fields: dict[str, object]) -> None:
        rows = self._rows(self._inspector.card_ids)
        if not rows:
            return
        first = rows[0]
        is_series = len(rows) == 1 and first.series_id is not None
        if is_series and "column" not in fields and (self._inspector.all_times or "recurrence" in fields):
            self._acts.do(partial(_set_series, card=first, fields=fields))
            shown = {name: value for name, value in fields.items() if name in {"title", "owner", "hours", "notes"}}
            self._cards.alter({row.id: shown for row in self._times(first)})
        else:
            self._acts.set_each({row.id: fields for row in rows})

    def _times(self, card: CardRow) -> list[CardRow]:
        return [row for row in self._cards.rows.values() if row.series_id == card.series_id]

    def _on_settled(self, conflict: Conflict, index: int) -> None:
        self._acts.settle(conflict, index)

    # Checklist

    def _add_checks(self, texts: list[str]) -> None:
        from workbench.plans.drafts import new_part_id  # noqa: PLC0415 - loads with the first edit

        ids = [new_part_id() for _ in texts]
        last = "\N{RIGHT-POINTING ANGLE BRACKET}"  # behind every line there is, until the next reading
        items = [CheckItem(id_, text, position=last) for id_, text in zip(ids, texts, strict=True)]
        self._gesture(
            lambda editor, card, all_times: editor.add_checks(card, texts, item_ids=ids, all_times=all_times),
            checklist=lambda row: (*row.checklist, *items),
        )

    def _tick(self, item_id: str, is_done: bool) -> None:  # noqa: FBT001 - a Qt signal carries it by position
        self._gesture(
            lambda editor, card, _all: editor.set_check(card, item_id, is_done=is_done),
            checklist=lambda row: _changed(row, item_id, is_done=is_done),
        )

    def _word(self, item_id: str, text: str) -> None:
        self._gesture(
            lambda editor, card, all_times: editor.set_check(card, item_id, text=text, all_times=all_times),
            checklist=lambda row: _changed(row, item_id, text=text),
        )

    def _move(self, item_id: str, index: int) -> None:
        self._gesture(
            lambda editor, card, _all: editor.move_check(card, item_id, index=index),
            checklist=lambda row: _moved(row, item_id, index),
        )

    def _remove_check(self, item_id: str) -> None:
        self._gesture(
            lambda editor, card, all_times: editor.remove_check(card, item_id, all_times=all_times),
            checklist=lambda row: tuple(item for item in row.checklist if item.id != item_id),
        )

    # Evidence

    def _add_evidence(self, kind: EvidenceKind, title: str, value: str) -> None:
        from workbench.plans.drafts import new_part_id  # noqa: PLC0415 - loads with the first edit

        each = Evidence(new_part_id(), kind, title, value)
        self._gesture(
            lambda editor, card, _all: editor.add_evidence(
                card, kind=each.kind, title=each.title, value=each.value, evidence_id=each.id
            ),
            evidence=lambda row: (*row.evidence, each),
        )

    def _remove_evidence(self, evidence_id: str) -> None:
        self._gesture(
            lambda editor, card, _all: editor.remove_evidence(card, evidence_id),
            evidence=lambda row: tuple(each for each in row.evidence if each.id != evidence_id),
        )

    def _open_evidence(self, evidence_id: str) -> None:
        for row in self._rows(self._inspector.card_ids[:1]):
            for each in row.evidence:
                if each.id == evidence_id:
                    self.evidence.open(each)

    def _choose_file(self) -> None:
        """The system's own dialog, which does not hold the window up."""
        dialog = QFileDialog(self._inspector, "Choose a file that shows it")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.add_file)
        dialog.open()

    def add_file(self, path: str) -> None:
        """Remembers a file by its path; nothing is copied."""
        self._add_evidence(EvidenceKind.FILE, Path(path).name, str(Path(path)))

    # Looking up

    def _look_up_names(self, line: PersonLine, text: str) -> None:
        job = partial(find_names, self._context.workspace.database, text)
        self._context.jobs.run(self, "names", job, line.offer, self._say_why)

    def _look_up_threads(self, text: str) -> None:
        job = partial(find_threads, self._context.workspace.database, text)
        self._context.jobs.run(self, "threads", job, self._inspector.evidence.offer_threads, self._say_why)

    def _gesture(
        self, run: Callable[["PlanEditor", CardId, bool], Changes], **shown: Callable[[CardRow], object]
    ) -> None:
        rows = self._rows(self._inspector.card_ids)
        if len(rows) == 1:
            row, all_times = rows[0], self._inspector.all_times
            self._acts.do(lambda editor: run(editor, row.id, all_times))
            self._cards.alter({row.id: {name: what(row) for name, what in shown.items()}})


def _told(editor: "PlanEditor", *, workspace: "Workspace", card: CardId) -> _Told:
    from workbench.operations.partners import names_behind_marks  # noqa: PLC0415 - loads with the first card

    return _Told(editor.card_story(card), names_behind_marks(workspace))


def _set_series(editor: "PlanEditor", *, card: CardRow, fields: Mapping[str, object]) -> Changes:
    common = next((each for each in editor.view().series if each.id == card.series_id), None)
    found = dict(fields) if common is None else for_all_times(fields, card=card, common=common)
    return editor.set_series(card.id, **found)


def _changed(row: CardRow, item_id: str, **fields: object) -> tuple[CheckItem, ...]:
    return tuple(replace(item, **fields) if item.id == item_id else item for item in row.checklist)  # type: ignore[arg-type]  # by name, as the caller gives them


def _moved(row: CardRow, item_id: str, index: int) -> tuple[CheckItem, ...]:
    others = [item for item in row.checklist if item.id != item_id]
    moving = [item for item in row.checklist if item.id == item_id]
    return (*others[:index], *moving, *others[index:])
