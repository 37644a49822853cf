"""Where a path leads, followed link by link, and whether somebody else can decide that.

In a folder that others can write to they may put a link or a pipe under the name that this program writes. The kernel
stops only some of it (fs.protected_symlinks), and not for names that were resolved before. On Windows nothing is
checked: links need rights of their own there.
"""

import errno
import os
import re
import stat
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from auditor.i18n import _
from auditor.model.errors import UserError

ROOT = 0
MOST_LINKS = 40
"""Links in one path, as Linux allows."""
PRIVATE_FOLDER = 0o700
_POSIX = os.name == "posix"
# O_PATH needs no right to list the folder.
_FOLDER = os.O_RDONLY | getattr(os, "O_PATH", 0) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
# What /dev/stdout and /dev/fd/N lead to is no path.
_OPEN_FILE = re.compile(r"(pipe|socket|anon_inode):", re.ASCII)


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """A name in an open folder.

    ``folder``: its descriptor, None where the system has none and ``name`` is the whole path; ``status``: of what is
    there, None if nothing is; ``inherited``: it is an open file of this process, such as /dev/stdout.
    """

    folder: int | None
    name: str
    status: os.stat_result | None
    inherited: bool = False

    @property
    def is_special(self) -> bool:
        """Return whether a pipe, a device or a socket is there."""
        kind = None if self.status is None else stat.S_IFMT(self.status.st_mode)
        return kind not in {None, stat.S_IFREG, stat.S_IFDIR}

    @property
    def is_folder(self) -> bool:
        """Return whether a folder is there."""
        return self.status is not None and stat.S_ISDIR(self.status.st_mode)

    def beside(self, name: str) -> str:
        """Return the name of another file in the same folder."""
        return os.path.join(os.path.dirname(self.name), name)  # noqa: PTH118, PTH120 - a name beside a descriptor


@contextmanager
def follow(path: Path) -> Iterator[FolderEntry]:
    """Find the place that ``path`` leads to, and keep its folder open. Raises OSError, and UserError.

    A link, pipe or device that somebody else put into a folder that others can write to is refused.
    """
    if not _POSIX:
        resolved = path.resolve()
        yield FolderEntry(None, str(resolved), resolved.stat() if resolved.exists() else None)
        return
    place = _walk(path)
    try:
        yield place
    finally:
        if place.folder is not None:
            os.close(place.folder)


def is_shared(status: os.stat_result) -> bool:
    """Return whether somebody else can write to a folder: its owner, its group or everybody."""
    if not _POSIX:
        return False
    by_group = bool(status.st_mode & stat.S_IWGRP) and not _is_own_group(status.st_gid)
    return not _is_trusted(status) or by_group or bool(status.st_mode & stat.S_IWOTH)


def check_owner(path: Path) -> None:
    """Refuse a file that is somebody else's in a folder that others can write to. Raises OSError, and UserError.

    What is written into a file in place could be read by its owner.
    """
    with follow(path) as place:
        if place.folder is not None and place.status is not None and not _is_safe(place.status, place.folder):
            raise UserError(
                _("{path} is somebody else's file: name another one, in a folder of yours.").format(path=path)
            )


def check_default_folder(folder: Path, option: str) -> None:
    """Raise UserError if others can write to a folder that the user did not name. ``option``: names another."""
    if folder.is_dir() and is_shared(folder.stat()):
        text = _("Others can write to {folder}, so nothing is kept there unasked: name a file of yours with {option}.")
        raise UserError(text.format(folder=folder, option=option))


def make_private_folders(folder: Path) -> None:
    """Create a folder and those above it that are missing, for the user alone. Raises OSError, and UserError."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    with follow(missing[-1] if missing else folder):
        for one in reversed(missing):
            one.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)


def _walk(path: Path) -> FolderEntry:
    """Open each folder on the way by the one before it, so that none can be exchanged meanwhile."""
    names, links = deque(path.parts), 0
    folder = os.open(".", _FOLDER)
    try:
        while True:
            name = names.popleft() if names else "."
            status = _status(name, folder)
            if status is not None and stat.S_ISLNK(status.st_mode):
                links += 1
                goal = _goal(path, name, status, folder, links)
                if not names and _OPEN_FILE.match(goal):
                    return FolderEntry(folder, name, os.stat(name, dir_fd=folder), inherited=True)
                names.extendleft(reversed(Path(goal).parts))
            elif names:
                folder = _enter(name, folder)
            else:
                return _checked(path, FolderEntry(folder, name, status))
    except BaseException:
        os.close(folder)
        raise


def _goal(path: Path, name: str, status: os.stat_result, folder: int, links: int) -> str:
    """Return what a link leads to. Raises UserError for one that somebody else put there."""
    if links > MOST_LINKS:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if not _is_safe(status, folder):
        text = _("{path} leads through a link that somebody else put there ({name}): name a file in a folder of yours.")
        raise UserError(text.format(path=path, name=name))
    return os.readlink(name, dir_fd=folder)


def _checked(path: Path, place: FolderEntry) -> FolderEntry:
    unsafe = place.status is not None and place.folder is not None and not _is_safe(place.status, place.folder)
    if place.is_special and unsafe:
        text = _("{path} is a pipe or a device that somebody else put there: name a file in a folder of yours.")
        raise UserError(text.format(path=path))
    return place


def _enter(name: str, folder: int) -> int:
    entered = os.open(name, _FOLDER, dir_fd=folder)
    os.close(folder)
    return entered


def _status(name: str, folder: int) -> os.stat_result | None:
    try:
        return os.lstat(name, dir_fd=folder)
    except FileNotFoundError:
        return None


def _is_safe(status: os.stat_result, folder: int) -> bool:
    return _is_trusted(status) or not is_shared(os.fstat(folder))


def _is_trusted(status: os.stat_result) -> bool:
    return status.st_uid in {os.geteuid(), ROOT}


def _is_own_group(group: int) -> bool:
    """Return whether a group is the user's private one, which many systems give each user."""
    import grp  # noqa: PLC0415 - not on Windows
    import pwd  # noqa: PLC0415

    try:
        name, entry = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(group)
    except KeyError:
        return False
    return entry.gr_name == name and set(entry.gr_mem) <= {name}
