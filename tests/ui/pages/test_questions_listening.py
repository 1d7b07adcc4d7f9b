"""Listening panel: nothing is added without words, and a profile that is only read offers nothing to change."""

from tests.builders import NOW
from workbench.queries.listening import ListeningId, ListeningRow
from workbench.queries.search_filters import SearchFilters
from workbench.ui.pages.questions_listening import ListeningPanel


def test_a_profile_that_is_only_read_changes_nothing(qtbot, ground, theme):
    panel = ListeningPanel(theme)
    panel.setParent(ground)
    panel.show()
    added, picked = [], []
    panel.added.connect(added.append)
    panel.picked.connect(picked.append)
    row = ListeningRow(ListeningId(1), "pump", (), SearchFilters(), "Dana Example", None, 500, True, None, NOW)
    panel.show_rows([row], is_writable=False)
    assert panel.list.item(0).text().replace("\u2068", "").replace("\u2069", "") == "pump · 500+ new · Dana Example"
    assert (picked, panel.owner.text(), panel.add.isEnabled()) == ([1], "Dana Example", False)
    panel.words.setText("   ")
    panel._on_add()
    assert added == []
    panel.show_hits(ListeningId(2), [])
    assert panel._title.text() == ""
    panel.take_focus()
