"""PartGestures: the checklist and the evidence of a card."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from workbench.errors import BadInputError
from workbench.ids import CardId
from workbench.models.changes import Changes
from workbench.models.kinds import EvidenceKind
from workbench.plans.card_gestures import CardGestures
from workbench.plans.drafts import new_part_id
from workbench.plans.fields import CHECK_PREFIX, EVIDENCE_PREFIX
from workbench.plans.occurrences import split_id
from workbench.plans.positions import between, run
from workbench.plans.views import CardView, CheckItem, Evidence, FieldEdit, RecordKind


class PartGestures(CardGestures):
    """Gestures on the parts of a card; of one time of a series, unless it is said that all times are meant."""

    def add_check(self, card_id: CardId, text: str, *, item_id: str | None = None, all_times: bool = False) -> Changes:
        """Adds a line at the end of the checklist; refuses one without words."""
        return self.add_checks(card_id, [text], item_ids=None if item_id is None else [item_id], all_times=all_times)

    def add_checks(
        self,
        card_id: CardId,
        texts: Sequence[str],
        *,
        item_ids: Sequence[str] | None = None,
        all_times: bool = False,
    ) -> Changes:
        """Adds lines at the end of the checklist in one gesture; refuses one without words."""
        with self._lock:
            self._ready()
            last = max((item.position for item in self._board().card(card_id).checklist), default="")
            ids = item_ids or [new_part_id() for _ in texts]
            lines = zip(ids, texts, run(last, None, len(texts)), strict=True)
            parts = {CHECK_PREFIX + id_: CheckItem(id_, text, position=position) for id_, text, position in lines}
            return self._write_parts(card_id, parts, all_times=all_times)

    def set_check(
        self,
        card_id: CardId,
        item_id: str,
        *,
        is_done: bool | None = None,
        text: str | None = None,
        all_times: bool = False,
    ) -> Changes:
        """Ticks a line off or on, or words it anew; refuses an unknown line.

        For all times of a series it is worded anew alone: each keeps what is ticked off in it.
        """
        with self._lock:
            self._ready()
            item = self._check(card_id, item_id)
            if all_times and text is not None:
                return self._reword(card_id, item, text)
            item = replace(
                item,
                is_done=item.is_done if is_done is None else is_done,
                text=item.text if text is None else text,
            )
            return self._write_part(card_id, CHECK_PREFIX + item_id, item)

    def move_check(self, card_id: CardId, item_id: str, *, index: int) -> Changes:
        """Puts a line at `index` of the checklist, counted without it; refuses an unknown line."""
        with self._lock:
            self._ready()
            item = self._check(card_id, item_id)
            others = [each.position for each in self._board().card(card_id).checklist if each.id != item_id]
            index = max(0, min(index, len(others)))
            low = others[index - 1] if index else ""
            high = next((position for position in others[index:] if position > low), None)
            return self._write_part(card_id, CHECK_PREFIX + item_id, replace(item, position=between(low, high)))

    def remove_check(self, card_id: CardId, item_id: str, *, all_times: bool = False) -> Changes:
        """Takes a line off the checklist; refuses an unknown line."""
        with self._lock:
            self._ready()
            self._check(card_id, item_id)
            return self._write_part(card_id, CHECK_PREFIX + item_id, None, all_times=all_times)

    def add_evidence(
        self, card_id: CardId, *, kind: EvidenceKind, title: str, value: str, evidence_id: str | None = None
    ) -> Changes:
        """Adds what shows that the card was done; refuses it without the thing itself."""
        with self._lock:
            self._ready()
            self._board().card(card_id)
            shown = Evidence(evidence_id or new_part_id(), kind, title, value)
            return self._write_part(card_id, EVIDENCE_PREFIX + shown.id, shown)

    def remove_evidence(self, card_id: CardId, evidence_id: str) -> Changes:
        """Takes away a piece of evidence; refuses an unknown one."""
        with self._lock:
            self._ready()
            if evidence_id not in {each.id for each in self._board().card(card_id).evidence}:
                raise BadInputError(reason="This card has no such evidence.")
            return self._write_part(card_id, EVIDENCE_PREFIX + evidence_id, None)

    def _check(self, card_id: CardId, item_id: str) -> CheckItem:
        for item in self._board().card(card_id).checklist:
            if item.id == item_id:
                return item
        raise BadInputError(reason="This card has no such line in its checklist.")

    def _reword(self, card_id: CardId, item: CheckItem, text: str) -> Changes:
        series_id, _ = split_id(card_id)
        field = CHECK_PREFIX + item.id
        view = self._document.view()
        common = [card for card in view.series if card.id == series_id] or [self._board().card(series_id)]
        own = [card for card in view.cards if self._has_own(card, series_id, field)]
        told = [FieldEdit(RecordKind.CARD, series_id, field, line) for line in _worded(common, item.id, text)]
        for card in own:
            told += [
                self._addressed(FieldEdit(RecordKind.CARD, card.id, field, line))
                for line in _worded([card], item.id, text)
            ]
        return self._write(told)

    def _write_part(
        self, card_id: CardId, field: str, part: CheckItem | Evidence | None, *, all_times: bool = False
    ) -> Changes:
        return self._write_parts(card_id, {field: part}, all_times=all_times)

    def _write_parts(
        self, card_id: CardId, parts: Mapping[str, CheckItem | Evidence | None], *, all_times: bool = False
    ) -> Changes:
        if not all_times:
            return self._write_cards([FieldEdit(RecordKind.CARD, card_id, name, part) for name, part in parts.items()])
        series_id, _ = split_id(card_id)
        edits = [FieldEdit(RecordKind.CARD, series_id, name, part) for name, part in parts.items()]
        for card in self._document.view().cards:
            edits += [
                self._addressed(FieldEdit(RecordKind.CARD, card.id, field, part))
                for field, part in parts.items()
                if self._has_own(card, series_id, field)
            ]
        return self._write(edits)

    def _has_own(self, card: CardView, series_id: CardId, field: str) -> bool:
        return split_id(card.id)[0] == series_id and field in card.own


def _worded(cards: Iterable[CardView], item_id: str, text: str) -> Iterator[CheckItem]:
    """The line of each card in other words."""
    for card in cards:
        yield from (replace(line, text=text) for line in card.checklist if line.id == item_id)
