"""Files of topics at an Open Social site: told, followed through edits, fetched."""

from pathlib import Path

import pytest

from tests.platforms.open_social_shapes import Upload
from tests.sync.connectors.open_social_site import (
    a_site,
    a_site_mirror,
    check,
    connector,
    expected,
    pulled,
    synced,
    visible,
)
from tests.sync.connectors.runs import messages_in
from tests.sync.mirrored import Mirrored


@pytest.fixture(name="mirrored")
def _mirrored(tmp_path: Path) -> Mirrored:
    return a_site_mirror(tmp_path)


def files(mirrored: Mirrored) -> list[tuple[object, ...]]:
    return mirrored.rows("SELECT name, media_type, size, address FROM attachment ORDER BY name")


def test_files_of_topics_are_told_follow_edits_and_can_be_fetched(mirrored):
    platform = a_site()
    topic = next(said for said in visible(platform) if said.parent is None)
    platform.attach(topic.id, Upload("a plan.pdf", b"%PDF-1.7"))
    synced(mirrored, platform)
    plan = ("a plan.pdf", "application/pdf", 8, "/sites/default/files/700/a%20plan.pdf")
    assert files(mirrored) == [plan]
    platform.world.pass_time(hours=2)
    platform.attach(topic.id, Upload("b.png", b"PNG", "image/png"))
    platform.attach(topic.id, Upload("c.pdf", b"hidden", is_hidden=True))
    synced(mirrored, platform)
    assert files(mirrored) == [plan, ("b.png", "image/png", 3, "/sites/default/files/701/b.png")]
    platform.world.pass_time(hours=2)
    platform.files[topic.id] = [701]
    platform.world.edit(topic.id, "Other words")
    synced(mirrored, platform)
    assert [row[0] for row in files(mirrored)] == ["b.png"]
    found = connector(platform).file("/sites/default/files/701/b.png", most=100)
    assert (found.content, found.media_type) == (b"PNG", "image/png")


def test_a_site_without_files_on_topics_is_asked_for_them_once_in_a_run():
    platform = a_site(no_files=True, messages=200)
    assert messages_in(pulled(platform)).keys() == expected(platform)
    assert sum("field_files" in asked.query.get("include", "") for asked in platform.asked) == 1


def test_a_check_brings_files_along(mirrored):
    platform = a_site()
    synced(mirrored, platform)
    topic = next(said for said in visible(platform) if said.parent is None)
    platform.attach(topic.id, Upload("a plan.pdf", b"%PDF-1.7"))
    platform.world.pass_time(hours=2)
    check(mirrored, platform)
    assert [row[0] for row in files(mirrored)] == ["a plan.pdf"]
