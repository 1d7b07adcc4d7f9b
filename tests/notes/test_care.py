"""Care: what is refused. The rest is told by the board, the listening list and the surges."""

import pytest

from tests.builders import a_clock
from tests.sync.mirrored import a_message, a_mirror
from workbench.errors import BadInputError
from workbench.notes.care import CareStore


def test_nobody_and_no_thread_are_refused(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"), a_message("m2", hours=1, references=("m1",)))
    care = CareStore(mirrored.database, a_clock())
    root, reply = (mirrored.scalar("SELECT id FROM event WHERE remote_id = ?", (name,)) for name in ("m1", "m2"))
    with pytest.raises(BadInputError):
        care.route(root, owner="  ")
    for thread in (reply, 99):
        with pytest.raises(BadInputError):
            care.set_urgent(thread, is_urgent=True)
    assert mirrored.rows("SELECT * FROM thread_care") == []
