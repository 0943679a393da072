"""Files are written here alone: whole or not at all, their owner's alone from the first byte, and where they are meant.

In a folder that others write too, a name may have become a link to somewhere else, or a file that another user reads.
So a path is walked a folder at a time: links of one's own and of the system's are followed, another user's are not, and
what is written is opened in the folder that was found, whatever is put in its way meanwhile.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.core.reason import Reason

if TYPE_CHECKING:  # few runs need one, and its import takes time
    from tempfile import TemporaryDirectory

PRIVATE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_APPEND: Final = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_FOLDER: Final = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_PATH", 0)
_MAX_LINKS: Final = 40  # as Linux has it
_WALKED: Final = os.open in os.supports_dir_fd  # Windows has neither owners as here nor descriptors of folders
_ROOT: Final = 0


class NotOurs(PermissionError):
    """Another user has a hand in a place, or it is no place for a file. `reason` says which; nothing was written."""

    def __init__(self, code: str, path: Path, **params: str) -> None:
        super().__init__(errno.EPERM, os.strerror(errno.EPERM), str(path))
        self.reason = Reason(code, {"path": str(path), **params})


class HeldPath:
    """Where a path leads: a folder, held open, and a name in it. `path` is the same without links."""

    def __init__(self, path: Path, folder: int | None = None) -> None:
        self.path = path
        self._folder = folder

    def close(self) -> None:
        if self._folder is not None:
            os.close(self._folder)

    def open(self, flags: int, name: str | None = None) -> int:
        return os.open(name or self.path.name, flags, PRIVATE, dir_fd=self._folder) if self._folder is not None \
            else os.open(self.path.with_name(name or self.path.name), flags, PRIVATE)

    def found(self) -> os.stat_result | None:
        """What stands there now; it is no link where nobody has laid one meanwhile."""
        with contextlib.suppress(FileNotFoundError):
            if self._folder is None:
                return self.path.stat()
            return os.stat(self.path.name, dir_fd=self._folder, follow_symlinks=False)
        return None

    def rename(self, name: str) -> None:
        """Put the file `name` of the same folder here, and have that survive a power cut where the system lets it."""
        if self._folder is None:
            self.path.with_name(name).replace(self.path)
            return
        os.replace(name, self.path.name, src_dir_fd=self._folder, dst_dir_fd=self._folder)
        with contextlib.suppress(OSError):
            descriptor = os.open(".", os.O_RDONLY, dir_fd=self._folder)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def rename_new(self, name: str) -> None:
        """As `rename`, where nothing stands here. FileExistsError."""
        if self._folder is None:
            self.path.with_name(name).rename(self.path)  # Windows replaces nothing by that
            return
        try:
            os.link(name, self.path.name, src_dir_fd=self._folder, dst_dir_fd=self._folder, follow_symlinks=False)
        except FileExistsError:
            raise
        except OSError:  # a file system on which a file has one name
            if self.found() is not None:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(self.path)) from None
            self.rename(name)
        else:
            self.remove(name)

    def beside(self, name: str) -> HeldPath:
        """Another name in the same folder, which is held open by this one."""
        return HeldPath(self.path.with_name(name), self._folder)

    def remove(self, name: str) -> None:
        with contextlib.suppress(OSError):
            if self._folder is None:
                self.path.with_name(name).unlink()
            else:
                os.unlink(name, dir_fd=self._folder)


@contextmanager
def place_of(path: Path, *, make_folders: bool = False) -> Iterator[HeldPath]:
    """Where `path` leads. NotOurs; OSError where its folder is not there, or can't be made."""
    if "\0" in str(path):  # no file's name; Python raises ValueError then
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    place = _walk(path, make_folders=make_folders) if _WALKED else _resolved(path, make_folders=make_folders)
    try:
        yield place
    finally:
        place.close()


def make_folder(folder: Path) -> None:
    """`folder` and those above it, for their owner alone where they have to be made. OSError where that fails."""
    with place_of(folder / "in it", make_folders=True):
        pass


def temporary_folder() -> TemporaryDirectory[str]:
    """A folder for as long as the program needs it, for its owner alone."""
    from tempfile import TemporaryDirectory

    # Windows keeps a folder in which a file is open, as the log is.
    return TemporaryDirectory(prefix="santral-", ignore_cleanup_errors=True)


def private_folder(beside: Path) -> Path:
    """A new folder in that of a path without links, for its owner alone. OSError."""
    from tempfile import mkdtemp

    return Path(mkdtemp(prefix=".santral-", dir=beside.parent))


def replace_file(path: Path, data: bytes) -> None:
    """Make `data` the content of `path`, with the rights 0600; folders are made, a link of one's own is followed.

    OSError where that fails, NotOurs among them: then what was there before is still there, whole.
    """
    with place_of(path, make_folders=True) as place:
        fresh = Replacement(place)
        try:
            with os.fdopen(os.dup(fresh.descriptor), "wb") as stream:
                stream.write(data)
            fresh.put()
        finally:
            fresh.drop()


class Replacement:
    """A file in the making, beside the place it is for: a rename is atomic only within one file system.

    NotOurs where what stands at the place is not to be replaced; OSError.
    """

    def __init__(self, place: HeldPath, ending: str = "tmp") -> None:
        _refuse(place.path, place.found())
        self._place = place
        self._name: str | None = f".santral-{secrets.token_hex(6)}.{ending}"
        self.descriptor = place.open(_NEW, self._name)
        _close_to_others(self.descriptor)

    def put(self) -> None:
        """Put it in its place, as far as it is written. OSError."""
        self._put(self._place, replace=True)

    def put_as(self, name: str, *, replace: bool) -> Path:
        """Put it beside its place, under another name; where it lies then. FileExistsError unless it may `replace`.

        NotOurs where what stands there is not to be replaced; OSError.
        """
        place = self._place.beside(name)
        _refuse(place.path, place.found())
        self._put(place, replace=replace)
        return place.path

    def _put(self, place: HeldPath, *, replace: bool) -> None:
        assert self._name is not None  # noqa: S101 - it is in the making
        os.fsync(self.descriptor)
        self._close()
        (place.rename if replace else place.rename_new)(self._name)
        self._name = None

    def drop(self) -> None:
        """Let go of it; it is gone unless it was put in its place."""
        self._close()
        if self._name is not None:
            self._place.remove(self._name)
            self._name = None

    def _close(self) -> None:
        descriptor, self.descriptor = self.descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


def open_to_append(path: Path) -> int:
    """A descriptor that writes at the end of `path`, which is made where it is not there; the file is closed to others.

    A file of several names is refused: another user may have given it the second. OSError, NotOurs among them.
    """
    with place_of(path, make_folders=True) as place:
        try:
            descriptor = place.open(_APPEND | os.O_CREAT | os.O_EXCL)
        except FileExistsError:
            _refuse(place.path, place.found())
            descriptor = place.open(_APPEND)
        try:
            found = os.fstat(descriptor)
            _refuse(place.path, found)
            _refuse_several_names(place.path, found)
            _close_to_others(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor


def make_file(path: Path) -> None:
    """An empty file for its owner alone. FileExistsError where there is one; OSError, NotOurs among them."""
    with place_of(path, make_folders=True) as place:
        if place.found() is not None:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        descriptor = place.open(_NEW)
        try:
            _close_to_others(descriptor)
        finally:
            os.close(descriptor)


def empty_file(path: Path) -> None:
    """Take away what a file holds. OSError, NotOurs among them."""
    with place_of(path) as place:
        _refuse(place.path, place.found())
        descriptor = place.open(os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0))
        try:
            os.ftruncate(descriptor, 0)
        finally:
            os.close(descriptor)


def put_aside(path: Path, name: str) -> None:
    """Give a file another name in its folder, in place of what has it. OSError, NotOurs among them."""
    with place_of(path.with_name(name)) as aside:
        _refuse(aside.path, aside.found())
    path.rename(path.with_name(name))


def owner_name(uid: int) -> str:
    """A user as people know them, else the number."""
    with contextlib.suppress(ImportError, KeyError):
        import pwd

        return pwd.getpwuid(uid).pw_name
    return str(uid)


def trusted(uid: int) -> bool:
    """Whether what a user owns is as good as one's own: one's own, and the system's."""
    return not _WALKED or uid in (os.geteuid(), _ROOT)


def _refuse(path: Path, found: os.stat_result | None) -> None:
    if found is None:
        return
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if stat.S_ISLNK(found.st_mode) or not trusted(found.st_uid):
        raise NotOurs("common.file.of_another", path, owner=owner_name(found.st_uid))
    if not stat.S_ISREG(found.st_mode):
        raise NotOurs("common.file.no_ordinary_file", path)


def _refuse_several_names(path: Path, found: os.stat_result) -> None:
    if _WALKED and found.st_nlink > 1:
        raise NotOurs("common.file.several_names", path)


def _close_to_others(descriptor: int) -> None:
    if os.name != "posix":
        return
    try:
        os.fchmod(descriptor, PRIVATE)  # a file from before may be open to others, and a umask may close one to all
    except PermissionError:  # the system's own file, or a file system without rights
        if not stat.S_IMODE(os.fstat(descriptor).st_mode) & 0o077:
            return
        raise


def _resolved(path: Path, *, make_folders: bool) -> HeldPath:
    real = Path(os.path.realpath(path))
    if make_folders:
        real.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    return HeldPath(real)


def _walk(path: Path, *, make_folders: bool) -> HeldPath:
    ahead = deque(path.absolute().parts[1:])
    walked = Path("/")
    here = os.open("/", _FOLDER)
    links = 0
    try:
        while True:
            name = ahead.popleft() if ahead else "."
            found = _look(here, name, make=make_folders and bool(ahead))
            if found is not None and stat.S_ISLNK(found.st_mode):
                links += 1
                if not trusted(found.st_uid):
                    raise NotOurs("common.file.link_of_another", walked / name, owner=owner_name(found.st_uid))
                if links > _MAX_LINKS:
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
                target = Path(os.readlink(name, dir_fd=here))
                ahead.extendleft(reversed(target.parts[1:] if target.is_absolute() else target.parts))
                if target.is_absolute():
                    walked, here = Path("/"), _step(here, "/")
            elif name == ".":  # nothing is left: the path led to a folder
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
            elif not ahead and name != "..":
                place, here = HeldPath(walked / name, here), -1
                return place
            else:
                walked = walked.parent if name == ".." else walked / name
                here = _step(here, name)
    finally:
        if here >= 0:
            os.close(here)


def _look(folder: int, name: str, *, make: bool) -> os.stat_result | None:
    """What `name` is; a folder is made of it where there is nothing."""
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        if not make:
            return None
    with contextlib.suppress(FileExistsError):
        os.mkdir(name, PRIVATE_FOLDER, dir_fd=folder)
    return os.stat(name, dir_fd=folder, follow_symlinks=False)


def _step(folder: int, name: str) -> int:
    """The folder `name` of a folder, which is let go of; where that fails, it is still held."""
    inner = os.open(name, _FOLDER, dir_fd=folder)
    os.close(folder)
    return inner
