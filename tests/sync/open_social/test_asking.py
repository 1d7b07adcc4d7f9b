"""Queries: files are asked for with the words of topics, never with the dates alone; lists go on behind a number."""

from workbench.sync.open_social.asking import may_have_files, on_topics, saved_since, tied, with_files


def test_files_are_asked_for_where_the_words_of_topics_are():
    query = {"fields[node--topic]": "title", "include": "uid"}
    assert may_have_files("node--topic", query)
    assert not may_have_files("comment--comment", query)
    assert not may_have_files("node--topic", {"fields[node--topic]": "changed"})


def test_the_field_its_entities_and_little_of_them_are_named():
    assert with_files("node--topic", {"fields[node--topic]": "title", "include": "uid", "sort": "changed"}) == {
        "fields[node--topic]": "title,field_files",
        "include": "uid,field_files",
        "fields[file--file]": "filename,filemime,filesize,uri",
        "sort": "changed",
    }


def test_every_list_is_sorted_and_goes_on_behind_a_number_or_from_an_offset():
    assert on_topics(["a"], 7, 0, since=0, fields="changed")["filter[n][condition][value]"] == "7"
    assert "page[offset]" not in on_topics(["a"], 7, 0, since=0, fields="changed")
    assert saved_since("node--topic", 5, 50)["page[offset]"] == "50"
    assert saved_since("node--topic", 5, 0)["sort"] == "changed,drupal_internal__nid"
    assert "include" not in tied("group_content--flexible_group-group_node-topic", "-drupal_internal__id", 0)
