"""`python -m workbench`: calls the command line and nothing else."""

import sys

from workbench.cli import main

if __name__ == "__main__":
    sys.exit(main())
