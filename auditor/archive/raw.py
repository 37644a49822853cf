"""Raw answers: one line of JSON each, in a gzip member of its own, so that a torn end costs one answer.

A line says when, what was asked, and the body as it came. It holds no header of a request, no key and no signature.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson
from zlib_ng import zlib_ng

from auditor.archive.folder import OWNER_ONLY
from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.security.paths import make_private_folders

PIECE, COPIED_AT_ONCE = 1 << 16, 1 << 22
LEVEL = 5
"""Of zlib-ng: as small as zlib's usual level, in half of its time."""
WITH_HEADER = 31
"""zlib's number for a gzip member."""
# Its types say that it is an instance.
UNREADABLE: type[Exception] = zlib_ng.error  # type: ignore[assignment]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawAnswer:
    """One answer of the exchange.

    ``date``: its Date header, "" without one; ``sha256``: of the body.
    """

    asked_at: str
    method: str
    path: str
    params: Mapping[str, str]
    status: int
    date: str
    body: str
    sha256: str = ""


class DamagedError(UserError):
    """A file of an archive is not what was written."""

    exit_code = 1


def member(answer: RawAnswer) -> bytes:
    """Return an answer as it stands in a file."""
    digest = hashlib.sha256(answer.body.encode()).hexdigest()
    fields = {**{name: getattr(answer, name) for name in RawAnswer.__slots__}, "sha256": digest}
    return zlib_ng.compress(_line(fields), LEVEL, WITH_HEADER)


def _line(fields: Mapping[str, object]) -> bytes:
    """Return a line of JSON in ASCII."""
    line = orjson.dumps(fields, option=orjson.OPT_APPEND_NEWLINE)
    return line if line.isascii() else json.dumps(fields, separators=(",", ":")).encode("ascii") + b"\n"


def append(path: Path, data: bytes, length: int) -> int:
    """Write ``data`` durably behind the first ``length`` bytes of a file.

    Return its new length.
    """
    if not length:
        make_private_folders(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), OWNER_ONLY)
    with os.fdopen(descriptor, "r+b") as file:
        file.truncate(length)
        file.seek(length)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return length + len(data)


def copied(path: Path, target: Path, length: int) -> None:
    """Copy the first ``length`` bytes of a file durably."""
    done = 0
    with path.open("rb") as file:
        while piece := file.read(min(COPIED_AT_ONCE, length - done)):
            done = append(target, piece, done)


def places(path: Path) -> list[int]:
    """Return where each answer of a file begins. Raises DamagedError for a file that is torn."""
    starts, at = [], 0
    for size in _sizes(path):
        starts.append(at)
        at += size
    return starts


def answers(path: Path, starts: list[int], *, forward: bool = False) -> Iterator[tuple[int, RawAnswer]]:
    """Yield line number (from 1) and answer, the last one first unless ``forward``. Raises DamagedError."""
    ends = [*starts[1:], path.stat().st_size] if starts else []
    for number in range(1, len(starts) + 1) if forward else range(len(starts), 0, -1):
        # Opened for each: an account with many bots has more lists than a system lets a program hold files open.
        with path.open("rb") as file:
            file.seek(starts[number - 1])
            data = file.read(ends[number - 1] - starts[number - 1])
        yield number, _read(data, path, number)


def _read(data: bytes, path: Path, number: int) -> RawAnswer:
    try:
        answer = RawAnswer(**orjson.loads(zlib_ng.decompress(data, WITH_HEADER)))
    except (ValueError, TypeError, EOFError, OSError, UNREADABLE) as error:
        raise _damaged(path, number) from error
    if hashlib.sha256(answer.body.encode()).hexdigest() != answer.sha256:
        raise _damaged(path, number)
    return answer


def _damaged(path: Path, number: int) -> DamagedError:
    return DamagedError(_("{path} is damaged (answer {number}).").format(path=path, number=number))


def _sizes(path: Path) -> Iterator[int]:
    """Yield the size in bytes of each gzip member."""
    unpacker, size, count = zlib_ng.decompressobj(WITH_HEADER), 0, 1
    with path.open("rb") as file:
        while data := file.read(PIECE):
            while data:
                try:
                    unpacker.decompress(data)
                except UNREADABLE as error:
                    raise _damaged(path, count) from error
                size += len(data) - len(unpacker.unused_data)
                data = unpacker.unused_data
                if unpacker.eof:
                    yield size
                    unpacker, size, count = zlib_ng.decompressobj(WITH_HEADER), 0, count + 1
    if size:
        raise _damaged(path, count)
