"""Killed at random points of taking in plan files: each file is in whole, with its rows, copy and number, or not at all."""

import multiprocessing
import random
import shutil

from tests.builders import a_workspace
from tests.operations import receiving_killed
from tests.operations.laptops import card_called, two_laptops
from tests.plans.samples import rows_in, rows_told_by_document
from workbench.operations.partners import partner_store
from workbench.plans.document import PlanDocument
from workbench.queries.partners import known_digests
from workbench.queries.plan_files import plan_file
from workbench.sync.envelope import digest_of, open_envelope

KILLS = 12
FILES = 10
LONGEST_LIFE_SECONDS = 0.3


def test_a_kill_leaves_whole_files_only(tmp_path):
    amina, bo = two_laptops(tmp_path)
    card = card_called(bo.view, "Welcome newcomers")
    files = []
    for number in range(FILES):
        bo.editor.set_card(card, notes=f"note {number}")
        files.append(bo.send(amina).path)
    plan_id, whole = amina.plan, bo.view
    identity = partner_store(amina.workspace).identity()
    amina.close()
    rng, kills, round_ = random.Random(5), 0, 0
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload([receiving_killed.__name__])
    shutil.copytree(amina.folder, folder := tmp_path / "round-0")
    is_complete = False
    while kills < KILLS or not is_complete:
        if is_complete:
            round_ += 1
            shutil.copytree(amina.folder, folder := tmp_path / f"round-{round_}")
        mine, theirs = context.Pipe(duplex=False)
        process = context.Process(target=receiving_killed.run, args=(folder, files, theirs))
        process.start()
        theirs.close()
        mine.recv()
        process.join(rng.uniform(0, LONGEST_LIFE_SECONDS) if kills < KILLS else None)
        kills += process.is_alive()
        process.kill()
        process.join()
        acknowledged = said(mine)
        with a_workspace(folder) as workspace, workspace.database.read() as reader:
            digests, stored = known_digests(reader), plan_file(reader, plan_id)
            copies = reader.scalar("SELECT count(*) FROM plancopy")
            taken_in = [path for path in files if digest_of(path.read_bytes()) in digests]
            assert acknowledged <= {path.name for path in taken_in}, "a file that was said to be in is not"
            assert copies == len(taken_in)
            assert rows_in(workspace.database, plan_id) == rows_told_by_document(workspace.database, plan_id)
        document = PlanDocument.from_bytes(stored.document)
        for path in taken_in:
            payload = open_envelope(path.read_bytes(), identity=identity).payload
            assert not document.merge(payload.partition(b"\n")[2]), "a file noted down as taken in is not in the plan"
        is_complete = len(taken_in) == len(files)
    assert document.view() == whole


def said(pipe):
    """What the killed run had still said."""
    told = set()
    try:
        while pipe.poll():
            told.add(pipe.recv())
    except EOFError:
        pass
    return told
