"""Signing in, seen by the person: the code, the key to paste, the browser, and what went wrong."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout

from tests.ui.pages.account_parts import a_forum
from tests.ui.settled import settle
from workbench.models.kinds import AccountKind
from workbench.sync.platforms import platform
from workbench.sync.signin.prompt import Prompt, PromptKind
from workbench.ui.pages.account_data import Given, keep_new
from workbench.ui.pages.account_sign_in import SignInView, open_in_browser

FORUM = platform(AccountKind.DISCOURSE)
KEY, NOTHING = FORUM.sign_in


@pytest.fixture
def forum():
    with a_forum() as running:
        yield running


@pytest.fixture
def account(workspace, forum):
    return keep_new(workspace, FORUM, Given("Forum", {"address": forum.address}, {}))


@pytest.fixture
def opened() -> list[str]:
    return []


@pytest.fixture
def view(qtbot, context, ground, opened) -> SignInView:
    made = SignInView(context, browse=lambda address: not opened.append(address))
    QVBoxLayout(ground).addWidget(made)
    return made


def test_nothing_begins_before_somebody_says_so_and_it_can_be_put_off(qtbot, forum, account, view):
    view.show_account(account, KEY)
    assert view.go.isVisible()
    assert "What you filled in is kept" in view._kept.text()
    with qtbot.waitSignal(view.later):
        view.put_off.click()
    assert forum.asked == []


def test_a_code_is_shown_large_with_the_time_left_and_can_be_copied(qtbot, forum, account, view, opened):
    view.show_account(account, KEY)
    view.go.click()
    qtbot.waitUntil(view.code.isVisible)
    assert (view.code.text(), view.code.accessibleName()) == ("ABCD-2345", "Code: A B C D - 2 3 4 5")
    assert view._left.text() == "about 10 min left"
    assert opened == []
    view._copy_code.click()
    assert QGuiApplication.clipboard().text() == "ABCD-2345"
    view._open.click()
    assert len(opened) == 1
    with qtbot.waitSignal(view.signed_in):
        forum.say_yes()


def test_cancel_comes_back_to_the_beginning(qtbot, context, forum, account, view):
    view.show_account(account, KEY)
    view.go.click()
    qtbot.waitUntil(view.code.isVisible)
    view._stop.click()
    assert view.go.isVisible()
    forum.say_yes()
    settle(qtbot, context.jobs)
    assert view.go.isVisible()


def test_a_platform_that_does_not_answer_is_told_with_ways_on(qtbot, forum, account, view):
    forum.stop()
    view.show_account(account, KEY)
    view.go.click()
    qtbot.waitUntil(view.failed.isVisible)
    assert view.failed.title.text() == "The platform could not be reached."
    assert [button.text() for button in view.failed.buttons] == ["Start again", "Change the details", "Later"]
    with qtbot.waitSignal(view.change_wanted):
        view.failed.buttons[1].click()


def test_where_nothing_is_asked_it_is_done_at_once(qtbot, account, view):
    view.show_account(account, NOTHING)
    assert view.go.text() == "Continue"
    with qtbot.waitSignal(view.signed_in):
        view.go.click()


def test_a_key_is_pasted_and_handed_over(qtbot, account, view):
    given: list[str] = []
    view.show_account(account, KEY)
    view._ask(Prompt(PromptKind.PASTE, "https://forum.example.org/key", give=given.append))
    view.work.prompt = Prompt(PromptKind.PASTE, "https://forum.example.org/key", give=given.append)
    assert not view.use.isEnabled()
    view.pasted.setPlainText("planted text")
    view.use.click()
    assert given == ["planted text"]


def test_the_browser_opens_by_itself_and_where_there_is_none_the_address_is_offered(qtbot, account, view, opened):
    view.show_account(account, KEY)
    view.work.prompt = Prompt(PromptKind.OPEN, "https://login.example.org/a")
    view._ask(view.work.prompt)
    assert opened == ["https://login.example.org/a"]
    assert view._open.text() == "Open it again"
    view._browse = lambda _address: False
    view._open.click()
    assert view._asked.text().startswith("No browser could be opened.")
    view._copy_address.click()
    assert QGuiApplication.clipboard().text() == "https://login.example.org/a"


def test_only_web_addresses_are_opened():
    assert not open_in_browser("file:///etc/passwd")
    assert not open_in_browser("/user-api-key/activate")
