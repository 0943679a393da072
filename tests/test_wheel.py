"""The wheel holds everything that the program needs, and works wherever it is installed."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked wheel, as `pip install --target` leaves it: one for all processes of the tests."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (shared / "wheel.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "wheel").exists():
            install(shared / "wheel being made")
            (shared / "wheel being made").rename(shared / "wheel")
    return shared / "wheel" / "installed"


def install(made: Path) -> None:
    """The network is not asked."""
    made.mkdir(exist_ok=True)
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(made / "dist"), str(ROOT)], made)
    (wheel,) = (made / "dist").glob("*.whl")
    run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index",
         "--no-compile", "--target", str(made / "installed"), str(wheel)], made)


def run(command: list[str], folder: Path, **environ: str) -> str:
    ran = subprocess.run(command, cwd=folder, env={**os.environ, **environ}, capture_output=True, text=True,
                         encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.mark.long
def test_the_installed_command_knows_its_version(installed: Path, tmp_path: Path) -> None:
    out = run([sys.executable, str(installed / "bin" / "santral"), "--version"], tmp_path, PYTHONPATH=str(installed),
              PYTHONSAFEPATH="1")
    assert out == "santral 0.1.0\n"


def test_themes_migrations_and_styles_come_with_it(installed: Path, tmp_path: Path) -> None:
    code = ("import sys, pathlib, tui, tui.app.themes\n"
            "from tui.store import Store\n"
            "print(tui.__file__)\n"
            "print(sorted(tui.app.themes.load(pathlib.Path('none/config.toml')).themes))\n"
            "Store.open(pathlib.Path('santral.db'), fold=str, sort_key=str).close()\n"
            "from tui.app.app import SantralApp\n"
            "print([path.name for path in SantralApp.CSS_PATH\n"
            "       if not (pathlib.Path(tui.app.__file__).parent / path).is_file()])\n")
    out = run([sys.executable, "-c", code], tmp_path, PYTHONPATH=str(installed), PYTHONSAFEPATH="1").splitlines()
    assert out[0].startswith(str(installed))
    assert out[1] == str(sorted(path.stem for path in Path("themes").resolve().glob("*.toml")))
    assert out[2] == "[]"


@pytest.mark.long
def test_nothing_but_the_program_and_its_manual_is_in_it(installed: Path) -> None:
    found = {path.name for path in installed.iterdir()}
    assert {name for name in found if not name.endswith(".dist-info")} == {"bin", "share", "tui"}
    assert [path.name for path in (installed / "share").rglob("*") if path.is_file()] == ["santral.1"]
