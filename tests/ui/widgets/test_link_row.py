"""A link row gives way to the room there is, and says the rest on hover."""

from workbench.ui.widgets.link_row import LinkRow


def test_a_long_link_asks_for_little_and_tells_all(ground, theme, qtbot):
    row = LinkRow(theme, "word " * 60, "The whole of it")
    row.setParent(ground)
    row.resize(120, row.sizeHint().height())
    row.show()
    assert row.minimumSizeHint().width() < 120 < row.sizeHint().width()
    assert (row.toolTip(), row.accessibleName()) == ("The whole of it", "The whole of it")
    accent = theme.colour("accent").rgb()
    picture = row.grab().toImage()
    drawn = [x for x in range(picture.width()) for y in range(picture.height()) if picture.pixel(x, y) == accent]
    assert drawn
    assert max(drawn) < 120
