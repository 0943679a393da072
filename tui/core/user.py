"""Who runs the program."""

from __future__ import annotations

import os

from tui.core.files import owner_name


def user_name() -> str:
    """The user as the system knows them, whatever the environment says; "" where it doesn't say."""
    if hasattr(os, "geteuid"):
        return owner_name(os.geteuid())
    import getpass

    try:  # Windows, where the environment is all there is
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return ""
