"""Savings and return: what answers and meetings are worth, as plain arithmetic over what an office typed in.

Every figure carries its input's source and a grade where it is shown; here are only the formulas.
"""

from collections.abc import Iterable, Mapping
from typing import Final

SALARY_LOAD: Final = 1.4
HOURS_A_YEAR: Final = 2087


def answers_value(answers: float, value_each: float) -> float:
    """What direct answers are worth; may be left out, because they may only have moved from e-mail."""
    return answers * value_each


def networked_value(finds: float, value_each: float) -> float:
    """What answers are worth to those who found them by searching or reading."""
    return finds * value_each


def return_on_investment(value: float, cost: float) -> float | None:
    """(value - cost) / cost; None where nothing was spent."""
    return (value - cost) / cost if cost else None


def loaded_hour(annual_salary: float) -> float:
    """What an hour of somebody costs: the annual salary with its load, over the hours of a year."""
    return annual_salary * SALARY_LOAD / HOURS_A_YEAR


def meeting_cost(annual_salary: float, *, attendees: int, hours: float) -> float:
    """What a meeting costs in people's time; not rounded before the end."""
    return loaded_hour(annual_salary) * attendees * hours


def gravity_change(before: float, after: float, members: int) -> float | None:
    """Change of the weighted sum of members, per member; None without members. For comparison only."""
    return (after - before) / members if members else None


def gravity(members_by_weight: Mapping[int, int]) -> int:
    """Σ weight² × members; the weights are 1, 4, 7 and 10."""
    return sum(weight**2 * members for weight, members in members_by_weight.items())


def daily_share_of_monthly(days: Iterable[tuple[int, int]]) -> float | None:
    """DAU/MAU: (visitors of a day, visitors of the 30 days up to it), as a share averaged over days; None without."""
    shares = [daily / monthly for daily, monthly in days if monthly]
    return sum(shares) / len(shares) if shares else None
