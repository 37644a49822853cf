"""Atomic writing of files: in full, or not at all, and never where somebody else aims it."""

import errno
import os
import re
import secrets
import select
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.security.paths import FolderEntry, follow

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows, where an open file cannot be removed anyway
    fcntl = None  # type: ignore[assignment]

OWNER_ONLY = 0o600
READERS_PATIENCE = 5.0
"""Seconds for which a named pipe may stay without a reader, or full."""
PAUSE = 0.05
"""Seconds between two attempts to open a pipe that has no reader yet."""
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_NO_WAITING = getattr(os, "O_NONBLOCK", 0)


def replace_file(path: Path, data: bytes, *, mode: int = OWNER_ONLY) -> None:
    """Replace the file at ``path`` in one step, readable by its owner only unless ``mode`` says more. Raises UserError.

    Anything but a regular file (a pipe, a device) is written to directly.
    """
    with _explain_errors(path), follow(path) as place:
        if place.is_folder:
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if place.is_special:
            _write_into(path, place, data)
        else:
            _replace(place, data, mode)


def check_replaceable(path: Path) -> bool:
    """Return whether it is a regular file that would be written there. Raises OSError, and UserError.

    Leftovers of runs that were killed while they wrote are removed from the folder.
    """
    with follow(path) as place:
        if place.is_folder:
            raise UserError(_("{path} is a folder, not a file.").format(path=path))
        if place.is_special:
            return False
        _remove_leftovers(place)
        name, descriptor = _create(place)
        with closing(os.fdopen(descriptor, "wb")):
            os.unlink(name, dir_fd=place.folder)
    return True


def remove_leftovers(folder: Path) -> None:
    """Remove the user's own temporary files that no running process is writing. Raises UserError for foreign links."""
    with suppress(OSError), follow(folder / "-") as place:
        _remove_leftovers(place)


def _remove_leftovers(place: FolderEntry) -> None:
    ours = re.compile(rf"\.audit-[0-9a-f]{{16}}\.tmp|\.{re.escape(place.name)}\.[0-9a-f]{{8}}\.tmp", re.ASCII)
    with suppress(OSError):
        for name in filter(ours.fullmatch, _names(place)):
            with suppress(OSError):
                _remove_leftover(place.beside(name), place.folder)


def _replace(place: FolderEntry, data: bytes, mode: int) -> None:
    name, descriptor = _create(place)
    try:
        # The lock goes with the descriptor, so it is closed last.
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if mode != OWNER_ONLY and hasattr(os, "fchmod"):
                os.fchmod(descriptor, mode)
            os.fsync(descriptor)
            if os.name == "posix":
                os.replace(name, place.name, src_dir_fd=place.folder, dst_dir_fd=place.folder)
        if os.name != "posix":  # an open file cannot be renamed there
            Path(name).replace(place.name)
    except BaseException:
        with suppress(OSError):
            os.unlink(name, dir_fd=place.folder)
        raise


def _create(place: FolderEntry) -> tuple[str, int]:
    """Create a temporary file beside ``place`` and lock it, so that no other process takes it for a leftover."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY
    for last in (False, False, True):
        name = place.beside(f".audit-{secrets.token_hex(8)}.tmp")
        # The file is created with its mode: others could open it before a later chmod.
        descriptor = os.open(name, flags, OWNER_ONLY, dir_fd=place.folder)
        with suppress(OSError):
            _lock(descriptor)
        if last or os.fstat(descriptor).st_nlink:
            break
        os.close(descriptor)  # another process removed it before it was locked
    return name, descriptor


def _remove_leftover(name: str, folder: int | None) -> None:
    status = os.lstat(name, dir_fd=folder)
    if fcntl is None:  # pragma: no cover - Windows
        Path(name).unlink()
    elif stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid():
        descriptor = os.open(name, os.O_WRONLY | _NO_FOLLOW | _NO_WAITING, dir_fd=folder)
        try:
            _lock(descriptor)
            os.unlink(name, dir_fd=folder)
        finally:
            os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Lock an open file; the system releases it when the process dies. Raises OSError if another has it."""
    if fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _names(place: FolderEntry) -> list[str]:
    if place.folder is None:  # pragma: no cover - Windows
        return [file.name for file in Path(place.name).parent.iterdir()]
    folder = os.open(".", os.O_RDONLY, dir_fd=place.folder)
    try:
        return os.listdir(folder)  # noqa: PTH208 - no path, but a descriptor
    finally:
        os.close(folder)


def _write_into(path: Path, place: FolderEntry, data: bytes) -> None:
    """Write to a pipe or a device. A named pipe may be without a reader, so nothing waits without an end."""
    descriptor = _open_special(path, place)
    try:
        named_pipe = stat.S_ISFIFO(os.fstat(descriptor).st_mode) and not place.inherited
        if not named_pipe and _NO_WAITING:
            os.set_blocking(descriptor, True)
        rest = memoryview(data)
        while rest:
            if named_pipe and not select.select([], [descriptor], [], READERS_PATIENCE)[1]:
                raise _unread_pipe(path)
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def _open_special(path: Path, place: FolderEntry) -> int:
    flags = os.O_WRONLY | _BINARY | _NO_WAITING | (0 if place.inherited else _NO_FOLLOW)
    deadline = time.monotonic() + READERS_PATIENCE
    while True:
        try:
            descriptor = os.open(place.name, flags, dir_fd=place.folder)
        except OSError as error:
            if error.errno != errno.ENXIO or place.status is None or not stat.S_ISFIFO(place.status.st_mode):
                raise
            if time.monotonic() > deadline:
                raise _unread_pipe(path) from None
            time.sleep(PAUSE)
            continue
        if place.status is not None and os.path.samestat(os.fstat(descriptor), place.status):
            return descriptor
        os.close(descriptor)
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))  # something else was put there meanwhile


def _unread_pipe(path: Path) -> UserError:
    return UserError(_("{path} is a pipe that nobody reads: start its reader first, or name a file.").format(path=path))


@contextmanager
def _explain_errors(path: Path) -> Iterator[None]:
    """Turn errors of the system into UserError."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(_("{path} cannot be written: {reason}").format(path=path, reason=reason)) from None
