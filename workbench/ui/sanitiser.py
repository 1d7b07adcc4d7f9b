"""Sanitiser: what strangers wrote, made safe to show: turning marks made visible, HTML passed through an allow-list."""

import re
from dataclasses import dataclass
from typing import Final

import nh3

TURN_MARK: Final = "\N{RIGHTWARDS ARROW OVER LEFTWARDS ARROW}"
"""Stands where a mark stood that would have turned the order of the letters round."""

_OVERRIDES: Final = "\u202d\u202e"
_EMBEDDINGS: Final = "\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
# Qt keeps frames and pictures of a document under these characters; in a text they would be taken for such.
_RESERVED: Final = "\ufdd0\ufdd1\ufff9\ufffa\ufffb\ufffc"
_CONTROLS: Final = "".join(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n")
# One character for one, so that places found in a text (highlights) are the same in what is shown.
_SHOWN: Final = (
    dict.fromkeys(map(ord, _OVERRIDES), TURN_MARK)
    | dict.fromkeys(map(ord, _EMBEDDINGS), "\N{WORD JOINER}")
    | dict.fromkeys(map(ord, _RESERVED + _CONTROLS), "\N{REPLACEMENT CHARACTER}")
    | dict.fromkeys(map(ord, "\u2028\u2029"), "\n")
    | {ord("\r"): " "}
)
_LIST_TAG: Final = re.compile(r"((?:re|aw|fwd?):\s*)?\[([^\]\n]{2,60})\]\s+(?=\S)", re.IGNORECASE)
_TURNS: Final = re.compile(f"[{_OVERRIDES}]")

MOST_HTML: Final = 120_000
"""Characters of HTML that are looked at; real letters are far shorter, and parsing costs more than it brings."""
_MOST_TAGS: Final = 4_000
_DEEPEST: Final = 40
_DEEPEST_QUOTE: Final = 4

_TAGS: Final = frozenset(
    {
        "a", "b", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "hr", "i", "li",
        "ol", "p", "pre", "s", "strong", "sub", "sup", "u", "ul",
    }
)  # fmt: skip
_VANISHES: Final = frozenset({"script", "style", "title", "template", "noscript", "textarea", "select", "svg", "math"})
_SCHEMES: Final = frozenset({"http", "https", "mailto"})

# Layout tables read well from top to bottom; kept as tables they cost Qt time that doubles with each level.
_AS_BLOCK: Final = frozenset(
    {
        "address", "article", "aside", "center", "fieldset", "figcaption", "figure", "footer", "form", "header", "h5",
        "h6", "main", "nav", "section", "table", "tr",
    }
)  # fmt: skip
_CELLS: Final = frozenset({"td", "th"})
# Tags that end by themselves where the next one begins: leaving out their end is usual and no nesting.
_SELF_ENDING: Final = frozenset({"br", "dd", "dt", "hr", "img", "input", "li", "link", "meta", "p", "tbody", "wbr"})
_PLAIN: Final = frozenset({"b", "code", "em", "i", "s", "strong", "sub", "sup", "u"})
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,15})(?=[\s/>])([^<>]{0,4000})>")


@dataclass(frozen=True, slots=True)
class CleanHtml:
    """HTML of the allow-list only; `is_cut` says that the letter was longer than what is shown."""

    html: str
    is_cut: bool
    has_turns: bool


def shown(text: str) -> str:
    """The text with the same length, without characters that could change how the rest of the window reads."""
    return text.translate(_SHOWN)


def line(text: str) -> str:
    """`shown` for one line: line breaks and tabs are spaces."""
    return shown(text).replace("\n", " ").replace("\t", " ")


def short_subject(subject: str, community: str) -> str:
    """A subject without the name of its list in brackets, which lists put before every one."""
    tag = _LIST_TAG.match(subject)
    if tag is None or not _same_name(tag.group(2), community):
        return line(subject)
    return line(f"{tag.group(1) or ''}{subject[tag.end() :]}")


def has_turns(text: str) -> bool:
    """Whether the text held marks that turn the order of letters round; `shown` shows them as `TURN_MARK`."""
    return _TURNS.search(text) is not None


def clean_html(html: str) -> CleanHtml:
    """What may be shown of an HTML body: words, emphasis, lists, quotes and links to http, https and mailto.

    No picture, style, script, form or table survives. Any input is taken; time is bounded, because input is cut and
    nesting is levelled before it is parsed.
    """
    cleaned = nh3.clean(
        _tamed(html[:MOST_HTML]),
        tags=set(_TAGS),
        clean_content_tags=set(_VANISHES),
        attributes={"a": {"href"}},
        url_schemes=set(_SCHEMES),
        link_rel=None,
        strip_comments=True,
    )
    return CleanHtml(shown(cleaned), is_cut=len(html) > MOST_HTML, has_turns=has_turns(cleaned))


def _same_name(first: str, second: str) -> bool:
    one, other = ("".join(filter(str.isalnum, name.casefold())) for name in (first, second))
    return bool(one) and (one in other or other in one)


def _tamed(html: str) -> str:
    """The same letter without what makes parsers slow: deep nesting, endless tags, formatting kept open by attributes.

    This is no protection by itself: whatever it leaves goes through the allow-list.
    """
    depths: dict[str, int] = {}
    depth = seen = 0

    def tamed(match: re.Match[str]) -> str:
        nonlocal depth, seen
        seen += 1
        end, name, rest = match.group(1), match.group(2).lower(), match.group(3)
        if seen > _MOST_TAGS:
            return " "
        if name in _CELLS:
            return "&emsp;" if end else ""
        if name in _AS_BLOCK:
            name, rest = "div", ""
        if name in _SELF_ENDING:
            return f"<{end}{name}>"
        limit = _DEEPEST_QUOTE if name == "blockquote" else _DEEPEST
        if end:
            is_kept = 0 < depths.get(name, 0) <= limit and depth <= _DEEPEST
            depth, depths[name] = max(0, depth - 1), max(0, depths.get(name, 0) - 1)
            return f"</{name}>" if is_kept else ""
        depth, depths[name] = depth + 1, depths.get(name, 0) + 1
        if depth > _DEEPEST or depths[name] > limit:
            return " "
        return f"<{name}>" if name in _PLAIN else f"<{name}{rest}>"

    return _TAG.sub(tamed, html)
