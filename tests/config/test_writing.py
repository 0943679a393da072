"""The configuration as it is written: only what is meant changes, and nothing is ever half there."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import tomli_w
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.config.conftest import Say, Write, loaded
from tests.config.documents import documents
from tui.config import Config, ConfigError, DatabaseSetting, Saved, first_profile, remove_profile, save_profile
from tui.config.writing import Changes
from tui.core.secret import MASK, Secret

KEY = "K12345678-1234-5678-4321-123456789012"
OTHER_KEY = "s3cret+/=key&of%another'shape"

COMMENTED = f"""\
# the team's accounts
language = "tr"
profile = "acme"
unheard_of = [1, 2]

[profiles.acme]
api_key = "{KEY}"  # of the web panel
colour = "red"

[profiles.other]
read_only = true
"""


@pytest.fixture
def no_umask() -> Iterator[None]:
    """What is private must be so without the umask's help."""
    before = os.umask(0)
    yield
    os.umask(before)


def at(path: Path) -> Config:
    """A configuration of which only the place matters: the file is read anew when it is written."""
    return Config(path=path, database=DatabaseSetting(path.with_name("x.db"), ""))


def document(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def left_over(path: Path) -> set[str]:
    """What lies beside the file that is not the file, its backup or its lock."""
    return {entry.name for entry in path.parent.iterdir() if entry.is_file()} - {
        path.name, f"{path.name}.bak", f".{path.name}.lock"}


def test_only_what_is_meant_is_changed(write: Write) -> None:
    path = write(COMMENTED)
    save_profile(at(path), "acme", {"colour": None, "confirm_above": 5, "read_only": True})
    expected = tomllib.loads(COMMENTED)
    expected["profiles"]["acme"] = {"api_key": KEY, "confirm_above": 5, "read_only": True}
    assert document(path) == expected


def test_a_key_is_written_as_it_is_and_read_again(write: Write) -> None:
    path = write("")
    save_profile(at(path), "new", {"api_key": Secret(OTHER_KEY)})
    assert loaded(path).profiles["new"].api_key == Secret(OTHER_KEY)


def test_a_key_of_the_environment_is_never_written(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    config = loaded(path, SANTRAL_API_KEY=KEY)
    save_profile(config, config.choose().name, {"colour": "red"})
    assert document(path) == {"profiles": {"default": {"colour": "red"}}}


def test_comments_are_kept_beside_the_file_and_that_is_said(write: Write, no_umask: None) -> None:
    path = write(COMMENTED)
    saved = save_profile(at(path), "acme", {"colour": "blue"})
    backup = path.with_name("config.toml.bak")
    assert saved == Saved(backup)
    assert backup.read_text(encoding="utf-8") == COMMENTED.replace(KEY, MASK)
    assert mode(backup) == 0o600
    # The file has none now: what is kept stays, instead of being replaced by less.
    assert save_profile(at(path), "acme", {"colour": "red"}) == Saved(None)
    assert backup.read_text(encoding="utf-8") == COMMENTED.replace(KEY, MASK)


def test_a_change_that_changes_nothing_leaves_the_file_and_its_comments(write: Write) -> None:
    path = write(COMMENTED)
    assert save_profile(at(path), "acme", {"colour": "red", "caller_id": None}) == Saved(None)
    assert path.read_text(encoding="utf-8") == COMMENTED
    assert not path.with_name("config.toml.bak").exists()


def test_a_file_and_its_folder_are_their_owners_alone(tmp_path: Path, no_umask: None) -> None:
    path = tmp_path / "made" / "config.toml"
    first_profile(path, "acme", Secret(KEY), None, None)
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)
    path.chmod(0o644)
    save_profile(at(path), "acme", {"colour": "red"})
    assert mode(path) == 0o600
    assert left_over(path) == set()


def test_the_key_is_never_in_a_file_that_others_can_open(
    tmp_path: Path, no_umask: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        found = os.fstat(descriptor)
        if stat.S_ISREG(found.st_mode):
            seen.append(stat.S_IMODE(found.st_mode))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    first_profile(tmp_path / "config.toml", "acme", Secret(KEY), None, None)
    assert seen == [0o600]


def test_a_link_stays_one(tmp_path: Path) -> None:
    target = tmp_path / "dotfiles" / "santral.toml"
    target.parent.mkdir()
    target.write_text('language = "en"\n', encoding="utf-8")
    link = tmp_path / "config.toml"
    link.symlink_to(target)
    save_profile(at(link), "acme", {"colour": "red"})
    assert link.is_symlink()
    assert document(target) == {"language": "en", "profiles": {"acme": {"colour": "red"}}}
    assert mode(target) == 0o600


def test_the_first_profile_is_written_with_the_language(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    assert first_profile(path, "acme", Secret(KEY), "http://127.0.0.1:9000", "en") == Saved(None)
    config = loaded(path)
    profile = config.choose()
    assert (config.language, profile.name, profile.base_url) == ("en", "acme", "http://127.0.0.1:9000")
    assert profile.api_key == Secret(KEY)
    assert config.warnings == ()


def test_the_first_profile_replaces_no_key(write: Write) -> None:
    path = write(COMMENTED)
    with pytest.raises(ConfigError) as caught:
        first_profile(path, "acme", Secret(OTHER_KEY), None, "en")
    assert [reason.code for reason in caught.value.reasons] == ["config.profile_exists"]
    assert path.read_text(encoding="utf-8") == COMMENTED


def test_a_profile_is_taken_out_and_is_no_more_the_one_to_start_with(write: Write) -> None:
    path = write(COMMENTED)
    saved = remove_profile(at(path), "acme")
    expected = tomllib.loads(COMMENTED)
    del expected["profiles"]["acme"], expected["profile"]
    assert document(path) == expected
    assert saved.backup is not None
    remove_profile(at(path), "other")
    assert document(path) == {"language": "tr", "unheard_of": [1, 2]}


def test_another_profile_stays_the_one_to_start_with(write: Write) -> None:
    path = write(COMMENTED)
    remove_profile(at(path), "other")
    assert document(path)["profile"] == "acme"


@pytest.mark.parametrize("text", [COMMENTED, "", "profiles = 1"])
def test_a_profile_that_is_gone_is_not_taken_out(write: Write, text: str) -> None:
    path = write(text)
    with pytest.raises(ConfigError) as caught:
        remove_profile(at(path), "gone")
    assert [reason.code for reason in caught.value.reasons] == ["config.profile_gone"]
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(("name", "changes", "codes"), [
    ("acme", {"colour": "pink"}, ["config.bad_choice"]),
    ("acme", {"color": "red"}, ["config.unknown_near"]),
    ("acme", {"api_key": Secret("with space")}, ["config.bad_api_key"]),
    ("acme", {"api_key": Secret(""), "confirm_above": -1},
     ["config.bad_api_key", "config.want_count"]),
    ("acme", {"base_url": "http://api.example.com"}, ["config.bad_base_url"]),
    (" acme", {}, ["config.bad_profile_name"]),
    ("", {}, ["config.bad_profile_name"]),
    ("x" * 41, {}, ["config.bad_profile_name"]),
    (KEY, {}, ["config.key_as_name"]),
    (f"Ö {KEY.lower()}", {}, ["config.key_as_name"]),
])
def test_what_could_not_be_read_again_is_not_written(
    write: Write, say: Say, name: str, changes: dict[str, Any], codes: list[str]
) -> None:
    path = write(COMMENTED)
    with pytest.raises(ConfigError) as caught:
        save_profile(at(path), name, changes)
    assert [reason.code for reason in caught.value.reasons] == codes
    for language in ("tr", "en"):
        for sentence in say(language, caught.value.reasons):
            assert sentence.startswith(f"{path}: ")
            assert "with space (" not in sentence
            assert KEY not in sentence
    assert path.read_text(encoding="utf-8") == COMMENTED
    assert left_over(path) == set()


@pytest.mark.parametrize(("text", "code"), [
    ('language = "tr', "config.broken"),
    ("profiles = 1", "config.want_profiles"),
    ("[profiles]\nacme = 1", "config.want_table"),
])
def test_a_broken_file_is_refused_and_not_written_over(write: Write, text: str, code: str) -> None:
    path = write(text)
    changes: list[Changes] = [{"colour": "red"}, {}]
    for change in changes:
        with pytest.raises(ConfigError) as caught:
            save_profile(at(path), "acme", change)
        assert [reason.code for reason in caught.value.reasons] == [code]
    assert path.read_text(encoding="utf-8") == text


def test_what_was_written_meanwhile_stays(write: Write) -> None:
    path = write("[profiles.a]\n")
    config = loaded(path)
    write('theme = "mine"\n[profiles.a]\n[profiles.b]\nread_only = true\n')
    save_profile(config, "a", {"colour": "red"})
    assert document(path) == {"theme": "mine", "profiles": {"a": {"colour": "red"}, "b": {"read_only": True}}}


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize(("number", "code"), [
    (errno.ENOSPC, "config.full"),
    (errno.EDQUOT, "config.full"),
    (errno.EROFS, "config.unwritable"),
    (errno.EIO, "config.unwritable"),
])
@pytest.mark.parametrize("where", ["fsync", "open", "replace"])
def test_where_it_cannot_be_written_the_old_file_is_as_it_was(
    write: Write, say: Say, monkeypatch: pytest.MonkeyPatch, where: str, number: int, code: str, language: str
) -> None:
    plain = tomli_w.dumps(tomllib.loads(COMMENTED))
    path = write(plain)
    real_open = os.open

    def fails(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - stands in for several calls of the system
        if where == "open" and ".tmp" not in str(arguments[0]):
            return real_open(*arguments, **named)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, where, fails)
    with pytest.raises(ConfigError) as caught:
        save_profile(at(path), "acme", {"api_key": Secret(OTHER_KEY)})
    monkeypatch.undo()
    assert [reason.code for reason in caught.value.reasons] == [code]
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    [sentence] = say(language, caught.value.reasons)
    assert str(path) in sentence
    assert path.read_text(encoding="utf-8") == plain
    assert left_over(path) == set()


FULL_DISK = """
import resource, sys
from pathlib import Path
from tui.config import ConfigError, Config, DatabaseSetting, save_profile
path = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))
try:
    save_profile(Config(path=path, database=DatabaseSetting(path, "")), "acme", {"colour": "red"})
except ConfigError as error:
    print(error.reasons[0].code, error.reasons[0].params["error"])
"""


def test_a_write_that_stops_half_way_leaves_the_old_file(write: Write) -> None:
    path = write("[profiles.acme]\nread_only = true\n")
    before = path.read_bytes()
    done = subprocess.run([sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["config.unwritable", "EFBIG"]
    assert path.read_bytes() == before
    assert left_over(path) == set()


def test_a_folder_that_cannot_be_made_is_said(write: Write) -> None:
    path = write("") / "below" / "config.toml"
    with pytest.raises(ConfigError) as caught:
        first_profile(path, "acme", Secret(KEY), None, None)
    assert [reason.code for reason in caught.value.reasons] == ["config.unwritable"]


@pytest.mark.parametrize("kind", ["device", "folder"])
def test_what_is_no_ordinary_file_is_not_replaced(tmp_path: Path, kind: str) -> None:
    path = Path(os.devnull) if kind == "device" else tmp_path
    before = path.stat().st_mode
    with pytest.raises(ConfigError) as caught:
        first_profile(path, "acme", Secret(KEY), None, None)
    assert [reason.code for reason in caught.value.reasons] == ["config.no_ordinary_file"]
    assert path.stat().st_mode == before


def test_a_lock_that_is_not_given_up_is_said(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    import filelock

    path = write("")
    monkeypatch.setattr("tui.config.writing._LOCK_WAIT", 0.01)
    with filelock.FileLock(path.with_name(".config.toml.lock")), pytest.raises(ConfigError) as caught:
        save_profile(at(path), "acme", {"colour": "red"})
    assert [reason.code for reason in caught.value.reasons] == ["config.busy"]
    assert path.read_text(encoding="utf-8") == ""


def test_of_many_who_write_at_once_none_loses_anything(write: Write) -> None:
    path = write("")
    names = [f"p{number}" for number in range(8)]
    stop = threading.Event()
    broken: list[str] = []

    def read_all_the_time() -> None:
        while not stop.is_set():
            try:
                document(path)
            except (tomllib.TOMLDecodeError, OSError) as error:
                broken.append(repr(error))
            stop.wait(0.001)

    def edit(name: str) -> None:
        for above in range(4):
            save_profile(at(path), name, {"confirm_above": above})

    reader = threading.Thread(target=read_all_the_time)
    writers = [threading.Thread(target=edit, args=(name,)) for name in names]
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    reader.join()
    assert broken == []
    assert document(path) == {"profiles": {name: {"confirm_above": 3} for name in names}}
    assert left_over(path) == set()


WRITER = """
import sys
from pathlib import Path
from tui.config import Config, DatabaseSetting, save_profile
path, name = Path(sys.argv[1]), sys.argv[2]
for above in range(10):
    save_profile(Config(path=path, database=DatabaseSetting(path, "")), name, {"confirm_above": above})
"""


def test_nor_does_another_process(write: Write) -> None:
    path = write("")
    names = ["a", "b", "c"]
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in names]
    assert [writer.wait(timeout=30) for writer in writers] == [0, 0, 0]
    assert document(path) == {"profiles": {name: {"confirm_above": 9} for name in names}}


@given(documents(), st.sampled_from(["acme", "my acme", "a.b", "ş"]), st.sampled_from(["red", "blue"]))
def test_every_other_setting_is_as_it_was(before: dict[str, Any], name: str, colour: str) -> None:
    assume(isinstance(before.get("profiles", {}), dict))
    before.get("profiles", {}).pop(name, None)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        path.write_bytes(tomli_w.dumps(before).encode())
        read = document(path)  # as it is read: times lose what TOML does not keep
        save_profile(at(path), name, {"colour": colour})
        after = document(path)
        assert after["profiles"].pop(name) == {"colour": colour}
        assert after == {**read, "profiles": read.get("profiles", {})}
        remove_profile(at(path), name)
        read.get("profiles", {1: 1}) or read.pop("profiles")
        if read.get("profile") == name:
            del read["profile"]
        assert document(path) == read
