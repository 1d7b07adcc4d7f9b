"""Heat card: the hottest first, cold ones said so, more on request."""

from datetime import timedelta

from tests.builders import NOW
from workbench.queries.heat import HotThread
from workbench.queries.threads import ThreadFilter, list_threads
from workbench.ui.pages.dialogue_heat import HeatCard


def test_rows_stand_as_they_came_and_a_full_list_offers_more(qtbot, ground, theme, filled, water_id):
    card = HeatCard(theme)
    card.setParent(ground)
    card.resize(700, 400)
    card.show()
    period = (NOW - timedelta(days=30), NOW)
    with filled.database.read() as reader:
        rows = list_threads(reader, (water_id,), where=ThreadFilter.ALL, period=period, as_of=NOW, limit=2)
    hot = [HotThread(rows[0], 6.25), HotThread(rows[1], 0.001)]
    card.show_threads(hot, wanted=2, now=NOW, names_community=True)
    shown = [[card.model.index(place, column).data() for column in (1, 2, 4)] for place in range(2)]
    assert [row[:2] for row in shown] == [["Water in schools", "6.3"], ["Water in schools", "cold"]]
    assert not card.more.isHidden()
    head, first, _second = card.csv().splitlines()
    assert head == "conversation,community,heat,messages,last message"
    assert first.startswith(f"{card.model.index(0, 0).data()},Water in schools,6.25,{rows[0].messages},2024-")
    heard: list[int] = []
    card.opened.connect(heard.append)
    card.table.opened.emit(1)
    assert heard == [rows[1].id]
    card.show_threads([], wanted=10, now=NOW, names_community=False)
    assert (card.table.isHidden(), card.more.isHidden()) == (True, True)
