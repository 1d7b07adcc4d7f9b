"""Hashtags: found in every script, and not where a "#" means something else."""

import pytest

from workbench.models.hashtags import hashtags_in, tag_key


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Hello #WASH and #wash, also #cash-transfer.", ("wash", "cash-transfer")),
        ("(#Éducation)", ("éducation",)),
        ("\uff03水と衛生 #\u0635\u062d\u0629", ("水と衛生", "صحة")),
        ("#joined\n#learn_more!", ("joined", "learn_more")),
        ("C#, a&#39;b, room #12, #a, ## heading, # heading", ()),
        ("see http://example.org/page#part and /faq#top", ()),
        ("#include <stdio.h>\n#define X", ()),
        ("#joined\nHello all, I work on #wash\n#solar #pumps", ("joined", "wash", "solar", "pumps")),
        ("#Nutrition needs all of us.\n\nGreetings", ("nutrition",)),
        ("Try this:\n#read the file\nx <- read(file) #set it\n#return the sum\n", ()),
        ("#SIGNALS\nadd.signal(x) #install.packages(y)\nWe have pump(s).\n#wash", ("wash",)),
        ("#this is a remark\n#that goes on here\n", ()),
        ("see #dab4fad8-2dd7-40bb and #1f9fdf2, but #2030agenda", ("2030agenda",)),
        (f"#{'x' * 51}", ()),
        ("nothing", ()),
    ],
)
def test_tags_of_a_text(text, tags):
    assert hashtags_in(text) == tags


def test_a_typed_tag_is_the_stored_one():
    assert tag_key(" #WASH ") == tag_key("wash") == "wash"
