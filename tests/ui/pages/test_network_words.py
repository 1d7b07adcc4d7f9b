"""Network words: who somebody is, why they stand out, what is missing; nobody by name while names are hidden."""

from dataclasses import replace

from tests.ui.pages.network_look import look
from workbench.metrics.metric import Sight
from workbench.metrics.network_catalog import NETWORK
from workbench.metrics.roles import Role
from workbench.metrics.value import Unit, Value
from workbench.operations.sight import Unseen
from workbench.ui.directions import isolated
from workbench.ui.pages.network_words import (
    about,
    caption,
    explanation,
    fact,
    facts,
    name_of,
    note,
    reason_of,
    role_title,
    role_words,
    subtitle,
    tie_words,
)

__all__ = ["look"]


def test_somebody_is_told_by_name_or_by_office(look):
    assert name_of(look, 18, are_hidden=False) == "Zoe Example"
    assert name_of(look, 18, are_hidden=True) == "Somebody in Kabul"
    assert about(look, 18).endswith(f"group {look.people[18].cluster + 1}")
    assert reason_of(look, 18, Role.BROKER) == "On many of the shortest ways between others; has ties with 12 people."
    assert tie_words(look, 18, 0) == "1 to them, 1 back"
    assert tie_words(look, 0, 1) == "1 to them, 1 back"


def test_roles_say_how_many_why_and_why_nobody(look):
    assert role_title(look, Role.BROKER) == "Information brokers · 1"
    assert role_words(look, Role.BROKER).startswith("Hold groups together")
    bare = replace(look, roles=dict.fromkeys(look.roles, ()), has_topics=False)
    assert role_words(bare, Role.SPECIALIST).endswith("carries a hashtag, so nobody can be found.")
    assert role_words(bare, Role.CONNECTOR).endswith("Nobody stands out here.")


def test_what_is_missing_or_estimated_is_said(look):
    assert note(look) == ""
    assert "only" in note(replace(look, known=0.3)).casefold()
    assert "sample" in note(replace(look, is_sampled=True))
    assert subtitle(look) == isolated("19 of 20 members have ties · 18 Mar 2024 – 15 Jun 2024")
    assert caption(look).endswith("100\N{NO-BREAK SPACE}% of the days known")
    assert "Water circle" in caption(look)
    unlisted = replace(look, unseen=Unseen({Sight.SILENT_MEMBERS: ("a mail archive",)}))
    assert subtitle(unlisted, is_short=True) == isolated("19 of 20 people known here have ties")
    assert subtitle(look, is_short=True) == isolated("19 of 20 members have ties")


def test_measures_say_how_they_came_about(look):
    told = {title: (value, words) for title, value, words in facts(look)}
    assert len(told) == 6
    assert told["Highest betweenness"][0] == "0.63"
    words = told["Highest betweenness"][1]
    assert "108 of 171." in words
    assert "sample" not in words
    most = replace(look.values["betweenness"], detail={"doubts": ("Estimated from a sample.",)})
    metric = next(metric for metric in NETWORK if metric.key == "betweenness")
    assert "100\N{NO-BREAK SPACE}% of the days known. Estimated from a sample." in explanation(metric, most, look)
    assert told["Density"][1].startswith("Density: pairs of members with a tie / all pairs")
    density = next(metric for metric in NETWORK if metric.key == "density")
    assert "No data." in explanation(density, Value(None, Unit.SHARE, 0, 0), look)
    assert fact(Value(0.0004, Unit.SHARE, 1, 2500)).startswith("under 0.1")
    assert fact(Value(0.031, Unit.SHARE, 31, 1000)).startswith("3.1")
    assert fact(Value(0.0042, Unit.RATIO, 4.2, 1000)) == "0.004"
    assert fact(Value(0.42, Unit.SHARE, 42, 100)).startswith("42")
