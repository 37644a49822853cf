"""The lines of a file that the user downloaded: of a CSV, or of each CSV in a zip. Whatever it holds may be hostile.

Nothing is unpacked to the disk and no name in a zip is followed. Memory does not grow with a file.
"""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from auditor.archive.imports.names import safe_name
from auditor.i18n import Message, _

LONGEST_LINE = 65_536
"""Bytes. A row of OKX's files has about 300."""
MOST_MEMBERS = 100
MOST_BYTES = 4 << 30
"""Of all that a zip unpacks to: some fifteen million rows."""
HIGHEST_RATIO, SMALL = 200, 1 << 20
"""How many times larger than in the zip a file may be; a table of a ledger is about ten. Small ones may be any."""
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_PLAIN = frozenset({0, stat.S_IFREG})
_BOM = "\ufeff"
DAMAGED = _("it is a damaged zip")
BOMB = _("it is a zip that unpacks to far more than any table of a ledger")


class UnreadableError(Exception):
    """A file, or one in a zip, that is not read. The message says why."""

    def __init__(self, reason: Message) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


class CsvText:
    """One text: its name within a zip, "" for the file itself, and its lines, which may raise UnreadableError."""

    def __init__(self, name: str, lines: Iterator[str]) -> None:
        """Keep both."""
        self.name, self.lines = name, lines


def texts(path: Path) -> Iterator[CsvText]:
    """Yield the texts of a file, each to be read before the next. Raises UnreadableError."""
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        if start.startswith(ZIP_STARTS):
            yield from _zipped(file)
        else:
            yield CsvText("", _lines(file))


def _zipped(file: IO[bytes]) -> Iterator[CsvText]:
    try:
        with zipfile.ZipFile(file) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            _check_sizes(members)
            for member in members:
                _check_member(member)
                with archive.open(member) as unpacked:
                    yield CsvText(safe_name(member.filename), _lines(unpacked))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableError(DAMAGED) from error


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise UnreadableError(_("it is a zip with more than {count} files").format(count=MOST_MEMBERS))
    if sum(one.file_size for one in members) > MOST_BYTES:
        raise UnreadableError(BOMB)


def _check_member(member: zipfile.ZipInfo) -> None:
    """Raise UnreadableError for what is no ordinary file of an honest size."""
    mode = member.external_attr >> 16
    if member.flag_bits & _ENCRYPTED or member.compress_type not in _METHODS or stat.S_IFMT(mode) not in _PLAIN:
        raise UnreadableError(_("it is a zip with something in it that is no ordinary file"))
    if member.file_size > SMALL and member.file_size > HIGHEST_RATIO * member.compress_size:
        raise UnreadableError(BOMB)


def _lines(file: IO[bytes]) -> Iterator[str]:
    is_first = True
    while line := _line(file):
        if len(line) > LONGEST_LINE:
            raise UnreadableError(_("it has a line of more than {count} bytes").format(count=f"{LONGEST_LINE:,}"))
        if b"\0" in line:
            raise UnreadableError(_("it is no text"))
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableError(_("it is no text in UTF-8")) from error
        yield text.removeprefix(_BOM) if is_first else text
        is_first = False


def _line(file: IO[bytes]) -> bytes:
    try:
        return file.readline(LONGEST_LINE + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise UnreadableError(DAMAGED) from error
