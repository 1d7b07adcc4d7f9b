"""Removing an account: what goes is named, counted and typed before it goes."""

import pytest
from PySide6.QtCore import QPoint, Qt

from tests.ui.pages.sync_line import add_lists, message_of
from tests.ui.pages.sync_page import add_failed_archive, made_page, words
from tests.ui.settled import settle
from workbench.ui.context import Context
from workbench.ui.pages.sync import SyncPage


@pytest.fixture
def live(filled):
    return add_failed_archive(filled)


@pytest.fixture
def page(qtbot, context: Context) -> SyncPage:
    return made_page(qtbot, context)


def test_an_account_goes_only_when_its_number_of_messages_is_typed(qtbot, live, context: Context, page: SyncPage):
    card = next(card for card in page.accounts._cards.values() if card._view.account.name == "Tables")
    card._on_remove()
    form = card._form
    assert "cannot be undone" in words(page)
    assert not form._go.isEnabled()
    qtbot.keyClicks(form._typed, str(card._view.messages))
    with qtbot.waitSignal(context.sources.ended):
        qtbot.keyClick(form._typed, Qt.Key.Key_Return)
    settle(qtbot, context.jobs)
    assert [entry.name for entry in live.accounts.list()] == ["Team"]
    qtbot.waitUntil(lambda: len(page.accounts._cards) == 1)


def test_answers_that_will_not_go_out_are_named(filled, qtbot, context: Context):
    add_lists(filled, "Pumps")
    item = filled.outbox.save_reply(message_of(filled, "Pumps"), "A rope pump.")
    filled.outbox.queue(item)
    page = made_page(qtbot, context)
    card = next(card for card in page.accounts._cards.values() if card._view.account.name == "Lists")
    card._on_remove()
    assert "This will not go out any more: Reply to Amina Example in “Pumps of Pumps”." in words(page)


def test_keeping_it_closes_the_question(live, page: SyncPage):
    card = next(iter(page.accounts._cards.values()))
    card._on_remove()
    card._form.kept.emit()
    assert card._form is None
    card._on_remove()
    assert page.go_back(), "Esc keeps it"
    assert card._form is None
    assert not page.go_back()


def test_the_question_of_the_last_account_is_scrolled_to(qtbot, live, page: SyncPage):
    page.resize(830, 360)
    card = max(page.accounts._cards.values(), key=lambda one: one.y())
    page.accounts.verticalScrollBar().setValue(0)
    card._on_remove()
    shown = page.accounts.viewport()
    qtbot.waitUntil(
        lambda: shown.rect().contains(card._form._go.geometry().translated(card._form.mapTo(shown, QPoint())))
    )


def test_wrong_number_is_said_to_be_wrong(qtbot, live, page: SyncPage):
    card = next(card for card in page.accounts._cards.values() if card._view.account.name == "Tables")
    card._on_remove()
    form, right = card._form, str(card._view.messages)
    qtbot.keyClicks(form._typed, right[:-1])
    assert form._wrong.text == ""
    qtbot.keyClick(form._typed, Qt.Key.Key_Return)
    assert form._wrong.text == f"“{right[:-1]}” is not the number. Nothing was removed; it takes {right}."
    qtbot.keyClicks(form._typed, right[-1])
    assert form._wrong.text == ""
    assert form._go.isEnabled()
    form._typed.setText("9" * len(right))
    assert "is not the number" in form._wrong.text
    form._typed.clear()
    form._on_confirmed()
    assert form._wrong.text == f"Nothing is typed. Nothing was removed; it takes {right}."
    assert [entry.name for entry in live.accounts.list()] == ["Tables", "Team"]
