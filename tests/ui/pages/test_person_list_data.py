"""Lists of people as rows of words: each reads an empty profile, and a filled one in the order of names."""

import pytest

from tests.builders import NOW
from tests.ui.pages.test_person_edit import CONTACT, DAY, THANKS, shown
from workbench.operations.people import set_contacts, set_facts, set_path, set_thanks
from workbench.queries.people_own import AdvocatePath, OwnFacts
from workbench.ui.pages.person_list_data import EMPTY, ICONS, TITLES, PeopleList, read_list


@pytest.mark.parametrize("which", PeopleList)
def test_every_list_has_words_and_is_empty_where_nothing_is_known(workspace, which):
    assert all(which in words for words in (TITLES, ICONS, EMPTY))
    assert read_list(workspace.database, which, text="pump", scope=(), now=NOW) == []


def test_lists_name_people_and_say_why(filled):
    person = shown(filled).card.person_id
    set_facts(filled, person_id=person, facts=OwnFacts(is_sponsor=True, is_leaving=True, leaves_on=DAY))
    set_path(filled, person_id=person, path=AdvocatePath(spotted_on=DAY, note="Maps"))
    set_contacts(filled, person_id=person, rows=[CONTACT])
    set_thanks(filled, person_id=person, rows=[THANKS])

    def reasons(which: PeopleList, text: str = "") -> list[str]:
        return [row.reason for row in read_list(filled.database, which, text=text, scope=(), now=NOW)]

    assert reasons(PeopleList.ADVOCATES) == ["3 Jun 2024 · Maps"]
    assert reasons(PeopleList.SPONSORS)[0].startswith("spoken to 3 Jun 2024 · ")
    assert reasons(PeopleList.THANKS) == ["Mended the pump list · from Bruno Example, 3 Jun 2024"]
    assert reasons(PeopleList.LEAVING) == ["leaves 3 Jun 2024"]
    assert reasons(PeopleList.KNOWS, "notes")[0].startswith("Wrote in ")
