"""Two leaders with a laptop each, and the window's context over the first one's profile."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.operations.laptops import Laptop, card_called, two_laptops
from workbench.operations.exchange import SentFile
from workbench.plans.drafts import CardDraft
from workbench.ui.actions import ActionRegistry
from workbench.ui.change_bus import ChangeBus
from workbench.ui.context import Context
from workbench.ui.jobs import JobRunner
from workbench.ui.theme import Theme

NEWCOMERS, QUESTIONS = "Welcome newcomers", "Answer old questions"
PASSPHRASE = "horse staple battery water"


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Laptop, Laptop]]:
    """Amina and Bo with one plan; each trusts the other."""
    found = two_laptops(tmp_path)
    yield found
    for laptop in found:
        laptop.close()


@pytest.fixture
def hers(pair: tuple[Laptop, Laptop], jobs: JobRunner, actions: ActionRegistry, theme: Theme) -> Iterator[Context]:
    """The context of a window over Amina's profile."""
    yield Context(pair[0].workspace, jobs=jobs, bus=ChangeBus(), actions=actions, theme=theme)
    assert jobs.close()


def both_change(amina: Laptop, bo: Laptop) -> SentFile:
    """One card's owner is changed by both, other fields by him alone; his file lies in his own folder."""
    card = card_called(amina.view, NEWCOMERS)
    amina.editor.set_card(card, owner="Amina Example")
    bo.clock.advance(timedelta(minutes=5))
    bo.editor.set_card(card, owner="Bo Example", notes="By telephone")
    bo.editor.add_card(CardDraft("Call the ministry"))
    return bo.send(amina)


def a_stranger(folder: Path, amina: Laptop, *, name: str = "Meet the teachers") -> SentFile:
    """A file from somebody she has taken in nothing of."""
    rosa = Laptop(folder / "rosa", "Rosa Example", clock=amina.clock)
    rosa.start_plan("Ask five teachers", name=name)
    rosa.trust(amina)
    sent = rosa.send(amina)
    rosa.close()
    return sent
