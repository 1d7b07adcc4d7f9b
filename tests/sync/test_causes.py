"""Causes: each LineError says which one it has, and only passing ones are worth another try."""

import pytest

from workbench.errors import LineError
from workbench.sync.causes import PASSING, Cause, line, portal


@pytest.mark.parametrize("cause", Cause)
def test_a_line_error_tells_its_cause(cause: Cause):
    error = line(cause, "the line broke")
    assert isinstance(error, LineError)
    assert (error.reason, error.details["cause"]) == ("the line broke", cause)


def test_a_suspected_portal_names_the_host_and_is_not_asked_again():
    error = portal("https://hotel.example.net:443")
    assert error.details == {"cause": Cause.PORTAL, "host": "https://hotel.example.net:443"}
    assert Cause.PORTAL not in PASSING
