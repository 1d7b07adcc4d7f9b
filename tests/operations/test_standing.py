"""A standing comes without the measures, so that the first page shows before those are loaded."""

import subprocess
import sys
from pathlib import Path

import workbench


def test_the_list_of_communities_and_the_exchange_load_neither_measures_nor_the_orm():
    code = (
        "import sys\nimport workbench.ui.pages.communities, workbench.ui.pages.plan_exchange_data\n"
        "heavy = ('workbench.metrics.catalog', 'workbench.operations.scorecard', 'sqlalchemy', 'sqlmodel')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    root = Path(workbench.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
