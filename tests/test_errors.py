"""Errors: the tree, its codes and exit codes."""

import errno

import pytest

from workbench import errors
from workbench.errors import (
    BadInputError,
    NeedsUserError,
    NoSpaceError,
    ReadOnlyError,
    StoreError,
    WorkbenchError,
    store_error,
)


def tree(root=WorkbenchError):
    yield root
    for child in root.__subclasses__():
        yield from tree(child)


OURS = [kind for kind in tree() if kind.__module__ == errors.__name__]


def test_every_error_has_a_code_of_its_own():
    assert len({kind.code for kind in OURS}) == len(OURS)


def test_every_error_is_drawn_in_the_tree():
    assert errors.__doc__ is not None
    for kind in OURS:
        assert kind.__name__ in errors.__doc__


@pytest.mark.parametrize("kind", OURS)
def test_exit_codes_are_the_documented_ones(kind):
    expected = 2 if issubclass(kind, BadInputError) else 4 if issubclass(kind, NeedsUserError) else 1
    assert kind.exit_code == {"cancelled": 3}.get(kind.code, expected)


def test_error_carries_reason_and_details():
    error = NoSpaceError("the disk is full", needed=7)
    assert (str(error), error.reason, error.details) == ("the disk is full", "the disk is full", {"needed": 7})
    assert str(NoSpaceError()) == "no_space"


def test_system_errors_become_ours():
    assert isinstance(store_error(OSError(errno.ENOSPC, "x")), NoSpaceError)
    assert isinstance(store_error(OSError(errno.EACCES, "x")), ReadOnlyError)
    assert type(store_error(OSError(errno.EIO, "x"))) is StoreError
    assert store_error(OSError("odd")).reason
