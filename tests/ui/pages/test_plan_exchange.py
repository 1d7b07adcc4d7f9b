"""The Exchange page: from a file to a merged plan, choices and undo in one window, and each part reached by a word."""

from PySide6.QtCore import Qt

from tests.operations.laptops import Laptop, card_called
from tests.ui.pages.exchange_parts import NEWCOMERS, QUESTIONS, both_change
from tests.ui.plan_samples import listen
from workbench.operations.exchange import kept_copies
from workbench.ui.context import Context
from workbench.ui.pages.plan_exchange import CHOICES, COPIES, PARTNERS, RECEIVE, SEND, ExchangePage


def a_page(qtbot, context: Context) -> ExchangePage:
    page = ExchangePage(context)
    qtbot.addWidget(page)
    page.resize(1100, 640)
    page.show()
    page.activateWindow()
    rest(qtbot, page)
    return page


def rest(qtbot, page: ExchangePage) -> None:
    qtbot.waitUntil(lambda: page.is_settled() and not page.context.jobs._newest, timeout=20_000)


def tabs(page: ExchangePage) -> list[str]:
    return [page._tabs.tabText(place) for place in range(page._tabs.count()) if page._tabs.isTabVisible(place)]


def test_each_part_is_reached_by_its_word(qtbot, pair, hers: Context):
    page = a_page(qtbot, hers)
    for word, place in (
        ("copies:", COPIES), ("receive", RECEIVE), ("choices:", CHOICES), ("partners", PARTNERS), ("send:", SEND),
    ):  # fmt: skip
        page.opened(word)
        assert page._tabs.currentIndex() == place
        assert page.plan.isVisible() == (place in {SEND, CHOICES, COPIES})
    rest(qtbot, page)
    assert page.is_settled()


def test_a_file_is_looked_at_merged_settled_and_undone(qtbot, pair, hers: Context):
    amina, bo = pair
    page, said = a_page(qtbot, hers), listen(hers)
    page.opened(f"receive:{both_change(amina, bo).path}")
    rest(qtbot, page)
    assert page.receiving.currentWidget() is page.receiving.arrival
    assert amina.view.conflicts == ()
    page.receiving.arrival.go.click()
    rest(qtbot, page)
    assert "Choices (1)" in tabs(page)
    amina.editor.reread()
    assert [each.field for each in amina.view.conflicts] == ["owner"]
    assert not page.can_undo()
    page.receiving.choices_wanted.emit(amina.plan)
    rest(qtbot, page)
    (card,) = page.choices.cards
    card.setFocus()
    card.choose(1)
    rest(qtbot, page)
    assert page.window().focusWidget() is page._tabs
    assert said[-1] == ("Settled.", "edit.undo")
    assert "Choices" in tabs(page)
    assert page.can_undo()
    page.undo()
    rest(qtbot, page)
    assert "Choices (1)" in tabs(page)
    assert said[-1] == ("Undone: a change in Safe water", "")
    page.redo()
    rest(qtbot, page)
    assert "Choices" in tabs(page)
    assert said[-1] == ("Redone: a change in Safe water", "")


def test_the_keys_work_after_a_click_on_the_tab(qtbot, pair, hers: Context):
    amina, bo = pair
    amina.receive(both_change(amina, bo).path)
    page = a_page(qtbot, hers)
    page._tabs.setFocus()
    qtbot.mouseClick(page._tabs, Qt.MouseButton.LeftButton, pos=page._tabs.tabRect(CHOICES).center())
    rest(qtbot, page)
    assert page.choices.cards[0].has_keyboard()
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_2)
    rest(qtbot, page)
    assert page.choices.cards == []


def test_the_keys_work_where_the_arrows_brought_the_keyboard(qtbot, pair, hers: Context):
    amina, bo = pair
    amina.receive(both_change(amina, bo).path)
    page = a_page(qtbot, hers)
    page._tabs.setFocus()
    page.turn_to(RECEIVE)
    qtbot.keyClick(page._tabs, Qt.Key.Key_Right)
    assert page._tabs.currentIndex() == CHOICES
    assert page._tabs.hasFocus()
    qtbot.keyClick(page._tabs, Qt.Key.Key_2)
    rest(qtbot, page)
    assert page.choices.cards == []


def test_undo_after_a_merge_takes_back_own_edits_only(qtbot, pair, hers: Context):
    amina, bo = pair
    page = a_page(qtbot, hers)
    mine, his = (card_called(amina.view, title) for title in (NEWCOMERS, QUESTIONS))
    page.carry(lambda editor: editor.set_card(mine, notes="mine"))
    rest(qtbot, page)
    bo.editor.set_card(his, notes="his")
    page.opened(f"receive:{bo.send(amina).path}")
    rest(qtbot, page)
    page.receiving.arrival.go.click()
    rest(qtbot, page)
    page.undo()
    rest(qtbot, page)
    amina.editor.reread()
    assert {card.id: card.notes for card in amina.view.cards} == {mine: "", his: "his"}


def test_going_back_to_a_copy_can_be_undone(qtbot, pair, hers: Context):
    amina, bo = pair
    amina.receive(both_change(amina, bo).path)
    assert amina.plan is not None
    (kept,) = kept_copies(amina.workspace, amina.plan)
    page = a_page(qtbot, hers)
    page.opened("copies:")
    rest(qtbot, page)
    back = page.copies._deeds[kept.id, "back"]
    back.setFocus()
    back.click()
    rest(qtbot, page)
    assert page.window().focusWidget() is page.copies._deeds[kept.id, "back"]
    amina.editor.reread()
    assert [card.title for card in amina.view.cards if card.is_archived] == ["Call the ministry"]
    assert len(page.copies.cards) == 2
    page.undo()
    rest(qtbot, page)
    amina.editor.reread()
    assert not any(card.is_archived for card in amina.view.cards)


def test_a_refusal_is_told_and_the_page_reads_again(qtbot, pair, hers: Context):
    amina, bo = pair
    amina.receive(both_change(amina, bo).path)
    page, said = a_page(qtbot, hers), listen(hers)
    page.opened("choices:")
    rest(qtbot, page)
    amina.editor.settle(amina.view.conflicts[0], 0)
    page.choices.cards[0].choose(0)
    rest(qtbot, page)
    assert said[-1][0].startswith("This field has changed since")
    assert page.choices.cards == []


def test_without_a_plan_only_receiving_and_partners_are_left(qtbot, context: Context):
    page = a_page(qtbot, context)
    assert tabs(page) == ["Receive", "Partners"]
    assert page._tabs.currentIndex() == RECEIVE


def test_another_plan_is_chosen_above(qtbot, pair, hers: Context):
    amina: Laptop = pair[0]
    first = amina.plan
    second = amina.start_plan("One card", name="Another plan")
    page = a_page(qtbot, hers)
    page.opened(f"send:{first}")
    rest(qtbot, page)
    page.plan.setCurrentIndex(page.plan.findData(second))
    rest(qtbot, page)
    assert page._subtitle.text() == "Another plan"
