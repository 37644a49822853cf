"""Atomic writing of files: in full, or not at all."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from auditor.i18n import _
from auditor.model.errors import UserError

OWNER_ONLY = 0o600


def replace_file(path: Path, data: bytes) -> None:
    """Replace the file at ``path`` in one step, readable by its owner only. Raises UserError.

    Anything but a regular file (a pipe, a device) is written to directly.
    """
    try:
        _write(path.resolve(), data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(_("{path} cannot be written: {reason}").format(path=path, reason=reason)) from None


def _write(path: Path, data: bytes) -> None:
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        _create(temporary, data)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _create(path: Path, data: bytes) -> None:
    # The file is created with its mode: others could open it before a later chmod.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
