"""XML of a reply → its elements, with nothing that XML can do beyond elements: no DOCTYPE, entities or deep nesting."""

from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from workbench.sync.causes import Cause, line

XML_CAP: Final = 50_000_000
XML_DEPTH_CAP: Final = 64


def parse_xml(body: bytes, *, cap: int = XML_CAP, depth: int = XML_DEPTH_CAP) -> Element:
    """The root element, names as `{namespace}name`; blank lines before the declaration are forgiven.

    Refuses, as LineError of a bad reply: what is not whole XML, any DOCTYPE (without one there are no entities but
    the five of XML, so none can grow or read a file), more than `cap` bytes and nesting beyond `depth`. The standard
    library's expat does it with handlers of its own, so that no further package is needed.
    """
    if len(body) > cap:
        raise line(Cause.TOO_LARGE, "the reply is larger than we accept")
    builder, level = TreeBuilder(), 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal level
        level += 1
        if level > depth:
            raise line(Cause.BAD_REPLY, "the reply is nested too deeply")
        builder.start(_qualified(name), {_qualified(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal level
        level -= 1
        builder.end(_qualified(name))

    def refuse(*_: object) -> None:
        raise line(Cause.BAD_REPLY, "the reply has a DOCTYPE, which no platform sends")

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(body.lstrip(), True)  # noqa: FBT003 - expat takes it by position only: this is the end
    except (expat.ExpatError, ValueError, LookupError) as error:  # the latter two: encodings Python does not know
        raise line(Cause.BAD_REPLY, "the reply is not valid XML") from error
    return builder.close()


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name
