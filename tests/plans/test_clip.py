"""Copying and pasting cards: our own form keeps everything, a table keeps its columns, plain lines become titles."""

from datetime import date

import pytest

from tests.ui.plan_samples import a_row
from workbench.errors import BadInputError
from workbench.models.kinds import CardColumn, CardKind, Channel, Focus, Pillar
from workbench.models.plan_parts import CheckItem
from workbench.plans.clip import as_html, as_own, as_table, from_own, from_text

CARD = a_row(
    "a",
    CardColumn.DOING,
    title='Ask "five" schools\tfor photos\nand maps',
    pillar=Pillar.UI,
    owner="Amina Example",
    due_on=date(2026, 5, 20),
    due_day=12,
    hours=1.5,
    notes="مياه <b>",
    kind=CardKind.COMMITMENT,
    focus=Focus.PEOPLE,
    channel=Channel.CALL,
    promised_to="Luis Ejemplo",
    checklist=(CheckItem("x", "Write", is_done=True),),
)


def test_our_own_form_keeps_what_a_copy_needs_and_days_stay_relative() -> None:
    (draft,) = from_own(as_own([CARD]))
    assert (draft.title, draft.column, draft.pillar, draft.due_day, draft.due_on) == (
        CARD.title, CardColumn.DOING, Pillar.UI, 12, None,
    )  # fmt: skip
    assert (draft.kind, draft.focus, draft.channel, draft.promised_to, draft.checklist) == (
        CardKind.COMMITMENT, Focus.PEOPLE, Channel.CALL, "Luis Ejemplo", ("Write",),
    )  # fmt: skip


def test_a_table_comes_back_with_its_columns_whatever_is_in_the_cells() -> None:
    (draft,) = from_text(as_table([CARD]))
    assert (draft.title, draft.column, draft.pillar, draft.owner, draft.due_on, draft.hours, draft.notes) == (
        CARD.title, CardColumn.DOING, Pillar.UI, "Amina Example", date(2026, 5, 20), 1.5, "مياه <b>",
    )  # fmt: skip


def test_plain_lines_become_titles_and_a_bad_day_is_left_out() -> None:
    assert [draft.title for draft in from_text("• Call\n\n- Write\n  Meet  ")] == ["Call", "Write", "Meet"]
    (draft,) = from_text("Title\tDue\tHours\nCall\tsoon\tmany")
    assert (draft.title, draft.due_on, draft.hours) == ("Call", None, None)


def test_text_in_a_document_is_never_markup() -> None:
    assert "<td>مياه &lt;b&gt;</td>" in as_html([CARD])


@pytest.mark.parametrize("data", [b"", b"[1]", b'{"a": 1}', b'[{"title": "x", "column": "later"}]', b"\xff"])
def test_what_is_not_ours_is_refused(data: bytes) -> None:
    with pytest.raises(BadInputError, match="does not hold cards"):
        from_own(data)


def test_nothing_to_paste_is_said() -> None:
    with pytest.raises(BadInputError, match="no text"):
        from_text(" \n\t\n")
