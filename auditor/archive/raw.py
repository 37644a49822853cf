"""Raw answers: one line of JSON each, in a gzip member of its own, so that a torn end costs one answer.

A line says when, what was asked, and the body as it came. It holds no header of a request, no key and no signature.
"""

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from auditor.archive.folder import OWNER_ONLY
from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.security.paths import make_private_folders

PIECE = 1 << 16
LEVEL = 6
WITH_HEADER = 31
"""zlib's number for a gzip member."""


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
    line = json.dumps({**asdict(answer), "sha256": digest}, ensure_ascii=True, separators=(",", ":")) + "\n"
    return gzip.compress(line.encode("ascii"), LEVEL, mtime=0)


def append(path: Path, data: bytes, length: int) -> int:
    """Write ``data`` durably behind the first ``length`` bytes of a file.

    Return its new length.
    """
    make_private_folders(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), OWNER_ONLY)
    with os.fdopen(descriptor, "r+b") as file:
        file.truncate(length)
        file.seek(length)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return length + len(data)


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
        answer = RawAnswer(**orjson.loads(zlib.decompress(data, WITH_HEADER)))
    except (ValueError, TypeError, EOFError, OSError, zlib.error) as error:
        raise _damaged(path, number) from error
    if hashlib.sha256(answer.body.encode()).hexdigest() != answer.sha256:
        raise _damaged(path, number)
    return answer


def _damaged(path: Path, number: int) -> DamagedError:
    return DamagedError(_("{path} is damaged (answer {number}).").format(path=path, number=number))


def _sizes(path: Path) -> Iterator[int]:
    """Yield the size in bytes of each gzip member."""
    unpacker, size, count = zlib.decompressobj(WITH_HEADER), 0, 1
    with path.open("rb") as file:
        while data := file.read(PIECE):
            while data:
                try:
                    unpacker.decompress(data)
                except zlib.error as error:
                    raise _damaged(path, count) from error
                size += len(data) - len(unpacker.unused_data)
                data = unpacker.unused_data
                if unpacker.eof:
                    yield size
                    unpacker, size, count = zlib.decompressobj(WITH_HEADER), 0, count + 1
    if size:
        raise _damaged(path, count)
