"""`python -m tui` and the installed command `santral`."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status. Without `argv` the process is the command's own, with its arguments."""
    try:
        if argv is None:
            from tui.core.logs import own_process

            own_process()
        from tui.commands.main import main as run

        return run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:  # before there was anything to stop
        return 130
    except Exception as error:  # noqa: BLE001 - the catalogs aren't there yet, or there is no memory for them: in English
        return _unstarted(error)


def _unstarted(error: Exception) -> int:
    with contextlib.suppress(AttributeError, OSError):
        sys.stderr.write(f"santral: {type(error).__name__}: {' '.join(str(error).split())}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
