"""History of edits: in order, taken back and made again, an error leaves it as it was, and it does not grow for ever."""

import pytest

from tests.ui.pages.quiet import Quiet
from workbench.errors import BadInputError
from workbench.models.changes import Changes
from workbench.ui.edit_history import Edit, EditHistory, Written, there_and_back


class Pad:
    """A list of words to write on, which can be shut."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.is_shut = False

    def edit(self, word: str) -> Edit:
        deed = there_and_back(lambda: self._write(word), self._strike)
        return Edit(deed, f"{word} written", f"{word} struck", f"{word} again")

    def _write(self, word: str) -> Changes:
        self._check()
        self.words.append(word)
        return Changes.NOTES

    def _strike(self) -> Changes:
        self._check()
        self.words.pop()
        return Changes.NOTES

    def _check(self) -> None:
        if self.is_shut:
            message = "The pad is shut."
            raise BadInputError(message)


@pytest.fixture
def quiet(qtbot, context):
    return Quiet(qtbot, context.jobs)


@pytest.fixture
def told(context) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    context.told.connect(lambda words, action: found.append((words, action)))
    return found


def test_keys_pressed_at_once_walk_back_and_forth_in_order(qtbot, context, ground, quiet, told):
    pad, history, changed = Pad(), EditHistory(context, ground), []
    context.bus.changed.connect(changed.append)
    for word in ("one", "two", "three"):
        history.write(pad.edit(word))
    qtbot.waitUntil(lambda: not quiet.is_busy())
    history.undo()
    history.undo()
    qtbot.waitUntil(lambda: not quiet.is_busy())
    assert (pad.words, history.can_undo, history.can_redo) == (["one"], True, True)
    history.redo()
    qtbot.waitUntil(lambda: not quiet.is_busy())
    assert pad.words == ["one", "two"]
    assert told[-3:] == [("three struck", "edit.redo"), ("two struck", "edit.redo"), ("two again", "")]
    history.write(pad.edit("four"))
    qtbot.waitUntil(lambda: not quiet.is_busy())
    assert told[-1] == ("four written", "edit.undo")
    assert not history.can_redo
    assert changed == [Changes.NOTES] * 7


def test_what_could_not_be_taken_back_can_be_tried_again(qtbot, context, ground):
    pad, history = Pad(), EditHistory(context, ground)
    with qtbot.waitSignal(history.changed):
        history.write(pad.edit("one"))
    pad.is_shut = True
    with qtbot.waitSignal(history.failed):
        history.undo()
    with qtbot.waitSignal(history.failed):
        history.write(pad.edit("two"))
    assert (history.can_undo, history.can_redo) == (True, False)
    pad.is_shut = False
    with qtbot.waitSignal(history.changed):
        history.undo()
    assert pad.words == []


def test_what_has_no_way_back_is_said_without_one(qtbot, context, ground, told):
    history = EditHistory(context, ground)
    with qtbot.waitSignal(history.changed):
        history.write(Edit(lambda: Written(Changes.MARKS), "Counted."))
    assert not history.can_undo
    assert told == [("Counted.", "")]


def test_only_the_last_hundred_are_remembered(qtbot, context, ground, quiet):
    pad, history = Pad(), EditHistory(context, ground)
    for number in range(103):
        history.write(pad.edit(str(number)))
    for _ in range(103):
        qtbot.waitUntil(lambda: not quiet.is_busy())
        history.undo()
    qtbot.waitUntil(lambda: not quiet.is_busy())
    assert pad.words == ["0", "1", "2"]
