"""Cards in words: due days, initials of names in several scripts, what a screen reader says."""

from datetime import timedelta

import pytest

from tests.ui.plan_samples import TODAY, a_row, an_item
from workbench.export.gather import COLUMN_TITLES as REPORT_COLUMNS
from workbench.export.gather import PILLAR_TITLES as REPORT_PILLARS
from workbench.models.kinds import CardColumn, CardKind, Pillar
from workbench.models.plan_parts import CheckItem, Recurrence
from workbench.ui.icons import outline
from workbench.ui.qt_models.card_item import (
    COLUMN_TITLES,
    PILLAR_ICONS,
    PILLAR_TITLES,
    due_words,
    initials,
    series_words,
)


def test_board_and_summary_use_the_same_nouns():
    assert COLUMN_TITLES == REPORT_COLUMNS
    assert PILLAR_TITLES == REPORT_PILLARS


def test_every_pillar_has_an_icon_that_exists(qapp):
    assert set(PILLAR_ICONS) == set(Pillar)
    assert not any(outline(name).isEmpty() for name in PILLAR_ICONS.values())


@pytest.mark.parametrize(
    ("days", "words", "token"),
    [(-3, "3 days late", "bad"), (-1, "1 day late", "bad"), (0, "Today", "watch"), (1, "Tomorrow", "watch"),
     (5, "20 Jun", "second"), (300, "11 Apr 2025", "second")],
)  # fmt: skip
def test_due_days_are_said_in_words_with_an_icon(qapp, days, words, token):
    said, icon, colour = due_words(a_row("a", due_on=TODAY + timedelta(days=days)), today=TODAY)
    assert (said, colour) == (words, token)
    assert not outline(icon).isEmpty()


def test_done_cards_say_when_they_were_done_and_are_never_late():
    row = a_row("a", CardColumn.DONE, due_on=TODAY - timedelta(days=9), done_on=TODAY - timedelta(days=2))
    assert due_words(row, today=TODAY) == ("Done 13 Jun", "check-circle", "good")
    assert due_words(a_row("a"), today=TODAY)[0] == "No date"


@pytest.mark.parametrize(
    ("name", "short"),
    [("Amina Example", "AE"), ("cher", "C"), ("Ana María de la Prueba", "AP"), ("Дина Пример", "ДП"),
     ("ليلى مثال", "ل"), ("王例", "王"), ("", ""), ("  ", ""), ("(anon)", "")],
)  # fmt: skip
def test_initials_fit_the_script_of_the_name(name, short):
    assert initials(name) == short


def test_only_cards_due_after_thirty_days_are_later():
    assert not an_item("a", due_on=TODAY + timedelta(days=30)).is_later
    assert an_item("a", due_on=TODAY + timedelta(days=31)).is_later
    assert not an_item("a").is_later


def test_what_is_spoken_holds_every_fact_of_the_card():
    item = an_item("a", pillar=Pillar.UI, owner="Amina Example", hours=1.5, due_on=TODAY, has_conflict=True)
    assert item.spoken == "U&I, Today, 1.5\N{NO-BREAK SPACE}h, Amina Example, two versions"


def test_promises_series_and_checklists_are_said_on_the_card():
    item = an_item(
        "a", kind=CardKind.COMMITMENT, promised_to="Luis Ejemplo", recurrence=Recurrence(7, 90), occurrence=2,
        checklist=(CheckItem("1", "Look", is_done=True), CheckItem("2", "Ask")),
    )  # fmt: skip
    assert [fact.words for fact in item.facts] == ["Promised to Luis Ejemplo", "Weekly, 3rd time", "1 of 2"]
    assert not any(outline(fact.icon).isEmpty() for fact in item.facts)
    assert item.spoken == "No date, Promised to Luis Ejemplo, Weekly, 3rd time, 1 of 2"
    assert "luis" in item.words
    assert an_item("a", kind=CardKind.COMMITMENT).facts[0].words == "Promised"


@pytest.mark.parametrize(
    ("every", "words"), [(1, "Daily"), (7, "Weekly"), (14, "Every 2 weeks"), (10, "Every 10 days")]
)
def test_how_often_a_card_comes_back_is_said_in_words(every, words):
    assert series_words(every) == words


@pytest.mark.parametrize(("number", "words"), [(0, "1st"), (1, "2nd"), (10, "11th"), (20, "21st"), (111, "112th")])
def test_times_are_counted_in_words(number, words):
    item = an_item("a", recurrence=Recurrence(1, 90), occurrence=number)
    assert item.facts[0].words == f"Daily, {words} time"


def test_windows_say_both_their_days():
    first, last = TODAY + timedelta(days=2), TODAY + timedelta(days=9)
    assert an_item("a", starts_on=first, due_on=last).due == "17 – 24 Jun"
    assert an_item("a", starts_on=first, due_on=last + timedelta(days=20)).due == "17 Jun – 14 Jul"


def test_times_of_a_series_wait_a_week_ahead_until_somebody_touches_them():
    far, near = TODAY + timedelta(days=8), TODAY + timedelta(days=7)
    series = {"series_id": "s", "recurrence": Recurrence(7, 90)}
    assert an_item("s#1", due_on=far, **series).is_later
    assert not an_item("s#1", due_on=near, **series).is_later
    assert not an_item("s#1", due_on=far, own=frozenset({"hours"}), **series).is_later
    assert not an_item("s#1", due_on=far, checklist=(CheckItem("1", "Look", is_done=True),), **series).is_later
