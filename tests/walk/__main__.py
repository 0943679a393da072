"""`python -m tests.walk --keys N`: walk with all processors until so many keys are typed, or something is found."""

from __future__ import annotations

import sys

from tests.walk.walking import main

sys.exit(main(sys.argv[1:]))
