"""Preview: what taking in a partner's copy of a plan would change, by whom and when, before anything is applied."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workbench.models.moments import from_micros
from workbench.plans.document import PlanDocument
from workbench.plans.field_words import field_words, value_words
from workbench.plans.fields import field_of
from workbench.plans.locking import why_it_stays
from workbench.plans.register import Entry
from workbench.plans.views import Conflict, FieldEdit, PlanView, RecordKind

_ORDER = tuple(RecordKind)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that would show another value. `title` names the card or objective, `field` the field, in words.

    `name` is the field as the plan knows it, "" for a record that is new as a whole; `before` and `after` are values,
    `before_words` and `after_words` what to show, "" for nothing. `author` is "" and `at` None where a value was taken
    back: that leaves no name.
    """

    kind: RecordKind
    record_id: str
    title: str
    field: str
    name: str
    before: object
    after: object
    before_words: str
    after_words: str
    author: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Question:
    """A field that both changed, so that it will ask for a choice; `words` and `authors` in order of the candidates.

    `stays` says why the first of them shows whatever the other says, where a locked checkpoint holds it; else "".
    """

    conflict: Conflict
    title: str
    field: str
    words: tuple[str, ...]
    authors: tuple[str, ...]
    stays: str = ""

    @property
    def is_for_good(self) -> bool:
        """Whether the first value is the only one that can be kept; a locked checkpoint's own words may be chosen."""
        return bool(self.stays) and self.conflict.kind is not RecordKind.CHECKPOINT


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do. Nothing was applied. `is_same` where it would change nothing at all.

    A preview can be empty without being the same: then only the order of cards would change.
    """

    changes: tuple[FieldChange, ...]
    questions: tuple[Question, ...]
    is_same: bool

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The fields that would ask, with all their values."""
        return tuple(question.conflict for question in self.questions)

    def named(self, names: Mapping[str, str]) -> "MergePreview":
        """The same with the names of people in the place of the marks of their profiles, where they are known."""
        changes = tuple(replace(change, author=names.get(change.author, change.author)) for change in self.changes)
        questions = tuple(
            replace(each, authors=tuple(names.get(author, author) for author in each.authors))
            for each in self.questions
        )
        return replace(self, changes=changes, questions=questions)


def preview(document: PlanDocument, update: bytes) -> MergePreview:
    """What `document.merge(update)` would change; refuses as that does, and changes nothing either way."""
    after = PlanDocument.from_bytes(document.to_bytes())
    is_changed = after.merge(update)
    if not is_changed:
        return MergePreview((), (), is_same=True)
    view = after.view()
    titles: dict[str, str] = {each.id: each.title for each in view.objectives}
    changes = [
        change
        for kind, record_id in records(view)
        for change in _changes(document, after, kind=kind, record_id=record_id, titles=titles)
    ]
    known = set(document.view().conflicts)
    questions = tuple(_question(each, after, titles) for each in view.conflicts if each not in known)
    changes.sort(key=lambda change: (_ORDER.index(change.kind), change.title.casefold(), change.field))
    return MergePreview(tuple(changes), questions, is_same=False)


def open_questions(document: PlanDocument) -> tuple[Question, ...]:
    """The fields of a plan that wait for a choice now, with all their values in words."""
    view = document.view()
    titles: dict[str, str] = {each.id: each.title for each in view.objectives}
    return tuple(_question(each, document, titles) for each in view.conflicts)


def changes_back(document: PlanDocument, edits: Sequence[FieldEdit]) -> tuple[FieldChange, ...]:
    """What writing `edits` would change, in words; nothing is written, and nobody's name stands by it."""
    titles: dict[str, str] = {each.id: each.title for each in document.view().objectives}
    found = []
    for edit in edits:
        before = shown(edit.kind, edit.field, document.registers(edit.kind, edit.record_id).get(edit.field, ()))
        if before == edit.value:
            continue
        title, words = _title(document, edit.kind, edit.record_id), field_words(edit.kind, edit.field)
        was, now = (value_words(value, titles=titles) for value in (before, edit.value))
        found.append(
            FieldChange(edit.kind, edit.record_id, title, words, edit.field, before, edit.value, was, now, "", None)
        )
    found.sort(key=lambda change: (_ORDER.index(change.kind), change.title.casefold(), change.field))
    return tuple(found)


def records(view: PlanView) -> Iterator[tuple[RecordKind, str]]:
    """Every record of a plan once; the times of a series are in the record of the series."""
    yield RecordKind.PLAN, ""
    yield from ((RecordKind.OBJECTIVE, each.id) for each in view.objectives)
    yield from ((RecordKind.CARD, card_id) for card_id in dict.fromkeys(c.id.partition("#")[0] for c in view.cards))
    yield from ((RecordKind.CHECKPOINT, str(each.day)) for each in view.checkpoints)


def shown(kind: RecordKind, name: str, entries: Sequence[Entry]) -> object:
    """The value a field shows; its default where nobody wrote one."""
    field = field_of(kind, name)
    if field is None or not entries:
        return None if field is None else field.default
    return field.decode(entries[0].value)


def authors(document: PlanDocument) -> frozenset[str]:
    """The marks that stand beside the values a plan holds."""
    return frozenset(
        entry.author
        for kind, record_id in records(document.view())
        for entries in document.registers(kind, record_id).values()
        for entry in entries
    )


def _changes(
    before: PlanDocument, after: PlanDocument, *, kind: RecordKind, record_id: str, titles: Mapping[str, str]
) -> Iterator[FieldChange]:
    was, now = before.registers(kind, record_id), after.registers(kind, record_id)
    title = _title(after, kind, record_id)
    if not was and now and kind is not RecordKind.CHECKPOINT:
        first = (now.get("title") or next(iter(now.values())))[0]
        yield FieldChange(
            kind,
            record_id,
            title,
            field_words(kind, ""),
            "",
            None,
            title,
            "",
            title,
            first.author,
            from_micros(first.at),
        )
        return
    for name in sorted(was.keys() | now.keys()):
        old, new = was.get(name, ()), now.get(name, ())
        field = field_of(kind, name)
        if field is None or not field.asks or {entry.op for entry in old} == {entry.op for entry in new}:
            continue
        value, had_choice = shown(kind, name, new), len(_distinct(kind, name, old)) > 1
        if len(_distinct(kind, name, new)) > 1 or (value == shown(kind, name, old) and not had_choice):
            continue
        said = [value_words(each, titles=titles) for each in _distinct(kind, name, old)]
        author, at = (new[0].author, from_micros(new[0].at)) if new else ("", None)
        yield FieldChange(
            kind, record_id, title, field_words(kind, name), name, shown(kind, name, old), value,
            " or ".join(said), value_words(value, titles=titles), author, at,
        )  # fmt: skip


def _distinct(kind: RecordKind, name: str, entries: Sequence[Entry]) -> list[object]:
    values: list[object] = []
    for entry in entries:
        value = shown(kind, name, (entry,))
        if value not in values:
            values.append(value)
    return values or [shown(kind, name, ())]


def _question(conflict: Conflict, after: PlanDocument, titles: Mapping[str, str]) -> Question:
    record_id = conflict.record_id.partition("#")[0]
    name = conflict.field if conflict.occurrence is None else f"{conflict.occurrence}~{conflict.field}"
    words = tuple(value_words(candidate.value, titles=titles) for candidate in conflict.candidates)
    marks = tuple(candidate.author for candidate in conflict.candidates)
    title = _title(after, conflict.kind, record_id)
    stays = why_it_stays(conflict.kind) if after.is_held(conflict.kind, record_id, conflict.field) else ""
    return Question(conflict, title, field_words(conflict.kind, name), words, marks, stays)


def _title(document: PlanDocument, kind: RecordKind, record_id: str) -> str:
    if kind is RecordKind.CHECKPOINT:
        return f"Checkpoint, day {record_id}"
    name = "name" if kind is RecordKind.PLAN else "title"
    return str(shown(kind, name, document.registers(kind, record_id).get(name, ())))
