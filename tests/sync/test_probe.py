"""A service that is tried answers, or its refusal is the answer."""

from workbench.errors import LineError
from workbench.sync.probe import Probe, tried


def test_what_is_tried_answers_or_says_why_not():
    cut = LineError("no answer")

    def ask() -> str:
        raise cut

    assert tried("Mail", lambda: "It answers.") == Probe("Mail", "It answers.")
    assert tried("Mail", ask) == Probe("Mail", error=cut)
