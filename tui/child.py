"""This program once more, as a process of its own that ends with this one, however this one ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


def command_line(*arguments: str) -> Sequence[str]:
    """What starts `santral` with these arguments; with `--until-eof` it ends when its input does."""
    # The same program whatever the folder one is in: without -P a folder named like it would be taken first.
    return sys.executable, "-P", "-m", "tui", *arguments, "--until-eof"


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment to start it in: without settings, and so without a key that it has no use for."""
    kept = {name: value for name, value in environ.items() if not name.startswith("SANTRAL_")}
    search = os.pathsep.join(filter(None, (str(Path(__file__).parents[1]), environ.get("PYTHONPATH"))))
    return {**kept, "PYTHONPATH": search, "PYTHONIOENCODING": "utf-8"}
