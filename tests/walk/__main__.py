"""`python -m tests.walk --keys N`: walk with all processors until so many keys are typed, or something is found."""

from __future__ import annotations

import os
import sys

if sys.flags.hash_randomization:  # sets of texts would stand in another order each time
    os.execve(sys.executable, [sys.executable, "-m", "tests.walk", *sys.argv[1:]],  # noqa: S606 - itself
              {**os.environ, "PYTHONHASHSEED": "0"})

from tests.walk.walking import main

sys.exit(main(sys.argv[1:]))
