"""Power cuts by seed over a profile that is being written; and that the method would see what is lost."""

import pytest

from tests.rig.power_loss import a_record, cut

CUTS = 200


def test_no_power_cut_loses_what_was_promised_or_damages_the_profile():
    with a_record() as disk:
        losses = cut(disk, range(CUTS))
    assert losses.cuts == CUTS
    assert losses.broken == {}


@pytest.mark.parametrize(("synchronous", "what"), [("NORMAL", "was promised"), ("OFF", "DamagedError")])
def test_the_same_cuts_find_what_a_laxer_database_loses(synchronous, what):
    with a_record(synchronous=synchronous) as disk:
        losses = cut(disk, range(60))
    assert len(losses.broken) > 10
    assert any(what in reason for reason in losses.broken.values())


def test_the_same_seed_leaves_the_same_files(tmp_path):
    with a_record() as disk:
        promised = [disk.after_power_loss(4, tmp_path / name) for name in ("one", "two")]
    assert promised[0] == promised[1]
    assert (tmp_path / "one" / "workbench.db-wal").read_bytes() == (tmp_path / "two" / "workbench.db-wal").read_bytes()
