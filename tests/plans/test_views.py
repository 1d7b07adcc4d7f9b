"""Views: pages and exports read them without loading the document or the database."""

import subprocess
import sys


def test_views_board_and_drafts_load_neither_document_nor_orm() -> None:
    program = (
        "import sys, workbench.plans.views, workbench.plans.board, workbench.plans.horizon, workbench.plans.drafts,"
        " workbench.plans.templates\n"
        "heavy = {'pycrdt', 'sqlmodel', 'sqlalchemy', 'sqlcipher3', 'numpy'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert finished.returncode == 0, finished.stderr
