"""GraphML of a network: numbers instead of people unless names go to a named recipient for a named purpose."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from workbench.errors import BadInputError
from workbench.metrics.disclosure import MINIMUM_PEOPLE
from workbench.metrics.suppression import suppress
from workbench.operations.network import NetworkLook

_SPACE: Final = "http://graphml.graphdrawing.org/xmlns"
_FIELDS: Final = (
    ("about", "graph", "string"),
    ("people", "graph", "int"),
    ("members", "graph", "int"),
    ("known", "graph", "double"),
    ("community", "graph", "string"),
    ("from", "graph", "string"),
    ("to", "graph", "string"),
    ("known_until", "graph", "string"),
    ("as_of", "graph", "string"),
    ("recipient", "graph", "string"),
    ("purpose", "graph", "string"),
    ("name", "node", "string"),
    ("office", "node", "string"),
    ("group", "node", "int"),
    ("weight", "edge", "int"),
)


@dataclass(frozen=True, slots=True)
class NamesFor:
    """To whom names go, and why; both stand in the file."""

    recipient: str
    purpose: str


def graphml(look: NetworkLook, *, as_of: datetime, names: NamesFor | None = None) -> bytes:
    """The directed ties of a network, each with its number of interactions; whose and of which days stands in it.

    Without `names` people are numbers in an order that says nothing, and offices are left out that fewer than five
    people of the picture sit in, with the next smallest where what is left would tell them. Fewer than five people are
    refused then (BadInputError). Roles never leave. Who knows the network well may still recognise somebody by their
    ties: that is what a picture of a network shows.
    """
    if names is None and len(look.people) < MINIMUM_PEOPLE:
        reason = f"fewer than {MINIMUM_PEOPLE} people have ties in these days, so they do not go into a file"
        raise BadInputError(reason)
    root = Element("graphml", xmlns=_SPACE)
    for name, kind, type_ in _FIELDS:
        SubElement(root, "key", {"id": name, "for": kind, "attr.name": name, "attr.type": type_})
    graph = SubElement(root, "graph", id="network", edgedefault="directed")
    last = look.window.end_on - timedelta(days=1)
    _data(graph, "about", f"{look.name}, {look.window.start_on} to {last}")
    _data(graph, "people", str(len(look.people)))
    _data(graph, "members", str(look.members))
    _data(graph, "known", f"{look.known:.4f}")
    said = {"community": look.name, "from": look.window.start_on, "to": look.window.end_on}
    for key, value in (said | {"known_until": look.known_until, "as_of": as_of.isoformat()}).items():
        _data(graph, key, "" if value is None else str(value))
    if names is not None:
        _data(graph, "recipient", names.recipient)
        _data(graph, "purpose", names.purpose)
    numbers = _numbers(look)
    told = _told_offices(look) if names is None else {one.office for one in look.people}
    for node in sorted(range(len(look.people)), key=numbers.__getitem__):
        one = look.people[node]
        element = SubElement(graph, "node", id=f"n{numbers[node]}")
        if names is not None:
            _data(element, "name", one.name)
        if one.office and one.office in told:
            _data(element, "office", one.office)
        if one.cluster is not None:
            _data(element, "group", str(one.cluster + 1))
    arcs = sorted((numbers[who], numbers[whom], acts) for (who, whom), acts in look.arcs.items())
    for who, whom, acts in arcs:
        _data(SubElement(graph, "edge", source=f"n{who}", target=f"n{whom}"), "weight", str(acts))
    indent(root)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _told_offices(look: NetworkLook) -> set[str]:
    """The offices whose people may be told apart: those without an office, and left out ones, are one more cell."""
    people = Counter(one.office for one in look.people)
    offices = sorted(people)
    hidden = suppress([people[office] for office in offices], len(look.people)).cells
    return {office for place, office in enumerate(offices) if place not in hidden}


def _numbers(look: NetworkLook) -> list[int]:
    """A number from 1 for everybody, the same each time for the same people and days, and in no order of names."""
    salt = f"{look.window.start_on}{look.window.end_on}".encode()
    keys = [blake2b(str(one.person_id).encode(), key=salt, digest_size=8).digest() for one in look.people]
    numbers = [0] * len(keys)
    for number, node in enumerate(sorted(range(len(keys)), key=keys.__getitem__), 1):
        numbers[node] = number
    return numbers


def _data(parent: Element, key: str, text: str) -> None:
    # What XML cannot hold, such as a control character in a name, is left out.
    SubElement(parent, "data", key=key).text = "".join(
        character for character in text if character in "\t\n\r" or character.isprintable()
    )
