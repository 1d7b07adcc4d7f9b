"""The sanitiser: nothing active survives, nothing turns text round, and no body takes long."""

import pytest

from workbench.ui.sanitiser import MOST_HTML, TURN_MARK, clean_html, has_turns, line, short_subject, shown

ACTIVE = ("<script", "<style", "<img", "<iframe", "<object", "<embed", "<form", "<input", "<svg", "<link", "<meta", "<base",
          "<table", "<video", "javascript:", "file:", "data:", "onerror", "onclick", "@import", "style=", "src=", "class=", "id=")  # fmt: skip

NASTY = {
    "script": "<p>a</p><script>alert('stolen')</script>",
    "script in pieces": "<scr<b>ipt>alert(1)</scr</b>ipt>",
    "script in capitals": "<SCRIPT SRC=http://evil.example/x.js></SCRIPT>",
    "script unclosed": "<p>a<script>alert('stolen')",
    "handler": '<p onclick="alert(1)">a</p><b onmouseover=alert(1)>b</b>',
    "picture of this machine": '<img src="file:///etc/passwd"><img src=C:\\secret.png>',
    "picture of the net": '<img src="http://tracker.example/p.gif"><img srcset="//tracker.example/p.gif 2x">',
    "picture in the text": '<img src="data:image/png;base64,iVBORw0KGgo=">',
    "import": "<style>@import url(http://tracker.example/x.css)</style>",
    "background": '<body background="http://tracker.example/x.png"><p style="background:url(file:///x)">a</p>',
    "link to a script": '<a href="javascript:alert(1)">a</a><a href=" java\tscript:alert(1)">b</a>',
    "link to a file": '<a href="file:///etc/passwd">a</a><a href="//host/share">b</a>',
    "link to data": '<a href="data:text/html,<script>alert(1)</script>">a</a>',
    "frame": '<iframe src="http://evil.example"></iframe><object data="file:///x"></object><embed src=x>',
    "form": '<form action="http://evil.example"><input type=password><button>Go</button></form>',
    "drawing": '<svg onload=alert(1)><script>alert(1)</script></svg><math href="javascript:alert(1)"></math>',
    "meta": '<meta http-equiv="refresh" content="0;url=http://evil.example"><base href="file:///">',
    "comment": "<!--[if gte mso 9]><script>alert(1)</script><![endif]-->",
    "entity": '<a href="&#106;avascript:alert(1)">a</a>',
    "video": '<video src="http://tracker.example/x.mp4" poster="file:///x"></video>',
    "noscript": "<noscript><img src=http://tracker.example/x></noscript>",
    "template": "<template><script>alert(1)</script></template>",
    "deep": "<div>" * 200_000 + "x",
    "deep formatting": "".join(f"<b a={number}>" for number in range(30_000)) + "<p>x" * 30_000,
    "deep quotes": "<blockquote>" * 50_000 + "x",
    "deep tables": "<table><tr><td>" * 20_000 + "x",
    "deep lists": "<ul><li>" * 50_000 + "x",
    "one long line": "a" * 5_000_000,
    "many brackets": "<" * 5_000_000,
    "open tag": "<a " * 1_600_000,
    "open quotes": '<a href="' * 500_000,
    "open comments": "<!--" * 1_000_000,
    "entities": "&amp;" * 1_000_000,
    "crossed": "<b><div></b>" * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("name", NASTY)
def test_nothing_active_survives(name: str):
    cleaned = clean_html(NASTY[name])
    assert not [word for word in ACTIVE if word in cleaned.html.lower().replace("&lt;", "[")]
    assert "stolen" not in cleaned.html
    # Cutting and levelling bound what Qt is given, whatever came in.
    assert len(cleaned.html) < 6 * MOST_HTML
    assert cleaned.html.count("<") < 12_000


def test_words_emphasis_lists_quotes_and_links_stay():
    html = (
        '<p>Dear <b>all</b>,</p><ul><li>one</li></ul><blockquote>said</blockquote><a href="https://example.org/x">x</a>'
    )
    assert clean_html(html).html == html


def test_tables_become_lines_with_gaps():
    cleaned = clean_html("<table><tr><td>Pumps</td><td>14</td></tr><tr><td>Schools</td><td>31</td></tr></table>").html
    assert cleaned.replace("\u2003", "|") == "<div><div>Pumps|14|</div><div>Schools|31|</div></div>"


def test_long_letter_says_that_it_was_cut():
    assert clean_html("a" * (MOST_HTML + 1)).is_cut
    assert not clean_html("a" * MOST_HTML).is_cut


def test_turning_marks_are_shown_and_not_obeyed():
    text = "invoice \u202efdp.exe\u202c"
    assert has_turns(text)
    assert shown(text).startswith(f"invoice {TURN_MARK}fdp.exe")
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(shown(text + "\u2067x\u2069\u202by"))
    assert clean_html("a &#x202e; b").has_turns
    assert TURN_MARK in clean_html("a &#x202e; b").html


def test_what_is_shown_keeps_every_place():
    text = "".join(map(chr, range(0x20))) + "\x7f\u2028\u2029\ufffc\ufdd0\u202e\u2066😀ب"
    assert len(shown(text)) == len(text)
    assert not any(ord(letter) < 0x20 and letter not in "\t\n" for letter in shown(text))
    assert not set("\ufffc\ufdd0") & set(shown(text))


def test_arabic_and_its_own_marks_stay():
    text = "مرحبا\u200f (abc)\u200e"
    assert shown(text) == text


def test_a_line_is_one_line():
    assert line("a\nb\tc\u2028d") == "a b c d"


@pytest.mark.parametrize(
    ("subject", "community", "said"),
    [
        ("[R-SIG-Finance] Pumps", "r-sig-finance", "Pumps"),
        ("Re: [Water] Pumps", "Water points", "Re: Pumps"),
        ("[draft] Pumps", "Water points", "[draft] Pumps"),
        ("[Water]", "Water points", "[Water]"),
        ("Pumps [Water]", "Water", "Pumps [Water]"),
        ("[--] Pumps", "Water", "[--] Pumps"),
    ],
)
def test_name_of_the_list_is_left_out_of_subjects(subject: str, community: str, said: str):
    assert short_subject(subject, community) == said
