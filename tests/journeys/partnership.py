"""Partners: how two people come to trust each other, each at their own window."""

import json

from PySide6.QtWidgets import QApplication

from tests.journeys.planner import Planner


def introduced(planner: Planner, name: str) -> str:
    """Somebody says who they are, and copies their partner file into a message."""
    planner.take_the_keyboard()
    planner.command("Partners")
    planner.fill("Your name, as your partners see it", name)
    planner.click("Make my partner file")
    planner.click("Copy as text")
    return QApplication.clipboard().text()


def trusted(planner: Planner, text: str) -> None:
    """Somebody takes that file out of the message, compares the digits, and adds its sender."""
    planner.take_the_keyboard()
    planner.command("Partners")
    planner.paste(text, into="Text of a partner file")
    planner.click("Look at the text")
    assert json.loads(text)["fingerprint"].replace(" ", "") in planner.words().replace(" ", "")
    planner.click("It is the same: add")
    assert "added by you" in planner.words().casefold()
