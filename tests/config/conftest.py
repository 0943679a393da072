"""Files to read, and their problems as sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from tui.config import Config, ConfigError, load
from tui.core.reason import Reason
from tui.i18n import words

Write = Callable[[str], Path]
Say = Callable[[str, Iterable[Reason]], list[str]]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own: nothing of the machine's is read or written."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(text: str) -> Path:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        return path

    return write_file


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Say:
    """Every reason as its sentence, in the language that is asked for."""
    monkeypatch.setattr(words, "CATALOGS", ("common", "config"))
    known = {language: words.Words(language) for language in words.LANGUAGES}

    def say_all(language: str, reasons: Iterable[Reason]) -> list[str]:
        return [known[language].say(reason.code, **reason.params) for reason in reasons]

    return say_all


def refused(path: Path, environ: Mapping[str, str] | None = None, **options: object) -> ConfigError:
    """The error with which the file is refused."""
    with pytest.raises(ConfigError) as caught:
        load(path, environ or {}, **options)  # type: ignore[arg-type]  # options are those of load
    return caught.value


def loaded(path: Path, **environ: str) -> Config:
    return load(path, environ)
