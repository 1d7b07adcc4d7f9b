"""Files of a Discourse post, from what was typed and from what is shown."""

from workbench.sync.discourse.uploads import uploads
from workbench.sync.records import AttachmentRecord

FILE = "aBcDeFgHiJkLmNoPqRsTuVwXyZ0"


def test_what_was_typed_names_files_and_pictures():
    raw = (
        f"The plan: [plan.pdf|attachment](upload://{FILE}.pdf) (1.5 MB)\n"
        f"![Well at noon|690x388](upload://{FILE[::-1]}.jpeg)\n![Well at noon|690x388](upload://{FILE[::-1]}.jpeg)"
    )
    assert uploads(raw, None) == (
        AttachmentRecord(FILE, "plan.pdf", "application/pdf", 1_572_864, f"uploads/short-url/{FILE}.pdf"),
        AttachmentRecord(FILE[::-1], "Well at noon.jpeg", "image/jpeg", None, f"uploads/short-url/{FILE[::-1]}.jpeg"),
    )


def test_what_is_shown_names_them_where_nothing_else_is_given():
    cooked = (
        f'<p><a class="attachment" href="/uploads/short-url/{FILE}.pdf">plan.pdf</a> (22.6 KB)</p>'
        '<div class="lightbox-wrapper"><a class="lightbox" href="https://cdn.example.org/original/1X/5e.png?v=2"'
        ' title="Well"><img src="/small.png"></a></div><a href="https://example.org">no file</a>'
        '<img class="emoji" src="/smile.png">'
    )
    assert uploads(None, cooked) == (
        AttachmentRecord(FILE, "plan.pdf", "application/pdf", 23_142, f"/uploads/short-url/{FILE}.pdf"),
        AttachmentRecord("5e", "Well.png", "image/png", None, "https://cdn.example.org/original/1X/5e.png?v=2"),
    )


def test_posts_without_files_have_none():
    assert uploads("Words and a [link](https://example.org)", "<p>Words</p>") == ()
    assert uploads(None, None) == uploads(5, "<p>attachment</p>") == ()
    assert uploads(f"[x|attachment](upload://{FILE}) (1.2.3 MB)", None)[0].size is None
