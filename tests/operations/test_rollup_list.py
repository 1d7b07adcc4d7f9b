"""The list of offices from a table, as spreadsheets of several languages write it."""

import pytest

from workbench.errors import BadInputError
from workbench.operations.rollup_list import read_office_list
from workbench.sync.rollup_snapshot import ExpectedOffice

KENYA, UGANDA = ExpectedOffice("ken", "Kenya", "Kenya"), ExpectedOffice("uga", "Uganda")


@pytest.mark.parametrize(
    "text",
    [
        "code,name,country\nKEN,Kenya,Kenya\nUGA,Uganda,\n",
        "\ufeffCode;Name;Country\r\nken;Kenya;Kenya\r\nuga;Uganda;\r\n\r\n",
        "name\tcountry\toffice\tregion\nKenya\tKenya\tken\tEast\n Uganda \t\tuga\n",
    ],
)
def test_a_list_is_read_whatever_separates_it(tmp_path, text):
    path = tmp_path / "offices.csv"
    path.write_bytes(text.encode())
    assert read_office_list(path) == [KENYA, UGANDA]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "first line"),
        (b"name,country\nKenya,Kenya\n", "first line"),
        (b"code,name\nken,\n", "Line 2"),
        (b"code,name\nken,Kenya\nKEN,Kenya\n", "Line 3"),
        (b"code,name\nken,K\xe9nya\n", "UTF-8"),
        (b"code,name\n" + b"x" * (1 << 20), "longer"),
    ],
)
def test_a_list_that_cannot_be_used_says_where(tmp_path, data, said):
    path = tmp_path / "offices.csv"
    path.write_bytes(data)
    with pytest.raises(BadInputError, match=said):
        read_office_list(path)


def test_a_list_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadInputError):
        read_office_list(tmp_path / "offices.csv")
