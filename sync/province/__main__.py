"""`python -m sync.province`."""

import sys

from sync.province.command import main

sys.exit(main())
