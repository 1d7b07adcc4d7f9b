"""More communities of a type than are read at once: the first by name, then those that were chosen."""

import json

import pytest
from PySide6.QtCore import Qt

from tests.ui.settled import settle
from workbench.models.kinds import AccountKind
from workbench.queries.preferences import preference
from workbench.sync.records import CommunityRecord
from workbench.ui.pages.comparison_choice import ComparisonChoice
from workbench.ui.pages.comparison_data import MOST_COLUMNS

NAMES = [f"Village {number:02}" for number in range(1, MOST_COLUMNS + 4)]


@pytest.fixture
def villages(workspace):
    account = workspace.accounts.add(AccountKind.TABLE, "Villages")
    return [workspace.mirror.ensure_community(account, CommunityRecord(name, name)) for name in NAMES]


def shown(page) -> list[str]:
    return [each.card.name for each in page._found.communities]


def test_the_first_by_name_have_a_column_until_others_are_chosen(qtbot, window, context, villages):
    context.open_page("comparison")
    settle(qtbot, context.jobs)
    page = window.page()
    assert shown(page) == NAMES[:MOST_COLUMNS]
    assert page.more.text() == "and 3 more: choose which"
    # The numbers on top stay those of all.
    assert page._subtitle.text().startswith(f"all {len(NAMES)} without a type")
    page.more.click()
    popup = page.findChild(ComparisonChoice)
    assert (popup._list.count(), popup._count.text()) == (len(NAMES), f"24 of at most {MOST_COLUMNS}")
    popup._filter.setText("lage 27")
    qtbot.keyClick(popup._filter, Qt.Key.Key_Return)
    assert not popup._use.isEnabled()
    for row in range(popup._list.count() - 4):
        popup._list.item(row).setCheckState(Qt.CheckState.Unchecked)
    popup._use.click()
    settle(qtbot, context.jobs)
    assert shown(page) == ["Village 24", "Village 27"]
    with context.workspace.database.read() as reader:
        assert json.loads(preference(reader, "comparison.columns.")) == [villages[23], villages[26]]
    # One that is chosen at the top is in sight beside them.
    context.set_scope((villages[4],))
    qtbot.waitUntil(lambda: shown(page) == ["Village 05", "Village 24", "Village 27"])
    page._on_columns(())
    settle(qtbot, context.jobs)
    assert shown(page) == [NAMES[place] for place in range(MOST_COLUMNS)]
