"""Two people with a laptop each: profiles beside each other, who trust one another, for tests of the exchange."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

from tests.builders import a_clock, a_key_file, a_workspace
from workbench.clock import FixedClock
from workbench.ids import PlanId
from workbench.operations.exchange import PlanArrival, SentFile, read_plan_file, receive_plan, send_plan
from workbench.operations.partners import add_partner, own_identity
from workbench.operations.upkeep import backup_profile, restore_profile
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.plans.editor import PlanEditor
from workbench.plans.views import PlanView
from workbench.workspace import Workspace

START = date(2024, 6, 3)


class Laptop:
    """A profile of somebody's; `plan` is the one both work on."""

    def __init__(self, folder: Path, name: str, *, clock: FixedClock | None = None) -> None:
        folder.mkdir(exist_ok=True)
        self.folder, self.name = folder, name
        self.clock = clock or a_clock()
        self.workspace: Workspace = a_workspace(folder, clock=self.clock)
        own_identity(self.workspace, name=name)
        self.plan: PlanId | None = None
        self._editor: PlanEditor | None = None
        self.files = 0

    @property
    def editor(self) -> PlanEditor:
        """The one editor of this session, with its undo history."""
        if self._editor is None:
            assert self.plan is not None
            self._editor = self.workspace.plans.open(self.plan)
        return self._editor

    @property
    def view(self) -> PlanView:
        return self.editor.view()

    def start_plan(self, *titles: str, name: str = "Safe water") -> PlanId:
        self.plan = self.workspace.plans.create(
            name=name,
            purpose="Answer faster",
            owner="Amina Example",
            starts_on=START,
            objectives=[ObjectiveDraft("Faster answers", "reply_rate", 0.8)],
            cards=[CardDraft(title) for title in titles],
        )
        return self.plan

    def trust(self, *others: "Laptop") -> None:
        for other in others:
            add_partner(self.workspace, own_identity(other.workspace))

    def send(self, *to: "Laptop", into: Path | None = None, passphrase: str | None = None) -> SentFile:
        assert self.plan is not None
        self.files += 1
        names = [other.name for other in to]
        out = into or self.folder / f"out-{self.files}.cwplan"
        return send_plan(self.workspace, plan_id=self.plan, out=out, to=names, passphrase=passphrase)

    def read(self, path: Path, *, passphrase: str | None = None) -> PlanArrival:
        return read_plan_file(self.workspace, path, passphrase=passphrase)

    def receive(self, path: Path, *, trust: bool = False, name: str | None = None) -> PlanArrival:
        arrival = self.read(path)
        editor = None if arrival.is_new_plan else self.editor
        receive_plan(self.workspace, arrival, trust=trust, name=name, editor=editor)
        self.plan = arrival.plan.id
        return arrival

    def back_up(self, to: Path) -> Path:
        """A backup, set aside where later ones do not thin it out."""
        shutil.copyfile(backup_profile(self.workspace).path, to)
        return to

    def restore(self, copy: Path) -> None:
        """Puts a backup in the place of the database, and opens the profile again."""
        self.workspace.close()
        restore_profile(self.folder / "profile", copy, key=a_key_file(self.folder), clock=self.clock)
        self.workspace = a_workspace(self.folder, clock=self.clock)
        self._editor = None

    def close(self) -> None:
        self.workspace.close()


def two_laptops(tmp_path: Path, *titles: str) -> tuple[Laptop, Laptop]:
    """Amina's, with a plan, and Bo's, who has it from her; each trusts the other."""
    amina, bo = Laptop(tmp_path / "amina", "Amina Example"), Laptop(tmp_path / "bo", "Bo Example")
    amina.trust(bo)
    bo.trust(amina)
    amina.start_plan(*(titles or ("Welcome newcomers", "Answer old questions")))
    bo.receive(amina.send(bo).path)
    return amina, bo


def card_called(view: PlanView, title: str) -> str:
    return next(card.id for card in view.cards if card.title == title)


def stored(laptop: Laptop) -> list[list[tuple[Any, ...]]]:
    """Everything there is of plans, row by row."""
    tables = ("planfile", "plan", "card", "objective", "plancopy", "envelopelog", "partner", "planauthor")
    with laptop.workspace.database.read() as reader:
        return [reader.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]
