"""Where an archive lies, what its files are called, and who may work in it."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import lru_cache
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.security.paths import make_private_folders

PART, LOCK, STATE = ".part", ".lock", "state.db"
DATA, RAW, TABLES, DOCUMENT = Path("data"), Path("data/raw"), Path("data/tables"), Path("data/archive.json")
IMPORTED = Path("data/imported")
ANCHOR, REFUSED, EARLIER = "anchor", "refused", "earlier"
OWNER_ONLY = 0o600
_ODD = re.compile(r"[^A-Za-z0-9_-]+")


def part_folder(parent: Path, exchange: str, uid: str) -> Path:
    """Return the folder of an archive that is not sealed yet."""
    return parent / f"{_stem(exchange, uid)}{PART}"


def add_folder(parent: Path, exchange: str, uid: str) -> Path:
    """Return the folder in which files are added to an archive, until it is sealed."""
    return parent / f"{_stem(exchange, uid)}.add{PART}"


def sealed_folder(parent: Path, exchange: str, uid: str, day: date) -> Path:
    """Return a name for a sealed archive that no folder has yet."""
    stem = f"{_stem(exchange, uid)}-{day.isoformat()}"
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(parent / name for name in names if not (parent / name).exists())


def sealed_folders(parent: Path, exchange: str, uid: str) -> list[Path]:
    """Return the sealed archives of an account that lie beside each other, the oldest first."""
    found = (path for path in parent.glob(f"{_stem(exchange, uid)}-*") if (path / "tagmanifest-sha256.txt").is_file())
    return sorted(found, key=lambda path: ((path / DOCUMENT).stat().st_mtime_ns, path.name))


@lru_cache(maxsize=64)
def raw_file(folder: Path, name: str, segment: int = 0) -> Path:
    """Return the file of raw answers of one list.

    ``segment``: 0 for the first run through it, more for later rows.
    """
    return folder / RAW / name / f"{segment:03d}.jsonl.gz"


def raw_files(folder: Path, name: str) -> list[Path]:
    """Return the files of raw answers of one list as it was read last, the first run through it first."""
    return sorted((folder / RAW / name).glob("*.jsonl.gz"))


def earlier_files(folder: Path, name: str) -> list[Path]:
    """Return the files of raw answers of a list as it was read before it was read anew, the oldest first."""
    return sorted((folder / RAW / name / EARLIER).glob("*.jsonl.gz"))


def earlier_file(path: Path, reading: int) -> Path:
    """Return where a file of a list is kept when the list is read anew. ``reading``: 0 the first one."""
    return path.parent / EARLIER / f"{reading:03d}-{path.name}"


@contextmanager
def occupied(part: Path) -> Iterator[None]:
    """Keep every other run out of a folder that is not sealed yet.

    Raises UserError where another is in it.
    """
    lock = part.with_name(f".{part.name}{LOCK}")
    try:
        make_private_folders(part)
        with FileLock(lock, timeout=0, mode=OWNER_ONLY):
            yield
            # Windows removes no open file; a run that waits for a file that is gone takes a new one.
            with suppress(OSError):
                lock.unlink()
    except Timeout:
        raise UserError(_("Another run is writing {path}: wait until it has ended.").format(path=part)) from None
    except OSError as error:
        raise UserError(_("{path} cannot be written: {why}.").format(path=part, why=error.strerror or error)) from None


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def emptied(part: Path) -> None:
    """Remove what an earlier run left in a folder that is not sealed."""
    (part / STATE).unlink(missing_ok=True)
    for path in sorted(part.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


def _stem(exchange: str, uid: str) -> str:
    return f"{exchange}-{_ODD.sub('_', uid) or 'account'}"
