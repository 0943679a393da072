"""`python -m tui` and the installed command `santral`."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    try:
        from tui.cli import main as run

        return run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:  # before there was anything to stop
        return 130


if __name__ == "__main__":
    sys.exit(main())
