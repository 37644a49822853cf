"""Add files that the user downloaded to a sealed archive: the result is a new one, which names the seal of the old.

The sealed folder never changes. Its raw answers are copied, the files beside them byte for byte, and everything else is
made anew.
"""

import errno
import hashlib
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from auditor.archive.document import facts_in, read_document
from auditor.archive.finishing import Archive, finish
from auditor.archive.folder import IMPORTED, OWNER_ONLY, RAW, add_folder, emptied, occupied
from auditor.archive.imports.names import safe_name
from auditor.archive.raw import DamagedError
from auditor.archive.seal import TAGMANIFEST, check_seal, digest_of, sealed_digests
from auditor.archive.session import in_mode
from auditor.exchanges.registry import load
from auditor.i18n import Translator, _
from auditor.model.errors import UserError
from auditor.security.paths import make_private_folders

PIECE = 1 << 20
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def add(folder: Path, files: Sequence[Path], translate: Translator) -> Archive:
    """Return a new archive beside ``folder`` that has the files, too.

    Raises UserError for what only the user can fix, and DamagedError for an archive that was changed.
    """
    if not folder.is_dir():
        raise UserError(_("{path} is no folder of an archive.").format(path=folder))
    check_seal(folder)
    facts = facts_in(read_document(folder))
    exchange = in_mode(load(facts.exchange), facts.mode)
    parent = folder.parent if folder.name not in {"", ".."} else folder.resolve().parent
    part = add_folder(parent, facts.exchange, facts.uid)
    with occupied(part), _removed_if_broken_off(part):
        for kept in (RAW, IMPORTED):
            _copy_folder(folder / kept, part / kept)
        for file in files:
            _take(file, part / IMPORTED)
        facts = replace(facts, previous=digest_of(folder / TAGMANIFEST))
        return finish(part, parent, exchange, facts, translate)


def carry_over(earlier: Path, part: Path) -> None:
    """Take the files that were added to a sealed archive into one that is being made.

    A file that is no longer what was sealed is left out, as if it had not been added.
    """
    for path in sorted((part / IMPORTED).glob("*")):
        path.unlink()  # A run that was killed may have copied it in part.
    digests: dict[str, str] = {}
    with suppress(DamagedError):
        digests = sealed_digests(earlier)
    for file in sorted((earlier / IMPORTED).glob("*")):
        if digests.get(file.relative_to(earlier).as_posix()) == digest_of(file):
            _take(file, part / IMPORTED)


@contextmanager
def _removed_if_broken_off(part: Path) -> Iterator[None]:
    """Begin with an empty folder, and leave none behind when the block raises."""
    emptied(part)
    try:
        yield
    except sqlite3.OperationalError as error:
        # The database in which rows are sorted lies on a disk, too.
        raise UserError(_("{path} cannot be written: {why}.").format(path=part, why=str(error))) from error
    finally:
        if part.exists():
            emptied(part)
            part.rmdir()


def _copy_folder(source: Path, target: Path) -> None:
    for path in sorted(source.rglob("*")):
        if path.is_file():
            with path.open("rb") as opened:
                _copy(opened, target / path.relative_to(source))


def _take(file: Path, imported: Path) -> None:
    """Copy a file of the user's, once. Raises UserError for what is none."""
    try:
        descriptor = os.open(file, _FLAGS)
    except OSError as error:
        is_link = error.errno in {errno.ELOOP, errno.EMLINK}
        why = _("it is a link") if is_link else error.strerror or str(error)
        raise _unusable(file, why) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _unusable(file, _("it is no file"))
    with os.fdopen(descriptor, "rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        if not any(digest_of(known) == digest for known in imported.glob("*")):
            opened.seek(0)
            _copy(opened, _free_name(imported, safe_name(file.name)))


def _unusable(file: Path, why: object) -> UserError:
    return UserError(_("{path} cannot be added: {why}.").format(path=file, why=why))


def _free_name(folder: Path, name: str) -> Path:
    """Return a path for a file of that name beside others, which may have it."""
    stem, dot, suffix = name.rpartition(".")
    number, path = 1, folder / name
    while path.exists():
        number += 1
        path = folder / (f"{stem}-{number}.{suffix}" if dot else f"{name}-{number}")
    return path


def _copy(source: BinaryIO, target: Path) -> None:
    """Copy a file for the owner alone, and make it durable."""
    make_private_folders(target.parent)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as written:
        shutil.copyfileobj(source, written, PIECE)
        written.flush()
        os.fsync(written.fileno())
