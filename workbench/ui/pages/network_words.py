"""Network words: sentences, titles and names as the network page says them, also while names are hidden."""

from collections.abc import Iterator
from typing import Final

from workbench.metrics.metric import Metric, Sight
from workbench.metrics.network_catalog import NETWORK
from workbench.metrics.roles import ROLES, Role
from workbench.metrics.value import Unit, Value
from workbench.operations.network import NetworkLook
from workbench.operations.scorecard import doubts_of
from workbench.operations.sight import blind_spots
from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.ui import numbers
from workbench.ui.directions import isolated
from workbench.ui.pages.scorecard_words import number_words
from workbench.ui.sanitiser import line

FACTS: Final = ("two_way", "cross_office", "density", "key_players", "betweenness", "emergent_structures")
_FINEST: Final = 0.001
_FINE_BELOW: Final = 0.1
_METRICS: Final = {metric.key: metric for metric in NETWORK}


def name_of(look: NetworkLook, node: int, *, are_hidden: bool) -> str:
    """Somebody's name, or what stands for it while names are hidden."""
    one = look.people[node]
    if not are_hidden:
        return line(one.name) or "Somebody without a name"
    return f"Somebody in {line(one.office)}" if one.office else "Somebody"


def about(look: NetworkLook, node: int) -> str:
    """Office and group."""
    one = look.people[node]
    group = "no group" if one.cluster is None else f"group {one.cluster + 1}"
    return f"{isolated(line(one.office))} · {group}" if one.office else group[:1].upper() + group[1:]


def reason_of(look: NetworkLook, node: int, role: Role) -> str:
    """Why somebody holds a role."""
    return next((held.reason for held in look.roles[role] if held.node == node), "")


def tie_words(look: NetworkLook, node: int, other: int) -> str:
    """How often `node` turned to `other` and was turned to."""
    there, back = look.arcs.get((node, other), 0), look.arcs.get((other, node), 0)
    if there and back:
        return f"{numbers.count(there)} to them, {numbers.count(back)} back"
    return f"{numbers.count(there)} to them, none back" if there else f"{numbers.count(back)} from them, none back"


def role_title(look: NetworkLook, role: Role) -> str:
    """A role and how many hold it."""
    return f"{ROLES[role].title} · {numbers.count(len(look.roles[role]))}"


def role_words(look: NetworkLook, role: Role) -> str:
    """What a role means and how it is worked out; where nobody holds it, why."""
    words = ROLES[role]
    said = f"{words.meaning} Here: {words.rule}."
    if look.roles[role]:
        return said
    if role is Role.SPECIALIST and not look.has_topics:
        return f"{said} No question of these days carries a hashtag, so nobody can be found."
    if role is Role.SPANNER and not any(one.office for one in look.people):
        return f"{said} No office is known; a table of members can bring them."
    return f"{said} Nobody stands out here."


def subtitle(look: NetworkLook, *, is_short: bool = False) -> str:
    """How many people are in the picture, and of which days; these are left out where room is short."""
    last = look.window.end_on.toordinal() - 1
    days = f"{numbers.day(look.window.start_on)} – {numbers.day(look.window.start_on.fromordinal(last))}"
    members = "person known here" if look.members == 1 else "people known here"
    if Sight.SILENT_MEMBERS not in look.unseen.where:
        members = "member" if look.members == 1 else "members"
    people = f"{numbers.count(len(look.people))} of {numbers.count(look.members)} {members} have ties"
    return isolated(people if is_short else f"{people} · {days}")


def caption(look: NetworkLook) -> str:
    """What a picture of it says below: which network, of which days, and what is missing or estimated."""
    known = _days_known(look)
    return " · ".join([line(look.name), subtitle(look), known, *(["sampled"] if look.is_sampled else [])])


def _days_known(look: NetworkLook) -> str:
    """Never rounded up to what is not known."""
    return f"{numbers.known_percent(look.known)} of the days known"


def note(look: NetworkLook) -> str:
    """What is missing from the picture, and what in it is an estimate; empty when nothing is."""
    return " · ".join(_doubts(look))


def _doubts(look: NetworkLook) -> Iterator[str]:
    if look.known < MINIMUM_COVERAGE:
        share = numbers.share_known(look.known)
        until = f", until {numbers.day(look.known_until)}" if look.known_until is not None else ""
        yield f"{share[0].upper()}{share[1:]} of these days is known{until}: ties of other days are missing"
    if look.is_sampled:
        yield "Information brokers and betweenness are estimated from a sample, as there are more than 2,000 people"


def facts(look: NetworkLook) -> Iterator[tuple[str, str, str]]:
    """Title, value and explanation of each measure beside the picture."""
    for key in FACTS:
        metric, value = _METRICS[key], look.values[key]
        yield metric.title, fact(value), explanation(metric, value, look)


def fact(value: Value) -> str:
    """A share, finer where it is small; betweenness as a number between 0 and 1."""
    if value.unit is not Unit.SHARE:
        return number_words(value.value, value.unit)
    if value.value and value.value < _FINEST:
        return f"under {numbers.percent(_FINEST, digits=1)}"
    return numbers.percent(value.value, digits=1 if value.value and value.value < _FINE_BELOW else 0)


def explanation(metric: Metric, value: Value, look: NetworkLook) -> str:
    """Formula, the numbers put in, the days and how far they are known."""
    said = [f"{metric.title}: {metric.formula}."]
    if value.denominator:
        said.append(f"{numbers.decimal(value.numerator)} of {numbers.count(value.denominator)}.")
    else:
        said.append("No data.")
    said += [f"{_days_known(look)}.", *doubts_of(value), *blind_spots(metric, look.unseen), metric.moves]
    return " ".join(said)
