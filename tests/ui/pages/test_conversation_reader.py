"""The reader asks before any address leaves the program, and says where a link really leads."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QWidget

from workbench.ui.pages.conversation_reader import LinkBar, ReaderSplit, disguise, real_host
from workbench.ui.theme import Theme


@pytest.fixture
def followed() -> list[str]:
    return []


@pytest.fixture
def bar(theme: Theme, ground: QWidget, followed: list[str]) -> LinkBar:
    made = LinkBar(theme, follow=lambda url: followed.append(url.toString()) is None)
    made.setParent(ground)
    return made


def test_link_opens_only_after_its_host_was_shown(qtbot, bar: LinkBar, followed: list[str]):
    bar.ask("https://example.org/path?x=1", "our report")
    assert bar.isVisible()
    assert bar._host.text().replace("\u200b", "") == "Leads to example.org"
    assert bar._whole.text() == "https://example.org/path?x=1"
    assert followed == []
    qtbot.keyClick(bar._open, Qt.Key.Key_Space)
    assert followed == ["https://example.org/path?x=1"]
    assert not bar.isVisible()


def test_host_is_never_cut_however_narrow_the_reader(bar: LinkBar):
    bar.resize(300, 200)
    bar.ask("https://a.rather.long.name.of.a.host.example.org/", "")
    assert bar._host.wordWrap()
    assert bar._row.direction().name == "TopToBottom"
    bar.resize(700, 200)
    assert bar._row.direction().name == "LeftToRight"


def test_refusing_opens_nothing(bar: LinkBar, followed: list[str]):
    bar.ask("https://example.org/", "")
    bar.shut()
    assert followed == []


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "smb://host/x", "fold:1", ""]
)
def test_other_addresses_are_not_even_offered(bar: LinkBar, followed: list[str], address: str):
    bar.ask(address, "")
    assert not bar.isVisible()
    assert followed == []


def test_mail_addresses_name_the_person(bar: LinkBar):
    bar.ask("mailto:amina@example.org", "write")
    assert bar._host.text() == "Write to amina@example.org"
    assert bar._open.text() == "Open mail program"


@pytest.mark.parametrize(
    ("address", "words", "warning"),
    [
        ("http://evil.example.net/login", "www.example.org", "does not lead there"),
        ("https://www.example.org/x", "example.org", ""),
        ("https://example.org/x", "our report", ""),
        ("https://example.org@evil.example/", "x", "before the @"),
        ("https://ex\u0430mple.org/", "x", "letters of another script"),
    ],
)
def test_disguised_links_are_told(address: str, words: str, warning: str):
    said = disguise(words, QUrl(address))
    assert (warning in said) if warning else said == ""


def test_look_alike_letters_show_in_the_host():
    assert real_host(QUrl("https://ex\u0430mple.org:8080/")) == "xn--exmple-4nf.org:8080"


def test_list_keeps_its_share_until_the_line_is_dragged(theme: Theme, ground: QWidget):
    split = ReaderSplit(theme, QWidget(), QWidget())
    split.setParent(ground)
    split.resize(1100, 400)
    split.show()
    assert abs(split.sizes()[0] - 400) <= 2
    split.resize(700, 400)
    assert abs(split.sizes()[0] - 280) <= 2
    split.splitterMoved.emit(200, 1)
    split.setSizes([200, 500])
    split.resize(900, 400)
    assert split.sizes()[0] < 300
