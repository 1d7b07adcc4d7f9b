"""Files of partners that wait are said above the plans, also where there is no plan yet."""

from pathlib import Path

from tests.operations.laptops import Laptop
from tests.ui.pages.exchange_parts import hers, pair
from tests.ui.settled import settle
from workbench.operations.partners import choose_partner_folder
from workbench.ui.context import Context
from workbench.ui.pages.plan_news import PlanNews

__all__ = ["hers", "pair"]


def test_what_waits_is_said_until_it_is_gone(qtbot, hers: Context, pair: tuple[Laptop, Laptop], tmp_path: Path):
    amina, bo = pair
    said: list[str] = []
    news = PlanNews(hers, changed=lambda: said.append(news.words))
    news.look()
    settle(qtbot, hers.jobs)
    folder = tmp_path / "shared"
    folder.mkdir()
    choose_partner_folder(amina.workspace, "Bo Example", folder)
    sent = bo.send(amina, into=folder)
    news.look()
    settle(qtbot, hers.jobs)
    sent.path.unlink()
    news.look()
    settle(qtbot, hers.jobs)
    assert [bool(words) for words in said] == [False, True, False]
    assert said[1].startswith("Bo Example sent")
