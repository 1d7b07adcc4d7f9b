"""The column panel: every column can be chosen, the name always stays."""

from PySide6.QtWidgets import QWidget

from workbench.ui.pages.member_columns import ColumnPopup
from workbench.ui.qt_models.member_table import COLUMNS
from workbench.ui.theme import Theme


def test_each_change_is_told_with_the_name_first(theme: Theme, ground: QWidget):
    told: list[tuple[str, ...]] = []
    popup = ColumnPopup(theme, ground, columns=("messages",), chosen=told.append)
    assert [box.text() for box in popup._boxes.values()] == [column.title for column in COLUMNS]
    assert popup._boxes["name"].isChecked()
    assert not popup._boxes["name"].isEnabled()
    popup._boxes["tags"].setChecked(True)
    popup._boxes["messages"].setChecked(False)
    assert told == [("name", "messages", "tags"), ("name", "tags")]
