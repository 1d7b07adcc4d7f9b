"""Meter: a budget counts both directions and refuses the request after the one that spent it."""

import pytest

from workbench.errors import BudgetSpentError
from workbench.sync.meter import Budget


def test_a_budget_is_spent_by_both_directions_together():
    budget = Budget(1000)
    budget.note(1, 600, 399)
    budget.allows()
    budget.note(1, 1, 0)
    with pytest.raises(BudgetSpentError) as caught:
        budget.allows()
    assert caught.value.details == {"spent": 1000, "limit": 1000}


def test_a_budget_goes_on_from_what_was_spent_before():
    with pytest.raises(BudgetSpentError):
        Budget(1000, spent=1000).allows()
