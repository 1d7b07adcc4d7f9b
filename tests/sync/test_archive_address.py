"""Archive address: any page of a HyperKitty site leads to its root and list."""

import pytest

from workbench.errors import BadInputError
from workbench.sync.archive_address import Site, check_address, site_of

ROOT = "https://lists.example.org/archives/"
LIST = "fishers@example.org"


@pytest.mark.parametrize(
    ("page", "site"),
    [
        (f"{ROOT}list/{LIST}/", Site(ROOT, LIST)),
        (f"{ROOT}list/{LIST}", Site(ROOT, LIST)),
        (f" {ROOT}list/fishers%40example.org/2024/5/ ", Site(ROOT, LIST)),
        (f"{ROOT}list/{LIST}/thread/ABC/?sort=date#1", Site(ROOT, LIST)),
        (f"{ROOT}api/lists/?format=json", Site(ROOT, None)),
        (f"{ROOT}api/list/{LIST}/emails/", Site(ROOT, None)),
        (ROOT, Site(ROOT, None)),
        ("https://lists.example.org/hyperkitty", Site("https://lists.example.org/hyperkitty/", None)),
        ("https://lists.example.org", Site("https://lists.example.org/", None)),
        ("http://127.0.0.1:8000/archives/", Site("http://127.0.0.1:8000/archives/", None)),
    ],
)
def test_a_page_leads_to_its_site(page: str, site: Site):
    assert site_of(page) == site


@pytest.mark.parametrize("page", ["", "lists.example.org/archives", "https://", "https://[", "fishers@example.org"])
def test_what_is_no_web_address_is_refused(page: str):
    with pytest.raises(BadInputError):
        site_of(page)


@pytest.mark.parametrize("address", ["", "fishers", "a b@example.org", "../x@example.org/..", "x@y@z", "a@b?c"])
def test_what_is_no_list_address_is_refused(address: str):
    with pytest.raises(BadInputError):
        check_address(address)


def test_a_list_address_passes():
    assert check_address(LIST) == LIST
