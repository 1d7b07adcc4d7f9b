"""Tables of the questions page: words, marks and tips of their cells."""

from datetime import timedelta

from tests.builders import NOW
from workbench.queries.surge import Responder, Surge
from workbench.ui.pages.questions_tables import LibraryModel, SurgeModel, TagModel
from workbench.ui.qt_models.rows_model import MARK


def a_surge(**fields):
    given = {
        "id": 1, "community_id": 1, "community": "Water", "subject": "[Water] Flood", "author": "Amina Example",
        "started_at": NOW, "marked_at": NOW, "offices": 1, "people_in_time": 1, "offices_in_time": 1,
        "reached_hours": None, "is_over": False,
        "responders": (Responder(2, "Bruno Example", "Dakar", NOW + timedelta(hours=1), 1.0),),
    }  # fmt: skip
    return Surge(**(given | fields))


def test_an_urgent_thread_tells_how_far_it_is():
    model = SurgeModel()
    model.set_rows(
        [
            a_surge(),
            a_surge(reached_hours=5.0),
            a_surge(is_over=True),
            a_surge(is_over=True, marked_at=NOW + timedelta(days=2)),
        ]
    )
    last = len(SurgeModel.WIDTHS) - 1
    told = {model.index(row, last).data(): model.index(row, last).data(MARK) for row in range(4)}
    assert {words.replace("\N{NO-BREAK SPACE}", " "): mark for words, mark in told.items()} == {
        "still running": ("hourglass", "watch"),
        "enough after 5 h": ("check-circle", "good"),
        "not enough": ("minus", "neutral"),
        "marked too late": ("minus", "neutral"),
    }
    assert model.index(0, 0).data() == "Flood"
    assert len(TagModel.WIDTHS) == TagModel().columnCount()
    assert len(LibraryModel.WIDTHS) == LibraryModel().columnCount()
