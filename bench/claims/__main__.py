"""`python -m bench.claims`."""

import sys

from bench.claims import main

sys.exit(main())
