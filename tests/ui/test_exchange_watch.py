"""Watching shared folders: each file is told of once and quietly; without a folder nothing is loaded or told."""

from pathlib import Path

import pytest

from tests.operations.laptops import card_called
from tests.ui.pages.exchange_parts import NEWCOMERS, both_change, hers, pair
from tests.ui.plan_samples import listen
from tests.ui.settled import settle
from workbench.operations.partners import choose_partner_folder
from workbench.ui.context import Context
from workbench.ui.exchange_watch import ExchangeWatch, news_words
from workbench.ui.pages.plan_exchange_data import WaitingLine

__all__ = ["hers", "pair"]


@pytest.fixture
def shared(pair, tmp_path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    choose_partner_folder(pair[0].workspace, "Bo Example", folder)
    return folder


def look(qtbot, watch: ExchangeWatch, context: Context) -> None:
    watch.look()
    settle(qtbot, context.jobs)


def test_a_file_that_came_is_told_once(qtbot, hers: Context, pair, shared: Path):
    amina, bo = pair
    both_change(amina, bo)
    watch, said = ExchangeWatch(hers), listen(hers)
    look(qtbot, watch, hers)
    assert said == []
    bo.send(amina, into=shared)
    for _ in range(2):
        look(qtbot, watch, hers)
    assert said == [("Bo Example sent changes to Safe water.", "plan.receive")]
    bo.editor.set_card(card_called(bo.view, NEWCOMERS), notes="more")
    bo.send(amina, into=shared)
    look(qtbot, watch, hers)
    assert len(said) == 2


def test_the_folder_itself_tells_of_what_comes(qtbot, hers: Context, pair, shared: Path):
    amina, bo = pair
    both_change(amina, bo)
    watch, said = ExchangeWatch(hers), listen(hers)
    watch._calm.setInterval(0)
    look(qtbot, watch, hers)
    bo.send(amina, into=shared)
    qtbot.waitUntil(lambda: len(said) == 1)


def test_damage_is_left_to_the_page_and_a_folder_given_up_is_no_longer_followed(qtbot, hers: Context, pair, shared):
    amina, _bo = pair
    (shared / "torn.cwplan").write_bytes(b"community-work")
    watch, said = ExchangeWatch(hers), listen(hers)
    look(qtbot, watch, hers)
    assert said == []
    assert watch._watcher is not None
    assert watch._watcher.directories() == [str(shared)]
    choose_partner_folder(amina.workspace, "Bo Example", None)
    look(qtbot, watch, hers)
    assert watch._watcher.directories() == []


def test_without_a_folder_there_is_no_watcher(qtbot, hers: Context):
    watch = ExchangeWatch(hers)
    look(qtbot, watch, hers)
    assert watch._watcher is None


def test_several_files_are_told_together():
    line = WaitingLine(Path("a.cwplan"), "Bo Example", 1, None, "")
    assert news_words([line]) == "Bo Example sent a plan."
    assert news_words([line, line]) == "2 plan files came from Bo Example."
