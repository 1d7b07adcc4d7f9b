"""Tables from the first look to the undo: twenty shapes of real files, what is remembered, and files meant to harm."""

import csv
import io
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.builders import NOW, a_workspace
from tests.sync.importers.table_files import FRENCH, MEMBERS, SHAPES, THREADS, Shape, csv_bytes, xlsx_bytes
from workbench.cancel import CancelToken
from workbench.errors import BadInputError, CancelledError, SourceError
from workbench.models.kinds import AccountKind, EventKind, RunState
from workbench.operations.tables import (
    PREVIEW_ROWS,
    TableOrder,
    Trial,
    import_mapped_table,
    import_table,
    look_at_table,
    look_into_table,
    preview,
    try_table,
    undo_table,
)
from workbench.progress import Progress
from workbench.sync.importers.cells import DayOrder
from workbench.sync.importers.table_mapping import ColumnMapping, TableField, TableKind
from workbench.workspace import Workspace

F = TableField


@pytest.fixture
def workspace(tmp_path: Path):
    with a_workspace(tmp_path) as found:
        yield found


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def ordered(path: Path, workspace: Workspace | None = None, *, order: DayOrder | None = None) -> TableOrder:
    """What somebody would import who agrees with every guess and answers `order` when asked."""
    look = look_into_table(workspace, path=path)
    mapping = look.proposed()
    if look.day_evidence(mapping).is_open and mapping.day_order is None:
        assert order is not None, "nobody said what comes first in a date"
        mapping = ColumnMapping(mapping.kind, mapping.columns, order)
    return TableOrder(path, "Water", mapping, look.shape.sheet or None)


def rows(workspace: Workspace, sql: str) -> list[tuple[object, ...]]:
    with workspace.database.read() as reader:
        return reader.rows(sql)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_real_shaped_file_is_read_as_its_owner_meant_it(tmp_path: Path, workspace: Workspace, shape: Shape):
    order = ordered(written(tmp_path, shape.name, shape.make()), order=shape.order)
    assert order.mapping.kind is shape.kind
    (first, *_) = preview(look_into_table(None, path=order.path), order.mapping, now=NOW)
    assert not first.fault
    trial = try_table(order, now=NOW)
    assert (trial.rows, trial.rejected_count, trial.left_out) == (shape.rows, len(shape.rejected), shape.left_out)
    assert tuple(item.position for item in trial.rejected) == shape.rejected
    assert workspace.accounts.list() == ()
    result = import_mapped_table(workspace, order)
    assert result.state is (RunState.PARTLY if shape.rejected else RunState.DONE)
    assert (result.totals.added, result.totals.rejected) == (shape.rows, len(shape.rejected))
    assert import_mapped_table(workspace, order).totals.added == 0
    names = {name for (name,) in rows(workspace, "SELECT name FROM person")}
    stem, _, day = shape.first.rpartition(" ")
    assert (stem if day[:1].isdigit() else shape.first) in names
    if day[:1].isdigit():
        days = rows(workspace, "SELECT date(at / 1000000, 'unixepoch') FROM event") + rows(
            workspace, "SELECT date(joined_at / 1000000, 'unixepoch') FROM member"
        )
        assert (day,) in days


def test_there_are_twenty_shapes():
    assert len({shape.name for shape in SHAPES}) == 20


def test_address_is_stored_nowhere(tmp_path: Path, workspace: Workspace):
    import_mapped_table(workspace, ordered(written(tmp_path, "m.csv", csv_bytes(FRENCH)), order=DayOrder.DAY_FIRST))
    stored = str(
        [rows(workspace, f"SELECT * FROM {table}") for table in ("person", "handle", "member", "tablemapping")]
    )
    assert "@" not in stored
    assert rows(workspace, "SELECT count(*) FROM person WHERE address_key IS NOT NULL") == [(3,)]


def test_formula_like_cells_stay_text(tmp_path: Path, workspace: Workspace):
    shape = next(shape for shape in SHAPES if shape.name.startswith("twins"))
    import_mapped_table(workspace, ordered(written(tmp_path, shape.name, shape.make())))
    assert rows(workspace, "SELECT subject, text FROM body") == [("=1+2", "+49 and @all")]


def test_thread_opens_with_its_earliest_message_wherever_that_stands(tmp_path: Path, workspace: Workspace):
    import_mapped_table(workspace, ordered(written(tmp_path, "t.csv", csv_bytes(THREADS))))
    kinds = rows(workspace, "SELECT kind FROM event ORDER BY at")
    assert kinds == [(EventKind.POST,), (EventKind.REPLY,)]


def test_open_dates_are_asked_about_and_never_guessed(tmp_path: Path, workspace: Workspace):
    path = written(tmp_path, "m.csv", csv_bytes(FRENCH))
    look = look_into_table(workspace, path=path)
    mapping = look.proposed()
    assert look.day_evidence(mapping).is_open
    assert mapping.day_order is None
    with pytest.raises(BadInputError, match="two ways"):
        import_mapped_table(workspace, TableOrder(path, "Water", mapping))
    assert workspace.accounts.list() == ()


def test_mapping_is_remembered_for_the_next_file_with_the_same_header(tmp_path: Path, workspace: Workspace):
    first = ordered(written(tmp_path, "m.csv", csv_bytes(FRENCH)), order=DayOrder.MONTH_FIRST)
    columns = (F.NAME, F.GIVEN, F.ADDRESS, F.JOINED, F.ROLE)
    import_mapped_table(
        workspace, TableOrder(first.path, "Water", ColumnMapping(MEMBERS, columns, DayOrder.MONTH_FIRST))
    )
    again = [[cell.upper() for cell in row] if row[:1] == ["Nom"] else row for row in FRENCH]
    look = look_into_table(workspace, path=written(tmp_path, "later.csv", csv_bytes(again, separator=";")))
    assert look.remembered is not None
    assert look.proposed() == ColumnMapping(MEMBERS, columns, DayOrder.MONTH_FIRST)
    clear = [*FRENCH[:4], ["Exemple", "Un", "un@example.org", "25/02/2024", "Mali"]]
    look = look_into_table(workspace, path=written(tmp_path, "clear.csv", csv_bytes(clear)))
    assert look.proposed().day_order is DayOrder.DAY_FIRST, "what the file says itself counts most"


def test_undo_takes_out_what_made_a_community_of_its_own(tmp_path: Path, workspace: Workspace):
    order = ordered(written(tmp_path, "t.csv", csv_bytes(THREADS)))
    import_mapped_table(workspace, order)
    undo_table(workspace, community="water")
    for table in ("account", "community", "event", "body", "person", "member", "quarantine", "coverage"):
        assert rows(workspace, f"SELECT count(*) FROM {table}") == [(0,)]
    assert not undo_table(workspace, community="Water")


def test_undo_leaves_alone_what_comes_from_elsewhere(workspace: Workspace):
    from workbench.sync.records import CommunityRecord  # noqa: PLC0415 - for this test only

    account = workspace.accounts.add(AccountKind.MAILING_LIST, "List")
    workspace.mirror.ensure_community(account, CommunityRecord("list", "List"))
    with pytest.raises(BadInputError, match="cannot be taken back"):
        undo_table(workspace, community="List")


def test_trial_counts_reports_and_stops(tmp_path: Path):
    body = [[f"Person {number} Example", f"p{number}@example.org", "2024-01-05"] for number in range(4000)]
    order = ordered(written(tmp_path, "m.csv", csv_bytes([["Name", "E-mail", "Joined"], *body])))
    told: list[Progress] = []
    trial = try_table(order, now=NOW, report=told.append)
    assert trial == Trial(4000, 4000, 0, 0, (), None, None)
    assert [progress.done for progress in told] == [1500, 3000, 4000]
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        try_table(order, now=NOW, cancel=cancel)


def test_preview_shows_fifty_rows_with_what_is_wrong(tmp_path: Path):
    body = [["Amina Example", "05/13/2024" if number % 2 else "soon", "Hello"] for number in range(80)]
    path = written(tmp_path, "p.csv", csv_bytes([["Author", "Posted", "Text"], *body, ["Total", "", "80"]]))
    look = look_into_table(None, path=path, kind=TableKind.POSTS)
    mapping = ColumnMapping(TableKind.POSTS, (F.NAME, F.DATE, F.TEXT), look.day_order(look.proposed()))
    shown = preview(look, mapping, now=NOW)
    assert len(shown) == PREVIEW_ROWS
    assert (shown[0].fault, shown[0].line) == ("the date cannot be read; write it as 2026-01-05", 2)
    assert (shown[1].cells[1], shown[1].fault) == ("2024-05-13", "")


def test_order_travels_whole(tmp_path: Path):
    mapping = ColumnMapping(TableKind.EVENTS, (F.NAME, None, F.DATE), DayOrder.DAY_FIRST, EventKind.VIEW)
    order = TableOrder(tmp_path / "t.csv", "Water", mapping, "Sheet 1")
    assert TableOrder.unpacked(order.packed()) == order


def test_a_kind_that_is_said_is_not_guessed(tmp_path: Path):
    look = look_into_table(None, path=written(tmp_path, "t.csv", csv_bytes(THREADS)))
    assert look.guess.mapping.kind is TableKind.POSTS
    assert look.as_kind(TableKind.MEMBERS).columns == (F.NAME, F.JOINED, None, None)


def test_fixed_columns_are_refused_before_an_account_is_made(tmp_path: Path, workspace: Workspace):
    for events in (None, tmp_path / "nowhere.csv"):
        with pytest.raises(BadInputError):
            import_table(workspace, events=events, members=None, community="W")
        with pytest.raises(BadInputError):
            look_at_table(events=events, members=None, community="W", now=NOW)
    assert workspace.accounts.list() == ()


def a_bomb() -> bytes:
    """A small workbook whose sheet is 60 MB of blanks."""
    packed = io.BytesIO(xlsx_bytes({"S": [["Name", "Joined"], ["Amina Example", date(2024, 1, 5)]]}))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.xml", b" " * 60_000_000)
    return packed.getvalue()


def a_huge_sheet() -> bytes:
    """A workbook of two cells, a million rows and sixteen thousand columns apart."""
    packed = xlsx_bytes({"S": [["Name", "Joined"]]})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
                data = data.replace(b"</sheetData>", far)
            new.writestr(entry.filename, data)
    return out.getvalue()


def a_protected_workbook() -> bytes:
    """As spreadsheet programs protect one: not a ZIP archive any more."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def a_random_archive() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "hello")
    return packed.getvalue()


HOSTILE = {
    "zip bomb.xlsx": a_bomb,
    "far cells.xlsx": a_huge_sheet,
    "protected.xlsx": a_protected_workbook,
    "archive.xlsx": a_random_archive,
    "cut.xlsx": lambda: xlsx_bytes({"S": [["Name", "Joined"]]})[:2000],
    "one cell of 10 MB.csv": lambda: b'name,text\nAmina,"' + b"x" * 10_000_000 + b'"\n',
    "one line of 10 MB.csv": lambda: b"name,text," + b"x" * 10_000_000,
    "open quote.csv": lambda: b'name,text\nAmina,"' + b"word\n" * 400_000,
    "NULs.csv": lambda: bytes(50_000),
    "numbers.csv": lambda: struct.pack("<5000d", *(number / 7 for number in range(5000))),
    "one column.csv": lambda: b"name\nAmina\nBo\n",
    "empty.csv": lambda: b"",
    "blank.csv": lambda: b"\r\n \r\n",
    "header only.csv": lambda: b"name,e-mail\r\n",
    "document.csv": lambda: b"%PDF-1.7\nname,e-mail\nAmina,a@example.org\n",
    "picture.csv": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
    "packed.csv": lambda: b"\x1f\x8b\x08" + bytes(300),
    "columns.csv": lambda: csv_bytes([[f"c{number}" for number in range(3000)], ["x"] * 3000]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_file_meant_to_harm_is_refused_in_words_and_nothing_written(tmp_path: Path, workspace: Workspace, name: str):
    path = written(tmp_path, name, HOSTILE[name]())
    with pytest.raises((BadInputError, SourceError)) as refused:
        look_into_table(workspace, path=path)
    assert refused.value.reason
    mapping = ColumnMapping(MEMBERS, (F.NAME, F.JOINED))
    with pytest.raises((BadInputError, SourceError)):
        import_mapped_table(workspace, TableOrder(path, "Water", mapping))
    assert workspace.accounts.list() == ()
    assert csv.field_size_limit() <= 25_000_000


def test_missing_file_and_missing_sheet_are_refused(tmp_path: Path):
    with pytest.raises(BadInputError, match="cannot be read"):
        look_into_table(None, path=tmp_path / "nowhere.csv")
    path = written(tmp_path, "a.xlsx", xlsx_bytes({"One": [["Name", "Joined"], ["Amina", "x"]]}))
    with pytest.raises(BadInputError, match="no sheet called Two"):
        look_into_table(None, path=path, sheet="Two")
