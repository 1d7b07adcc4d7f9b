"""The list of offices headquarters waits for, read from a table: code, name and, where there is one, country."""

import csv
import io
from pathlib import Path
from typing import Final

from workbench.errors import BadInputError
from workbench.operations.partners import read_file
from workbench.sync.rollup_snapshot import ExpectedOffice, office_code

MOST_LIST: Final = 1 << 20
_COLUMNS: Final = {"code": "code", "office": "code", "id": "code", "name": "name", "country": "country"}
_SEPARATORS: Final = ",;\t"


def read_office_list(path: Path) -> list[ExpectedOffice]:
    """The offices of a CSV file in UTF-8 whose first line names the columns code, name and country.

    Refuses with BadInputError, naming the line: no such file or columns, a line without code or name, a code twice.
    """
    data = read_file(path, most=MOST_LIST)
    try:
        text = data[: MOST_LIST + 1].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = "The list is not text in UTF-8; save it as “CSV UTF-8”."
        raise BadInputError(message) from error
    if len(data) > MOST_LIST:
        message = "The list is longer than any list of offices."
        raise BadInputError(message)
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    header = [_COLUMNS.get(cell.strip().casefold(), "") for cell in rows[0]] if rows else []
    if not {"code", "name"} <= set(header):
        message = "The first line of the list has to name the columns code and name; country may follow."
        raise BadInputError(message)
    offices: dict[str, ExpectedOffice] = {}
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            office = _office(dict(zip(header, row, strict=False)), number)
            if office.office_id in offices:
                message = f"Line {number} of the list has a code that stands above already."
                raise BadInputError(message)
            offices[office.office_id] = office
    return list(offices.values())


def _office(cells: dict[str, str], number: int) -> ExpectedOffice:
    code, name = cells.get("code", "").strip(), " ".join(cells.get("name", "").split())
    if not code or not name:
        message = f"Line {number} of the list lacks a code or a name."
        raise BadInputError(message)
    return ExpectedOffice(office_code(code), name, " ".join(cells.get("country", "").split()) or None)
