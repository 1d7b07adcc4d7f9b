"""HTML mail: what is kept to show, what is found by search, and what is thrown away."""

import pytest

from workbench.sync.html_text import clean_html, html_text


def words(html: str) -> str:
    return html_text(clean_html(html))


def test_scripts_styles_pictures_and_handlers_go():
    clean = clean_html(
        "<style>p{}</style><script>alert(1)</script><p onclick='x()'>Hello <b>you</b>"
        "<img src='file:///etc/passwd'><img src='https://example.org/pixel.gif'>"
        "<a href='javascript:x()'>one</a> <a href='https://example.org/'>two</a></p><!-- secret -->"
    )
    for trace in ("script", "alert", "style", "onclick", "img", "javascript", "passwd", "pixel", "secret"):
        assert trace not in clean
    assert "https://example.org/" in clean
    assert html_text(clean) == "Hello youone two"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("one<br>two", "one\ntwo"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc"),
        ("Yes<blockquote>Is it?<blockquote>Who?</blockquote></blockquote>", "Yes\n> Is it?\n> > Who?"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("a &amp; b &lt;c&gt; &eacute;", "a & b <c> é"),
        ("  spread \n over\tlines ", "spread over lines"),
        ("<div>unclosed <b>bold", "unclosed bold"),
        ("", ""),
    ],
)
def test_words_come_out_line_by_line(html, text):
    assert words(html) == text


@pytest.mark.parametrize("html", ["<div>" * 100_000, "<b><i>" * 100_000, "<a href=" * 100_000, "<!" * 200_000])
def test_html_without_end_is_survived(html):
    assert "x" in words(f"<p>x</p>{html}")


def test_nested_beyond_reason_keeps_the_words_and_no_tags():
    clean = clean_html("<div>" * 5000 + "Hello <script>1</script>" + "</div>" * 5000)
    assert "Hello" in html_text(clean)
    assert "<" not in clean
