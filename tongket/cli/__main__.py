"""`python -m tongket.cli`."""

import sys

from tongket.cli import main

sys.exit(main())
