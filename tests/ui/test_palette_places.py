"""Places of the palette: found by the words people type, and each leads where its page can go."""

import pytest

from workbench.ids import AccountId
from workbench.ui import icons
from workbench.ui.actions import CORE
from workbench.ui.context import PagePart
from workbench.ui.main_window import PAGES
from workbench.ui.pages.person_list_data import ICONS, TITLES, PeopleList
from workbench.ui.pages.questions import TABS
from workbench.ui.palette_places import PAGE_WORDS, PLACES, place_entries
from workbench.ui.widgets.palette import Entry, ranked

KNOWN = {
    "sync": ("accounts", "outbox", "history", "held-back"),
    "questions": TABS,
    "dashboard": (PagePart.COMMUNITY_CARD,),
    "growth": (PagePart.HEAD_COUNT,),
    "comparison": (PagePart.BENCHMARK,),
}


@pytest.fixture
def opened() -> list[tuple[str, object]]:
    return []


@pytest.fixture
def entries(opened) -> list[Entry]:
    pages = [
        Entry(one.title, "Page", one.icon, lambda: None, words=PAGE_WORDS.get(one.key, ""))
        for one in PAGES
        if one.in_rail
    ]
    actions = [Entry(spec.title, "Action", "circle", lambda: None, words=spec.words) for spec in CORE]
    places = place_entries(lambda *place: opened.append(place), {AccountId(7): "Forum of the coast"})
    return [*pages, *actions, *places]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("outbox", "Outbox"),
        ("unsent", "Outbox"),
        ("limit of", "Limits of Forum of the coast"),
        ("data cap", "Raise today's limit"),
        ("dashboard", "Dashboard"),
        ("knows", "Who knows about …?"),
        ("expert", "Who knows about …?"),
        ("quarantine", "What was held back"),
        ("people", "Members"),
        ("threads", "Conversations"),
        ("double", "Perhaps the same person"),
        ("compare", "Comparison"),
        ("benchmark", "Benchmarks"),
        ("community card", "Community card"),
        ("coordinator", "Community card"),
        ("head count", "Head count"),
    ],
)
def test_what_people_type_finds_it_first(entries, typed: str, title: str):
    assert ranked(entries, typed)[0].title == title


def test_limit_offers_the_limits_of_each_account(entries, opened):
    next(one for one in ranked(entries, "limit") if one.kind == "Account").run()
    next(one for one in ranked(entries, "advocates")).run()
    assert opened == [("sync", "account:limits:7"), ("members", PeopleList.ADVOCATES)]


def test_every_place_is_one_its_page_knows(qapp, entries):
    pages = {page.key for page in PAGES}
    for place in PLACES:
        assert place.page in pages
        assert place.argument is None or place.argument in KNOWN[place.page]
    lists = {one.title: one.icon for one in entries if one.kind == "People"}
    assert lists == {TITLES[which]: ICONS[which] for which in PeopleList}
    assert all(not icons.outline(one.icon).isEmpty() for one in entries if one.icon)
    assert PAGE_WORDS.keys() <= pages


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Community card", lambda page: page.inspector() is page.about.panel),
        ("Head count", lambda page: page.staff.people.hasFocus()),
        ("Benchmarks", lambda page: page.side.number.hasFocus()),
    ],
)
def test_a_part_behind_a_button_is_open_at_once(qtbot, window, water_id, title, shown):
    window.open_page("dashboard", int(water_id))
    next(entry for entry in place_entries(window.open_page, {}) if entry.title == title).run()
    qtbot.waitUntil(lambda: shown(window.page()))
