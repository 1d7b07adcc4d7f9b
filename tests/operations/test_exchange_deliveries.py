"""Files between three to five laptops over a bad post: at the end all have the same plan, and nobody lost a word."""

import pytest

from tests.operations.deliveries import run

SEEDS = range(3)
STEPS = 60


@pytest.mark.parametrize("with_undo", [False, True], ids=["typing", "undoing"])
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_the_post_does_all_end_with_one_plan(tmp_path, seed, with_undo):
    post = run(tmp_path, seed=seed, steps=STEPS, with_undo=with_undo)
    assert post.deliveries
