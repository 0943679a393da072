"""From a wheel on a fresh machine to the first screen, beside Textual alone and the bare app."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from benchmarks import bare
from benchmarks.figures import Figure, NotMeasured
from benchmarks.pseudo_terminal import PseudoTerminal
from tui.i18n.words import Words

ROOT: Final = Path(__file__).parent.parent
_SIZE: Final = (120, 36)
_FIRST_SCREEN: Final = Words("en").say("screens.first.welcome")


def measure(environ: Mapping[str, str]) -> list[Figure]:
    """The wheel is built beforehand. NotMeasured where a step of it fails."""
    with tempfile.TemporaryDirectory(prefix="santral-wheel-") as made:
        folder = Path(made)
        _run(folder, sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", made, str(ROOT))
        (wheel,) = folder.glob("*.whl")
        ours, begun = _installed(folder / "ours", str(wheel))
        ours_shown = _shown((str(ours / "santral"),), _nobodys(environ, folder), _FIRST_SCREEN)
        baseline, begun_bare = _installed(folder / "bare", "textual")
        bare_shown = _shown((str(baseline / "python"), bare.__file__), _nobodys(environ, folder), bare.FIRST_ROW)
    return [
        Figure("wheel: from its installation in a fresh environment to the first screen", "s",
               begun + ours_shown, begun_bare + bare_shown),
        Figure("wheel: the first start thereafter", "ms", 1000 * ours_shown, 1000 * bare_shown),
    ]


def _installed(environment: Path, what: str) -> tuple[Path, float]:
    """The folder of its commands, and the seconds that it took."""
    begun = time.perf_counter()
    _run(environment.parent, sys.executable, "-m", "venv", str(environment))
    commands = environment / "bin"
    _run(environment.parent, str(commands / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
         "-c", str(ROOT / "constraints.txt"), what)
    return commands, time.perf_counter() - begun


def _nobodys(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """A home in which there is nothing yet."""
    folders = {f"XDG_{kind.upper()}_HOME": str(folder / kind) for kind in ("config", "data", "state", "cache")}
    kept = {name: value for name, value in environ.items() if name not in ("SANTRAL_CONFIG", "PYTHONPATH")}
    return kept | folders | {"HOME": str(folder)}


def _shown(command: tuple[str, ...], environ: Mapping[str, str], text: str) -> float:
    with PseudoTerminal(command, environ, _SIZE) as terminal:
        return terminal.wait(text) - terminal.begun


def _run(folder: Path, *command: str) -> None:
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise NotMeasured(ran.stderr.strip().splitlines()[-1] if ran.stderr.strip() else " ".join(command))
