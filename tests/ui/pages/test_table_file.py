"""TableFile: a table is written whole; what went wrong stands on the page until the next one is."""

from tests.ui.pages.saving import save_as
from tests.ui.settled import settle
from workbench.ui.pages.page import Page
from workbench.ui.pages.plan_export_place import last_folder
from workbench.ui.pages.table_file import TableFile


def test_a_place_that_cannot_be_written_is_told_on_the_page_and_what_was_there_stays(qtbot, window, context, tmp_path):
    page = Page(context)
    page.setParent(window)
    page.show()
    file, told = TableFile(context, page), list[str]()
    context.told.connect(lambda words, _action: told.append(words))
    kept = tmp_path / "kept.csv"
    kept.mkdir()
    file.write(kept, "a,b\r\n")
    settle(qtbot, context.jobs)
    assert file.trouble.isVisible()
    assert (file.trouble.text != "", kept.is_dir(), told) == (True, True, [])
    file.choose(
        "Save it", "How people talk: " + "Water in schools " * 9, "a,b\r\n", span="2024-05", told="Nothing left out."
    )
    long = "How people talk Water in schools Water in schools Water in schools Water in 2024-05.csv"
    save_as(qtbot, page, tmp_path / "talk.csv", proposed=long)
    settle(qtbot, context.jobs)
    assert (tmp_path / "talk.csv").read_bytes() == b"\xef\xbb\xbfa,b\r\n"
    assert (file.trouble.isHidden(), told) == (True, ["Saved talk.csv. Nothing left out."])
    assert last_folder() == tmp_path
