"""Plans: opening one with a long history, its rows, merging, the board, every document, and the roll-up of all offices."""

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from pycrdt import Doc, Map

from tests.bench import rollup
from tests.bench.profiles import profile_of
from tests.bench.result import Result
from tests.bench.window import median, probed
from tests.builders import a_clock, a_database
from workbench.ids import CardId, ObjectiveId, PlanId
from workbench.models.database import Database
from workbench.plans.board import Board
from workbench.plans.document import PlanDocument
from workbench.plans.drafts import CardDraft, ObjectiveDraft, card_edits, objective_edits
from workbench.plans.projection import Rows, write_changed, write_new
from workbench.plans.store import PlanStore
from workbench.plans.views import FieldEdit, RecordKind
from workbench.queries.plans import plan_cards, plan_objectives, plan_row

CARDS, EDITS, MERGED = 400, 20_000, 2_000
ROUNDS, SEED = 5, 90
DAY_0, AT = date(2024, 6, 3), datetime(2024, 6, 3, 9, tzinfo=UTC)
FIELDS = ("title", "notes", "owner")
# An opened document has to be read as well as loaded; rows are written with their looks-up, a merge is tried first.
GOAL_OPEN, GOAL_ROWS, GOAL_MERGE = 2.0, 3.0, 8.0
GOAL_SAVE_MS, GOAL_READ_MS = 100.0, 20.0
GOAL_FRAME_MS = 16.0
BOARDS = {300: 150.0, 2_000: 400.0}
"""Cards on a board, and the milliseconds its first frame may take."""
GOAL_PDF_MS, GOAL_OFFICE_MS, GOAL_TEXT_MS = 150.0, 500.0, 100.0
_DOCUMENTS_MS = {"pdf": GOAL_PDF_MS, "docx": GOAL_OFFICE_MS, "pptx": GOAL_OFFICE_MS}


def run(folder: Path, sizes: Sequence[int]) -> list[Result]:
    """Every row of planning; those of PostgreSQL only where one is installed."""
    return [
        *_opened(),
        *_merged(),
        *_on_the_board(folder, min(sizes)),
        *_documents(folder),
        *rollup.run(folder, sizes),
    ]


def _opened() -> Iterator[Result]:
    document = _a_plan(CARDS, edits=EDITS)
    data = document.to_bytes()
    size = f"{CARDS} cards, {EDITS:,} edits"
    with tempfile.TemporaryDirectory() as folder:
        database = a_database(Path(folder))
        rows = Rows.of(document.view())
        with database.write() as session:
            write_new(session, rows, data, at=AT, revision="0")
        store = PlanStore(database, a_clock(), author="bench")
        opened = _median(lambda: store.open(document.id).view())
        yield Result("open a plan", size, opened, "ms", GOAL_OPEN, _median(lambda: _loaded(data)))
        taken = _median(lambda: _rows_written(database, document, data))
        yield Result("project it to rows", f"{CARDS} rows", taken, "ms", GOAL_ROWS, _bare_rows(database))
        editor, numbers = store.open(document.id), iter(range(1_000))
        card = editor.view().cards[0].id
        saved = _median(lambda: editor.set_card(card, title=f"Other title {next(numbers)}"))
        yield Result("change a card and save", size, saved, "ms", GOAL_SAVE_MS, absolute=True)
        read = _median(lambda: _read(database, document.id))
        yield Result("read it from its rows", f"{CARDS} rows", read, "ms", GOAL_READ_MS, absolute=True)
        database.close()


def _merged() -> Iterator[Result]:
    """A partner's copy in which every card was changed, into ours, in which every card was changed as well."""
    common = _a_plan(MERGED).to_bytes()
    ours, theirs = (PlanDocument.from_bytes(common) for _ in range(2))
    for number, (document, field) in enumerate(((ours, "notes"), (theirs, "owner")), start=1):
        edits = [
            FieldEdit(RecordKind.CARD, card.id, field, f"{field} of {card.title}") for card in document.view().cards
        ]
        document.write(edits, at=AT + timedelta(hours=number), author=f"author {number}")
    mine, update = ours.to_bytes(), theirs.to_bytes()

    def fresh() -> PlanDocument:
        document = PlanDocument.from_bytes(mine)
        document.view()
        return document

    documents = iter([fresh() for _ in range(ROUNDS)])
    taken = _median(lambda: next(documents).merge(update))
    limit = _median(lambda: _merged_alone(mine, update))
    yield Result("merge a partner's copy", f"{MERGED:,} cards", taken, "ms", GOAL_MERGE, limit)


def _on_the_board(folder: Path, size: int) -> Iterator[Result]:
    home = profile_of(folder, size)
    for cards, goal in BOARDS.items():
        found = json.loads(probed("probe_board", [str(home / "profile"), str(home / "key"), str(cards)]))
        name = f"{cards:,} cards"
        yield Result("board, first frame", name, found["first"], "ms", goal, found["floor"], absolute=True)
        yield Result("drag over the board, frame p95", name, found["p95"], "ms", GOAL_FRAME_MS, absolute=True)
        views = json.loads(probed("probe_plan_views", [str(home / "profile"), str(home / "key"), str(cards)]))
        for view, p95 in views.items():
            yield Result(f"drag over the {view}, frame p95", name, p95, "ms", GOAL_FRAME_MS, absolute=True)


def _documents(folder: Path) -> Iterator[Result]:
    found = json.loads(probed("probe_documents", [str(folder / "sample")]))
    gathered = found.pop("gather")
    yield Result("gather a plan's summary", "sample plan", gathered["ms"], "ms", GOAL_TEXT_MS, absolute=True)
    for name, each in found.items():
        goal = _DOCUMENTS_MS.get(name.split(",")[0], GOAL_TEXT_MS)
        yield Result(f"export {name}", f"{each['kb']:.0f} kB", each["ms"], "ms", goal, each["limit"], absolute=True)


def _a_plan(cards: int, *, edits: int = 0) -> PlanDocument:
    """A plan of so many cards, then so many edits of single fields by two people in turn."""
    chance = random.Random(SEED)
    document = PlanDocument.new(PlanId(f"bench-{cards}"))
    values = {
        "name": "Bench",
        "purpose": "To be measured",
        "owner": "Amina Example",
        "starts_on": DAY_0,
        "created_at": AT,
    }
    ids = [CardId(f"card-{number:05}") for number in range(cards)]
    drafts = [CardDraft(f"Card {number}", due_day=number % 90, hours=1.0) for number in range(cards)]
    first = [FieldEdit(RecordKind.PLAN, "", name, value) for name, value in values.items()]
    first += objective_edits(ObjectiveDraft("Messages", "messages"), ObjectiveId("objective"), position="V")
    document.write([*first, *card_edits(drafts, ids, board=Board(()), today=DAY_0)], at=AT, author="author 0")
    for number in range(edits):
        edit = FieldEdit(RecordKind.CARD, chance.choice(ids), chance.choice(FIELDS), f"value {number}")
        document.write([edit], at=AT + timedelta(seconds=number), author=f"author {number % 2}")
    return document


def _loaded(data: bytes) -> "Doc[Any]":
    """The bare library's document: the limit of opening."""
    document: Doc[Any] = Doc()
    document.apply_update(data)
    return document


def _merged_alone(mine: bytes, update: bytes) -> object:
    """What the library needs to try a merge on a copy, and to hand over every value there is then."""
    document = _loaded(mine)
    document.apply_update(update)
    return document.get("cards", type=Map).to_py()


def _rows_written(database: Database, document: PlanDocument, data: bytes) -> None:
    with database.write() as session:
        write_changed(session, Rows.of(document.view()), data, before=None, at=AT, revision="1")


def _bare_rows(database: Database) -> float:
    """The card rows as they are there, taken away and written again by one `executemany`; milliseconds."""
    with database.read() as reader:
        rows = [tuple(row) for row in reader.rows("SELECT * FROM card")]
    marks = ", ".join("?" * len(rows[0]))

    def write() -> None:
        with database.write() as session:
            connection = session.connection()
            connection.exec_driver_sql("DELETE FROM card")
            connection.exec_driver_sql(f"INSERT INTO card VALUES ({marks})", rows)

    return _median(write)


def _read(database: Database, plan_id: PlanId) -> None:
    with database.read() as reader:
        plan_row(reader, plan_id)
        plan_cards(reader, plan_id)
        plan_objectives(reader, plan_id)


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken)
