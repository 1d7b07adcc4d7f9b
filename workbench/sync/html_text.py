"""HTML mail → cleaned HTML to keep and plain text to search; scripts, styles and anything loaded from outside go."""

import re
from html.parser import HTMLParser

import nh3
from typing_extensions import override

_LONGEST = 2_000_000
_DEEPEST = 300  # beyond it the cleaner takes quadratic time; no mail program nests so deep
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_CLOSED_BY_THEMSELVES = frozenset({
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
    "param", "source", "td", "th", "tr", "track", "wbr",
})  # fmt: skip
_ANY_TAG = re.compile(r"<[^<>]*>")
_REMOTE = frozenset({"img", "picture", "source", "video", "audio", "map", "area"})
_TAGS = frozenset(nh3.ALLOWED_TAGS) - _REMOTE
_SCHEMES = {"http", "https", "mailto"}
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "center", "dd", "details", "dir", "div", "dl", "dt", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_GAPS = re.compile(r"\n{3,}")


def clean_html(html: str) -> str:
    """`html` without scripts, styles, pictures, forms and event handlers; two million characters of it at most."""
    source = html[:_LONGEST]
    if _is_too_deep(source):
        return nh3.clean_text(_ANY_TAG.sub("\n", source))
    return nh3.clean(source, tags=set(_TAGS), url_schemes=_SCHEMES, strip_comments=True)


def _is_too_deep(html: str) -> bool:
    depth = 0
    for slash, name in (tag.groups() for tag in _TAG.finditer(html)):
        if name.lower() not in _CLOSED_BY_THEMSELVES:
            depth = max(depth - 1, 0) if slash else depth + 1
            if depth > _DEEPEST:
                return True
    return False


def html_text(clean: str) -> str:
    """The words of cleaned HTML, one line per block; quotations start with "> " as in plain mail."""
    reader = _Words()
    reader.feed(clean)
    reader.close()
    return reader.text()


class _Words(HTMLParser):
    """Collects lines; expects what `clean_html` gives, which is well formed and therefore read in linear time."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._pre = 0

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._break()
        elif tag in _CELLS and self._line:
            self._line.append("\t")
        elif tag in _BLOCKS:
            self._break(only_if_words=True)
            self._quotes += tag == "blockquote"
            self._pre += tag == "pre"
            if tag == "li":
                self._line.append("- ")

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break(only_if_words=True)
            self._quotes = max(self._quotes - (tag == "blockquote"), 0)
            self._pre = max(self._pre - (tag == "pre"), 0)
            if tag in ("p", "h1", "h2", "h3", "blockquote", "pre", "table", "ul", "ol"):
                self._lines.append("")

    @override
    def handle_data(self, data: str) -> None:
        if self._pre:
            first, *others = data.split("\n")
            self._line.append(first)
            for line in others:
                self._break()
                self._line.append(line)
            return
        self._line.append(_BLANKS.sub(" ", data))

    def text(self) -> str:
        """What was collected so far."""
        self._break(only_if_words=True)
        return _GAPS.sub("\n\n", "\n".join(self._lines)).strip("\n")

    def _break(self, *, only_if_words: bool = False) -> None:
        line = "".join(self._line)
        self._line.clear()
        words = (line if self._pre else line.strip(" ")).rstrip().replace("\xa0", " ")
        if words or not only_if_words:
            self._lines.append("> " * self._quotes + words if words else "")
