"""What is written goes where it is meant, to its owner alone; nothing is opened for writing past the home of that."""

from __future__ import annotations

import ast
import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.sources import nodes
from tui.config import first_profile
from tui.core import files
from tui.core.files import (
    NotOurs,
    Replacement,
    make_file,
    make_folder,
    open_to_append,
    place_of,
    put_aside,
    replace_file,
)
from tui.core.secret import Secret

ROOT: Final = Path(files.__file__).parents[1]
_ANOTHER: Final = 64321

Giving = Callable[[Path], Path]


@pytest.fixture
def another(monkeypatch: pytest.MonkeyPatch) -> Giving:
    """Makes a file, or a link itself, another user's; without the right to, this is another user from then on."""

    def give(path: Path) -> Path:
        if os.geteuid() == 0:
            os.chown(path, _ANOTHER, _ANOTHER, follow_symlinks=False)
        else:
            monkeypatch.setattr(os, "geteuid", lambda: _ANOTHER)
        return path

    return give


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o1777)
    return folder


@pytest.fixture(params=[0, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def _append(path: Path) -> None:
    descriptor = open_to_append(path)
    os.write(descriptor, b"more")
    os.close(descriptor)


WRITERS: Final[dict[str, Callable[[Path], None]]] = {
    "replace": lambda path: replace_file(path, b"new"), "append": _append, "new": make_file,
    "aside": lambda path: put_aside(_beside(path), path.name)}


def _beside(path: Path) -> Path:
    beside = path.with_name("beside")
    beside.write_bytes(b"aside")
    return beside


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("there", [True, False])
def test_another_users_link_is_not_followed(shared: Path, tmp_path: Path, another: Giving, name: str, *,
                                            there: bool) -> None:
    target = tmp_path / "precious"
    if there:
        target.write_bytes(b"precious")
    (shared / "out").symlink_to(target)
    another(shared / "out")
    with pytest.raises(NotOurs) as refused:
        WRITERS[name](shared / "out")
    assert refused.value.reason.code == "common.file.link_of_another"
    assert target.exists() is there
    assert not there or target.read_bytes() == b"precious"


@pytest.mark.parametrize("name", WRITERS)
def test_nor_where_it_is_a_folder_on_the_way(shared: Path, tmp_path: Path, another: Giving, name: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (shared / "way").symlink_to(tmp_path / "elsewhere")
    another(shared / "way")
    with pytest.raises(NotOurs):
        WRITERS[name](shared / "way" / "deep" / "out" if name != "aside" else shared / "way" / "out")
    assert [found.name for found in (tmp_path / "elsewhere").iterdir()] in ([], ["beside"])
    with pytest.raises(NotOurs):
        make_folder(shared / "way" / "deep")


@pytest.mark.parametrize("name", ["replace", "append", "aside"])
def test_another_users_file_is_left_as_it_is(shared: Path, another: Giving, name: str) -> None:
    path = shared / "out"
    path.write_bytes(b"theirs")
    path.chmod(0o666)
    another(path)
    with pytest.raises(NotOurs) as refused:
        WRITERS[name](path)
    assert refused.value.reason.code == "common.file.of_another"
    assert path.read_bytes() == b"theirs"


def test_a_file_with_a_second_name_is_not_appended_to(shared: Path) -> None:
    own = shared / "own"
    own.write_bytes(b"own")
    (shared / "log").hardlink_to(own)
    with pytest.raises(NotOurs, match="log"):
        open_to_append(shared / "log")
    assert own.read_bytes() == b"own"


def test_what_is_no_ordinary_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for call in (lambda path: replace_file(path, b""), open_to_append):
        with pytest.raises(NotOurs, match="pipe"):
            call(tmp_path / "pipe")
        with pytest.raises(IsADirectoryError):
            call(tmp_path)
        with pytest.raises(IsADirectoryError):
            call(tmp_path / "..")
    (tmp_path / "link").symlink_to(os.devnull)
    with pytest.raises(NotOurs):
        replace_file(tmp_path / "link", b"")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("absolute", [True, False])
def test_ones_own_links_are_followed_and_stay(tmp_path: Path, *, absolute: bool) -> None:
    (tmp_path / "dotfiles").mkdir()
    (tmp_path / "config").symlink_to(tmp_path / "dotfiles" if absolute else "dotfiles")
    (tmp_path / "dotfiles" / "here").symlink_to("../dotfiles/there")
    replace_file(tmp_path / "config" / "here", b"new")
    assert (tmp_path / "dotfiles" / "there").read_bytes() == b"new"
    assert (tmp_path / "dotfiles" / "here").is_symlink()
    _append(tmp_path / "config" / "here")
    assert (tmp_path / "dotfiles" / "there").read_bytes() == b"newmore"
    assert {found.name for found in (tmp_path / "dotfiles").iterdir()} == {"here", "there"}


def test_links_in_a_circle_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    with pytest.raises(OSError, match="symbolic links"):
        replace_file(tmp_path / "one", b"")


@pytest.mark.usefixtures("umask")
def test_it_is_the_owners_alone_whatever_the_umask_is(tmp_path: Path) -> None:
    replace_file(tmp_path / "one", b"")
    make_file(tmp_path / "two")
    _append(tmp_path / "three")
    (tmp_path / "four").touch()
    (tmp_path / "four").chmod(0o666)
    _append(tmp_path / "four")
    assert {stat.S_IMODE(found.stat().st_mode) for found in tmp_path.iterdir()} == {0o600}


def test_where_nobody_has_rights_what_is_closed_already_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a file system that has none of its own."""
    def refused(_descriptor: int, _mode: int) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "fchmod", refused)
    _append(tmp_path / "closed")
    assert (tmp_path / "closed").read_bytes() == b"more"
    (tmp_path / "open").touch(0o644)
    (tmp_path / "open").chmod(0o644)
    with pytest.raises(PermissionError):
        _append(tmp_path / "open")
    assert (tmp_path / "open").read_bytes() == b""


def test_where_a_file_has_one_name_nothing_is_replaced_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_names: object, **_options: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    with place_of(tmp_path / "list") as place:
        for content in (b"first", b"second"):
            fresh = Replacement(place)
            os.write(fresh.descriptor, content)
            if content == b"first":
                fresh.put_as("new", replace=False)
            else:
                with pytest.raises(FileExistsError):
                    fresh.put_as("new", replace=False)
            fresh.drop()
    assert (tmp_path / "new").read_bytes() == b"first"
    assert [found.name for found in tmp_path.iterdir()] == ["new"]


def test_where_folders_can_not_be_held_open_files_are_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows."""
    monkeypatch.setattr(files, "_WALKED", False)
    path = tmp_path / "folder" / "file"
    make_file(path)
    with pytest.raises(FileExistsError):
        make_file(path)
    _append(path)
    assert path.read_bytes() == b"more"
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    put_aside(path, "aside")
    assert [found.name for found in path.parent.iterdir()] == ["aside"]


def test_no_descriptor_stays_open(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "a" / ".." / "b")
    before = len(list(Path("/proc/self/fd").iterdir()))
    replace_file(tmp_path / "b", b"")
    make_folder(tmp_path / "x" / "y")
    for path in (tmp_path / "b" / "c", tmp_path / "link" / "c", tmp_path / ("n" * 300) / "c"):
        with pytest.raises(OSError):  # noqa: PT011 - each its own
            replace_file(path, b"")
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_configuration_is_not_written_through_anothers_link(shared: Path, tmp_path: Path, another: Giving) -> None:
    from tui.config import ConfigError

    target = tmp_path / "target.toml"
    (shared / "config.toml").symlink_to(target)
    another(shared / "config.toml")
    with pytest.raises(ConfigError) as refused:
        first_profile(shared / "config.toml", "acme", Secret("a key of some kind"), None, None)
    assert [reason.code for reason in refused.value.reasons] == ["common.file.link_of_another"]
    assert not target.exists()


# no other place opens a file for writing

_METHODS: Final = frozenset({"write_text", "write_bytes", "touch", "symlink_to", "hardlink_to", "mkdir", "rename"})
_CALLS: Final = frozenset({
    "os.mkdir", "os.makedirs", "os.rename", "os.replace", "os.link", "os.symlink", "os.mkfifo", "os.chmod",
    "os.fchmod", "os.truncate", "os.creat", "io.open", "io.open_code", "codecs.open",
    "shutil.copy", "shutil.copy2", "shutil.copyfile", "shutil.copytree", "shutil.move",
    "tempfile.mkstemp", "tempfile.mkdtemp", "tempfile.NamedTemporaryFile", "tempfile.TemporaryFile",
    "tempfile.TemporaryDirectory", "tempfile.SpooledTemporaryFile", "logging.FileHandler", "gzip.open", "bz2.open",
    "lzma.open", "shelve.open", "dbm.open",
})
# File and call, with what makes it safe.
_ALLOWED: Final = {
    ("commands/list_input.py", "os.open"): "in a folder of its own, and it must be new",
    ("operations/export.py", "io.FileIO"): "it is given a descriptor of the home's",
    ("operations/export_person.py", "open"): "it is given a descriptor of the home's",
    ("store/sqlite.py", "sqlite3.connect"): "the home has made the file, and SQLite follows no link beside it",
    ("store/file_identity.py", "sqlite3.connect"): "it only reads",
    ("store/lease.py", "FileLock"): "it follows no link, and its folder is made by the home",
    ("config/writing.py", "filelock.FileLock"): "it follows no link, and its folder was found by the home",
    ("store/file_locks.py", "tempfile.TemporaryFile"): "it has no name, or one that nobody foresees, for a moment",
    ("store/file_permissions.py", "os.chmod"): "by the name of a descriptor",
    ("store/file_permissions.py", "os.fchmod"): "of a descriptor",
}


def _name(call: ast.Call) -> str:
    return ast.unparse(call.func)


def _for_writing(call: ast.Call, name: str) -> bool:
    """Whether a call may make or change a file by its name."""
    values = [*call.args, *(word.value for word in call.keywords)]
    modes = [value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)]
    if values and ast.unparse(values[0]) == "os.devnull":
        return False
    last = name.rpartition(".")[2]
    if name == "os.open":
        return any(flag in ast.unparse(value) for value in values
                   for flag in ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND"))
    if last in ("open", "ZipFile", "TarFile", "FileIO"):
        return any(set(mode) <= set("rwxabt+U") and set(mode) & set("wxa+") for mode in modes)
    return name in _CALLS or last in (*_METHODS, "FileLock") or name == "sqlite3.connect" \
        or (last == "replace" and len(call.args) == 1 and not call.keywords)


def _opened_for_writing(found: Iterable[ast.AST]) -> Iterator[str]:
    for node in found:
        if isinstance(node, ast.Call) and _for_writing(node, _name(node)):
            yield _name(node)


def test_nothing_is_opened_for_writing_past_the_home() -> None:
    home = ROOT / "core" / "files.py"
    found = {(path.relative_to(ROOT).as_posix(), name) for path in ROOT.rglob("*.py") if path != home
             for name in _opened_for_writing(nodes(path))}
    assert found == set(_ALLOWED)


@pytest.mark.parametrize("source", [
    'open("x", "w")', 'open("x", mode="ab")', 'path.open("r+")', "path.write_text(text)", "path.write_bytes(data)",
    "path.touch()", "os.open(path, os.O_WRONLY | os.O_CREAT)", "os.replace(one, two)", "one.replace(two)",
    "one.rename(two)", "tempfile.mkstemp()", "shutil.copy(one, two)", 'zipfile.ZipFile(path, "w")',
    "folder.mkdir()", "sqlite3.connect(path)", 'io.FileIO(path, "w")',
])
def test_and_that_would_be_seen(source: str) -> None:
    assert list(_opened_for_writing(ast.walk(ast.parse(source))))


@pytest.mark.parametrize("source", ["open(path)", 'path.open("rb")', 'text.replace("a", "b")', "replace(config, a=1)",
                                    "os.open(folder, os.O_RDONLY)", 'open(os.devnull, "wb")'])
def test_reading_is_no_matter(source: str) -> None:
    assert not list(_opened_for_writing(ast.walk(ast.parse(source))))
